"""What is told of an event with phases: a place is that of the phase, against each rival once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from medaldesk.book.book import Book
from medaldesk.book.changes import Change
from medaldesk.book.edits.records import NewBaseline
from medaldesk.reports.what_changed import what_changed
from tests.book.worlds import Race, nation, one_race


@pytest.fixture
def race(tmp_path: Path) -> Iterator[Race]:
    """Heats and a final; both athletes are in both."""
    with Book.create(tmp_path / "book.medaldesk", who="clerk") as book:
        race = one_race(book)
        final = book.reads.event_head(race.event).phases[0].id
        heats = book.edits.add_phase(race.event, "Heats", 1)
        for name in ("Femke Kok", "Jutta Leerdam"):
            athlete = book.edits.add_athlete(name)
            entry = book.edits.add_entry(
                race.event, nation(book, "NED"), athlete=athlete, phase=heats
            )
            race.results[f"{name} heat"] = book.edits.result_of(entry)
            race.results[name] = book.edits.add_result(entry, final)
        yield race


def told(race: Race, name: str, mark: str) -> str:
    """The first sentence after a mark was typed."""
    changes: list[Change] = []
    race.book.subscribe(changes.append)
    race.mark(name, mark)
    return what_changed(race.book.reads, changes[-1])[0].text


def test_a_mark_of_the_heats_stands_among_the_heats(race: Race) -> None:
    assert told(race, "Femke Kok heat", "1:13.00") == "Kok is the first with a mark."
    assert told(race, "Jutta Leerdam heat", "1:13.50") == "Leerdam is second, 0.50 behind Kok."
    assert told(race, "Femke Kok", "1:12.00") == "Kok is the first with a mark."
    assert told(race, "Jutta Leerdam", "1:12.00") == "Leerdam is first, level with Kok."
    race.book.edits.make_official(race.event, date(2026, 2, 9))
    assert told(race, "Femke Kok heat", "1:14.00") == "Kok is second, 0.50 behind Leerdam."


def test_a_list_that_is_judged_anew_says_what_stands_now(race: Race) -> None:
    race.mark("Femke Kok", "1:12.00")
    (record_list,) = race.book.reads.record_lists()
    changes: list[Change] = []
    race.book.subscribe(changes.append)
    race.book.edits.set_baseline(record_list.id, NewBaseline("Takagi", "1:11.50"))
    sentences = [sentence.text for sentence in what_changed(race.book.reads, changes[-1])]
    assert "Olympic record now: 1:11.50 by Takagi." in sentences
