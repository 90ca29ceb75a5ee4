"""What an exchange table says of competitions and event types that the book has already.

Where the heading of a column is that of the exchange table itself, a clerk has corrected what
went out of a book: names, series, city and days are changed. Other files spell names in their own
way, which changes nothing. What marks depend on is never changed by an import, only told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from medaldesk.domain.names import fold
from medaldesk.exchange.importing.matching import Doubt, DoubtKind
from medaldesk.exchange.importing.pending import Update
from medaldesk.exchange.importing.planning import Planning
from medaldesk.exchange.importing.programme import CompetitionState, TypeState
from medaldesk.exchange.importing.rows import TidyRow

_OF_MARKS = ("gender", "mark_kind", "better", "decimals")
"""What the marks of an event type depend on."""


class Corrections:
    """Collects what tables say of what the book has; `settle` changes it, or tells of it."""

    def __init__(self, planning: Planning) -> None:
        self._planning = planning
        self._competitions = {known.id: known for known in planning.reads.known_competitions()}
        self._own = {
            number: frozenset(
                target
                for target, headings in mapping.columns.items()
                if source.given is None and headings == (target,)
            )
            for number, source, mapping in planning.sources
        }
        self._said: dict[CompetitionState | TypeState, dict[str, tuple[Any, TidyRow]]] = {}

    def note(self, row: TidyRow, competition: CompetitionState, event_type: TypeState) -> None:
        """What a row says of its competition and its event type; what comes first counts."""
        facts, own = row.facts, self._own[row.source]
        about = {
            "name": (
                "competition_name",
                _name(facts.competition, competition, facts.competition_name),
            ),
            "city": ("city", facts.city),
            "series": ("series", facts.series),
            "start_date": ("start_date", facts.start_date),
            "end_date": ("end_date", facts.end_date),
        }
        if not competition.is_new:
            self._remember(competition, about, own, row)
        named = {"name": ("event_name", _name(facts.event, event_type, facts.event_name))}
        named |= {column: (column, getattr(facts, column)) for column in _OF_MARKS}
        if event_type.known is not None:
            self._remember(event_type, named, own, row)

    def _remember(
        self,
        of: CompetitionState | TypeState,
        about: Mapping[str, tuple[str, Any]],
        own: Iterable[str],
        row: TidyRow,
    ) -> None:
        said = self._said.setdefault(of, {})
        for name, (target, value) in about.items():
            if target in own and value not in ("", None):
                said.setdefault(name, (value, row))

    def settle(self) -> None:
        """Before the rows are laid over the book: days that a table gives are those that count."""
        for of, said in self._said.items():
            if isinstance(of, CompetitionState):
                self._competition(of, said)
            else:
                self._event_type(of, said)

    def _competition(self, state: CompetitionState, said: dict[str, tuple[Any, TidyRow]]) -> None:
        known = self._competitions[state.id]
        start = said.get("start_date", (state.start, None))[0]
        end = said.get("end_date", (state.end, None))[0]
        values: dict[str, Any] = {}
        if self._fits(state, start, end):
            state.start, state.end = start, end
            values = {"start_date": start, "end_date": end}
        else:
            given = {"start_date": (start, state.start), "end_date": (end, state.end)}
            self._tell(known.name, said, (name for name, (new, old) in given.items() if new != old))
        values |= {name: said[name][0] for name in ("name", "city") if name in said}
        if "series" in said:
            values["series_id"] = self._planning.programme.series(said["series"][0])
        was = {
            "name": known.name, "city": known.city, "series_id": known.series,
            "start_date": known.start, "end_date": known.end,
        }  # fmt: skip
        self._change("competition", state.id, values, was)

    def _fits(self, state: CompetitionState, start: str, end: str) -> bool:
        """Whether days are in order and hold the events that the book has of a competition."""
        if (start, end) == (state.start, state.end):
            return True
        events = self._planning.reads.known_events(state.id)
        return start <= end and all(start <= event.date <= end for event in events)

    def _event_type(self, state: TypeState, said: dict[str, tuple[Any, TidyRow]]) -> None:
        assert state.known is not None
        differing = [c for c in _OF_MARKS if c in said and said[c][0] != getattr(state.known, c)]
        self._tell(state.name, said, differing)
        if "name" in said:
            self._change("event_type", state.id, {"name": said["name"][0]}, {"name": state.name})

    def _tell(
        self, name: str, said: Mapping[str, tuple[Any, TidyRow]], columns: Iterable[str]
    ) -> None:
        for column in columns:
            if column in said:
                value, row = said[column]
                self._planning.doubts.append(
                    Doubt(
                        DoubtKind.BOOK_DIFFERS, row.source, row.number, name, 0,
                        column=column, text=str(value),
                    )
                )  # fmt: skip

    def _change(
        self, table: str, key: int, values: Mapping[str, Any], was: Mapping[str, Any]
    ) -> None:
        changes = {name: value for name, value in values.items() if value != was[name]}
        if changes:
            self._planning.pending.updates.append(Update(table, key, changes))


def _name(text: str, of: CompetitionState | TypeState, name: str) -> str:
    """The name that a row gives to what it names by its code; else the text is the name."""
    return name if fold(text) == fold(of.code) else ""
