"""A published medal table against that of the book: what differs, and the likely reasons.

Nothing is written. A reason is what would make the published numbers, not a proof.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from medaldesk.book.checked_table import (
    NONE,
    Part,
    PublishedRow,
    Reason,
    TableCheck,
    TableDifferenceRow,
)
from medaldesk.book.reads import Reads
from medaldesk.book.reads.programme import CompetitionRow
from medaldesk.book.reads.table_scope import TableScope
from medaldesk.book.table_balance import Balance, Nation
from medaldesk.book.table_reasons import OwnReasons
from medaldesk.domain.standings import StandingsRow, Tally

ENTERED_BY_NATIONS = "1908"
"""The year from which people were entered by the committees of their nations."""

MIXED_TEAM = "ZZX"

CHANCE = 2
"""So few medals two nations can both have by chance."""


def check_table(
    reads: Reads,
    competition: CompetitionRow,
    rows: Sequence[PublishedRow],
    grouping: int | None = None,
) -> TableCheck:
    """Compare a published table with the official one of a competition. Raises UnknownCode.

    Medals decide; a rank or a total is compared where the file gives one. A nation without a
    medal in either table agrees. `grouping` is the id of a view that merges nations (RULES R14),
    in the published table as well.
    """
    scope = TableScope((competition.id,), grouping=grouping)
    own = OwnReasons(reads, competition, scope)
    check = _Check(competition, own, _merged(rows, own))
    found = check.differences()
    differing = {row.published for row in found}
    same = tuple(row for row in check.rows if row not in differing)
    lacking: tuple[str, ...] = ()
    if any(part.reason is Reason.MISSING_EVENTS for row in found for part in row.parts):
        lacking = _lacking(reads, competition)
    more = sum((row.change for row in found), NONE)
    return TableCheck(competition, same, found, more, lacking)


def _merged(rows: Iterable[PublishedRow], own: OwnReasons) -> list[PublishedRow]:
    """Rows by the lines of the table: those of one line summed, what is there twice once."""
    merged: dict[object, PublishedRow] = {}
    seen = set()
    for row in rows:
        said = replace(row, number=0)
        if said in seen:
            continue
        seen.add(said)
        line = None if row.nation is None else own.line_of(row.nation)
        known = merged.get(line or row)
        if known is None:
            merged[line or row] = replace(row, nation=line)
        else:
            # Ranks and totals of rows apart say nothing of their sum.
            tally = known.tally + row.tally
            merged[line or row] = PublishedRow(known.number, known.name, line, tally)
    return list(merged.values())


class _Check:
    """The rows of one published table beside the lines of the book."""

    def __init__(
        self, competition: CompetitionRow, own: OwnReasons, rows: Sequence[PublishedRow]
    ) -> None:
        self._competition = competition
        self._own = own
        self.rows = rows
        named = {row.nation for row in rows}
        lines = dict.fromkeys(line.nation_id for line in own.lines.values())
        self._only_here = [line for line in lines if line not in named]

    def differences(self) -> tuple[TableDifferenceRow, ...]:
        """Those of medals, then of ranks."""
        renamed = self._renamed()
        differing = [row for row in self.rows if row.tally != self._tally(row)]
        parts = self._parts(differing, renamed)
        medals = [self._row(row, renamed, parts) for row in differing]
        medals += [
            TableDifferenceRow(self._line(line).nation, None, self._line(line), parts[line])
            for line in self._only_here
            if line not in renamed.values()
        ]
        reason = Reason.RANK_FOLLOWS if medals else Reason.RANK_RULE
        ranks = [found for row in self.rows if (found := self._rank_differs(row, reason))]
        return (*medals, *ranks)

    def _row(
        self,
        row: PublishedRow,
        renamed: Mapping[PublishedRow, int],
        parts: Mapping[int, tuple[Part, ...]],
    ) -> TableDifferenceRow:
        if (line := renamed.get(row)) is not None:
            here = self._line(line)
            part = Part(Reason.OTHER_CODE, others=(here.nation,))
            return TableDifferenceRow(row.name, row, here, (part,))
        if row.nation is None:
            unknown = Part(Reason.UNKNOWN_NATION, row.tally)
            return TableDifferenceRow(row.name, row, None, (unknown,))
        found = self._own.lines.get(row.nation)
        return TableDifferenceRow(row.name, row, found.row if found else None, parts[row.nation])

    def _renamed(self) -> dict[PublishedRow, int]:
        """Published rows whose medals are here under the code of one nation that is not there."""
        alike: dict[Tally, list[int]] = defaultdict(list)
        for line in self._only_here:
            alike[self._own.here(line)].append(line)
        renamed = {
            row: alike[row.tally][0]
            for row in self.rows
            if len(alike.get(row.tally, ())) == 1
            and self._tally(row) == NONE
            and (row.nation is None or row.tally.total > CHANCE)
        }
        taken = Counter(renamed.values())
        return {row: line for row, line in renamed.items() if taken[line] == 1}

    def _parts(
        self, differing: Sequence[PublishedRow], renamed: Mapping[PublishedRow, int]
    ) -> dict[int, tuple[Part, ...]]:
        """Nation to what accounts for its difference: by itself, then by all together."""
        published = {
            row.nation: row.tally
            for row in differing
            if row.nation is not None and row not in renamed
        }
        unlisted = {line for line in self._only_here if line not in renamed.values()}
        published |= dict.fromkeys(unlisted, NONE)
        agreeing = {row.nation or 0 for row in self.rows} - set(published)
        teams_once = self._own.has_teams(agreeing)
        nations, parts = {}, {}
        for line, tally in published.items():
            code = self._own.code(line)
            parts[line] = tuple(self._own.parts(line, tally, teams_once=teams_once))
            change = sum((part.change for part in parts[line]), NONE)
            rest = tally - self._own.here(line) - change
            if rest != NONE:
                nations[line] = Nation(code, rest, line not in unlisted, code == MIXED_TEAM)
        for line, found in self._balance(nations).parts().items():
            parts[line] += found
        return parts

    def _balance(self, nations: Mapping[int, Nation]) -> Balance:
        medals = [(line, row) for line, held in self._own.medals.items() for row in held]
        return Balance(nations, medals, early=self._competition.start < ENTERED_BY_NATIONS)

    def _rank_differs(self, row: PublishedRow, reason: Reason) -> TableDifferenceRow | None:
        """Where the medals agree: a total that is no sum, or another rank for a reason."""
        found = self._own.lines.get(row.nation or 0)
        here = found.row if found else None
        if row.tally != self._tally(row):
            return None
        if row.total not in (None, row.tally.total):
            return TableDifferenceRow(row.name, row, here, (Part(Reason.TOTAL),))
        if here is None:
            return None
        ranks = (row.rank, here.by_gold), (row.rank_total, here.by_total)
        if all(there is None or (rank and rank.number == there) for there, rank in ranks):
            return None
        return TableDifferenceRow(row.name, row, here, (Part(reason),))

    def _tally(self, row: PublishedRow) -> Tally:
        return self._own.here(row.nation or 0)

    def _line(self, line: int) -> StandingsRow:
        return self._own.lines[line].row


def _lacking(reads: Reads, competition: CompetitionRow) -> tuple[str, ...]:
    """The events of the competitions of the series before and after that this one lacks."""
    line = [row for row in reversed(reads.competitions()) if row.series == competition.series]
    place = next(n for n, row in enumerate(line) if row.id == competition.id)
    if competition.series is None or not 0 < place < len(line) - 1:
        return ()
    before, here, after = (
        {row.path.partition("/")[2]: row.name for row in reads.events(line[n].id)}
        for n in (place - 1, place, place + 1)
    )
    return tuple(name for code, name in before.items() if code in after and code not in here)
