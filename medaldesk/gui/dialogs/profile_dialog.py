"""Asks for the name of a profile."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from medaldesk.gui.dialogs.form import Form


class ProfileDialog(Form):
    """One field: the name under which the answers of an import are kept."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entitle(self.tr("Keep as a profile"), self.tr("Keep"))
        self.name = QLineEdit(name)
        self.add_field(self.tr("&Name"), self.name, needed=True)


def ask_profile_name(parent: QWidget, name: str = "") -> str | None:
    """The name that a person types; None where they think better of it."""
    dialog = ProfileDialog(name, parent)
    return " ".join(dialog.name.text().split()) if dialog.exec() else None
