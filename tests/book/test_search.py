"""Finding and completing: events, nations and people by what is half remembered."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medaldesk.book.edits.programme import NewCompetition
from medaldesk.book.reads.search import OF_EACH_KIND, HitKind


def titles(book, text):
    return [(hit.kind, hit.title) for hit in book.reads.search(text)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("milano women", (HitKind.EVENT, "Women's 1000 m")),
        ("women’s 1000m sochi", (HitKind.EVENT, "Women's 1000 m")),
        ("OWG2026/SSKW1000M", (HitKind.EVENT, "Women's 1000 m")),
        ("owg2014", (HitKind.COMPETITION, "Sochi 2014")),
        ("soch", (HitKind.COMPETITION, "Sochi 2014")),
        ("jpn", (HitKind.NATION, "Japan")),
        ("cote d'iv", (HitKind.NATION, "Côte d'Ivoire")),
        ("leerdam jut", (HitKind.ATHLETE, "Jutta Leerdam")),
        ("ostl", (HitKind.ATHLETE, "Anna Östlender")),
        ("wr speed", (HitKind.RECORD, "World record, Women's 1000 m")),
        ("world rec", (HitKind.RECORD, "World record, Women's 1000 m")),
    ],
)
def test_the_nearest_comes_first(sample, text, first):
    assert titles(sample, text)[0] == first


@pytest.mark.parametrize("text", ["", "  ", "zzzz", "milano zzzz", "'"])
def test_what_is_nowhere_is_not_found(sample, text):
    assert titles(sample, text) == []


def test_every_word_counts_wherever_it_stands(sample):
    assert all(
        "Milano" in hit.detail for hit in sample.reads.search("women milano") if hit.kind == "event"
    )
    assert titles(sample, "000") == []


def test_no_kind_crowds_out_another(book):
    for year in range(1900, 1900 + 2 * OF_EACH_KIND):
        new = NewCompetition(f"K{year}", f"Kim Games {year}", date(year, 1, 1), date(year, 1, 2))
        book.edits.add_competition(new)
    book.edits.add_athlete("Kim Min-sun")
    found = titles(book, "kim")
    assert (HitKind.ATHLETE, "Kim Min-sun") in found
    assert len(found) == OF_EACH_KIND + 1
    assert found[0][1] == "Kim Games 1923"


def test_what_is_new_is_found_at_once(book):
    assert titles(book, "berlin") == []
    book.edits.add_competition(
        NewCompetition("WCH27", "Berlin 2027", date(2027, 3, 1), date(2027, 3, 2))
    )
    assert titles(book, "berlin") == [(HitKind.COMPETITION, "Berlin 2027")]
    book.edits.undo()
    assert titles(book, "berlin") == []


# Nations


@pytest.mark.parametrize(
    ("text", "day", "code"),
    [
        ("net", "2026-02-09", "NED"),
        ("ned", "2026-02-09", "NED"),
        ("ger", "2026-02-09", "GER"),
        ("german", "1976-02-09", "GDR"),
        ("german", "2026-02-09", "GER"),
        ("korea", "2026-02-09", "KOR"),
        ("roc", "2022-02-09", "ROC"),
        ("cote", "2026-02-09", "CIV"),
    ],
)
def test_the_nation_of_the_day_comes_first(sample, text, day, code):
    assert sample.reads.nations_like(text, day)[0].code == code


def test_nothing_typed_lists_nations_of_the_day_first(sample):
    reads = sample.reads
    nations = reads.nations_like("", "2026-02-09", limit=1_000)
    codes = [nation.code for nation in nations]
    assert len(codes) > 200
    assert codes.index("NED") < codes.index("URS")


# People


@pytest.mark.parametrize(
    "text", ["leer", "jutta", "leerdam jutta", "Leerdam, J", "JUTTA LEE", "jut leer", "léerdam"]
)
def test_an_athlete_by_any_beginnings_of_words(sample, text):
    assert [choice.name for choice in sample.reads.athletes_like(text)] == ["Jutta Leerdam"]


@pytest.mark.parametrize("text", ["", "eerdam", "leerdamm", "jutta x", "*", "[leer", ","])
def test_no_athlete_by_anything_else(sample, text):
    assert sample.reads.athletes_like(text) == []


def test_the_nation_is_that_of_the_latest_entry(sample):
    (takagi,) = sample.reads.athletes_like("takagi mi")
    assert takagi.nation == "JPN"


def test_letters_that_mean_something_to_sqlite_are_letters(book):
    book.edits.add_athlete("Anna [B]* Cee?")
    assert [choice.name for choice in book.reads.athletes_like("[b")] == ["Anna [B]* Cee?"]
    assert [choice.name for choice in book.reads.athletes_like("cee?")] == ["Anna [B]* Cee?"]


@pytest.mark.parametrize("name", ["Kim Min-sun", "min-sun kim", "KIM, Min-sun", "  Kim  Min-Sun "])
def test_the_whole_name_in_any_order(sample, name):
    assert [choice.name for choice in sample.reads.athletes_named(name)] == ["Kim Min-sun"]


@pytest.mark.parametrize("name", ["Kim", "Kim Min", "Kim Min-sun Lee", ""])
def test_a_part_of_a_name_is_not_the_name(sample, name):
    assert sample.reads.athletes_named(name) == []


@pytest.mark.parametrize(
    "name", ["Juta Leerdam", "Jutte Leerdam", "J. Leerdam", "J Leerdam", "Jutta-Maria Leerdam"]
)
def test_a_name_nearly_the_same_is_a_probable_double(sample, name):
    assert [choice.name for choice in sample.reads.athletes_similar(name)] == ["Jutta Leerdam"]


@pytest.mark.parametrize("name", ["Leerdam", "Jutta Leerdam", "Xenia Leerdam", "Jutta Brown", ""])
def test_other_names_are_other_people(sample, name):
    assert "Jutta Leerdam" not in [c.name for c in sample.reads.athletes_similar(name)]


@given(
    words=st.lists(st.text("abcdéøß'-*?[", min_size=1, max_size=6), min_size=1, max_size=4).filter(
        lambda words: any(letter.isalpha() for letter in "".join(words))
    ),
    data=st.data(),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_whoever_is_added_is_found_in_every_order(book, words, data):
    athlete = book.edits.add_athlete(" ".join(words))
    order = data.draw(st.permutations(words))
    named = book.reads.athletes_named(" ".join(order))
    assert athlete in [choice.id for choice in named]
    liked = book.reads.athletes_like(" ".join(word[:3] for word in order), limit=1_000)
    assert athlete in [choice.id for choice in liked]
    book.edits.undo()
