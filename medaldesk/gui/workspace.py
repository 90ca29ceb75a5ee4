"""What the window shows of one open book: the tree, the pages in tabs, the side panel."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from medaldesk.book.changes import Change
from medaldesk.book.errors import UnknownCode
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.pages.event_page import EventPage
from medaldesk.gui.pages.page import Page
from medaldesk.gui.pages.welcome_page import WelcomePage
from medaldesk.gui.settings import Settings
from medaldesk.gui.target import Place, Target
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.side_panel import SidePanel
from medaldesk.gui.widgets.tree_panel import TreePanel

TREE_NEEDS, SIDE_NEEDS = 940, 1190
"""Window widths, at 100 %, from which the tree and the side panel have room beside the page."""


class Tab(StrEnum):
    EVENT = "event"
    STANDINGS = "standings"
    RECORDS = "records"
    NATIONS = "nations"
    ATHLETE = "athlete"
    DECISIONS = "decisions"
    HISTORY = "history"


def _standings_page(live: LiveBook, parent: QWidget) -> Page:
    from medaldesk.gui.pages.standings_page import StandingsPage

    return StandingsPage(live, parent)


def _record_page(live: LiveBook, parent: QWidget) -> Page:
    from medaldesk.gui.pages.record_page import RecordPage

    return RecordPage(live, parent)


def _nations_page(live: LiveBook, parent: QWidget) -> Page:
    from medaldesk.gui.pages.nations_page import NationsPage

    return NationsPage(live, parent)


def _athlete_page(live: LiveBook, parent: QWidget) -> Page:
    from medaldesk.gui.pages.athlete_page import AthletePage

    return AthletePage(live, parent)


def _decisions_page(live: LiveBook, parent: QWidget) -> Page:
    from medaldesk.gui.pages.decisions_page import DecisionsPage

    return DecisionsPage(live, parent)


def _history_page(live: LiveBook, parent: QWidget) -> Page:
    from medaldesk.gui.pages.history_page import HistoryPage

    return HistoryPage(live, parent)


# Only the page in sight is built: the window opens sooner.
_BUILDERS: dict[Tab, Callable[[LiveBook, QWidget], Page]] = {
    Tab.EVENT: EventPage,
    Tab.STANDINGS: _standings_page,
    Tab.RECORDS: _record_page,
    Tab.NATIONS: _nations_page,
    Tab.ATHLETE: _athlete_page,
    Tab.DECISIONS: _decisions_page,
    Tab.HISTORY: _history_page,
}


class Workspace(QWidget):
    """`moved` tells that another page, or another event, is in sight."""

    moved = Signal()

    def __init__(self, live: LiveBook, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.live = live
        self._settings = settings
        self._pages: dict[Tab, Page] = {}
        self.tree = TreePanel(live, self)
        self.side = SidePanel(live, self)
        self._wanted = {
            self.tree: settings.flag("tree", True),
            self.side: settings.flag("side", True),
        }
        self._forced: set[QWidget] = set()
        self._build()
        self.tree.go.connect(self.go)
        self.side.go.connect(self.go)
        live.changed.connect(self._on_change)
        self._start()

    def _build(self) -> None:
        self.tabs = QTabBar(self, drawBase=False, expanding=False)
        self.tabs.setAccessibleName(self.tr("Pages"))
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        for text in (
            self.tr("Event"),
            self.tr("Medal table"),
            self.tr("Records"),
            self.tr("Nations"),
            self.tr("Athlete"),
            self.tr("Decisions"),
            self.tr("History"),
        ):
            self.tabs.addTab(text)
        self.tabs.currentChanged.connect(self._on_tab)
        self.stack = QStackedWidget(self)
        centre = QWidget(self)
        centre.setObjectName("page")
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self.stack, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        for part in (self.tree, centre, self.side):
            self.splitter.addWidget(part)
        self.splitter.setStretchFactor(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)
        theme().changed.connect(self._restyle)
        self._restyle()
        if state := self._settings.bytes("splitter"):
            self.splitter.restoreState(state)

    # Pages

    @property
    def tab(self) -> Tab:
        """The page in sight."""
        return list(Tab)[self.tabs.currentIndex()]

    def page(self, tab: Tab) -> Page:
        """A page, built when it is first needed."""
        if tab not in self._pages:
            page = _BUILDERS[tab](self.live, self)
            page.go.connect(self.go)
            self._pages[tab] = page
            self.stack.addWidget(page)
            if isinstance(page, EventPage):
                page.gone.connect(self._start_afresh)
        return self._pages[tab]

    @property
    def event_page(self) -> EventPage:
        page = self.page(Tab.EVENT)
        assert isinstance(page, EventPage)
        return page

    def show_tab(self, tab: Tab) -> None:
        """Bring a page into sight."""
        number = list(Tab).index(tab)
        if self.tabs.currentIndex() != number:
            self.tabs.setCurrentIndex(number)
        else:
            self._on_tab(number)

    def _on_tab(self, number: int) -> None:
        tab = list(Tab)[number]
        if tab is Tab.EVENT and self.event_page.event_id is None:
            self._show_welcome()
        else:
            self.stack.setCurrentWidget(self.page(tab))
        self.moved.emit()

    def _show_welcome(self) -> None:
        """An empty book, or no event chosen yet: say what to do first."""
        welcome = self.findChild(WelcomePage) or WelcomePage(self)
        welcome.tell(
            writes=self.live.can_write, has_competition=bool(self.live.reads.competitions())
        )
        self.stack.addWidget(welcome)
        self.stack.setCurrentWidget(welcome)

    # Going places

    def go(self, target: Target) -> None:
        """Show what a link, the tree or Ctrl+K points to."""
        match target.place:
            case Place.EVENT:
                self.show_event(target.id)
            case Place.RESULT:
                self.event_page.show_result(target.id)
                self._event_shown()
            case Place.STANDINGS:
                self._show_competition(target.id)
            case Place.RECORDS:
                self.page(Tab.RECORDS).show_list(target.id)  # type: ignore[attr-defined]
                self.show_tab(Tab.RECORDS)
            case Place.ATHLETE:
                self.page(Tab.ATHLETE).show_athlete(target.id)  # type: ignore[attr-defined]
                self.show_tab(Tab.ATHLETE)
            case Place.NATION:
                self._show_nation(target.id)
            case Place.NATIONS:
                self.page(Tab.NATIONS).show_nation(target.id)  # type: ignore[attr-defined]
                self.show_tab(Tab.NATIONS)
            case Place.DECISION:
                self.page(Tab.DECISIONS).show_decision(target.id)  # type: ignore[attr-defined]
                self.show_tab(Tab.DECISIONS)
            case Place.HISTORY:
                self.show_tab(Tab.HISTORY)

    def show_event(self, event: int) -> None:
        """Open an event with the cursor where the next mark is typed."""
        self.event_page.show_event(event)
        self._event_shown()

    def _event_shown(self) -> None:
        page = self.event_page
        assert page.head is not None
        self.tabs.setTabText(0, page.head.name.replace("&", "&&"))
        self.show_tab(Tab.EVENT)
        self.tree.reveal(page.head.id)
        self.side.show_competition(page.head.competition)
        page.view.setFocus()

    def _show_competition(self, competition: int) -> None:
        self.page(Tab.STANDINGS).show_competition(competition)  # type: ignore[attr-defined]
        self.side.show_competition(competition)
        self.show_tab(Tab.STANDINGS)

    def _show_nation(self, nation: int) -> None:
        """The nation in the table of the competition in sight."""
        competition = self.competition()
        if competition is not None:
            self._show_competition(competition)
            self.page(Tab.STANDINGS).select_nation(nation)  # type: ignore[attr-defined]

    def commit_open(self) -> None:
        """Take what is being typed in the sheet."""
        self.event_page.view.commit_open()

    def competition_added(self, competition: int) -> None:
        """A competition came to be: the next event is most likely held there."""
        self.tree.reveal_competition(competition)
        self.side.show_competition(competition)
        if self.event_page.event_id is None:
            self._on_tab(0)

    def competition_in_sight(self) -> int | None:
        """The competition that the cursor in the tree, or the event in sight, is about."""
        target = self.tree.current()
        if target is not None and target.place is Place.STANDINGS:
            return target.id
        head = self.event_page.head
        return head.competition if head is not None else None

    def competition(self) -> int | None:
        """The competition that whoever adds an event means: the latest, where none is in sight."""
        found = self.competition_in_sight()
        if found is not None:
            return found
        latest = self.live.reads.latest_competition()
        return latest.id if latest else None

    # Where a person left

    def _start(self) -> None:
        """Open what was open the last time, or what is under way."""
        kept = self._settings.text(f"place/{self.live.path}").partition(" ")
        event = self._remembered(kept[0]) or self._likely_event()
        if event is not None:
            self.show_event(event)
        else:
            self._on_tab(0)
            latest = self.live.reads.latest_competition()
            self.side.show_competition(latest.id if latest else None)
        if kept[2] in set(Tab) and kept[2] != Tab.EVENT:
            self.show_tab(Tab(kept[2]))

    def _on_change(self, change: Change) -> None:
        """Where nothing is in sight, an event that comes (back) is: an undo shows what it undid."""
        head = self.event_page.head
        if head is not None:
            self.tabs.setTabText(0, head.name.replace("&", "&&"))
        if head is not None or self.tab is not Tab.EVENT:
            return
        event = next(iter(change.events)) if len(change.events) == 1 else self._likely_event()
        if event is not None:
            with suppress(UnknownCode):
                self.show_event(event)

    def _start_afresh(self) -> None:
        self.tabs.setTabText(0, self.tr("Event"))
        self._on_tab(0)

    def _remembered(self, path: str) -> int | None:
        try:
            return self.live.reads.event_by_path(path) if path else None
        except UnknownCode:
            return None

    def _likely_event(self) -> int | None:
        latest = self.live.reads.latest_competition()
        events = self.live.reads.events(latest.id) if latest else []
        running = [event for event in events if event.status == "running"]
        chosen = running or events[-1:]
        return chosen[0].id if chosen else None

    def remember(self) -> None:
        """Keep where a person was for the next start."""
        path = self.event_page.head.path if self.event_page.head else ""
        self._settings.set_text(f"place/{self.live.path}", f"{path} {self.tab}")
        self._settings.set_bytes("splitter", self.splitter.saveState())
        self._settings.set_flag("tree", self._wanted[self.tree])
        self._settings.set_flag("side", self._wanted[self.side])

    # Panels

    def toggle(self, panel: QWidget) -> None:
        """Show or hide the tree or the side panel, whatever the room."""
        show = panel.isHidden()
        self._wanted[panel] = show
        (self._forced.add if show else self._forced.discard)(panel)
        self._fit()

    def focus_page(self) -> None:
        """Give the keys to the page in sight."""
        page = self._page_focus()
        if page is not None:
            page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def next_pane(self) -> None:
        """Give the keys to the next part: the tree, the page, what changed."""
        panes = [
            part
            for part in (self.tree.tree, self._page_focus(), self.side)
            if part is not None and part.isVisible()
        ]
        here = next((n for n, part in enumerate(panes) if _holds_focus(part)), -1)
        there = panes[(here + 1) % len(panes)]
        if there is self.side:
            self.side.changes.focus_first()
        else:
            there.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _page_focus(self) -> QWidget | None:
        if self.tab is Tab.EVENT and self.event_page.event_id is not None:
            return self.event_page.view
        return self.stack.currentWidget()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """On a narrow window the page comes first."""
        px, width = theme().px, self.width()
        for panel, needs in ((self.tree, TREE_NEEDS), (self.side, SIDE_NEEDS)):
            room = width >= px(needs) or panel in self._forced
            panel.setVisible(self._wanted[panel] and room)

    def _restyle(self) -> None:
        px = theme().px
        self.tree.setMinimumWidth(px(180))
        self.side.setMinimumWidth(px(230))
        self.stack.setMinimumWidth(px(320))
        if self._settings.bytes("splitter") is None:
            self.splitter.setSizes([px(220), px(760), px(310)])
        self._fit()


def _holds_focus(part: QWidget) -> bool:
    return part.hasFocus() or part.isAncestorOf(part.window().focusWidget() or part)
