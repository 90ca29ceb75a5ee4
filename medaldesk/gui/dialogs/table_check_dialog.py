"""Published medal tables against those of the book: what agrees, what differs, and why."""

from __future__ import annotations

from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from medaldesk.book.checked_table import Reason
from medaldesk.domain.errors import MedalDeskError
from medaldesk.gui.check_task import CheckTask
from medaldesk.gui.dialogs.form import Choice
from medaldesk.gui.dialogs.import_step import say, sentence_label
from medaldesk.gui.dropped import dropped_files
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.check_models import DifferencesModel, InvolvedModel
from medaldesk.gui.plain_tip import plain_tip
from medaldesk.gui.target import Place, Target
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.segments import ControlFlow
from medaldesk.gui.widgets.table import Table
from medaldesk.reports import check_words, words


class DifferencesTable(Table):
    """Keeps the numbers in sight in a small window: below it stands in full what is cut here."""

    stretch_least = 90


class TableCheckDialog(QDialog):
    """Choose, drop or paste a table; beside it one can go on working in the book.

    `go` asks the window to show a medal that is behind a difference.
    """

    go = Signal(object)

    def __init__(self, live: LiveBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Check against a published medal table"))
        self.setAcceptDrops(True)
        self.live = live
        self.path: Path | None = None
        self.task = CheckTask(live, self)
        self._closing = ExitStack()
        self._build_source()
        self._build_found()
        self._build_buttons()
        self._lay_out()
        self._connect()
        self._show_rows()
        self._refresh()
        self.choose.setFocus()

    # Building

    def _build_source(self) -> None:
        self.choose = QPushButton(self.tr("Choose &file…"), self)
        self.paste = QPushButton(self.tr("&Paste text"), self)
        self.paste.setToolTip(self.tr("Check what is on the clipboard (Ctrl+V)"))
        self.again = QPushButton(self.tr("Check &again"), self)
        for button in (self.choose, self.paste, self.again):
            button.setAutoDefault(False)
        self.file = QLabel(self)
        self.file.setTextFormat(Qt.TextFormat.PlainText)
        self.file.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        reads = self.live.reads
        held = [(row.name, row) for row in reads.competitions()]
        self.competition = Choice([(self.tr("As the table says"), None), *held])
        views = [(view.name, view.id) for view in reads.grouping_views()]
        self.grouping = Choice([(self.tr("No nations"), None), *views])
        self.reason = Choice([])
        self.competition.setToolTip(
            self.tr("Which one is compared; the latest where the table says nothing")
        )
        for choice, name in (
            (self.competition, self.tr("Competition")),
            (self.grouping, self.tr("Grouping view")),
            (self.reason, self.tr("Reason")),
        ):
            choice.setAccessibleName(name)
            choice.setMinimumContentsLength(15)
            choice.setSizeAdjustPolicy(
                Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )

    def _build_found(self) -> None:
        self.hint = sentence_label(self, "muted")
        self.summary = sentence_label(self, "")
        self.problem = sentence_label(self, "error")
        self.model = DifferencesModel(self)
        self.table = DifferencesTable(self.model, self.tr("What differs"), self)
        self.table.setToolTip(self.tr("Press Enter to see the medals involved"))
        self.why = sentence_label(self, "")
        self.involved = InvolvedModel(self)
        self.medals = Table(self.involved, self.tr("Medals involved"), self)
        self.medals.setToolTip(self.tr("Press Enter to see the result, or the event"))
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress"))

    def _build_buttons(self) -> None:
        self.save = QPushButton(self.tr("&Save as a table…"), self)
        self.save.setToolTip(self.tr("Every row, with what came of it: CSV, JSON or PDF"))
        self.close_button = QPushButton(self.tr("Close"), self)
        for button in (self.save, self.close_button):
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        px = theme().px
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addLayout(_line(self.choose, self.paste, self.again, self.file, stretch=3))
        column.addWidget(self._choices())
        for label in (self.summary, self.hint, self.problem):
            column.addWidget(label)
        self.table.setMinimumHeight(theme().row_height * 4)
        self.medals.setMinimumHeight(theme().row_height * 3)
        column.addWidget(self.table, 3)
        column.addWidget(self.why)
        column.addWidget(self.medals, 2)
        column.addStretch(0)
        # With large letters there is more than a small screen has room for.
        scroll = QScrollArea(self, widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(14), px(20), px(16))
        layout.setSpacing(px(8))
        layout.addWidget(scroll, 1)
        self.progress.setFixedHeight(px(6))
        layout.addWidget(self.progress)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        layout.addLayout(buttons)
        chain = [self.choose, self.paste, self.again, self.competition, self.grouping, self.reason]
        chain += [self.table, self.medals, self.save, self.close_button]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)
        room = self.screen().availableGeometry().size() * 0.94
        self.resize(min(px(1060), room.width()), min(px(720), room.height()))

    def _choices(self) -> QWidget:
        """What is compared, and which rows are shown, in as many lines as it needs."""
        box = QWidget(self)
        flow = ControlFlow(box)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(theme().px(8))
        for title, choice in (
            (self.tr("C&ompetition"), self.competition),
            (self.tr("&Merge"), self.grouping),
            (self.tr("&Reason"), self.reason),
        ):
            part = QWidget(box)
            label = QLabel(title, part)
            label.setBuddy(choice)
            line = _line(label, choice, stretch=1)
            line.setContentsMargins(0, 0, 0, 0)
            part.setLayout(line)
            part.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            flow.addWidget(part)
        self._reason_part = part
        return box

    def _connect(self) -> None:
        self.choose.clicked.connect(self.choose_file)
        self.paste.clicked.connect(self.paste_text)
        self.again.clicked.connect(self.check)
        self.save.clicked.connect(self.save_as)
        self.close_button.clicked.connect(self.reject)
        self.competition.activated.connect(self.check)
        self.grouping.activated.connect(self.check)
        self.reason.activated.connect(self._show_rows)
        self.table.selectionModel().currentRowChanged.connect(self._show_involved)
        self.table.activated.connect(self._enter_medals)
        self.medals.activated.connect(self._open_medal)
        self.task.progressed.connect(self._on_progress)
        self.task.finished.connect(self._show_found)
        self.task.failed.connect(self._on_failed)
        self.live.changed.connect(self._on_change)
        self.live.closing.connect(self._leave)
        QShortcut(QKeySequence.StandardKey.Paste, self, self.paste_text)

    # Choosing

    def choose_file(self) -> None:
        """Ask for a file, and check it."""
        name, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Check a medal table"),
            str((self.path or self.live.path).parent),
            self.tr("Tables ({kinds});;All files (*)").format(
                kinds="*.csv *.tsv *.txt *.xlsx *.xls *.ods *.xml *.gz *.zip"
            ),
        )
        if name:
            self.check_file(Path(name))

    def check_file(self, path: Path) -> None:
        """Compare the tables of a file with the book."""
        self.path = path
        self.check()

    def paste_text(self) -> None:
        """Take what is on the clipboard as a file."""
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            say(self.problem, self.tr("There is no text on the clipboard: copy a table first."))
            return
        self.check_text(text)

    def check_text(self, text: str) -> None:
        """Compare the table of a text with the book."""
        folder = self._closing.enter_context(TemporaryDirectory(prefix="medaldesk-paste-"))
        path = Path(folder) / self.tr("Pasted text.txt")
        path.write_text(text, encoding="utf-8")
        self.check_file(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.check_file(dropped_files(event.mimeData())[0])

    # Checking

    def check(self) -> None:
        """Compare what was chosen, once more or in another way."""
        if self.path is None:
            return
        say(self.problem, "")
        self.task.start(self.path, self.competition.chosen(), self.grouping.chosen())
        self._show_found()

    def _on_progress(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _on_failed(self, error: MedalDeskError) -> None:
        self._show_found()
        say(self.problem, words.sentence(error))

    def _on_change(self) -> None:
        if self.task.checks:
            say(self.problem, self.tr("The book has changed since: check again."))

    # Showing

    def _show_found(self) -> None:
        """Show what came of it, or that it is under way."""
        checks = self.task.checks
        counted = check_words.reasons_counted(checks)
        differing = sum(len(check.differences) for check in checks)
        all_ = (self.tr("All ({n})").format(n=differing), None)
        template = self.tr("{reason} ({n})")
        named = [
            (template.format(reason=check_words.reason_name(reason), n=rows), reason)
            for reason, rows in counted.most_common()
        ]
        chosen = self.reason.chosen()
        self.reason.refill([all_, *named])
        self.reason.choose(chosen if chosen in counted else None)
        offered = self.reason.view()
        offered.setMinimumWidth(offered.sizeHintForColumn(0) + theme().px(24))
        self._show_rows()
        self._refresh()
        choosing = self.focusWidget() in (self.competition, self.grouping, self.reason)
        if self.model.rowCount() and not (choosing or self.task.is_busy):
            self.table.setFocus()

    def _show_rows(self) -> None:
        self.model.show_checks(self.task.checks, self.reason.chosen())
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))
        else:
            self._show_involved(QModelIndex())

    def _show_involved(self, current: QModelIndex) -> None:
        if not current.isValid():
            say(self.why, "")
            self.medals.hide()
            return
        found = self.model.row(current.row())
        said = [check_words.difference_without_medals(found.row)]
        if any(part.reason is Reason.MISSING_EVENTS for part in found.row.parts):
            checks = self.task.checks
            of_it = next(check for check in checks if check.competition.id == found.competition.id)
            said.append(check_words.balance(of_it))
        if found.row.reason is Reason.ONLY_HERE:
            said.append(self.tr("“Place in the medal table…” leaves a nation out of it."))
        say(self.why, " ".join(said))
        self.involved.show_medals(found.competition.name, found.row.medals)
        self.medals.setVisible(bool(found.row.medals))

    def _refresh(self) -> None:
        busy, checks = self.task.is_busy, self.task.checks
        hint = ""
        if self.path is None:
            hint = self.tr(
                "Choose a medal table from elsewhere, drop it here, or paste it (Ctrl+V): CSV, "
                "XLSX, ODS, with columns for the nation, gold, silver and bronze, and one for the "
                "competition where it is of several. Nothing of it comes into the book."
            )
        elif not (busy or checks or self.task.left):
            hint = check_words.not_a_table(self.path.name)
        elif not busy:
            hint = check_words.left_out_told(self.task.left)
        say(self.hint, hint)
        self.file.setText(self.path.name if self.path else "")
        self.file.setToolTip(plain_tip(str(self.path or "")))
        say(self.summary, "" if busy else check_words.found(checks, self.task.left))
        self.hint.setToolTip(plain_tip("\n".join(check_words.left_out(self.task.left))))
        self.table.setVisible(bool(self.model.rowCount()))
        self.progress.setVisible(busy)
        self.again.setEnabled(self.path is not None)
        self._reason_part.setVisible(bool(self.model.rowCount()))
        self.save.setEnabled(bool(checks or self.task.left) and not busy)
        self.close_button.setText(self.tr("Stop") if busy else self.tr("Close"))

    # Going on

    def _enter_medals(self) -> None:
        if self.involved.rowCount():
            self.medals.setCurrentIndex(self.involved.index(0, 0))
            self.medals.setFocus()

    def _open_medal(self, index: QModelIndex) -> None:
        medal = self.involved.row(index.row())
        if medal.result is not None:
            self.go.emit(Target(Place.RESULT, medal.result))
        else:
            self.go.emit(Target(Place.EVENT, medal.event))

    def save_as(self) -> None:
        """Ask where to, then write every row with what came of it."""
        from medaldesk.reports.content import standings_check
        from medaldesk.reports.save import save

        proposal = self.live.path.with_name(self.tr("Medal table check.csv"))
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save the check"),
            str(proposal),
            self.tr("CSV (*.csv);;JSON (*.json);;PDF (*.pdf)"),
        )
        if not name:
            return
        document = standings_check(self.live.reads, self.task.checks, self.task.left)
        try:
            save(document, Path(name))
        except MedalDeskError as error:
            say(self.problem, words.sentence(error))
            return
        say(self.problem, "")
        found = check_words.found(self.task.checks, self.task.left)
        text = self.tr("{found} Written to {name}.")
        say(self.summary, text.format(found=found, name=name))

    def reject(self) -> None:
        """Stop what is under way; where nothing is, close."""
        if self.task.is_busy:
            self.task.cancel()
            self._show_found()
        else:
            super().reject()

    def _leave(self) -> None:
        """Close, whatever is under way."""
        self.done(QDialog.DialogCode.Rejected)

    def done(self, result: int) -> None:
        self.task.cancel()
        self._closing.close()
        super().done(result)


def _line(*parts: QWidget, stretch: int) -> QHBoxLayout:
    """Parts side by side; the one at `stretch` takes what is left."""
    line = QHBoxLayout()
    line.setSpacing(theme().px(8))
    for number, part in enumerate(parts):
        line.addWidget(part, int(number == stretch))
    return line
