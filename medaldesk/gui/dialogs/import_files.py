"""First step of an import: which files, what they are, and by which profile they are read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from medaldesk.exchange.importing.mapping import ImportKind
from medaldesk.exchange.importing.preview import Look, SourceLook
from medaldesk.gui.dialogs.form import Choice
from medaldesk.gui.dialogs.import_step import ImportStep, say
from medaldesk.gui.import_profiles import Profile
from medaldesk.gui.models.import_models import FilesModel
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.table import Table
from medaldesk.reports import import_preview_words, sheet_words

SHORTEST_CHOICE = 10
"""Letters of a choice that are seen, however narrow the dialog is."""


class FilesTable(Table):
    """Delete takes the file of a row out."""

    deleting = Signal(object)
    stretch_least = 260

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Delete and index.isValid():
            self.deleting.emit(self.rows.row(index.row()).path)
        else:
            super().keyPressEvent(event)


class FilesStep(ImportStep):
    """Shows what was found; `wanted_…` ask the dialog for something."""

    wanted_files = Signal()
    wanted_pasted = Signal()
    wanted_check = Signal(object)
    dropped_out = Signal(object)
    kind_chosen = Signal(object)
    profile_chosen = Signal(object)
    profile_deleted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hint = self.add_sentence()
        self.model = FilesModel(self)
        self.table = FilesTable(self.model, self.tr("Files"), self)
        self.table.setToolTip(self.tr("Delete takes a file out"))
        self.add_files = QPushButton(self.tr("&Add files…"), self)
        self.paste = QPushButton(self.tr("Paste &text"), self)
        self.paste.setToolTip(self.tr("Import what is on the clipboard (Ctrl+V)"))
        self.add_titled(self.tr("F&iles"), self.table, 1, self.add_files, self.paste)
        self.notes = self.add_sentence()
        self.medal_table = self.add_sentence("")
        self.check = QPushButton(self.tr("Chec&k it against the book…"), self)
        self.check.hide()
        self.column.addWidget(self.check, 0, Qt.AlignmentFlag.AlignLeft)
        self._add_choices()
        self._connect()

    def _add_choices(self) -> None:
        kinds = [(import_preview_words.kind_word(kind), kind) for kind in ImportKind]
        self.kind = Choice(kinds, self)
        self.kind.setAccessibleName(self.tr("They are"))
        self.profile = Choice([(self.tr("The headings"), None)], self)
        self.profile.setAccessibleName(self.tr("Columns are"))
        policy = Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        for field in (self.kind, self.profile):
            field.setSizeAdjustPolicy(policy)
            field.setMinimumContentsLength(SHORTEST_CHOICE)
        self.delete = QPushButton(self.tr("&Delete profile"), self)
        self.delete.setToolTip(self.tr("Take this profile of yours away; no book changes"))
        self.delete.hide()
        line = QHBoxLayout()
        line.setSpacing(theme().px(8))
        for title, field in (
            (self.tr("They a&re"), self.kind),
            (self.tr("Read b&y"), self.profile),
        ):
            label = QLabel(title, self)
            label.setBuddy(field)
            line.addWidget(label)
            line.addWidget(field, 2 if field is self.profile else 1)
        line.addWidget(self.delete)
        self.column.addLayout(line)

    def _connect(self) -> None:
        self.add_files.clicked.connect(self.wanted_files)
        self.paste.clicked.connect(self.wanted_pasted)
        self.check.clicked.connect(lambda: self.wanted_check.emit(self._published()))
        self.table.deleting.connect(self.dropped_out)
        self.kind.activated.connect(lambda: self.kind_chosen.emit(self.kind.chosen()))
        self.profile.activated.connect(lambda: self.profile_chosen.emit(self.profile.chosen()))
        self.delete.clicked.connect(lambda: self.profile_deleted.emit(self.profile.chosen()))

    def enter(self) -> bool:
        if self.model.rowCount():
            return False
        self.add_files.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    # Showing

    def show_files(self, paths: Sequence[Path], look: Look | None) -> None:
        """Show what was found in files; None while nobody has looked yet."""
        sources = look.sources if look else ()
        self.model.show_sources(sources)
        hint = ""
        if not paths:
            hint = self.tr(
                "Choose files, drop them here, or paste lines of a spreadsheet (Ctrl+V): CSV, "
                "XLSX, XLS, ODS, ODF messages, Lenex."
            )
        say(self.hint, hint)
        if look is not None:
            self.kind.choose(look.kind)
        open_ = any(not source.is_fixed for source in sources)
        if sources and not open_:
            # Messages of one file can be of several kinds.
            self.kind.setCurrentIndex(-1)
        self.kind.setEnabled(open_)
        self.profile.setEnabled(open_)
        notes = [self._note(source, text) for source in sources for text in _notes(source)]
        say(self.notes, "\n".join(notes))
        self._tell_published()

    def show_profiles(self, profiles: Sequence[Profile], chosen: Profile | None) -> None:
        """Show the profiles there are, and which one is in use."""
        texts = [(self._profile_text(profile), profile) for profile in profiles]
        self.profile.refill([(self.tr("The headings"), None), *texts])
        self.profile.choose(chosen)
        self.delete.setVisible(chosen is not None and chosen.is_own)

    def _profile_text(self, profile: Profile) -> str:
        text = self.tr("{name} (yours)") if profile.is_own else self.tr("{name}")
        return text.format(name=profile.name)

    def _note(self, source: SourceLook, text: str) -> str:
        return self.tr("{file}: {note}").format(file=source.name, note=text)

    def _published(self) -> Path | None:
        """A file that looks like a medal table."""
        found = (source.path for source in self.model.rows() if is_medal_table(source))
        return next(found, None)

    def _tell_published(self) -> None:
        path = self._published()
        text = ""
        if path is not None:
            text = self.tr(
                "{file} looks like a medal table: such a table is not imported, it follows from "
                "the results. It can be checked against that of the book."
            ).format(file=path.name)
        say(self.medal_table, text)
        self.check.setVisible(path is not None)


def _notes(source: SourceLook) -> list[str]:
    return [sheet_words.note(said) for said in source.notes]


def is_medal_table(source: SourceLook) -> bool:
    """Whether a table gives numbers of medals and names nobody."""
    words = {re.sub(r"[\W_]+", "", heading).lower().removesuffix("s") for heading in source.heading}
    names = {"athlete", "family_name", "event"} & source.mapping.columns.keys()
    return {"gold", "silver", "bronze"} <= words and not names
