"""Where another split is taken."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from medaldesk.gui.dialogs.form import Form


class SplitDialog(Form):
    """Asks for the name of a column of splits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entitle(self.tr("Add split column"), self.tr("Add"))
        self.label = QLineEdit()
        self.label.setPlaceholderText(self.tr("200 m"))
        tip = self.tr("It stands over the column; the splits are typed below it")
        self.add_field(self.tr("&Taken at"), self.label, needed=True, tip=tip)


def ask_split(parent: QWidget | None) -> str | None:
    """Where the split is taken, e.g. `200 m`; None where nobody wants a column."""
    dialog = SplitDialog(parent)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return None
    return dialog.label.text().strip()
