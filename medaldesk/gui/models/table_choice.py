"""Which medal table a person wants to see, and reading it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from medaldesk.book.reads import Reads
from medaldesk.book.reads.difference import TableDifference
from medaldesk.book.reads.programme import CompetitionRow
from medaldesk.book.reads.standings import MedalTable
from medaldesk.book.reads.table_scope import TableScope
from medaldesk.domain.standings import USUAL_WEIGHTS, PerCapitaOf, RankBy, Tally, Weights
from medaldesk.reports.language import tr


class Compare(StrEnum):
    """Which two tables stand side by side (RULES R19)."""

    DAYS = "days"
    STANDS = "stands"


@dataclass(frozen=True, slots=True)
class TableChoice:
    """What is counted and how it is ranked; `scope.as_of` is the day of the table.

    `as_it_stands` None follows the events: as it stands while one runs, else official. It does
    not matter where the table is of a day. `compared_with` is the ISO day of the first table.
    """

    scope: TableScope
    rank_by: RankBy = RankBy.GOLD
    weights: Weights = USUAL_WEIGHTS
    per_capita_of: PerCapitaOf = PerCapitaOf.TOTAL
    as_it_stands: bool | None = None
    compare: Compare | None = None
    compared_with: str | None = None

    @property
    def compares_forwards(self) -> bool:
        """Whether the day that the table is compared with is before its own."""
        day, other = self.scope.as_of, self.compared_with
        return other is not None and (day is None or other < day)

    def days_compared(self) -> tuple[str | None, str | None]:
        """The days of the first and the second table, the earlier first; None is now."""
        days = self.compared_with, self.scope.as_of
        return days if self.compares_forwards else (days[1], days[0])

    def scopes_compared(self) -> tuple[TableScope, TableScope]:
        """The scopes of the first and the second table."""
        if self.compare is Compare.STANDS:
            now = replace(self.scope, as_of=None)
            return now, replace(now, as_it_stands=True)
        first, second = self.days_compared()
        return replace(self.scope, as_of=first), replace(self.scope, as_of=second)


@dataclass(frozen=True, slots=True)
class TableShown:
    """A table that was read; `decided` and `running` count events.

    `difference` is what it is compared with, where it is.
    """

    table: MedalTable
    decided: int
    running: int = 0
    difference: TableDifference | None = None


def read_table(reads: Reads, choice: TableChoice) -> TableShown:
    """Read what a person wants to see. Raises UnknownCode."""
    if choice.compare is not None:
        before, after = choice.scopes_compared()
        found = reads.difference(
            before,
            after,
            rank_by=choice.rank_by,
            weights=choice.weights,
            per_capita_of=choice.per_capita_of,
        )
        return TableShown(found.after, found.after.events, difference=found)
    official = _read(reads, choice, choice.scope)
    if choice.scope.as_of is not None:
        return TableShown(official, official.events)
    standing = _read(reads, choice, replace(choice.scope, as_it_stands=True))
    running = standing.events - official.events
    stands = running > 0 if choice.as_it_stands is None else choice.as_it_stands
    return TableShown(standing if stands else official, official.events, running)


def _read(reads: Reads, choice: TableChoice, scope: TableScope) -> MedalTable:
    return reads.medal_table(
        scope,
        rank_by=choice.rank_by,
        weights=choice.weights,
        per_capita_of=choice.per_capita_of,
    )


def days_of(
    reads: Reads, competitions: Sequence[CompetitionRow]
) -> tuple[list[str], Mapping[str, str]]:
    """Each day of the competitions, those of decisions about them, and what was decided on these.

    Days are ISO and ascending.
    """
    held = {row.id for row in competitions}
    decided: dict[str, list[str]] = defaultdict(list)
    for row in reads.decisions(competition=held.pop() if len(held) == 1 else None):
        if held and row.competition not in held:
            continue
        said = tr("{body}: {event}").format(body=row.body, event=row.event_name)
        decided[row.day].append(said)
        if row.revoked_on:
            decided[row.revoked_on].append(tr("revoked: {decision}").format(decision=said))
    every = {day for row in competitions for day in _days(row.start, row.end)}
    marks = {day: " · ".join(said) for day, said in decided.items()}
    return sorted(every | set(marks)), marks


def _days(first: str, last: str) -> Iterable[str]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return ((start + timedelta(n)).isoformat() for n in range((end - start).days + 1))


def nations_left_out(reads: Reads, table: MedalTable) -> dict[str, Tally]:
    """Code to the medals of each nation that is left out of a table (RULES R15)."""
    found: dict[str, Tally] = defaultdict(Tally)
    if table.left_out.total:
        for row in reads.medals_of(table.scope, (), left_out=True):
            found[row.nation] += Tally.of([row.medal])
    return dict(sorted(found.items()))


def without_population(table: MedalTable) -> list[str]:
    """The codes of those that have no number per million people in a table that goes by it."""
    if table.rank_by is not RankBy.PER_CAPITA:
        return []
    return sorted(line.row.nation for line in table.lines if line.population is None)


def mended(reads: Reads, scope: TableScope) -> TableScope | None:
    """A scope without what is no longer in the book; None where nothing is left to show."""
    known = {row.id for row in reads.competitions()}
    series = {row.code for row in reads.series()}
    views = {view.id for view in reads.grouping_views()}
    left = replace(
        scope,
        competitions=tuple(each for each in scope.competitions if each in known),
        series=scope.series if scope.series in series else None,
        grouping=scope.grouping if scope.grouping in views else None,
    )
    return None if left.whole_book and not scope.whole_book else left
