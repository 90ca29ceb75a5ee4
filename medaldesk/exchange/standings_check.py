"""A medal table that somebody published, read from a file to be checked against the book."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from medaldesk.book.checked_table import NotCompared, PublishedRow, WhyNot
from medaldesk.book.reads import Reads
from medaldesk.book.reads.programme import CompetitionRow
from medaldesk.domain.names import fold
from medaldesk.domain.standings import Tally
from medaldesk.exchange.importing.matching import Nations
from medaldesk.exchange.importing.sources import HEADING_WITHIN, shown_sheets
from medaldesk.exchange.odf.read import odf_sources
from medaldesk.exchange.odf.read_medals import published_medals
from medaldesk.exchange.sheets import Sheet
from medaldesk.exchange.xml_files import xml_documents

_WORDS = {
    "code": "code countrycode nationcode noc noccode countrynoc nat organisation",
    "nation": "nation country team nationality countryname nationname teamnoc",
    "gold": "gold golds g or oro goud",
    "silver": "silver silvers s argent plata zilver silber",
    "bronze": "bronze bronzes b brons bronce",
    "total": "total totals sum all medals",
    "rank": "rank rk pos position place rankgold rankbygold",
    "rank_total": "ranktotal rankbytotal totalrank",
    "competition": "competition games edition championship competitioncode competitionname",
    "year": "year",
    "season": "season",
}
_COLUMN_OF = {word: column for column, words in _WORDS.items() for word in words.split()}
_MEDALS = ("gold", "silver", "bronze")
_SUMS = frozenset({"total", "totals", "sum", "world", "all"})
"""What a last row is called that sums the others."""

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PublishedTables:
    """What a file publishes: rows by competition, and those that are not compared."""

    tables: tuple[tuple[CompetitionRow, tuple[PublishedRow, ...]], ...]
    left: tuple[NotCompared, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the file has no medal table at all."""
        return not (self.tables or self.left)


def read_published(
    reads: Reads, path: Path, wanted: CompetitionRow | None = None
) -> PublishedTables:
    """The published tables of a file; `wanted` narrows them, or says what a single one is of.

    Where neither it nor the file names a competition, the latest is meant. Medal standings of the
    Olympic Data Feed name theirs. Raises SheetError.
    """
    documents = xml_documents(path)
    if documents is None:
        return published_in(reads, shown_sheets(path)[0], wanted)
    messages = [source.message for source in odf_sources(documents)]
    return PublishedTables(*published_medals(reads, messages, wanted))


def published_in(
    reads: Reads, sheets: Iterable[Sheet], wanted: CompetitionRow | None = None
) -> PublishedTables:
    """The published tables of sheets that are read already: as `read_published`."""
    rows = [row for sheet in sheets if not sheet.is_hidden for row in _rows(sheet)]
    competitions = _Competitions(reads, rows, wanted)
    nations = Nations(reads.known_codes())
    tables: dict[CompetitionRow, list[PublishedRow]] = {}
    left = []
    for number, cells in rows:
        text = _competition_text(cells)
        competition = competitions.find(text)
        if competition is None:
            left.append(_left(number, text, cells, WhyNot.UNKNOWN_COMPETITION))
        elif wanted not in (None, competition):
            left.append(_left(number, text, cells, WhyNot.OTHER_COMPETITION))
        else:
            try:
                row = _published(number, cells, nations, competition.start)
            except ValueError:
                left.append(_left(number, text, cells, WhyNot.UNREAD))
            else:
                tables.setdefault(competition, []).append(row)
    if wanted is not None and tables:
        left = [_aside(row) for row in left]
    found = tuple((competition, tuple(held)) for competition, held in tables.items())
    return PublishedTables(found, tuple(left))


def _left(number: int, competition: str, cells: Cells, why: WhyNot) -> NotCompared:
    medals = "-".join(cells.get(column, "") for column in _MEDALS)
    return NotCompared(number, competition, _name(cells), medals, why)


def _aside(row: NotCompared) -> NotCompared:
    """Where one competition was asked for, all others are others, known or not."""
    is_unknown = row.why is WhyNot.UNKNOWN_COMPETITION
    return replace(row, why=WhyNot.OTHER_COMPETITION) if is_unknown else row


# Rows


def _rows(sheet: Sheet) -> Iterator[tuple[int, Cells]]:
    """The rows of a sheet as column to text; none where its headings name no medals."""
    top = [cells for _, cells in islice(sheet.numbered(), HEADING_WITHIN)]
    known = [[_COLUMN_OF.get(_spelt(cell), "") for cell in cells] for cells in top]
    place = next((n for n, columns in enumerate(known) if {*_MEDALS} <= set(columns)), None)
    if place is None or not {"code", "nation"} & set(known[place]):
        return
    columns = known[place]
    for number, texts in islice(sheet.numbered(), place + 1, None):
        cells: dict[str, str] = {}
        for column, text in zip(columns, texts, strict=False):
            if column and text.strip():
                cells.setdefault(column, text.strip())
        name = cells.get("nation") or cells.get("code", "")
        if name and re.split(r"\W", fold(name))[0] not in _SUMS:
            yield number, cells


def _spelt(heading: str) -> str:
    return re.sub(r"[\W_]+", "", fold(heading))


def _published(number: int, cells: Cells, nations: Nations, day: str) -> PublishedRow:
    """One row. Raises ValueError where a number of medals is none."""
    code, name = cells.get("code", ""), cells.get("nation", "")
    spellings = [text for cell in (code, name) for text in _spellings(cell)]
    found = (nations.find(text, day) for text in spellings)
    return PublishedRow(
        number=number,
        name=_name(cells),
        nation=next((nation for nation in found if nation is not None), None),
        tally=Tally(*(_count(cells.get(key, "")) for key in _MEDALS)),
        total=_count(cells["total"]) if "total" in cells else None,
        rank=_rank(cells.get("rank", "")),
        rank_total=_rank(cells.get("rank_total", "")),
    )


def _name(cells: Cells) -> str:
    return cells.get("code") or cells.get("nation", "")


def _spellings(text: str) -> Iterator[str]:
    """`Italy*` and `Italy (ITA)` as they are, without the sign, and by what is in brackets."""
    if not text:
        return
    yield text
    yield from re.findall(r"\((\w{2,3})\)", text)
    yield re.sub(r"\s*[(\[].*|[^\w.)]+$", "", text)


def _count(text: str) -> int:
    """A number of medals; nothing, or a dash, is none. Raises ValueError."""
    if text.strip() in ("", "-", "–", "—"):
        return 0
    if not re.fullmatch(r"[0-9]{1,5}(\.0)?", text.strip()):
        raise ValueError(text)
    return int(text.strip().removesuffix(".0"))


def _rank(text: str) -> int | None:
    """`3`, `3.`, `=3`, `T3`; None for anything else."""
    found = re.fullmatch(r"[=T]?([0-9]{1,4})(\.0)?[.=]?", text.strip())
    return int(found[1]) if found else None


# Competitions


def _competition_text(cells: Cells) -> str:
    """What a row says of its competition: a code or name, or a year and a season."""
    if "competition" in cells:
        return cells["competition"]
    return f"{cells.get('year', '')} {cells.get('season', '')}".strip()


class _Competitions:
    """Finds competitions by code, name, or year and season."""

    def __init__(
        self, reads: Reads, rows: Sequence[tuple[int, Cells]], wanted: CompetitionRow | None
    ) -> None:
        self._known = reads.competitions()
        self._found: dict[str, CompetitionRow | None] = {"": wanted or reads.latest_competition()}
        texts = {_competition_text(cells) for _, cells in rows}
        if wanted is not None and len(texts) == 1:
            self._found[texts.pop()] = wanted

    def find(self, text: str) -> CompetitionRow | None:
        """None where nothing, or more than one, is of that name."""
        if text not in self._found:
            word = fold(text)
            named = [row for row in self._known if word in (fold(row.code), fold(row.name))]
            self._found[text] = _only(named or self._of_year(word))
        return self._found[text]

    def _of_year(self, word: str) -> list[CompetitionRow]:
        """Those of the year in a text, by their names before the days: Tokyo 2020 was in 2021."""
        year = re.search(r"\b[12][0-9]{3}\b", word)
        if year is None:
            return []
        named = [row for row in self._known if year[0] in f"{row.code} {row.name}"]
        held = named or [row for row in self._known if row.start.startswith(year[0])]
        wanted = [code for season, code in (("winter", "OWG"), ("summer", "OG")) if season in word]
        return [row for row in held if row.series in wanted] if wanted else held


def _only(rows: Sequence[CompetitionRow]) -> CompetitionRow | None:
    return rows[0] if len(rows) == 1 else None
