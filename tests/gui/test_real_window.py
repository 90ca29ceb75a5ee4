"""The founding race in a real window, from a clean book, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from medaldesk.book.book import Book
from medaldesk.book.reads import Reads
from medaldesk.domain.medals import Medal
from tests.gui.desk import Desk

PAIRS = (
    ("1 o", "Suzanne Schulting", "NED", "1:15.46"),
    ("6 i", "Natalia Czerwonka", "POL", "1:16.09"),
    ("13 o", "Femke Kok", "NED", "1:12.59"),
    ("13 i", "Brittany Bowe", "USA", "1:14.55"),
    ("15 o", "Jutta Leerdam", "NED", "1:12.31"),
    ("15 i", "Miho Takagi", "JPN", "1:13.95"),
)


@pytest.mark.real_window
@pytest.mark.timeout(300)
def test_the_founding_race_is_typed_by_keyboard_alone(tmp_path: Path) -> None:
    path = tmp_path / "evening.medaldesk"
    Book.create(path, name="One evening", who="clerk").close()
    home = tmp_path / "home"
    home.mkdir()

    def look(question: Callable[[Reads], bool]) -> Callable[[], bool]:
        def ask() -> bool:
            with Book.open(path, read_only=True) as book:
                return question(book.reads)

        return ask

    with Desk(path, home) as desk:
        desk.key("ctrl+shift+n")
        desk.wait(lambda: "competition" in desk.title(), "the form for a competition")
        desk.line("Milano Cortina 2026", "OWG Olympic Winter Games", "", "2026-02-06", "22")
        desk.wait(look(lambda reads: bool(reads.competitions())), "the competition")
        desk.wait(lambda: "One evening" in desk.title(), "the way back to the window")
        desk.key("ctrl+shift+e")
        desk.wait(lambda: "event" in desk.title(), "the form for an event")
        desk.line("Women's 1000 m", "ssk", end="alt+d")
        desk.line("9")
        desk.wait(look(lambda reads: bool(reads.event_types())), "the event")
        desk.wait(lambda: "One evening" in desk.title(), "the way back to the window")
        desk.key("ctrl+r")
        desk.wait(lambda: "Record" in desk.title(), "the form for a record")
        desk.line("OR", "", "1:13.19", "Miho Takagi", "JPN", "2022-02-17", "Beijing")
        desk.wait(look(lambda reads: bool(reads.record_lists())), "the record list")
        desk.wait(lambda: "One evening" in desk.title(), "the way back to the window")
        for unit, name, nation, _ in PAIRS:
            desk.line(unit, name, nation)
        event = 1
        desk.wait(look(lambda reads: len(reads.results(event)) == len(PAIRS)), "the start list")
        desk.key("Return")
        for _, _, _, mark in sorted(PAIRS, key=lambda pair: _start(pair[0])):
            desk.line(mark)
        desk.wait(look(lambda reads: reads.event_head(event).finished == len(PAIRS)), "the marks")
        desk.key("ctrl+Return")
        desk.wait(look(lambda reads: reads.event_head(event).status == "official"), "official")
        presses = desk.presses
        assert desk.close() == 0
    with Book.open(path, read_only=True) as book:
        rows = {row.name: row for row in book.reads.results(event)}
        leerdam, kok, takagi = (rows[n] for n in ("Jutta Leerdam", "Femke Kok", "Miho Takagi"))
        assert (leerdam.rank, kok.rank, takagi.rank) == (1, 2, 3)
        assert [flag.text for flag in leerdam.records] == ["OR"]
        assert [flag.text for flag in kok.records] == ["OR"]
        assert (leerdam.medal, kok.medal, takagi.medal) == (Medal.GOLD, Medal.SILVER, Medal.BRONZE)
        table = book.reads.medal_table(1)
        assert [(line.row.nation, line.row.tally.triple) for line in table.lines] == [
            ("NED", (1, 1, 0)),
            ("JPN", (0, 0, 1)),
        ]
        assert book.check() == []
    typed = sum(len(part) for pair in PAIRS for part in pair)
    assert presses < typed + 200


def _start(unit: str) -> tuple[int, str]:
    number, lane = unit.split()
    return int(number), lane
