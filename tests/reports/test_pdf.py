"""PDFs: text in order, tags, pages, fonts, and nothing in a name that becomes markup."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
import typst
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from medaldesk.book.reads import Reads
from medaldesk.exchange.sample import FOUNDING_RACE
from medaldesk.reports import content
from medaldesk.reports.document import Document, Row
from medaldesk.reports.language import use_translator
from medaldesk.reports.pdf import Paper, pdf

PRINTED_AT = datetime(2026, 2, 9, 20, 15, 30, 999, tzinfo=UTC)


def opened(document: Document, paper: Paper = Paper.A4) -> PdfReader:
    return PdfReader(BytesIO(pdf(document, paper=paper, printed_at=PRINTED_AT)))


def words_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def root(reader: PdfReader) -> Any:
    return reader.trailer["/Root"]


def tags(node: Any) -> Iterator[str]:
    """The structure tags of a PDF in reading order."""
    node = node.get_object()
    if isinstance(node, ArrayObject):
        for child in node:
            yield from tags(child)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield str(node["/S"])
        if "/K" in node:
            yield from tags(node["/K"])


@pytest.fixture
def table(reads: Reads) -> Document:
    return content.medal_table(reads, reads.competition_by_code("OWG2026").id)


@pytest.fixture
def sheet(reads: Reads) -> Document:
    return content.event_results(reads, reads.event_by_path(FOUNDING_RACE))


@pytest.fixture
def history(reads: Reads) -> Document:
    kept = next(kept for kept in reads.record_lists() if kept.code == "OR")
    return content.record_history(reads, kept.id)


def long_table(table: Document, rows: int) -> Document:
    many = tuple(
        Row((str(n), f"N{n:02d}"[:3], f"Nation {n}", *table.rows[0].cells[3:]), table.rows[0].data)
        for n in range(1, rows + 1)
    )
    return replace(table, rows=many)


def test_the_text_of_a_result_sheet_reads_in_order(sheet: Document) -> None:
    printed = words_of(opened(sheet))
    order = [
        "Women's 1000 m",
        "OFFICIAL",
        "Milano Cortina 2026",
        "Olympic record before",
        "Rank Pair Lane Name Nation Time Behind Record Medal",
        "Jutta Leerdam",
        "1:12.31",
        "OR",
        "Gold",
        "Femke Kok",
        "+0.28",
        "Béatrice Lamarche",
        "OR: Olympic record",
    ]
    place = 0
    for part in order:
        place = printed.find(part, place)
        assert place >= 0, f"{part} is not where it should be in: {printed}"


def test_it_is_tagged_titled_and_says_its_language(sheet: Document) -> None:
    reader = opened(sheet)
    assert root(reader)["/MarkInfo"]["/Marked"]
    assert root(reader)["/Lang"] == "en"
    assert root(reader)["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert str(reader.metadata.title).startswith("Women's 1000 m – Speed Skating")
    assert b"pdfuaid:part" in root(reader)["/Metadata"].get_data()
    found = Counter(tags(root(reader)["/StructTreeRoot"]["/K"]))
    assert found["/H1"] == 1
    assert found["/Table"] == 1
    assert found["/TH"] == len(sheet.columns)
    assert found["/TD"] == len(sheet.columns) * len(sheet.rows)


def test_it_says_the_language_of_the_reader(sheet: Document) -> None:
    use_translator(lambda text: text, "nl")
    try:
        assert root(opened(sheet))["/Lang"] == "nl"
    finally:
        use_translator(None)


def test_the_footer_has_book_status_time_and_page(table: Document) -> None:
    local = PRINTED_AT.astimezone()
    printed = words_of(opened(table))
    assert "Women's 1000 m speed skating at the Olympic Winter Games" in printed
    assert f"Official · Printed {local.day} February 2026, {local:%H:%M}" in printed
    assert "Page 1 of 1" in printed


def test_a_long_table_repeats_its_header_and_numbers_its_pages(table: Document) -> None:
    reader = opened(long_table(table, 200))
    count = len(reader.pages)
    assert count >= 4
    for number, page in enumerate(reader.pages, start=1):
        printed = " ".join(page.extract_text().split())
        assert "Rank Code Nation Gold Silver Bronze Total By total" in printed
        assert f"Page {number} of {count}" in printed
    assert "Nation 200" in words_of(reader)
    assert words_of(reader).count("Total 1 1 1 3") == 1
    assert Counter(tags(root(reader)["/StructTreeRoot"]["/K"]))["/Table"] == 1


def test_records_and_medals_are_told_in_letters(history: Document, sheet: Document) -> None:
    assert "stands" in words_of(opened(history))
    assert all(word in words_of(opened(sheet)) for word in ("Gold", "Silver", "Bronze", "OR"))


@pytest.mark.parametrize(
    ("paper", "width", "height"), [(Paper.A4, 595.28, 841.89), (Paper.LETTER, 612, 792)]
)
def test_paper(table: Document, paper: Paper, width: float, height: float) -> None:
    box = opened(table, paper).pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx((width, height), abs=0.1)


def test_the_fonts_are_inside_the_file_and_those_of_the_package(sheet: Document) -> None:
    reader = opened(sheet)
    fonts: Any = reader.pages[0]["/Resources"]
    names = {str(font.get_object()["/BaseFont"]) for font in fonts["/Font"].values()}
    assert names
    assert all("Libertinus" in name for name in names)
    own = typst.Fonts(include_system_fonts=False).families()
    assert "Libertinus Serif" in own


def test_the_same_content_at_the_same_time_is_the_same_file(sheet: Document) -> None:
    assert pdf(sheet, printed_at=PRINTED_AT) == pdf(sheet, printed_at=PRINTED_AT)


def renamed(table: Document, name: str) -> Document:
    first = table.rows[0]
    row = replace(first, cells=(*first.cells[:2], name, *first.cells[3:]))
    return replace(table, rows=(row, *table.rows[1:]), title=name, book=name, notes=(name,))


@pytest.mark.parametrize(
    "name",
    [
        "#panic(1) $x$ *b* _i_ `c` @l <m> \\ // [y] {z}",
        '"; #import "x"',
        "Ğülşen Żółć Ñandú Őrség",
        "Ольга Ωμέγα",
    ],
)
def test_a_name_is_printed_as_it_is(table: Document, name: str) -> None:
    reader = opened(renamed(table, name))
    assert b"pdfuaid:part" in root(reader)["/Metadata"].get_data()
    assert words_of(reader).count(name) >= 3


@pytest.mark.parametrize("name", ["高木 美帆", "이나현", "ไทย", "😀", "bell\x07\u202e\x00"])
def test_letters_without_a_font_do_not_stop_a_report(table: Document, name: str) -> None:
    reader = opened(renamed(table, name))
    assert root(reader)["/MarkInfo"]["/Marked"]
    assert "Japan" in words_of(reader)


def test_long_texts_stay_on_the_page(history: Document) -> None:
    first = history.rows[0]
    cells = (*first.cells[:2], "Annabelle-" * 8, "URS", first.cells[4], "Nowhere " * 20)
    long = replace(first, cells=(*cells, *first.cells[6:]))
    printed = words_of(opened(replace(history, rows=(long,))))
    assert printed.count("Nowhere") == 20
    assert "3 years 344 days" in printed
