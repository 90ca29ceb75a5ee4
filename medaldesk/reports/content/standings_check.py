"""A check against published medal tables as a document: every row, and the reason where it differs.

Each medal has a column of its own: a spreadsheet takes `1-2-3` for a day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from medaldesk.book.checked_table import (
    NotCompared,
    PublishedRow,
    TableCheck,
    TableDifferenceRow,
)
from medaldesk.book.reads import Reads
from medaldesk.domain.medals import Medal
from medaldesk.domain.standings import Tally
from medaldesk.reports import check_words
from medaldesk.reports.document import Align, Column, Document, Json, Look, Row
from medaldesk.reports.table_words import triple
from medaldesk.reports.words import tr

CHECK_KEYS = (
    "competition", "row", "nation", "published_gold", "published_silver", "published_bronze",
    "gold", "silver", "bronze", "more_gold", "more_silver", "more_bronze", "result", "reasons",
    "sentence",
)  # fmt: skip

AGREES, DIFFERS = "agrees", "differs"

Data: TypeAlias = dict[str, Json]


def standings_check(
    reads: Reads, checks: Sequence[TableCheck], left: Sequence[NotCompared] = ()
) -> Document:
    """Every published row of every competition, and the nations that only the book has."""
    differing = sum(len(check.differences) for check in checks)
    agreeing = sum(check.agreeing for check in checks)
    rows = [row for check in checks for row in _rows(check)]
    return Document(
        title=tr("Check against published medal tables"),
        context=_context(checks),
        status="",
        book=reads.title(),
        columns=(
            Column(tr("Competition"), wide=True),
            Column(tr("Nation"), look=Look.STRONG),
            Column(tr("Published"), Align.RIGHT),
            Column(tr("Here"), Align.RIGHT),
            Column(tr("Why"), wide=True),
        ),
        keys=CHECK_KEYS,
        rows=(*rows, *map(_left_row, left)),
        notes=tuple(_reasons_counted(checks)),
        tail={"agreeing": agreeing, "differing": differing, "not_compared": len(left)},
    )


def _context(checks: Sequence[TableCheck]) -> str:
    """Of which competition, or how many, and what came of it: it heads every page."""
    if len(checks) == 1:
        return check_words.check_summary(checks[0])
    return check_words.all_counted(checks) if checks else ""


def _reasons_counted(checks: Sequence[TableCheck]) -> list[str]:
    counted = check_words.reasons_counted(checks)
    return [
        tr("{reason}: {n}").format(reason=check_words.reason_name(reason), n=rows)
        for reason, rows in counted.most_common()
    ]


def _rows(check: TableCheck) -> Iterator[Row]:
    """The rows that differ, then those that agree."""
    for difference in check.differences:
        there, here = check_words.both_sides(difference)
        said = check_words.reasons_say(difference)
        yield Row(
            cells=(check.competition.name, difference.name, there, here, said),
            data=_difference_data(check, difference),
        )
    for row in check.same:
        medals = triple(row.tally)
        data = _data(check.competition.code, row, row.tally)
        yield Row(
            cells=(check.competition.name, row.name, medals, medals, ""),
            data={**data, "result": AGREES, "reasons": [], "sentence": ""},
        )


def _difference_data(check: TableCheck, row: TableDifferenceRow) -> Data:
    here = row.here.tally if row.here else Tally()
    data = _data(check.competition.code, row.published, here)
    return {
        **data,
        "nation": row.name,
        "result": DIFFERS,
        "reasons": [part.reason.value for part in row.parts],
        "sentence": check_words.difference_line(row),
    }


def _data(competition: str, row: PublishedRow | None, here: Tally) -> Data:
    data: Data = dict.fromkeys(CHECK_KEYS)
    data["competition"] = competition
    if row is not None:
        data |= {"row": row.number, "nation": row.name}
    there = row.tally if row else None
    more = (there or Tally()) - here
    for medal in Medal:
        data[f"published_{medal.value}"] = there.of_medal(medal) if there else None
        data[medal.value] = here.of_medal(medal)
        data[f"more_{medal.value}"] = more.of_medal(medal)
    return data


def _left_row(row: NotCompared) -> Row:
    said = check_words.not_compared(row)
    data: Data = dict.fromkeys(CHECK_KEYS)
    data |= {"competition": row.competition, "row": row.number, "nation": row.nation}
    data |= {"result": row.why.value, "reasons": [], "sentence": said}
    return Row(cells=(row.competition, row.nation, row.medals, "", said), data=data)
