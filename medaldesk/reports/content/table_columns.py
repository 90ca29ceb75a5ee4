"""The columns and keys of a medal table (RULES R17, R18)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from medaldesk.book.reads.standings import MedalTable, NationLine
from medaldesk.domain.medals import Medal
from medaldesk.domain.ranking import Rank
from medaldesk.domain.standings import PerCapitaOf, RankBy, Tally
from medaldesk.reports import table_words, words
from medaldesk.reports.document import Align, Column, Json, Look
from medaldesk.reports.numbers import decimal, fraction
from medaldesk.reports.words import medals_triple, tr

STANDINGS_KEYS = (
    "rank", "rank_equal", "nation", "name", "gold", "silver", "bronze", "total", "rank_total",
)  # fmt: skip
FURTHER_KEYS = (
    "rank_gold", "rank_weighted", "points", "rank_per_capita", "per_million", "population",
    "population_date",
)  # fmt: skip
GENDERS = {"M": "men", "W": "women", "X": "mixed", "O": "open"}


@dataclass(frozen=True, slots=True)
class Shown:
    """What a table has beyond the plain one: all four ranks, medals by gender."""

    all_ranks: bool = False
    breakdown: bool = False


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A printed column and the text of its cell."""

    column: Column
    text: Callable[[NationLine], str]


def table_columns(table: MedalTable, shown: Shown) -> list[TableColumn]:
    """The columns from the left; those behind the total say more than gold, silver, bronze."""
    columns = [
        TableColumn(Column(tr("Rank"), Align.RIGHT), _rank_text(table.rank_by)),
        TableColumn(Column(tr("Code")), lambda line: line.row.nation),
        TableColumn(Column(tr("Nation"), wide=True), lambda line: line.name),
        *(_medal_column(medal) for medal in Medal),
        TableColumn(
            Column(tr("Total"), Align.RIGHT, Look.STRONG), lambda line: str(line.row.tally.total)
        ),
    ]
    if shown.breakdown:
        columns += _gender_columns(table)
    columns += _measure(table.rank_by, table)
    others = [rank_by for rank_by in RankBy if rank_by is not table.rank_by]
    for rank_by in others if shown.all_ranks else [_beside(table.rank_by)]:
        columns += [*_measure(rank_by, table), _other_rank(rank_by)]
    return columns


def _beside(rank_by: RankBy) -> RankBy:
    """The rank that stands beside the one that the table goes by."""
    return RankBy.TOTAL if rank_by is RankBy.GOLD else RankBy.GOLD


def _medal_column(medal: Medal) -> TableColumn:
    column = Column(words.medal_name(medal), Align.RIGHT)
    return TableColumn(column, lambda line: str(line.row.tally.of_medal(medal)))


def _gender_columns(table: MedalTable) -> Iterator[TableColumn]:
    """A column for each gender that has medals, such as `1-0-2`."""
    for letter, name in GENDERS.items():
        if any(_of_gender(line, name).total for line in table.lines):
            column = Column(words.gender_word(letter), Align.RIGHT, Look.MUTED)
            yield TableColumn(column, _triple_text(name))


def _triple_text(name: str) -> Callable[[NationLine], str]:
    return lambda line: medals_triple(_of_gender(line, name))


def _of_gender(line: NationLine, name: str) -> Tally:
    tally: Tally = getattr(line.by_gender, name)
    return tally


def _measure(rank_by: RankBy, table: MedalTable) -> list[TableColumn]:
    """What a rank goes by where it is not to be seen in the medals themselves."""
    if rank_by is RankBy.WEIGHTED:
        points = Column(tr("Points"), Align.RIGHT)
        return [TableColumn(points, lambda line: fraction(line.row.points))]
    if rank_by is RankBy.PER_CAPITA:
        gold = table.per_capita_of is PerCapitaOf.GOLD
        title = tr("Gold per million") if gold else tr("Per million")
        column = Column(title, Align.RIGHT)
        return [TableColumn(column, lambda line: table_words.per_million(line.row.per_capita))]
    return []


def _other_rank(rank_by: RankBy) -> TableColumn:
    column = Column(table_words.rank_title(rank_by), Align.RIGHT, Look.MUTED)
    return TableColumn(column, _rank_text(rank_by))


def _rank_text(rank_by: RankBy) -> Callable[[NationLine], str]:
    return lambda line: rank_text(line.row.rank(rank_by))


def rank_text(rank: Rank | None) -> str:
    """`=3` where it is shared, empty for who is listed unranked (RULES R15)."""
    return words.rank(rank.number, rank.equal) if rank else ""


def rank_number(rank: Rank | None) -> int | None:
    """The same as data."""
    return rank.number if rank else None


def table_keys(table: MedalTable, shown: Shown) -> tuple[str, ...]:
    """The keys of a row; all four ranks are told where the table is by one of the later two."""
    further = shown.all_ranks or table.rank_by in (RankBy.WEIGHTED, RankBy.PER_CAPITA)
    return (
        *STANDINGS_KEYS,
        *(FURTHER_KEYS if further else ()),
        *(_gender_keys() if shown.breakdown else ()),
    )


def _gender_keys() -> Iterator[str]:
    for name in GENDERS.values():
        yield from (f"{name}_{cell}" for cell in ("gold", "silver", "bronze", "total"))


def table_data(line: NationLine, rank_by: RankBy, keys: tuple[str, ...]) -> dict[str, Json]:
    """A row as data."""
    found = {**_plain_data(line, rank_by), **_further_data(line), **_gender_data(line)}
    return {key: found[key] for key in keys}


def _plain_data(line: NationLine, rank_by: RankBy) -> Mapping[str, Json]:
    row, tally = line.row, line.row.tally
    rank = row.rank(rank_by)
    return {
        "rank": rank_number(rank),
        "rank_equal": bool(rank and rank.equal),
        "nation": row.nation,
        "name": line.name,
        "gold": tally.gold,
        "silver": tally.silver,
        "bronze": tally.bronze,
        "total": tally.total,
        "rank_total": rank_number(row.by_total),
    }


def _further_data(line: NationLine) -> Mapping[str, Json]:
    row, population = line.row, line.population
    return {
        "rank_gold": rank_number(row.by_gold),
        "rank_weighted": rank_number(row.by_weight),
        "points": fraction(row.points),
        "rank_per_capita": rank_number(row.by_capita),
        "per_million": None if row.per_capita is None else decimal(row.per_capita, 3),
        "population": population.people if population else None,
        "population_date": population.date if population else None,
    }


def _gender_data(line: NationLine) -> Mapping[str, Json]:
    counts = [
        count
        for name in GENDERS.values()
        for count in (*_of_gender(line, name).triple, _of_gender(line, name).total)
    ]
    return dict(zip(_gender_keys(), counts, strict=True))
