"""Files into the book: what they are, what is what, and what would happen, before it does."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from medaldesk.book.import_errors import (
    ColumnMissing,
    DaysUnknown,
    ImportCancelled,
    MarksUnknown,
    WorkerGone,
)
from medaldesk.domain.errors import MedalDeskError
from medaldesk.exchange.importing.mapping import ImportKind, ImportMapping
from medaldesk.exchange.importing.preview import Look, Preview, Reported
from medaldesk.gui.dialogs.import_columns import ColumnsStep
from medaldesk.gui.dialogs.import_files import FilesStep
from medaldesk.gui.dialogs.import_frame import ImportFrame, Step
from medaldesk.gui.dialogs.import_preview import PreviewStep, comes
from medaldesk.gui.dialogs.import_step import say
from medaldesk.gui.dialogs.import_values import ValuesStep
from medaldesk.gui.dialogs.profile_dialog import ask_profile_name
from medaldesk.gui.dropped import dropped_files
from medaldesk.gui.import_draft import ImportDraft, asks_values
from medaldesk.gui.import_profiles import Profile, Profiles
from medaldesk.gui.import_task import ImportTask
from medaldesk.gui.live_book import LiveBook
from medaldesk.reports import words
from medaldesk.reports.import_preview_words import lacking_sentence, rows, was_imported

COSTLY = 5.0
"""Seconds from which on a preview is not dropped without asking."""

MOST_TITLES = 3
"""So many files are named once they are imported; more are counted."""


class ImportDialog(ImportFrame):
    """Enter goes on, over every step that has nothing to ask; the last Enter is the one edit.

    Going back keeps every answer. `outcome` says what was taken, once the dialog was accepted;
    `check_path` is set where somebody would rather compare the medal table of a file with the
    book, `check_text` where it was pasted.
    """

    last_folder: ClassVar[Path | None] = None

    def __init__(
        self,
        live: LiveBook,
        paths: Sequence[Path] = (),
        profiles: Profiles | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.live = live
        self.outcome = ""
        self.check_path: Path | None = None
        self.check_text = ""
        self._pasted: list[Path] = []
        self.paths: list[Path] = []
        self.profiles = profiles or Profiles()
        self.profile: Profile | None = None
        self.draft = ImportDraft()
        self.task = ImportTask(live, self)
        self._kind: ImportKind | None = None
        self._is_profile_chosen = False
        self._is_looked = False
        self._goes_on = False
        self._preview: Preview | None = None
        self._planned: tuple[ImportMapping, ...] | None = None
        self._began = 0.0
        self._is_costly = False
        self._closing = ExitStack()
        self.files = FilesStep(self)
        self.columns = ColumnsStep(live.reads, self.draft, self)
        self.values = ValuesStep(live.reads, self.draft, self)
        self.preview = PreviewStep(live.reads, self.draft, self)
        self.add_steps(self.files, self.columns, self.values, self.preview)
        self._connect()
        self._show_profiles()
        self.go_to(Step.FILES)
        self.add_files(paths)

    def _connect(self) -> None:
        self.bar.currentChanged.connect(lambda number: self.go_to(Step(number)))
        self.next_button.clicked.connect(self.forward)
        self.back_button.clicked.connect(self.back)
        self.cancel_button.clicked.connect(self.reject)
        self.keep.clicked.connect(self.keep_profile)
        for step in self.steps:
            step.edited.connect(self._refresh_buttons)
        self.files.wanted_files.connect(self.choose_files)
        self.files.wanted_pasted.connect(self.paste)
        self.files.wanted_check.connect(self._check)
        self.files.dropped_out.connect(self._drop_out)
        self.files.kind_chosen.connect(self._choose_kind)
        self.files.profile_chosen.connect(self._choose_profile)
        self.files.profile_deleted.connect(self._delete_profile)
        self.preview.report_wanted.connect(self.save_report)
        self._pasting = QShortcut(QKeySequence.StandardKey.Paste, self, self.paste)
        self.task.progressed.connect(self.tell_stage)
        self.task.looked.connect(self._on_looked)
        self.task.planned.connect(self._on_new_plan)
        self.task.applied.connect(self._on_applied)
        self.task.reported.connect(self._on_reported)
        self.task.failed.connect(self._on_failed)
        self.task.cancelled.connect(self._on_cancelled)

    # Files

    def choose_when_shown(self) -> None:
        """Ask for files as soon as the dialog is there."""
        QTimer.singleShot(0, self, self.choose_files)

    def choose_files(self) -> None:
        """Ask for files, and add them."""
        kinds = "*.csv *.tsv *.txt *.xlsx *.xls *.ods *.xml *.lxf *.lef *.gz *.xz *.zip"
        names, _ = QFileDialog.getOpenFileNames(
            self,
            self.tr("Import files"),
            str(self._folder()),
            self.tr("Tables and messages ({kinds});;All files (*)").format(kinds=kinds),
        )
        if names:
            ImportDialog.last_folder = Path(names[0]).parent
        self.add_files([Path(name) for name in names])

    def _folder(self) -> Path:
        """Where files were taken from last, else where the book is."""
        last = ImportDialog.last_folder
        return last if last and last.is_dir() else self.live.path.parent

    def add_files(self, paths: Sequence[Path]) -> None:
        """Look at further files; Enter goes on with them, also before they have been read."""
        self.paths += [path for path in paths if path not in self.paths]
        self._look()
        if self.paths:
            self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def paste(self) -> None:
        """Take what is on the clipboard as a file."""
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self.complain(self.tr("There is no text on the clipboard: copy some lines first."))
            return
        folder = self._closing.enter_context(TemporaryDirectory(prefix="medaldesk-paste-"))
        path = Path(folder) / self.tr("Pasted text.txt")
        path.write_text(text, encoding="utf-8")
        self._pasted.append(path)
        self.add_files([path])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.go_to(Step.FILES)
        self.add_files(dropped_files(event.mimeData()))

    def _drop_out(self, path: Path) -> None:
        self.paths = [known for known in self.paths if known != path]
        self._look()

    def _choose_kind(self, kind: ImportKind) -> None:
        self._kind = kind
        self._look()

    def _check(self, path: Path) -> None:
        if path in self._pasted:
            # Its file goes with this dialog.
            self.check_text = path.read_text(encoding="utf-8")
        else:
            self.check_path = path
        self._is_costly = False
        self.reject()

    # Profiles

    def _choose_profile(self, profile: Profile | None) -> None:
        """What a profile says goes before what was said so far."""
        self.profile = profile
        self._is_profile_chosen = True
        self._kind = None
        self.draft.forget()
        self._look()

    def _delete_profile(self, profile: Profile) -> None:
        try:
            self.profiles.delete(profile)
        except OSError as error:
            self.complain(self._not_kept(profile.name, error))
            return
        self._choose_profile(None)

    def keep_profile(self) -> None:
        """Give the answers a name."""
        name = ask_profile_name(self, self.profile.name if self.profile else "")
        if name is None:
            return
        try:
            self.profile = self.profiles.save(name, self.draft.whole_mapping())
        except OSError as error:
            self.complain(self._not_kept(name, error))
            return
        self._is_profile_chosen = True
        self._show_profiles()
        say(self.said, self.tr("Kept as “{name}”: choose it for the next file.").format(name=name))

    def _not_kept(self, name: str, error: OSError) -> str:
        text = self.tr("The profile {name} cannot be written: {problem}.")
        return text.format(name=name, problem=error.strerror)

    def _show_profiles(self) -> None:
        self.files.show_profiles(self.profiles.all(), self.profile)

    def _profile_mapping(self) -> ImportMapping:
        """What the profile in use says; nothing where there is none, or it cannot be read."""
        if self.profile is None:
            return ImportMapping()
        try:
            return self.profile.mapping()
        except MedalDeskError as error:
            self.profile = None
            self.complain(words.sentence(error))
            return ImportMapping()

    # Looking and planning

    def _look(self) -> None:
        """Look at the files as they are to be read; what was planned holds no more."""
        self.task.cancel()
        self._is_looked, self._preview, self._planned = False, None, None
        self.complain("")
        say(self.said, "")
        if not self.paths:
            self.files.show_files((), None)
            self._refresh_buttons()
            return
        mapping = self._profile_mapping()
        self._show_profiles()
        self.task.look(self.paths, self._kind, mapping if self.profile else None)
        self._refresh_buttons()

    def _on_looked(self, look: Look) -> None:
        self.draft.take(look, self._profile_mapping())
        is_open = self.draft.asks_columns or self.draft.is_report
        if not self._is_profile_chosen and self.profile is None and is_open:
            profile = self._fitting()
            if profile is not None:
                self.profile = profile
                self.draft.forget()
                self._look()
                return
        self._is_looked = True
        self.files.show_files(self.paths, look)
        self.columns.refresh()
        self._refresh_buttons()
        if self._goes_on:
            self._goes_on = False
            self.forward()

    def _fitting(self) -> Profile | None:
        """The profile of the first table for which there is one."""
        firsts = [shape.first for shape in self.draft.open_shapes]
        found = (self.profiles.fitting(f.heading, is_report=f.is_report) for f in firsts)
        return next((profile for profile in found if profile is not None), None)

    def _plan(self) -> None:
        self._planned = self.draft.mappings()
        self._began = monotonic()
        self.task.plan(self._planned)
        self._refresh_buttons()

    def _on_new_plan(self, preview: Preview) -> None:
        self._is_costly = monotonic() - self._began > COSTLY
        self._on_planned(preview)

    def _on_planned(self, preview: Preview) -> None:
        self._preview = preview
        self.values.show_preview(preview)
        self.preview.show_preview(preview)
        asked = self.draft.asked_by(preview) if self.step is not Step.PREVIEW else []
        if asked:
            self.columns.refresh()
            self.go_to(Step.COLUMNS)
            self._tell_asked(preview, asked)
        elif self.step < Step.VALUES and asks_values(preview):
            self.go_to(Step.VALUES)
        else:
            self.go_to(Step.PREVIEW)

    def _tell_asked(self, preview: Preview, asked: Sequence[str]) -> None:
        """Say why something is asked for."""
        problem = next((p for p in preview.problems if p.column in self.draft.asked), None)
        if problem is None or problem.column not in asked:
            text = self.tr("The event is new: say what is measured, or go on where nothing is.")
            say(self.said, text)
        elif isinstance(problem.error, DaysUnknown | MarksUnknown):
            self.complain(lacking_sentence(problem.error))
        else:
            self.complain(words.sentence(problem.error))

    # Steps

    @property
    def is_outdated(self) -> bool:
        """Whether something was said that the preview does not know."""
        return self._preview is None or self._planned != self.draft.mappings()

    @property
    def _changes_anything(self) -> bool:
        return self._preview is not None and self._preview.changes_anything

    def go_to(self, step: Step) -> None:
        """Show a step; the keyboard is where it begins."""
        self.show_step(step)
        self.complain("")
        self._refresh_buttons()
        self.enter_step()

    def forward(self) -> None:
        """Go on: to the next step that asks something, and from the last one into the book."""
        if self.task.is_busy:
            # An Enter that came before the answer counts when it is there.
            self._goes_on = not self._is_looked
            return
        self.complain("")
        if not self.paths:
            self.choose_files()
        elif not self._is_looked:
            self._goes_on = True
            self._look()
        elif not self.steps[self.step].settle():
            self._refresh_buttons()
        elif self.step is Step.PREVIEW and not self.is_outdated:
            self._finish()
        elif self.step is Step.FILES and self.draft.asks_columns:
            self.go_to(Step.COLUMNS)
        elif self.is_outdated:
            self._plan()
        elif self._preview is not None:
            self._on_planned(self._preview)

    def back(self) -> None:
        """To the step before, with everything that was said."""
        if not self.task.is_busy and self.step > Step.FILES:
            self.steps[self.step].settle()
            self.go_to(Step(self.step - 1))

    def _finish(self) -> None:
        if self._changes_anything:
            self.task.apply()
            self._refresh_buttons()
        else:
            self.reject()

    # Answers of the task

    def _on_applied(self, _: object) -> None:
        preview = self._preview
        assert preview is not None
        titles = list(dict.fromkeys(preview.titles))
        named = ", ".join(titles)
        if len(titles) > MOST_TITLES:
            named = self.tr("{n} files").format(n=len(titles))
        self.outcome = was_imported(
            named, len(titles), refused=preview.problem_count, comes=comes(preview)
        )
        self.accept()

    def _on_failed(self, error: MedalDeskError) -> None:
        self._goes_on = False
        self._planned = None
        if not self._is_looked:
            self._leave_out(error.details.get("path"))
        if isinstance(error, WorkerGone):
            self._is_looked = False
        # A button that is still disabled would leave the keyboard to the one that cancels.
        self._refresh_buttons()
        if isinstance(error, ColumnMissing):
            self.draft.ask(str(error.details["what"]))
            self.columns.refresh()
            self.go_to(Step.COLUMNS)
        elif self.task.is_busy:
            self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.enter_step()
        if isinstance(error, ColumnMissing):
            self.complain(lacking_sentence(error))
        else:
            self.complain(words.sentence(error))

    def _leave_out(self, path: object) -> None:
        """A file that cannot be read does not keep the others from being looked at."""
        others = [known for known in self.paths if known != path]
        if len(others) < len(self.paths):
            self.paths = others
            self._look()
        else:
            self.files.show_files(self.paths, None)

    def _on_cancelled(self) -> None:
        """What the task was told to look at is forgotten; what the person said is not."""
        self._goes_on = False
        self._is_looked, self._planned = False, None
        self._refresh_buttons()
        self.complain(words.sentence(ImportCancelled()))
        self.enter_step()

    # Rows that are not taken

    def save_report(self) -> None:
        """Write the rows that are not taken, to be corrected."""
        if self.task.is_busy or self.is_outdated:
            return
        proposal = self.paths[0].with_name(
            self.tr("{name} not taken").format(name=self.paths[0].stem) + ".csv"
        )
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save the rows that are not taken"),
            str(proposal),
            self.tr("Table (*.csv)"),
        )
        if name:
            self._keep_for_report()
            self.task.report(Path(name), words.sentence)
            self._refresh_buttons()

    def _keep_for_report(self) -> None:
        """The corrected rows are read as these were, without asking anything again."""
        if self.draft.open_shapes:
            # Without it only the questions come again.
            with suppress(OSError):
                self.profiles.save_for_report(self.tr("Rows not taken"), self.draft.whole_mapping())

    def _on_reported(self, reported: Reported) -> None:
        self._refresh_buttons()
        self.enter_step()
        text = self.tr("{rows} in {names}: correct them there and import that.")
        names = ", ".join(path.name for path in reported.paths)
        say(self.said, text.format(rows=rows(reported.rows), names=names))

    # Showing and leaving

    def _refresh_buttons(self) -> None:
        busy, step = self.task.is_busy, self.step
        self.show_progress(busy=busy, takes_keys=self._is_looked)
        self.next_button.setText(self._verb())
        self.next_button.setEnabled(bool(self.paths) and (not busy or not self._is_looked))
        self.back_button.setEnabled(not busy and step > Step.FILES)
        self.cancel_button.setText(self.tr("&Stop") if busy else self.tr("Cancel"))
        self.keep.setVisible(step > Step.FILES)
        self.keep.setEnabled(not busy and bool(self.draft.open_shapes))
        self.preview.save.setEnabled(not busy and not self.is_outdated)
        self._pasting.setEnabled(step is Step.FILES)
        self.stack.setEnabled(not busy or not self._is_looked)
        is_planned = not busy and self._preview is not None
        self.allow_steps(not busy, not busy and self._is_looked, is_planned, is_planned)

    def _verb(self) -> str:
        if self.step is not Step.PREVIEW:
            return self.tr("&Continue")
        if self.is_outdated:
            return self.tr("&Look again")
        return self.tr("&Import") if self._changes_anything else self.tr("&Close")

    def reject(self) -> None:
        """Stop what is going on; where nothing is, leave the book as it is.

        A preview that took long is not dropped by the first Esc.
        """
        if self.task.is_busy and self._is_looked:
            self.task.cancel()
        elif self._is_costly and not self.is_outdated and self._changes_anything:
            self._is_costly = False
            say(self.said, self.tr("Nothing was imported yet: Esc again leaves without it."))
        else:
            super().reject()

    def done(self, result: int) -> None:
        self.task.close()
        self._closing.close()
        super().done(result)
