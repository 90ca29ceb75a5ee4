"""The filters of the medal table as chips: what counts in it (RULES R14, R18, R20)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from medaldesk.book.reads.standings import MedalTable
from medaldesk.book.reads.table_scope import TableScope
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.widgets.choice_popup import ChoicePopup, DaysPopup, Entry, Popup
from medaldesk.gui.widgets.filter_chip import FilterChip
from medaldesk.reports import table_words, words

WHOLE_BOOK = "book"
EDIT_VIEWS = "edit"
"""Keys of choices that are no competition and no grouping view."""


class TableFilters(QObject):
    """Chips over a TableScope; `chosen` carries the scope that a person asked for.

    `parts` stand side by side in the page, in this order. What is chosen from is read when it is
    first wanted.
    """

    chosen = Signal(object)
    wants_views = Signal()

    def __init__(self, live: LiveBook, parent: QWidget) -> None:
        super().__init__(parent)
        self._live = live
        self._scope = TableScope()
        self._names: dict[str, str] = {}
        self._near: date | None = None
        self._tight = False
        self.popup: Popup | None = None
        self.competitions = FilterChip(self.tr("Competitions"), parent, clearable=False)
        self.discipline = FilterChip(self.tr("Discipline"), parent)
        self.gender = FilterChip(self.tr("Gender"), parent)
        self.days = FilterChip(self.tr("Days"), parent)
        self.merged = FilterChip(self.tr("Grouping view"), parent)
        self.zeros = FilterChip(self.tr("All nations entered"), parent, sign="")
        self.more = QPushButton(self.tr("Filter…"), parent)
        self.clear = QPushButton(self.tr("Clear filters"), parent)
        self.parts: tuple[QWidget, ...] = (*self._chips(), self.more, self.clear)
        self._connect()

    def _chips(self) -> tuple[FilterChip, ...]:
        return (
            self.competitions,
            self.discipline,
            self.gender,
            self.days,
            self.merged,
            self.zeros,
        )

    def _connect(self) -> None:
        openers: dict[FilterChip, Callable[[], object]] = {
            self.competitions: self.choose_competitions,
            self.discipline: self._open_disciplines,
            self.gender: self._open_genders,
            self.days: self._open_days,
            self.merged: self._open_views,
            self.zeros: lambda: self._choose(zeros=not self._scope.zeros),
        }
        for chip, opener in openers.items():
            chip.opened.connect(opener)
        self.discipline.cleared.connect(lambda: self._choose(disciplines=()))
        self.gender.cleared.connect(lambda: self._choose(genders=()))
        self.days.cleared.connect(lambda: self._choose(first=None, last=None))
        self.merged.cleared.connect(lambda: self._choose(grouping=None))
        self.zeros.cleared.connect(lambda: self._choose(zeros=False))
        self.more.clicked.connect(self._open_filters)
        self.more.setToolTip(self.tr("Narrow the table"))
        self.clear.clicked.connect(self.clear_all)
        self.zeros.setToolTip(self.tr("List all nations entered, with zeros"))

    # Showing

    def show_scope(self, table: MedalTable, series: str | None) -> None:
        """Show what a table counts; `series` is the name of its series."""
        scope = self._scope = table.scope
        if table.competitions:
            self._near = date.fromisoformat(table.competitions[-1].start)
        self.competitions.show_value("competitions", self._competitions_text(table, series))
        names = [self._names.get(code, code) for code in scope.disciplines]
        self.discipline.show_value(", ".join(names))
        self.gender.show_value(", ".join(map(words.gender_word, scope.genders)))
        self.days.show_value(table_words.span(scope.first, scope.last))
        self.merged.show_value(table.merged.name if table.merged else "")
        self.zeros.show_value("yes" if scope.zeros else "", self.tr("All nations entered"))
        self._fit()

    def set_tight(self, tight: bool) -> None:
        """Keep only the chips that filter in sight, the others behind one button."""
        self._tight = tight
        self._fit()

    def clear_all(self) -> None:
        """Count everything of the competitions that are shown."""
        bare = TableScope(self._scope.competitions, self._scope.series, as_of=self._scope.as_of)
        self.competitions.setFocus()
        self.chosen.emit(bare)

    def _fit(self) -> None:
        filters = self._chips()[1:]
        for chip in filters:
            chip.setVisible(bool(chip.value) or not self._tight)
        self.more.setVisible(self._tight)
        self.clear.setVisible(any(chip.value for chip in filters))

    def _competitions_text(self, table: MedalTable, series: str | None) -> str:
        if table.scope.whole_book:
            return self.tr("Whole book")
        if table.competition is not None and table.scope.series is None:
            return table.competition.name
        if series is not None and not table.scope.competitions:
            return series
        return self.tr("{n} competitions").format(n=len(table.competitions))

    def _choose(self, **changes: object) -> None:
        self.chosen.emit(replace(self._scope, **changes))  # type: ignore[arg-type]

    # Choosing

    def choose_competitions(self) -> None:
        """Open the list of what the table is of; a series counts more than one competition."""
        reads, scope = self._live.reads, self._scope
        series = [
            Entry(("series", row.code), self.tr("Series: {name}").format(name=row.name))
            for row in reads.series()
        ]
        competitions = [Entry(row.id, row.name) for row in reads.competitions()]
        whole = Entry(WHOLE_BOOK, self.tr("Whole book"), alone=True)
        ticked: list[Hashable] = [*scope.competitions, ("series", scope.series)]
        self._open(
            self.competitions,
            [*series, whole, *competitions],
            [WHOLE_BOOK] if scope.whole_book else ticked,
            self._take_competitions,
        )

    def _take_competitions(self, keys: list[Hashable]) -> None:
        """A table counts one series: the last that was ticked."""
        if not keys:
            return
        series = [key[1] for key in keys if isinstance(key, tuple)]
        competitions = tuple(key for key in keys if isinstance(key, int))
        self._choose(competitions=competitions, series=series[-1] if series else None)

    def _open_disciplines(self) -> None:
        """The disciplines that the book has events of."""
        held = {row.discipline for row in self._live.reads.event_types()}
        known = [row for row in self._live.reads.disciplines() if row.name in held]
        self._names = {row.code: row.name for row in known}
        entries = [Entry(row.code, row.name) for row in known]
        self._open(
            self.discipline,
            entries,
            self._scope.disciplines,
            lambda keys: self._choose(disciplines=tuple(keys)),
        )

    def _open_genders(self) -> None:
        entries = [Entry(gender, words.gender_word(gender)) for gender in "MWXO"]
        self._open(
            self.gender,
            entries,
            self._scope.genders,
            lambda keys: self._choose(genders=tuple(keys)),
        )

    def _open_views(self) -> None:
        entries = [
            Entry(None, self.tr("Nations as they competed")),
            *(Entry(view.id, view.name) for view in self._live.reads.grouping_views()),
            Entry(EDIT_VIEWS, self.tr("Change grouping views…")),
        ]
        self._open(self.merged, entries, [self._scope.grouping], self._take_view, several=False)

    def _take_view(self, keys: list[Hashable]) -> None:
        if keys == [EDIT_VIEWS]:
            self.wants_views.emit()
        else:
            self._choose(grouping=keys[0])

    def _open_days(self) -> None:
        near = self._near
        popup = DaysPopup(self._owner(self.days), self._scope.first, self._scope.last, lambda: near)
        popup.chosen.connect(lambda first, last: self._choose(first=first, last=last))
        self._show(popup)

    def _open_filters(self) -> None:
        """What a window with little room keeps behind one button."""
        names = [(chip, chip.accessibleName()) for chip in self._chips()[1:] if not chip.value]
        entries = [Entry(number, name) for number, (_, name) in enumerate(names)]
        if entries:
            self._open(
                self.more,
                entries,
                (),
                lambda keys: names[int(str(keys[0]))][0].opened.emit(),
                several=False,
            )

    def _open(
        self,
        owner: QWidget,
        entries: Sequence[Entry],
        ticked: Sequence[Hashable],
        take: Callable[[list[Hashable]], object],
        *,
        several: bool = True,
    ) -> None:
        if not entries:
            return
        name = owner.accessibleName() or self.more.text()
        popup = ChoicePopup(self._owner(owner), name, entries, ticked, several=several)
        popup.chosen.connect(take)
        self._show(popup)

    def _owner(self, chip: QWidget) -> QWidget:
        """A chip that is out of sight opens under the button that stands for it."""
        return chip if chip.isVisible() else self.more

    def _show(self, popup: Popup) -> None:
        self.popup = popup
        popup.open_below()
