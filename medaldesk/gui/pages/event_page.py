"""The page of an event: its start list and results in one grid, the records above it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QTabBar, QWidget

from medaldesk.book.changes import Change
from medaldesk.book.errors import UnknownCode
from medaldesk.book.reads.events import EventHead, ResultRow
from medaldesk.book.reads.records import RecordRow
from medaldesk.domain.marks import MarkKind
from medaldesk.domain.medals import Medal
from medaldesk.domain.names import split_name
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.results_model import ResultsModel
from medaldesk.gui.models.sheet import SheetOrder, open_tie, tie_question, tied_for_medals
from medaldesk.gui.pages.page import Page
from medaldesk.gui.target import Place, Target
from medaldesk.gui.theme import Pill, theme
from medaldesk.gui.widgets.heading import Heading
from medaldesk.gui.widgets.records_strip import RecordsStrip
from medaldesk.gui.widgets.results_view import ResultsView
from medaldesk.reports import words


class EventPage(Page):
    """Shows one event, chosen with `show_event`; `gone` tells that it was deleted."""

    gone = Signal()

    def __init__(self, live: LiveBook, parent: QWidget | None = None) -> None:
        super().__init__(live, parent)
        self.event_id: int | None = None
        self._phase: int | None = None
        self._orders: dict[int, SheetOrder] = {}
        self._touched_up = False
        self._heading = Heading(self)
        self._build_controls()
        self._strip = RecordsStrip(self)
        self._strip.chosen.connect(lambda found: self.go.emit(Target(Place.RECORDS, found)))
        self._phases = QTabBar(self, drawBase=False, expanding=False)
        self._phases.setAccessibleName(self.tr("Phase"))
        self._phases.setToolTip(self.tr("Change the phase (Ctrl+PgUp, Ctrl+PgDown)"))
        self._phases.currentChanged.connect(self._choose_phase)
        self._hint = QLabel(self, wordWrap=True)
        self._hint.setProperty("role", "muted")
        self.model = ResultsModel(live, self)
        self.view = ResultsView(self.model, live, self.tr("Start list and results"), self)
        self.model.doubtful.connect(live.noted)
        self.view.paste_sheet.connect(self._paste_sheet)
        for part in (self._heading, self._strip, self._phases, self._hint):
            self.layout_.addWidget(part)
        self.layout_.addWidget(self.view, 1)

    def _build_controls(self) -> None:
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._order_buttons = QButtonGroup(self)
        self._buttons: dict[SheetOrder, QPushButton] = {}
        for order, text in (
            (SheetOrder.START, self.tr("Start order")),
            (SheetOrder.RANK, self.tr("By rank")),
        ):
            button = QPushButton(text, row)
            button.setCheckable(True)
            button.setProperty("segment", True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, chosen=order: self.set_order(chosen))
            self._order_buttons.addButton(button)
            self._buttons[order] = button
            layout.addWidget(button)
        self._official = QPushButton(self.tr("Make official"), self)
        self._official.setToolTip(self.tr("Count the medals of this event (Ctrl+Return)"))
        self._official.clicked.connect(self.make_official)
        self._heading.add_control(row)
        self._heading.add_control(self._official)

    def title(self) -> str:
        return self.model.head.name if self.model.head else self.tr("Event")

    @property
    def head(self) -> EventHead | None:
        """The head of the event that is shown; None where it was deleted."""
        return self.model.head if self.event_id is not None else None

    # Showing

    def show_event(self, event: int) -> None:
        """Show an event from its start."""
        self.view.commit_open()
        self.event_id = event
        self._phase = None
        self._touched_up = False
        head, rows = self._read(event)
        self.model.show_event(head, self._phase, rows, self._default_order(event))
        self._stale = False
        self._tell_head()
        self._go_to_first_gap()

    def show_result(self, result: int) -> None:
        """Show the event of a result with the cursor on its mark."""
        event = self.live.reads.event_of_result(result)
        if event != self.event_id:
            self.show_event(event)
        if self.model.row_of(result) is None:
            self._show_phase(self.live.reads.phase_of_result(result))
        self.view.go_to_result(result)

    def show_athlete(self, athlete: int) -> None:
        """Put the cursor on an athlete of the event that is shown."""
        mine = next((row.id for row in self.model.results if row.athlete == athlete), None)
        if mine is not None:
            self.view.go_to_result(mine)

    def touches(self, change: Change) -> bool:
        """Its own event, its record lists, and names of people and places."""
        named = {"athlete", "nation", "nation_code", "venue", "irm", "event_type", "competition"}
        return (
            self.event_id in change.events
            or bool(change.record_lists)
            or bool(named & change.tables)
        )

    def refresh(self, change: Change | None = None) -> None:
        if self.event_id is None:
            return
        before = self.model.head
        try:
            head, rows = self._read(self.event_id)
        except UnknownCode:
            self.event_id = None
            self.gone.emit()
            return
        if change is not None and self.event_id in change.events and before is not None:
            self._touched_up = before.status == head.status == "official"
        if self._phase == self.model.phase:
            self.model.update_event(head, rows)
        else:
            self.model.show_event(head, self._phase, rows, self.model.order)
        self._tell_head()

    def _read(self, event: int) -> tuple[EventHead, list[ResultRow]]:
        """The event with the sheet of the phase in sight: the last one, where that one is gone."""
        head = self.live.reads.event_head(event, self._phase)
        if self._phase not in [phase.id for phase in head.phases]:
            self._phase = head.phases[-1].id if head.phases else None
        phase = self._phase if len(head.phases) > 1 else None
        return head, self.live.reads.results(event, phase)

    def _default_order(self, event: int) -> SheetOrder:
        """As they start while marks are typed, as they rank when it is over."""
        head = self.live.reads.event_row(event)
        over = head.status in ("official", "unofficial")
        return self._orders.get(event, SheetOrder.RANK if over else SheetOrder.START)

    def _tell_head(self) -> None:
        head = self.model.head
        assert head is not None
        self._heading.show_text(head.name, self._context(head))
        self._heading.pill.show_pill(*self._status(head))
        self._strip.show_records(
            self.live.reads.standing_records(head.id), head.day, self._short_name
        )
        self._buttons[self.model.order].setChecked(True)
        official = head.status == "official"
        self._official.setVisible(self.live.can_write and not official and head.finished > 0)
        self._show_phases(head)
        self._show_hint(head)

    def _short_name(self, row: RecordRow) -> str:
        """A record holder as a speaker would say it: the strip has to stay short."""
        if row.result is None:
            return split_name(row.holder)[1]
        return self.live.reads.short_name_of_result(row.result)

    def _context(self, head: EventHead) -> str:
        parts = [head.competition_name, head.discipline, words.day(head.day)]
        if head.venue:
            parts.append(head.venue)
        if head.entries:
            starters = self.tr("{n} starter") if head.entries == 1 else self.tr("{n} starters")
            parts.append(starters.format(n=head.entries))
        if head.units:
            parts.append(words.units(head.unit_kind, head.units))
        if head.decisions and head.status == "official":
            decisions = self.tr("{n} decision") if head.decisions == 1 else self.tr("{n} decisions")
            parts.append(decisions.format(n=head.decisions))
        if self._touched_up:
            parts.append(self.tr("official: what you change counts at once"))
        return " · ".join(parts)

    def _status(self, head: EventHead) -> tuple[str, Pill | None]:
        colours = theme().colours
        status = words.event_status(head.status)
        if head.status == "running":
            if head.units_done:
                status = self.tr("{status} · {unit} of {last}").format(
                    status=status,
                    unit=words.unit_name(head.unit_kind, head.units_done),
                    last=head.units,
                )
            return status, colours.running
        return status, None if head.status == "scheduled" else colours.medals[Medal.SILVER]

    def _show_phases(self, head: EventHead) -> None:
        several = len(head.phases) > 1
        self._phases.setVisible(several)
        names = [phase.name for phase in head.phases]
        if names != [self._phases.tabText(n) for n in range(self._phases.count())]:
            self._phases.blockSignals(True)
            while self._phases.count():
                self._phases.removeTab(0)
            for name in names:
                self._phases.addTab(name)
            self._phases.blockSignals(False)
        ids = [phase.id for phase in head.phases]
        if self._phase in ids:
            self._phases.blockSignals(True)
            self._phases.setCurrentIndex(ids.index(self._phase))
            self._phases.blockSignals(False)

    def _show_phase(self, phase: int) -> None:
        ids = [each.id for each in self.head.phases] if self.head else []
        if phase in ids:
            self._phases.setCurrentIndex(ids.index(phase))

    def _choose_phase(self, number: int) -> None:
        """Show the sheet of another phase; the keys stay in the tabs where they are there."""
        in_tabs = self._phases.hasFocus()
        self.view.commit_open()
        head = self.head
        if head is None or not 0 <= number < len(head.phases):
            return
        self._phase = head.phases[number].id
        head, rows = self._read(head.id)
        self.model.show_event(head, self._phase, rows, self.model.order)
        self._tell_head()
        self._go_to_first_gap()
        if in_tabs:
            self._phases.setFocus()

    def _show_hint(self, head: EventHead) -> None:
        text = self._hint_text(head)
        self._hint.setVisible(bool(text))
        px = theme().px
        self._hint.setContentsMargins(px(20), px(4), px(20), px(8))
        self._hint.setText(text)

    def _hint_text(self, head: EventHead) -> str:
        """What to do first, or next; nothing most of the time."""
        if not self.live.can_write:
            return ""
        if head.entries == 0:
            return self.tr(
                "No entries yet. Type the unit, the athlete and the nation in the line below, "
                "or paste a start list there (Ctrl+V)."
            )
        question = tie_question(head, self.model.results)
        if not question and head.form.kind is MarkKind.SCORE and head.status != "official":
            return self.tr("A match score ranks nobody by itself: type the ranks, too.")
        return question

    def _go_to_first_gap(self) -> None:
        """The cursor stands where the clerk types next: the first mark that is missing."""
        over = self.model.head is not None and self.model.head.status == "official"
        if not over and self.view.go_to_gap():
            return
        if self.model.results:
            self.view.setCurrentIndex(self.model.index(0, self.model.column_of("mark") or 0))
        else:
            self.view.go_to_draft()

    # Doing

    def set_order(self, order: SheetOrder) -> None:
        """Stand as they start or as they rank; remembered for this event."""
        if self.event_id is None:
            return
        self._orders[self.event_id] = order
        self.model.set_order(order)
        self._buttons[order].setChecked(True)
        self.view.setFocus()

    def toggle_order(self) -> None:
        """Change between the two orders."""
        other = SheetOrder.START if self.model.order is SheetOrder.RANK else SheetOrder.RANK
        self.set_order(other)

    def step_phase(self, by: int) -> bool:
        """Show the next (1) or previous (-1) phase; returns whether there is one."""
        number = self._phases.currentIndex() + by
        if not self._phases.isVisibleTo(self) or not 0 <= number < self._phases.count():
            return False
        self._phases.setCurrentIndex(number)
        self.view.setFocus()
        return True

    def next_gap(self) -> bool:
        """Go to the first mark that is missing, else to the tie-break that is asked for.

        The phase in sight comes first, then the others. Returns whether anything is missing.
        """
        self.view.setFocus()
        head = self.head
        if head is None or self._go_to_missing():
            return head is not None
        for phase in head.phases:
            rows = self.live.reads.results(head.id, phase.id)
            if phase.id != self._phase and (open_tie(rows) or not all(r.has_entry for r in rows)):
                self._show_phase(phase.id)
                return self._go_to_missing()
        return False

    def _go_to_missing(self) -> bool:
        return self.view.go_to_gap() or self.view.go_to_tie(open_tie(self.model.results))

    def add_entry(self) -> None:
        """Go to the line where the next entry is typed."""
        self.view.go_to_draft()

    def make_official(self) -> None:
        """Close the event: its medals count from now on."""
        self.view.commit_open()
        head = self.model.head
        if head is None or head.status == "official":
            return
        from medaldesk.gui.dialogs.check_dialog import confirm_official

        if not confirm_official(head, self.live.reads.results(head.id), self):
            if not self.next_gap():
                self.view.go_to_tie(tied_for_medals(self.model.results))
            return
        on = date.fromisoformat(head.day)
        self.live.edit(lambda edits: edits.make_official(head.id, on))

    def _paste_sheet(self, text: str) -> None:
        """Take a start list or results from the clipboard, shown before they are taken."""
        from medaldesk.gui.dialogs.paste_dialog import PasteDialog

        if self.event_id is not None:
            PasteDialog(self.live, self.event_id, text, self._phase, self).exec()

    def result_in_sight(self) -> ResultRow | None:
        """The result under the cursor; None where there is none."""
        index = self.view.currentIndex()
        row = self.model.row(index.row()) if index.isValid() and self.event_id is not None else None
        return row if isinstance(row, ResultRow) else None

    def event_in_sight(self) -> int | None:
        """The event that is shown, wherever the cursor is."""
        return self.event_id

    def delete_entry(self) -> None:
        """Take the entry under the cursor off the start list; undo brings it back."""
        row = self.result_in_sight()
        if row is not None:
            self.live.edit(lambda edits: edits.delete_entry(row.entry))
