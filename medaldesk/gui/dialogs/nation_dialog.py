"""Add a nation that the book does not know."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QLineEdit, QWidget

from medaldesk.book.edits import Edits
from medaldesk.domain.errors import MedalDeskError
from medaldesk.gui.dialogs.form import FieldError, FormDialog, Making
from medaldesk.gui.live_book import LiveBook


class NationDialog(FormDialog):
    """Code and name of whoever athletes compete for; `created` is the id of the nation."""

    def __init__(self, live: LiveBook, parent: QWidget | None = None) -> None:
        super().__init__(live, parent)
        self.created: int | None = None
        self.entitle(self.tr("Add nation"), self.tr("Add"))
        self.code = QLineEdit()
        self.code.setPlaceholderText(self.tr("XKX"))
        tip = self.tr("What stands in the sheet: two to eight letters or figures")
        self.add_field(self.tr("&Code"), self.code, needed=True, tip=tip)
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("As it is printed in medal tables"))
        self.add_field(self.tr("&Name"), self.name, needed=True)

    def making(self) -> Making:
        code, name = self.code.text().strip(), self.name.text()
        if not re.fullmatch(r"[^\W_]{2,8}", code):
            sentence = self.tr("“{code}” is not a code: type two to eight letters or figures.")
            raise FieldError(self.code, sentence.format(code=code))

        def make(edits: Edits) -> None:
            self.created = edits.add_nation(code, name)

        return make

    def field_of(self, error: MedalDeskError) -> QWidget | None:
        fields = {"code": self.code, "nation": self.code, "name": self.name}
        return fields.get(str(error.details.get("what")))
