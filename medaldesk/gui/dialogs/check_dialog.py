"""What a person should have seen before an event is made official."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from medaldesk.book.reads.events import EventHead, ResultRow
from medaldesk.gui.theme import theme
from medaldesk.reports.official_check import Warning_, official_warnings, warning_sentence


def confirm_official(
    head: EventHead, rows: Sequence[ResultRow], parent: QWidget | None = None
) -> bool:
    """Whether to make an event official: without a question where nothing is unusual."""
    warnings = official_warnings(head, rows)
    if not warnings:
        return True
    dialog = CheckDialog(head, warnings, parent)
    return dialog.exec() == QDialog.DialogCode.Accepted


class CheckDialog(QDialog):
    """The concerns in sentences; Enter leaves the event as it is."""

    def __init__(
        self, head: EventHead, warnings: Sequence[Warning_], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Make {event} official?").format(event=head.name))
        px = theme().px
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(16), px(20), px(16))
        layout.setSpacing(px(10))
        introduction = QLabel(self.tr("Before the medals count, look at this:"), self)
        introduction.setProperty("role", "muted")
        layout.addWidget(introduction)
        self.sentences = [self._add_sentence(layout, warning) for warning in warnings]
        layout.addSpacing(px(6))
        roles = QDialogButtonBox.ButtonRole
        buttons = QDialogButtonBox(self)
        self.official = buttons.addButton(self.tr("&Make official"), roles.AcceptRole)
        self.not_yet = buttons.addButton(self.tr("&Not yet"), roles.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.not_yet.setDefault(True)
        self.not_yet.setFocus()

    def _add_sentence(self, layout: QVBoxLayout, warning: Warning_) -> QLabel:
        label = QLabel(warning_sentence(warning), self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setMinimumWidth(theme().px(360))
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(label)
        return label
