"""Published medal standings of the feed: read, and compared with the table of a book."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from medaldesk.book.checked_table import NotCompared, PublishedRow, TableCheck, WhyNot
from medaldesk.book.import_errors import MessageWrong
from medaldesk.book.reads import Reads
from medaldesk.book.reads.programme import CompetitionRow
from medaldesk.book.table_check import check_table
from medaldesk.domain.standings import Tally
from medaldesk.exchange.importing.matching import Nations
from medaldesk.exchange.importing.messages import MedalLine, Message
from medaldesk.exchange.odf.codes import TOTAL

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


Published = tuple[tuple[CompetitionRow, tuple[PublishedRow, ...]], ...]
"""Published tables by competition."""


def medal_lines(root: Element) -> tuple[MedalLine, ...]:
    """The lines of a `DT_MEDALS` message. Raises MessageWrong."""
    return tuple(_line(line) for line in root.iterfind("Competition/MedalStandings//MedalLine"))


def _line(line: Element) -> MedalLine:
    numbers = {number.get("Type", ""): number for number in line.iterfind("MedalNumber")}
    total = numbers.get(TOTAL)
    counted = [total] if total is not None else list(numbers.values())
    medals = [
        sum(_count(number, name) for number in counted) for name in ("Gold", "Silver", "Bronze")
    ]
    return MedalLine(
        line.get("Organisation", ""),
        Tally(*medals),
        _count(total, "Total") if total is not None and total.get("Total") else None,
        _count(line, "Rank") or None,
        _count(line, "RankTotal") or None,
    )


def _count(element: Element, name: str) -> int:
    text = element.get(name, "").strip()
    if not re.fullmatch("[0-9]{0,5}", text):
        raise MessageWrong(what=name, text=text[:40])
    return int(text or 0)


def published_medals(
    reads: Reads, messages: Iterable[Message | None], wanted: CompetitionRow | None = None
) -> tuple[Published, tuple[NotCompared, ...]]:
    """The newest medal standings of each competition, and the rows of those that the book does
    not have, or that are not `wanted`.
    """
    held = {row.code: row for row in reads.competitions()}
    nations = Nations(reads.known_codes())
    tables: list[tuple[CompetitionRow, tuple[PublishedRow, ...]]] = []
    left: list[NotCompared] = []
    for code, message in _newest(messages).items():
        competition = held.get(code)
        lines = enumerate(message.table, start=1)
        if competition is not None and wanted in (None, competition):
            rows = (_published(n, line, nations, competition.start) for n, line in lines)
            tables.append((competition, tuple(rows)))
        else:
            why = WhyNot.OTHER_COMPETITION if wanted else WhyNot.UNKNOWN_COMPETITION
            left += [_left(number, code, line, why) for number, line in lines]
    return tuple(tables), tuple(left)


def check_medals(
    reads: Reads, messages: Iterable[Message | None]
) -> tuple[list[TableCheck], tuple[NotCompared, ...]]:
    """The medal standings among the messages of an import against the book as it is now."""
    tables, left = published_medals(reads, messages)
    return [check_table(reads, competition, rows) for competition, rows in tables], left


def _newest(messages: Iterable[Message | None]) -> dict[str, Message]:
    """Competition to its newest standings."""
    newest: dict[str, Message] = {}
    for message in messages:
        if message is None or not message.table or message.refused is not None:
            continue
        before = newest.get(message.subject.competition)
        if before is None or before.age < message.age:
            newest[message.subject.competition] = message
    return newest


def _left(number: int, competition: str, line: MedalLine, why: WhyNot) -> NotCompared:
    medals = "-".join(map(str, line.tally.triple))
    return NotCompared(number, competition, line.organisation, medals, why)


def _published(number: int, line: MedalLine, nations: Nations, day: str) -> PublishedRow:
    return PublishedRow(
        number=number,
        name=line.organisation,
        nation=nations.find(line.organisation, day),
        tally=line.tally,
        total=line.total,
        rank=line.rank,
        rank_total=line.rank_total,
    )
