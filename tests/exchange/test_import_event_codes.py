"""Codes that are made from names, and events that are found again by them."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medaldesk.book.book import Book
from medaldesk.exchange.importing.programme import LONGEST_CODE
from medaldesk.exchange.importing.sources import sources_of_all
from medaldesk.exchange.tidy_export import export_tidy
from tests.book.test_world_sums import copied
from tests.exchange.importing_desk import plan_of, rows_of, table, take

HEAD = "competition,start_date,end_date,discipline,event,event_name,gender,athlete,nation,mark_kind"
GAMES = "OWG1984,1984-02-08,1984-02-19,SSK"

TYPES = "SELECT code, name, gender FROM event_type ORDER BY code"

PISTOL = "Shooting 25m Rapid Fire Pistol 60 Shots"


def listing(*events: str) -> str:
    """Times of one athlete each; an event is `event,event_name,gender`."""
    rows = [f"{GAMES},{event},Ann {n},USA,time,1:20.0{n}" for n, event in enumerate(events)]
    return "\n".join([f"{HEAD},mark", *rows])


def test_a_code_that_is_taken_stays_within_its_length_with_a_number(book: Book):
    plan = take(book, table(listing(f"{PISTOL} A,,M", f"{PISTOL} B,,M")))
    assert not plan.problems
    codes = [str(code) for code, _, _ in rows_of(book.path, TYPES)]
    assert len(codes) == 2
    assert max(map(len, codes)) == LONGEST_CODE
    assert sum(code.endswith("-2") for code in codes) == 1


def test_a_code_of_any_length_is_a_code(book: Book):
    code = "SHOM-SHOOTING-25M-RAPID-FIRE-PISTOL-2"
    assert len(code) > LONGEST_CODE
    take(book, table(listing(f"{code},Rapid fire,M")))
    assert rows_of(book.path, TYPES) == [(code, "Rapid fire", "M")]
    assert not plan_of(book, table(listing(f"{code},Rapid fire,M"))).changes_anything


def test_one_short_code_of_men_and_women_is_two_events(book: Book):
    for again in range(3):
        plan = take(book, table(listing("500M,,M", "500M,,W")))
        assert not plan.problems
        assert plan.changes_anything is (again == 0)
    assert rows_of(book.path, TYPES) == [("500M", "500M", "M"), ("SSKW-500M", "500M", "W")]


def test_one_short_code_of_men_and_women_with_names_is_two_events(book: Book):
    for again in range(3):
        plan = take(book, table(listing("500M,Men's 500 m,M", "500M,Women's 500 m,W")))
        assert plan.changes_anything is (again == 0)
    found = [(name, gender) for _, name, gender in rows_of(book.path, TYPES)]
    assert found == [("Men's 500 m", "M"), ("Women's 500 m", "W")]


def test_one_short_code_of_two_disciplines_is_two_events(book: Book):
    text = listing("500M,,M")
    both = "\n".join([text, text.splitlines()[1].replace("SSK", "STK")])
    for again in range(3):
        plan = take(book, table(both))
        assert not plan.problems
        assert plan.changes_anything is (again == 0)
    assert len(rows_of(book.path, TYPES)) == 2


def test_a_mixed_event_may_be_named_with_the_gender_of_each_athlete(book: Book):
    take(book, table(listing("RELAY,,X")))
    assert not take(book, table(listing("RELAY,,M", "RELAY,,W"))).problems
    assert rows_of(book.path, TYPES) == [("RELAY", "RELAY", "X")]


def test_a_name_is_the_name_though_another_one_stands_beside_it(book: Book):
    """A row that names a thing by another text than its code is not about what it is called."""
    text = listing("Sprint,The short one,M").replace("OWG1984", "Games of 1984")
    text = text.replace("event_name", "event_name,competition_name").replace("one,M", "one,XIV,M")
    for again in range(3):
        assert take(book, table(text)).changes_anything is (again == 0)
    assert rows_of(book.path, TYPES) == [("SSKM-SPRINT", "Sprint", "M")]
    assert rows_of(book.path, "SELECT name FROM competition") == [("Games of 1984",)]


names = st.text(alphabet="abAB 1-", min_size=1, max_size=3).map(str.strip).filter(bool)
texts = st.one_of(names, names.map(lambda name: f"{PISTOL} {name}"))
events = st.tuples(texts, st.one_of(st.just(""), texts), st.sampled_from("MWX")).map(",".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(held=st.lists(events, min_size=1, max_size=6))
def test_a_file_that_is_taken_three_times_changes_nothing_after_the_first(
    empty_book: Path, held: Sequence[str]
) -> None:
    """Nor does what was exported meanwhile, which makes the same events of an empty book."""
    with copied(empty_book) as book, copied(empty_book) as other:
        assert not take(book, table(listing(*held))).problems
        with tempfile.TemporaryDirectory() as folder:
            export_tidy(book.reads, book.path, Path(folder) / "out.csv")
            (out,) = sources_of_all([Path(folder) / "out.csv"])
            take(other, out)
            for _ in range(2):
                assert not take(book, table(listing(*held))).changes_anything
                assert not take(book, out).changes_anything
                assert not take(other, out).changes_anything
        assert rows_of(other.path, TYPES) == rows_of(book.path, TYPES)
