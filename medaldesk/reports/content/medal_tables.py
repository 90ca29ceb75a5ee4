"""The medal table as a document (RULES R14, R15, R17-R20)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from medaldesk.book.reads import Reads
from medaldesk.book.reads.standings import MedalTable, NationLine
from medaldesk.book.reads.table_scope import TableScope, scope_of
from medaldesk.domain.medals import Medal
from medaldesk.domain.standings import (
    USUAL_WEIGHTS,
    PerCapitaOf,
    RankBy,
    Tally,
    Weights,
)
from medaldesk.reports import table_words, words
from medaldesk.reports.content.common import line as context_line
from medaldesk.reports.content.table_columns import (
    STANDINGS_KEYS,
    Shown,
    TableColumn,
    table_columns,
    table_data,
    table_keys,
)
from medaldesk.reports.document import Document, Fact, Json, Row
from medaldesk.reports.words import tr

__all__ = ["STANDINGS_KEYS", "medal_table"]

_NAMED = 3
"""More competitions than these are counted, not named."""


def medal_table(
    reads: Reads,
    scope: TableScope | int,
    *,
    rank_by: RankBy = RankBy.GOLD,
    weights: Weights = USUAL_WEIGHTS,
    per_capita_of: PerCapitaOf = PerCapitaOf.TOTAL,
    as_it_stands: bool = False,
    as_of: str | None = None,
    all_ranks: bool = False,
    breakdown: bool = False,
) -> Document:
    """The medal table of a scope, or of one competition by its id.

    `as_of` is the day that the data says it is of where the scope names none; `all_ranks` has the
    four ranks side by side, `breakdown` the medals of men, women, mixed and open events. Raises
    UnknownCode.
    """
    wanted = scope_of(scope, as_it_stands=as_it_stands)
    table = reads.medal_table(wanted, rank_by=rank_by, weights=weights, per_capita_of=per_capita_of)
    shown = Shown(all_ranks, breakdown)
    columns, keys = table_columns(table, shown), table_keys(table, shown)
    return Document(
        title=tr("Medal table"),
        context=table_context(reads, table),
        status=tr("Official") if table.official else tr("As it stands"),
        book=reads.title(),
        columns=tuple(column.column for column in columns),
        keys=keys,
        rows=tuple(_row(line, columns, rank_by, keys) for line in table.lines),
        facts=tuple(scope_facts(reads, table)),
        totals=_totals(table, columns),
        notes=tuple(_notes(reads, table, shown)),
        head=scope_head(table, as_of) | ranking_head(table),
        tail=_tail(table),
    )


def _row(
    line: NationLine, columns: list[TableColumn], rank_by: RankBy, keys: tuple[str, ...]
) -> Row:
    cells = tuple(column.text(line) for column in columns)
    return Row(cells=cells, data=table_data(line, rank_by, keys))


def _totals(table: MedalTable, columns: list[TableColumn]) -> tuple[str, ...]:
    if not table.lines:
        return ()
    numbers = [str(count) for count in (*table.totals.triple, table.totals.total)]
    blanks = [""] * (len(columns) - len(numbers) - 3)
    return ("", "", tr("Total"), *numbers, *blanks)


def table_context(reads: Reads, table: MedalTable) -> str:
    """`Milano Cortina 2026 · 6–22 February 2026 · 116 events`."""
    events = tr("{n} event") if table.events == 1 else tr("{n} events")
    counted = events.format(n=table.events)
    heads = table.competitions
    if not heads:
        return counted
    days = words.days(heads[0].start, heads[-1].end)
    if len(heads) == 1:
        return context_line(heads[0].name, days, counted)
    games = tr("{n} competitions").format(n=len(heads))
    return context_line(_scope_name(reads, table), days, games, counted)


def _scope_name(reads: Reads, table: MedalTable) -> str:
    """What several competitions are together: a series, or the names of a few."""
    series = (table.scope.series or "").upper()
    if series and not table.scope.competitions:
        return next((row.name for row in reads.series() if row.code == series), series)
    names = [head.name for head in table.competitions]
    return ", ".join(names) if len(names) <= _NAMED else ""


def scope_facts(reads: Reads, table: MedalTable) -> Iterator[Fact]:
    """What narrows the table, and the day it is of where that is not today."""
    scope = table.scope
    if scope.as_of and table.official:
        yield Fact(tr("As of"), words.day(scope.as_of))
    if scope.disciplines:
        names = {row.code: row.name for row in reads.disciplines()}
        wanted = (code.upper() for code in scope.disciplines)
        yield Fact(tr("Discipline"), ", ".join(names.get(code, code) for code in wanted))
    if scope.genders:
        yield Fact(tr("Events"), ", ".join(map(words.gender_word, scope.genders)))
    if scope.first or scope.last:
        yield Fact(tr("Days"), table_words.span(scope.first, scope.last))
    if table.merged:
        yield Fact(tr("Grouping"), _grouping(reads, table))


def _grouping(reads: Reads, table: MedalTable) -> str:
    """`Successor states merged: RUS (EUN, RUS, URS)`: what is one line of several (RULES R14)."""
    assert table.merged is not None
    merged = [
        tr("{code} ({codes})").format(
            code=line.row.nation,
            codes=", ".join(sorted(reads.nation_code(nation, None) for nation in line.nations)),
        )
        for line in table.lines
        if len(line.nations) > 1
    ]
    if not merged:
        return table.merged.name
    return tr("{name}: {groups}").format(name=table.merged.name, groups="; ".join(merged))


def _notes(reads: Reads, table: MedalTable, shown: Shown) -> Iterator[str]:
    if table.lines:
        equal = any(rank.equal for line in table.lines if (rank := line.row.rank(table.rank_by)))
        shared = (tr("An equals sign (=) marks a rank that is shared."),) if equal else ()
        yield " ".join((ranking_rule(table), *shared))
    else:
        yield tr("No medals yet.")
    if any(not line.ranked for line in table.lines):
        yield tr("Who has no rank is listed outside the ranking.")
    if table.left_out.total:
        yield _left_out(reads, table)
    if shown.all_ranks and table.rank_by is not RankBy.WEIGHTED:
        yield tr("Points: {weights} for gold, silver and bronze.").format(weights=table.weights)
    if shown.all_ranks or table.rank_by is RankBy.PER_CAPITA:
        yield from _populations(table)


def ranking_rule(table: MedalTable) -> str:
    """The sentence that says what the table is ranked by (RULES R17)."""
    per_gold = table.per_capita_of is PerCapitaOf.GOLD
    return {
        RankBy.GOLD: tr("Ranked by gold, then silver, then bronze."),
        RankBy.TOTAL: tr("Ranked by the total of medals."),
        RankBy.WEIGHTED: tr("Ranked by points: {weights} for gold, silver and bronze."),
        RankBy.PER_CAPITA: (
            tr("Ranked by gold medals per million people.")
            if per_gold
            else tr("Ranked by medals per million people.")
        ),
    }[table.rank_by].format(weights=table.weights)


def _left_out(reads: Reads, table: MedalTable) -> str:
    """Whose medals are not in the table, but in the sum of all (RULES R15)."""
    won: dict[str, list[Medal]] = defaultdict(list)
    for row in reads.medals_of(table.scope, (), left_out=True):
        won[row.nation].append(row.medal)
    nations = {code: Tally.of(medals) for code, medals in sorted(won.items())}
    return table_words.left_out(nations, table.world)


def _populations(table: MedalTable) -> Iterator[str]:
    """Where the numbers of people come from, and for whom there are none (RULES R17)."""
    known = [line.population for line in table.lines if line.population]
    days = sorted({figure.date for figure in known})
    if days:
        sources = sorted({figure.source for figure in known if figure.source})
        yield tr("Population: {sources}.").format(
            sources=", ".join((*sources, words.days(days[0], days[-1])))
        )
    if missing := [line.row.nation for line in table.lines if not line.population]:
        yield tr("n/a: no population is known of {codes}.").format(codes=", ".join(missing))


def scope_head(table: MedalTable, as_of: str | None) -> dict[str, Json]:
    """What the data says of the scope; what narrows nothing is left out."""
    scope, heads = table.scope, table.competitions
    narrowed: dict[str, Json] = {
        "competitions": [head.code for head in heads] if len(heads) != 1 else [],
        "series": scope.series and scope.series.upper(),
        "disciplines": [code.upper() for code in scope.disciplines],
        "genders": list(scope.genders),
        "from": scope.first,
        "to": scope.last,
        "grouping": table.merged.code if table.merged else None,
    }
    return {
        "competition": table.competition.code if table.competition else None,
        "basis": "official" if table.official else "as_it_stands",
        "as_of": (scope.as_of if table.official else None) or as_of,
    } | {key: value for key, value in narrowed.items() if value}


def ranking_head(table: MedalTable) -> dict[str, Json]:
    head: dict[str, Json] = {"rank_by": table.rank_by.value}
    if table.rank_by is RankBy.WEIGHTED:
        head["weights"] = str(table.weights)
    if table.rank_by is RankBy.PER_CAPITA:
        head["per_capita_of"] = table.per_capita_of.value
    return head


def _tail(table: MedalTable) -> dict[str, Json]:
    sums: dict[str, Json] = {"nations": len(table.lines), "events": table.events}
    tail: dict[str, Json] = {"totals": _tally_data(table.totals) | sums}
    if table.left_out.total:
        tail["left_out"] = _tally_data(table.left_out)
        tail["world"] = _tally_data(table.world)
    return tail


def _tally_data(tally: Tally) -> dict[str, Json]:
    return {
        "gold": tally.gold,
        "silver": tally.silver,
        "bronze": tally.bronze,
        "total": tally.total,
    }
