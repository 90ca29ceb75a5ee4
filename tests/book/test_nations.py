"""R13-R15 and R17 where they are entered: codes, population, grouping views, membership."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from medaldesk.book.book import Book
from medaldesk.book.changes import Change
from medaldesk.book.errors import (
    BadPopulation,
    CodeTaken,
    DatesReversed,
    DuplicateCode,
    EmptyField,
    NamedTwice,
    UnknownCode,
)
from medaldesk.book.reads.nations import NationRow, Population, population_on
from tests.book.worlds import add_competition, assert_sound, everything, nation, one_race

DAY = date(2024, 1, 1)


def row_of(book: Book, code: str) -> NationRow:
    found = nation(book, code)
    return next(row for row in book.reads.nations() if row.id == found)


# Codes


def test_r13_a_nation_tells_its_codes_and_their_days(book: Book) -> None:
    taipei = row_of(book, "TPE")
    assert (taipei.code, taipei.name, taipei.kind, taipei.continent) == (
        "TPE",
        "Chinese Taipei",
        "noc",
        "asia",
    )
    assert [(code.code, code.first, code.last) for code in taipei.codes] == [
        ("RCF", "1956-01-01", "1963-12-31"),
        ("TWN", "1964-01-01", "1971-12-31"),
        ("ROC", "1972-01-01", "1979-11-25"),
        ("TPE", "1979-11-26", None),
    ]
    assert row_of(book, "AIN").continent is None
    codes = [row.code for row in book.reads.nations()]
    assert codes == sorted(codes)


def test_r13_a_code_may_be_of_two_nations_in_different_days(book: Book) -> None:
    edits, reads = book.edits, book.reads
    other = edits.add_nation("XKX", "Exkland")
    (row,) = row_of(book, "XKX").codes
    edits.set_nation_code(other, "XKX", "Exkland", None, date(2023, 12, 31), code_row=row.id)
    added = edits.set_nation_code(other, "roc", "Republic of Exkland", DAY, None)
    assert reads.nation_by_code("ROC", "2024-06-01") == other
    assert reads.nation_by_code("ROC", "2022-02-04") != other
    assert reads.nation_code(other, "2023-06-01") == "XKX"
    edits.set_nation_code(other, "ROX", "Exkland", DAY, date(2025, 1, 1), code_row=added)
    assert reads.nation_code(other, "2024-06-01") == "ROX"
    edits.delete_nation_code(added)
    assert [code.code for code in row_of(book, "XKX").codes] == ["XKX"]
    assert_sound(book)


@pytest.mark.parametrize(
    ("code", "first", "last", "taken"),
    [
        ("ROC", date(2022, 12, 31), None, "ROC"),
        ("ROC", None, date(1932, 1, 1), "ROC"),
        ("NED", None, None, "NED"),
        ("XKY", DAY, DAY, "XKX"),
    ],
)
def test_r13_a_code_is_of_one_nation_and_a_nation_of_one_code_on_a_day(
    book: Book, code: str, first: date | None, last: date | None, taken: str
) -> None:
    other = book.edits.add_nation("XKX", "Exkland")
    if code != "XKY":
        (row,) = row_of(book, "XKX").codes
        book.edits.set_nation_code(other, "XKX", "Exkland", date(1990, 1, 1), date(1990, 2, 1),
                                   code_row=row.id)  # fmt: skip
    before = everything(book.path)
    with pytest.raises(CodeTaken) as refused:
        book.edits.set_nation_code(other, code, "Exkland", first, last)
    assert refused.value.details["code"] == taken
    assert everything(book.path) == before


def test_r13_what_is_no_code_is_refused(book: Book) -> None:
    other = book.edits.add_nation("XKX", "Exkland")
    (row,) = row_of(book, "XKX").codes
    for code in ("", "X", "A B", "NINELETTE"):
        with pytest.raises(EmptyField):
            book.edits.set_nation_code(other, code, "Exkland", DAY, None, code_row=row.id)
    with pytest.raises(EmptyField):
        book.edits.set_nation_code(other, "XKY", " ", DAY, None, code_row=row.id)
    with pytest.raises(DatesReversed):
        book.edits.set_nation_code(other, "XKY", "Exkland", DAY, date(2023, 1, 1), code_row=row.id)
    with pytest.raises(EmptyField):
        book.edits.delete_nation_code(row.id)


def test_r14_a_nation_is_of_a_kind_and_a_continent(book: Book) -> None:
    other = book.edits.add_nation("XKX", "Exkland")
    book.edits.change_nation(other, name="Ex", kind="historic", continent="asia")
    row = row_of(book, "XKX")
    assert (row.name, row.kind, row.continent) == ("Exkland", "historic", "asia")
    book.edits.change_nation(other, name="Ex", kind="mixed", continent=None)
    assert row_of(book, "XKX").continent is None
    for kind, continent in (("club", None), ("noc", "antarctica")):
        with pytest.raises(UnknownCode):
            book.edits.change_nation(other, name="Ex", kind=kind, continent=continent)
    with pytest.raises(EmptyField):
        book.edits.change_nation(other, name="", kind="noc", continent=None)


# Membership


def test_r15_a_nation_is_in_a_table_or_not(book: Book) -> None:
    race = one_race(book)
    race.enter("Kok", "NED")
    book.edits.set_membership(1, nation(book, "AIN"), "left_out")
    assert [(row.code, row.membership) for row in book.reads.memberships(1)] == [
        ("AIN", "left_out"),
        ("NED", "ranked"),
    ]
    book.edits.set_membership(1, nation(book, "NED"), "unranked")
    assert book.reads.memberships(1)[1].membership == "unranked"
    with pytest.raises(UnknownCode):
        book.edits.set_membership(1, nation(book, "NED"), "away")


def test_r15_a_change_of_membership_touches_its_competition(book: Book) -> None:
    add_competition(book, "OG2026", "2026-02-06", "2026-02-22")
    seen: list[Change] = []
    book.subscribe(seen.append)
    book.edits.set_membership(1, nation(book, "AIN"), "left_out")
    assert [change.competitions for change in seen] == [{1}]


# Population


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("17900000", 17_900_000),
        ("17,900,000", 17_900_000),
        ("17.900.000", 17_900_000),
        (" 17 900 000 ", 17_900_000),
        ("1\u202f412\u202f914\u202f089", 1_412_914_089),
        ("801", 801),
    ],
)
def test_r17_a_population_is_typed_in_many_ways(book: Book, text: str, people: int) -> None:
    book.edits.set_population(nation(book, "NED"), DAY, text, "Statistics Netherlands")
    assert row_of(book, "NED").population == Population(
        people, "2024-01-01", "Statistics Netherlands"
    )


@pytest.mark.parametrize(
    "text", ["0", "-5", "17.9", "many", "1,2,3", "17,900.000", "1" * 13, "17.9 million", "٣"]
)
def test_r17_what_is_no_population_is_refused(book: Book, text: str) -> None:
    with pytest.raises(BadPopulation) as refused:
        book.edits.set_population(nation(book, "NED"), DAY, text)
    assert refused.value.details == {"text": text}
    assert row_of(book, "NED").populations == ()


def test_r17_a_population_of_a_day_is_corrected_and_taken_away(book: Book) -> None:
    dutch = nation(book, "NED")
    book.edits.set_population(dutch, DAY, "17900000", "A")
    book.edits.set_population(dutch, date(2020, 1, 1), "17400000")
    book.edits.set_population(dutch, DAY, "17942942", "B")
    assert row_of(book, "NED").populations == (
        Population(17_400_000, "2020-01-01", ""),
        Population(17_942_942, "2024-01-01", "B"),
    )
    book.edits.set_population(dutch, DAY, " ")
    book.edits.set_population(dutch, date(1999, 1, 1), "")
    assert [figure.date for figure in row_of(book, "NED").populations] == ["2020-01-01"]


@pytest.mark.parametrize(
    ("day", "date_of"),
    [
        ("2019-12-31", "2020-01-01"),
        ("2020-01-01", "2020-01-01"),
        ("2023-12-31", "2020-01-01"),
        ("2024-01-01", "2024-01-01"),
        ("2030-01-01", "2024-01-01"),
    ],
)
def test_r17_the_figure_of_a_day_is_the_latest_not_after_it(day: str, date_of: str) -> None:
    figures = [Population(1, "2020-01-01", ""), Population(2, "2024-01-01", "")]
    found = population_on(figures, day)
    assert found is not None
    assert found.date == date_of
    assert population_on([], day) is None


# Grouping views


def groups(book: Book, code: str) -> list[tuple[str, str, list[str]]]:
    view = book.reads.grouping_by_code(code)
    return [
        (group.code, group.name, [book.reads.nation_code(of, "1988-01-01") for of in group.nations])
        for group in view.groups
    ]


def test_r14_a_book_starts_with_a_view_that_says_that_it_merges(book: Book) -> None:
    (view,) = book.reads.grouping_views()
    assert (view.code, "merged" in view.name) == ("SUCCESSORS", True)
    assert book.reads.grouping_view(view.id) == view
    assert [group.code for group in view.groups] == ["CZE", "GER", "RUS", "SRB"]
    united = next(group for group in view.groups if group.code == "GER")
    codes = {code for of in united.nations for code in codes_of(book, of)}
    assert codes == {"GER", "FRG", "GDR", "EUA"}


def codes_of(book: Book, of: int) -> set[str]:
    return {code.code for row in book.reads.nations() if row.id == of for code in row.codes}


def test_r14_a_view_is_added_changed_and_deleted(book: Book) -> None:
    of = {code: nation(book, code) for code in ("URS", "RUS", "FRG", "GDR", "GER")}
    edits = book.edits
    added = edits.add_grouping("own", "My own", [("RUS", "Russia", [of["RUS"], of["URS"]])])
    assert groups(book, "own") == [("RUS", "Russia", ["RUS", "URS"])]
    edits.change_grouping(
        added,
        code="OWN2",
        name="Mine",
        groups=[("ger", "Germany", [of["FRG"], of["GDR"]]), ("RUS", "Russia", [of["URS"]])],
    )
    assert book.reads.grouping_view(added).name == "Mine"
    assert groups(book, "OWN2") == [
        ("GER", "Germany", ["FRG", "GDR"]),
        ("RUS", "Russia", ["URS"]),
    ]
    edits.undo()
    assert groups(book, "OWN") == [("RUS", "Russia", ["RUS", "URS"])]
    edits.redo()
    edits.delete_grouping(added)
    assert [view.code for view in book.reads.grouping_views()] == ["SUCCESSORS"]
    edits.undo()
    assert len(groups(book, "OWN2")) == 2
    with pytest.raises(UnknownCode):
        book.reads.grouping_by_code("OWN")
    with pytest.raises(UnknownCode):
        book.reads.grouping_view(99)
    assert_sound(book)


def test_r14_a_view_that_is_as_before_leaves_no_journal_entry(book: Book) -> None:
    (view,) = book.reads.grouping_views()
    before = everything(book.path)
    same = [
        (group.code, group.name, group.nations)
        for group in sorted(view.groups, key=lambda group: group.id)
    ]
    seen: list[Change] = []
    book.subscribe(seen.append)
    book.edits.change_grouping(view.id, code=view.code, name=view.name, groups=same)
    assert seen == []
    assert everything(book.path) == before


def test_r14_a_view_that_cannot_be_is_refused(book: Book) -> None:
    dutch, swede = nation(book, "NED"), nation(book, "SWE")
    add = book.edits.add_grouping
    refused: list[tuple[type[Exception], Callable[[], object]]] = [
        (NamedTwice, lambda: add("A", "A", [("X1", "X", [dutch, swede, dutch])])),
        (NamedTwice, lambda: add("A", "A", [("X1", "X", [dutch]), ("Y1", "Y", [swede, dutch])])),
        (EmptyField, lambda: add("A", "A", [("X1", "X", [])])),
        (EmptyField, lambda: add("A", "A", [("X1", " ", [dutch])])),
        (EmptyField, lambda: add("A", " ", [("X1", "X", [dutch])])),
        (EmptyField, lambda: add("A B", "A", [("X1", "X", [dutch])])),
        (DuplicateCode, lambda: add("A", "A", [("X1", "X", [dutch]), ("x1", "Y", [swede])])),
        (DuplicateCode, lambda: add("successors", "A", [("X1", "X", [dutch])])),
        (UnknownCode, lambda: add("A", "A", [("X1", "X", [9999])])),
        (
            DuplicateCode,
            lambda: book.edits.change_grouping(
                add("B", "B", []), code="SUCCESSORS", name="B", groups=[]
            ),
        ),
    ]
    for error, edit in refused:
        with pytest.raises(error):
            edit()
    with pytest.raises(NamedTwice) as told:
        add("A", "A", [("X1", "X", [dutch, dutch])])
    assert told.value.details == {"what": "nation", "name": "Netherlands"}
    assert "A" not in {view.code for view in book.reads.grouping_views()}


def test_every_edit_of_nations_is_taken_back(book: Book) -> None:
    dutch = nation(book, "NED")
    add_competition(book, "OG2026", "2026-02-06", "2026-02-22")
    (view,) = book.reads.grouping_views()
    edits = book.edits
    row = row_of(book, "ROU").codes[0]
    for edit in (
        lambda: edits.add_nation("XKX", "Exkland"),
        lambda: edits.change_nation(dutch, name="Holland", kind="other", continent="asia"),
        lambda: edits.set_nation_code(nation(book, "EUN"), "XUN", "Again", DAY, None),
        lambda: edits.delete_nation_code(row.id),
        lambda: edits.set_membership(1, dutch, "unranked"),
        lambda: edits.set_population(dutch, DAY, "17900000", "Statistics Netherlands"),
        lambda: edits.add_grouping("A", "A", [("NED", "N", [dutch])]),
        lambda: edits.change_grouping(view.id, code="B", name="B", groups=[("N1", "N", [dutch])]),
        lambda: edits.delete_grouping(view.id),
    ):
        before = everything(book.path)
        edit()
        after = everything(book.path)
        assert after != before
        edits.undo()
        assert everything(book.path) == before
        edits.redo()
        assert everything(book.path) == after
        edits.undo()
    assert_sound(book)
