"""Two medal tables side by side as a document: each change, and what caused it (RULES R19)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from medaldesk.book.reads import Reads
from medaldesk.book.reads.difference import Cause, DifferenceLine, TableDifference
from medaldesk.book.reads.standings import MedalTable
from medaldesk.book.reads.table_scope import TableScope
from medaldesk.domain.medals import Medal
from medaldesk.domain.standings import (
    USUAL_WEIGHTS,
    PerCapitaOf,
    RankBy,
    StandingsRow,
    Tally,
    Weights,
)
from medaldesk.reports import table_words, words
from medaldesk.reports.content.medal_tables import (
    ranking_head,
    ranking_rule,
    scope_facts,
    scope_head,
    table_context,
)
from medaldesk.reports.content.table_columns import rank_number, rank_text
from medaldesk.reports.document import Align, Column, Document, Fact, Json, Look, Row
from medaldesk.reports.words import medals_triple, tr

_CELLS = ("gold", "silver", "bronze", "total")
DIFFERENCE_KEYS = (
    "nation", "name", "rank_before", "rank_after",
    *(f"{cell}_{when}" for cell in _CELLS for when in ("before", "after", "change")),
)  # fmt: skip


def table_difference(
    reads: Reads,
    before: TableScope,
    after: TableScope,
    *,
    rank_by: RankBy = RankBy.GOLD,
    weights: Weights = USUAL_WEIGHTS,
    per_capita_of: PerCapitaOf = PerCapitaOf.TOTAL,
    today: str | None = None,
) -> Document:
    """The nations that have another cell or rank in the second table, and why.

    `today` is the day that the data says a table is of where its scope names none. Raises
    UnknownCode.
    """
    found = reads.difference(
        before, after, rank_by=rank_by, weights=weights, per_capita_of=per_capita_of
    )
    changed = [line for line in found.lines if _is_different(line, rank_by)]
    causes = [cause for line in found.lines for cause in line.causes]
    return Document(
        title=tr("Medal table: what is different"),
        context=table_context(reads, found.after),
        status="",
        book=reads.title(),
        columns=_columns(),
        keys=DIFFERENCE_KEYS,
        rows=tuple(_row(line, rank_by) for line in changed),
        facts=tuple(_facts(reads, found)),
        notes=tuple(_notes(reads, found, causes)) if changed else (tr("Nothing is different."),),
        head={
            "before": scope_head(found.before, today),
            "after": scope_head(found.after, today),
            **ranking_head(found.after),
        },
        tail={"causes": [_cause_data(reads, group) for group in _by_turn(causes)]},
    )


def _is_different(line: DifferenceLine, rank_by: RankBy) -> bool:
    row = line.row
    ranks = rank_text(row.rank_before(rank_by)), rank_text(row.rank_after(rank_by))
    return row.change != Tally() or row.is_new or row.is_gone or ranks[0] != ranks[1]


def _columns() -> tuple[Column, ...]:
    return (
        Column(tr("Code")),
        Column(tr("Nation"), wide=True),
        Column(tr("Rank"), Align.RIGHT),
        Column(tr("Before"), Align.RIGHT),
        Column(tr("After"), Align.RIGHT, Look.STRONG),
        *(Column(words.medal_name(medal), Align.RIGHT) for medal in Medal),
        Column(tr("Total"), Align.RIGHT),
    )


def _row(line: DifferenceLine, rank_by: RankBy) -> Row:
    row = line.row
    before, after = row.rank_before(rank_by), row.rank_after(rank_by)
    was, now = rank_text(before) or "–", rank_text(after) or "–"
    change = (*row.change.triple, row.change.total)
    data: dict[str, Json] = {
        "nation": line.code,
        "name": line.name,
        "rank_before": rank_number(before),
        "rank_after": rank_number(after),
    }
    for cell, *counts in zip(_CELLS, _counts(row.before), _counts(row.after), change, strict=True):
        data |= zip((f"{cell}_before", f"{cell}_after", f"{cell}_change"), counts, strict=True)
    cells = (
        line.code,
        line.name,
        now if was == now else f"{was} → {now}",
        medals_triple(row.before.tally) if row.before else "",
        medals_triple(row.after.tally) if row.after else "",
        *map(table_words.change, change),
    )
    return Row(cells=cells, data=data)


def _counts(row: StandingsRow | None) -> tuple[int, ...]:
    tally = row.tally if row else Tally()
    return (*tally.triple, tally.total)


def _facts(reads: Reads, found: TableDifference) -> Iterator[Fact]:
    yield Fact(tr("Before"), _state(found.before))
    yield Fact(tr("After"), _state(found.after))
    as_of = tr("As of")
    yield from (fact for fact in scope_facts(reads, found.after) if fact.label != as_of)


def _state(table: MedalTable) -> str:
    """Of when a table is."""
    if not table.official:
        return tr("as it stands")
    if table.scope.as_of is None:
        return tr("official, by all that is known")
    return tr("official, as of {day}").format(day=words.day(table.scope.as_of))


def _notes(reads: Reads, found: TableDifference, causes: Iterable[Cause]) -> Iterator[str]:
    yield ranking_rule(found.after)
    for group in _by_turn(causes):
        yield _cause_line(reads, group)


def _by_turn(causes: Iterable[Cause]) -> list[list[Cause]]:
    """The medals that one turn of one event moved stand together, the earliest turn first."""

    def turn(cause: Cause) -> tuple[str, int, str, int]:
        return (cause.day or "9999", cause.event, cause.why, cause.decision or 0)

    ordered = sorted(causes, key=turn)
    groups = [list(group) for _, group in groupby(ordered, key=turn)]
    for group in groups:
        group.sort(key=lambda cause: (cause.gained, list(Medal).index(cause.medal), cause.entry))
    return groups


def _cause_line(reads: Reads, group: Sequence[Cause]) -> str:
    """What moved and why: `Ski cross: decision of CAS on 13 Dec 2022: Maier (GER) +bronze`."""
    first = group[0]
    medals = ", ".join(
        tr("{name} ({nation}) {sign}{medal}").format(
            name=cause.name,
            nation=_code(reads, cause),
            sign="+" if cause.gained else "−",
            medal=words.medal_name(cause.medal).lower(),
        )
        for cause in group
    )
    return tr("{event}: {why}: {medals}.").format(
        event=first.event_name, why=table_words.why(first), medals=medals
    )


def _code(reads: Reads, cause: Cause) -> str:
    return reads.nation_code(cause.nation_id, reads.competition(cause.competition).start)


def _cause_data(reads: Reads, group: Sequence[Cause]) -> dict[str, Json]:
    first = group[0]
    return {
        "event": first.event_name,
        "why": first.why.value,
        "day": first.day,
        "body": first.body or None,
        "medals": [
            {
                "name": cause.name,
                "nation": _code(reads, cause),
                "medal": cause.medal.value,
                "gained": cause.gained,
            }
            for cause in group
        ],
    }
