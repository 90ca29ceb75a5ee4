"""Nations in rows and columns: all of them, and of one its medals, codes and population."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from medaldesk.book.reads import Reads
from medaldesk.book.reads.nations import GroupingView, NationCode, NationRow, Population
from medaldesk.book.reads.programme import CompetitionRow
from medaldesk.book.reads.standings import NationLine
from medaldesk.domain.medals import Medal
from medaldesk.domain.names import fold
from medaldesk.domain.standings import Tally
from medaldesk.gui.models.columns import RIGHT, Column
from medaldesk.gui.models.row_model import Look, RowModel
from medaldesk.reports import words

ALL = 0
"""Stands for all competitions in a line of medals."""


@dataclass(frozen=True, slots=True)
class Won:
    """The official medals of a nation at a competition, under the code that it had there.

    `membership` is its place in that table (RULES R15), `rank` the one by gold, as text.
    `competition` is ALL in the sum.
    """

    competition: int
    name: str
    code: str
    tally: Tally
    membership: str
    rank: str


class NationFacts:
    """What a book has of its nations; the tables are read when first wanted, and kept."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads
        self._lines: dict[int, dict[int, NationLine]] = {}
        self.nations: list[NationRow] = []
        self.competitions: list[CompetitionRow] = []
        self.views: list[GroupingView] = []

    def read(self, changed: Iterable[int] | None) -> None:
        """Read anew; of the competitions only those that `changed`, where that is known."""
        if changed is None:
            self._lines.clear()
        else:
            for competition in changed:
                self._lines.pop(competition, None)
        self.nations = self._reads.nations()
        self.competitions = self._reads.competitions()
        self.views = self._reads.grouping_views()

    def nation(self, nation: int | None) -> NationRow | None:
        """One nation by its id."""
        return next((row for row in self.nations if row.id == nation), None)

    def entered(self) -> set[int]:
        """The nations that have entries in this book."""
        return self._reads.entered_nations()

    def won(self, nation: int) -> list[Won]:
        """The competitions that a nation was at, the latest first, with its medals."""
        places = self._reads.memberships_of(nation)
        return [
            self._won(row, nation, places[row.id]) for row in self.competitions if row.id in places
        ]

    def sharing(self, nation: NationRow) -> list[tuple[NationCode, NationRow]]:
        """Where other nations have or had the codes of this one (RULES R13)."""
        own = {span.code for span in nation.codes}
        return [
            (span, row)
            for row in self.nations
            if row.id != nation.id
            for span in row.codes
            if span.code in own
        ]

    def _won(self, competition: CompetitionRow, nation: int, membership: str) -> Won:
        line = self._table(competition.id).get(nation)
        code = self._reads.nation_code(nation, competition.start)
        if line is not None:
            rank = line.row.by_gold if line.ranked else None
            text = words.rank(rank.number, rank.equal) if rank else ""
            tally = line.row.tally
        else:
            tally, text = Tally(), ""
            if membership == "left_out":
                tally = self._reads.tally(competition.id, nation, as_it_stands=False)
        return Won(competition.id, competition.name, code, tally, membership, text)

    def _table(self, competition: int) -> dict[int, NationLine]:
        """Nation to its line in the official table of a competition."""
        if competition not in self._lines:
            table = self._reads.medal_table(competition)
            self._lines[competition] = {line.nation_id: line for line in table.lines}
        return self._lines[competition]


def fits(nation: NationRow, text: str) -> bool:
    """Whether a nation has, or had, all that is typed in its codes and names."""
    spans = " ".join(f"{span.code} {span.name}" for span in nation.codes)
    have = f" {fold(f'{nation.code} {nation.name} {spans}')}"
    return all(f" {word}" in have for word in fold(text).split())


class NationsModel(RowModel[NationRow]):
    """Nations by the code of today."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((), lambda row: row.id, parent)
        self.columns = [
            Column("code", self.tr("Code"), lambda row: row.code, 58, weight="strong"),
            Column("name", self.tr("Nation"), lambda row: row.name, 0),
            Column("kind", self.tr("Kind"), _kind, 96, weight="muted", optional=True),
        ]


class WonModel(RowModel[Won]):
    """The medals of a nation, competition by competition, and their sum below."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((), lambda row: row.competition, parent)
        code_tip = self.tr("The code it competed under")
        rank_tip = self.tr("Rank by gold, then silver, then bronze")
        self.columns = [
            Column("name", self.tr("Competition"), lambda row: row.name, 0),
            Column("code", self.tr("As"), lambda row: row.code, 56, tip=code_tip, optional=True),
            *(_medal_column(medal) for medal in Medal),
            Column("total", self.tr("Total"), _total, 52, RIGHT, "strong"),
            Column("rank", self.tr("Rank"), _rank, 80, RIGHT, "muted", tip=rank_tip),
        ]

    def show_won(self, won: Sequence[Won]) -> None:
        """Show medals; their sum is a line of its own where there are several competitions."""
        rows = list(won)
        if len(rows) > 1:
            name = self.tr("{n} competitions").format(n=len(rows))
            tally = sum((row.tally for row in rows), Tally())
            rows.append(Won(ALL, name, "", tally, "", ""))
        self.set_rows(rows)

    def look(self, row: Won, column: Column[Won]) -> Look:
        look = super().look(row, column)
        if row.competition == ALL:
            look.weight = "strong"
        elif look.text == "0":
            look.weight = "muted"
        return look


class CodesModel(RowModel[NationCode]):
    """The codes of a nation with their days, the earliest first (RULES R13)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((), lambda row: row.id, parent)
        self.columns = [
            Column("code", self.tr("Code"), lambda row: row.code, 64, weight="strong"),
            Column("days", self.tr("Days"), _days, 200),
            Column("name", self.tr("Under the name"), lambda row: row.name, 0),
        ]


class PopulationsModel(RowModel[Population]):
    """How many people, when, and who says so (RULES R17)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((), lambda row: row.date, parent)
        self.columns = [
            Column("day", self.tr("Date"), lambda row: words.short_day(row.date), 104),
            Column("people", self.tr("People"), _people, 124, RIGHT, "strong"),
            Column("source", self.tr("Source"), lambda row: row.source, 0, weight="muted"),
        ]


def _kind(row: NationRow) -> str:
    """What a nation is, where it is something else than most."""
    return "" if row.kind == "noc" else words.nation_kind(row.kind)


def _medal_column(medal: Medal) -> Column[Won]:
    place = list(Medal).index(medal)
    return Column(
        medal.value,
        words.medal_letter(medal),
        lambda row: str(row.tally.triple[place]),
        38,
        RIGHT,
        tip=words.medal_name(medal),
    )


def _total(row: Won) -> str:
    return str(row.tally.total)


def _rank(row: Won) -> str:
    """The rank, or why there is none."""
    return {
        "unranked": words.tr("no rank"),
        "left_out": words.tr("left out"),
    }.get(row.membership, row.rank)


def _days(row: NationCode) -> str:
    return words.code_days(row.first, row.last)


def _people(row: Population) -> str:
    return words.people(row.people)
