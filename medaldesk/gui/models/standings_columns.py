"""The columns of the medal table, as a person wants to see them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from medaldesk.book.reads.difference import Cause, DifferenceLine
from medaldesk.book.reads.nations import Population
from medaldesk.book.reads.standings import NationLine
from medaldesk.domain.medals import Medal
from medaldesk.domain.ranking import Rank
from medaldesk.domain.standings import Breakdown, RankBy, StandingsRow, Tally
from medaldesk.gui.models.columns import CENTRE, RIGHT, Column
from medaldesk.reports import table_words, words
from medaldesk.reports.language import tr

MEDAL_COLUMNS = {medal.value: medal for medal in Medal}
"""The columns that count one medal each."""

NUMBER_COLUMNS = (*MEDAL_COLUMNS, "total")
"""The columns that show their change where two tables are compared."""

GENDER_COLUMNS = {"men": "M", "women": "W", "mixed": "X", "open": "O"}
"""The columns that count the medals of one gender of event each."""

NOTHING = Breakdown()

Says = Callable[["Standing"], str]


@dataclass(frozen=True, slots=True)
class Standing:
    """A nation of the table; `rank` is what the table goes by, None where it is unranked.

    `before` and `causes` are set where two tables are compared; `after` is None for a nation that
    is in the first of them only.
    """

    nation_id: int
    code: str
    name: str
    nations: tuple[int, ...]
    rank: Rank | None
    after: StandingsRow | None
    by_gender: Breakdown = NOTHING
    population: Population | None = None
    before: StandingsRow | None = None
    causes: tuple[Cause, ...] = ()

    @classmethod
    def of(cls, line: NationLine, rank_by: RankBy) -> Standing:
        row = line.row
        return cls(
            line.nation_id,
            row.nation,
            line.name,
            line.nations,
            row.rank(rank_by),
            row,
            line.by_gender,
            line.population,
        )

    @classmethod
    def compared(cls, line: DifferenceLine, after: NationLine | None, rank_by: RankBy) -> Standing:
        row = line.row
        return cls(
            line.nation_id,
            line.code,
            line.name,
            line.nations,
            row.rank_after(rank_by),
            row.after,
            after.by_gender if after else NOTHING,
            after.population if after else None,
            row.before,
            line.causes,
        )

    @property
    def tally(self) -> Tally:
        return self.after.tally if self.after else Tally()

    @property
    def change(self) -> Tally:
        """What was won since the other table, below zero where lost."""
        return self.tally - (self.before.tally if self.before else Tally())

    def rank_by(self, rank_by: RankBy) -> Rank | None:
        return self.after.rank(rank_by) if self.after else None


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns are wanted; `since` says what the table is compared with."""

    rank_by: RankBy = RankBy.GOLD
    compared: bool = False
    since: str = ""
    all_ranks: bool = False
    by_gender: bool = False


def standings_columns(wanted: Columns, move: Says) -> list[Column[Standing]]:
    """The columns from left to right; `move` says by how many places a nation moved."""
    return [
        Column("rank", tr("Rank"), lambda row: rank_text(row.rank), 46, RIGHT),
        Column("moved", tr("+/−"), move, 48, CENTRE, "muted", tip=moved_explained(wanted)),
        Column("code", tr("Code"), lambda row: row.code, 48),
        Column("name", tr("Nation"), lambda row: row.name, 0, optional=True),
        *(_number(medal.value, wanted) for medal in Medal),
        _number("total", wanted),
        *_genders(wanted),
        *_score(wanted),
        *_ranks(wanted),
    ]


def moved_explained(wanted: Columns) -> str:
    """Against what the moves are."""
    if wanted.compared:
        return tr("Places won or lost against the table of {other}").format(other=wanted.since)
    return tr("Places won or lost by the last change of this table")


def rank_text(rank: Rank | None) -> str:
    """`3`, `=3`, or a dash for a nation that is listed without a rank (RULES R15)."""
    return "–" if rank is None else words.rank(rank.number, rank.equal)


def count(tally: Tally, key: str) -> int:
    """What a tally has for a column of numbers."""
    return tally.total if key == "total" else tally.of_medal(MEDAL_COLUMNS[key])


def of_gender(row: Standing, key: str) -> Tally:
    """The medals of a column of a gender."""
    found: Tally = getattr(row.by_gender, key)
    return found


def _number(key: str, wanted: Columns) -> Column[Standing]:
    """A column of numbers, each with its change where two tables are compared."""

    def text(row: Standing) -> str:
        changed = table_words.change(count(row.change, key)) if wanted.compared else ""
        number = str(count(row.tally, key))
        return f"{number} {changed}" if changed else number

    room = 26 if wanted.compared else 0
    if key == "total":
        goes_by_it = wanted.rank_by in (RankBy.GOLD, RankBy.TOTAL)
        return Column(key, tr("Total"), text, 50 + room, RIGHT, "strong" if goes_by_it else "")
    medal = MEDAL_COLUMNS[key]
    title, name = words.medal_letter(medal), words.medal_name(medal)
    return Column(key, title, text, 40 + room, RIGHT, tip=name)


def _genders(wanted: Columns) -> Iterator[Column[Standing]]:
    if not wanted.by_gender:
        return
    for key, letter in GENDER_COLUMNS.items():
        name = words.gender_word(letter)

        def text(row: Standing, key: str = key) -> str:
            return str(of_gender(row, key).total)

        tip = tr("Medals of these events: {gender}").format(gender=name)
        yield Column(key, name, text, 52, RIGHT, tip=tip)


def _score(wanted: Columns) -> Iterator[Column[Standing]]:
    """What the table goes by where that is not a number of medals."""
    if wanted.rank_by is RankBy.WEIGHTED:
        yield Column("points", tr("Points"), _points, 64, RIGHT, "strong")
    if wanted.rank_by is RankBy.PER_CAPITA:
        yield Column("per_million", tr("Per million"), _per_million, 84, RIGHT, "strong")
        yield Column(
            "population", tr("Population"), _population, 104, RIGHT, "muted", optional=True
        )


def _ranks(wanted: Columns) -> Iterator[Column[Standing]]:
    """The ranks by all four rules, or by the most usual other one (RULES R17)."""
    if wanted.all_ranks:
        for rank_by in RankBy:
            yield _rank_column(f"rank_{rank_by}", rank_by)
        return
    other = RankBy.TOTAL if wanted.rank_by is RankBy.GOLD else RankBy.GOLD
    yield _rank_column("other_rank", other, optional=True)


def _rank_column(key: str, rank_by: RankBy, *, optional: bool = False) -> Column[Standing]:
    def text(row: Standing) -> str:
        unknown = rank_by is RankBy.PER_CAPITA and row.population is None
        return tr("n/a") if unknown else rank_text(row.rank_by(rank_by))

    title, tip = table_words.rank_title(rank_by), table_words.rank_explained(rank_by)
    return Column(key, title, text, 64, RIGHT, "muted", tip=tip, optional=optional)


def _points(row: Standing) -> str:
    return table_words.points(row.after.points) if row.after else ""


def _per_million(row: Standing) -> str:
    return table_words.per_million(row.after.per_capita) if row.after else ""


def _population(row: Standing) -> str:
    return f"{row.population.people:,}" if row.population else tr("n/a")
