"""Record lists and nations written as tables and read into another book are the same."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medaldesk.book.book import Book
from medaldesk.book.edits.programme import NewEventType
from medaldesk.book.edits.records import NewBaseline, NewPublished
from medaldesk.domain.marks import Better, MarkFormat, MarkKind
from medaldesk.domain.names import fold
from medaldesk.domain.records import RecordPolicy, Ruling
from medaldesk.exchange.importing.apply import apply_plan
from medaldesk.exchange.importing.desk import Fate
from medaldesk.exchange.importing.mapping import ImportKind, ImportMapping
from medaldesk.exchange.importing.plan import Plan, make_plan
from medaldesk.exchange.importing.sources import guesses_of, sources_of_all
from medaldesk.exchange.nations_export import export_nations, nation_rows
from medaldesk.exchange.records_export import export_records, record_rows
from medaldesk.exchange.tidy_export import export_tidy
from tests import books


def read_in(book: Book, path: Path, kind: ImportKind) -> Plan:
    wanted = ImportMapping(kind=kind)
    sources = [(s, wanted.completed(guesses_of(s, kind))) for s in sources_of_all([path])]
    plan = make_plan(book.reads, sources)
    apply_plan(book, plan)
    return plan


@pytest.fixture
def sample(tmp_path: Path):
    """The sample with lists of many kinds, rulings, and a published progression."""
    with Book.open(books.sample(tmp_path / "sample.medaldesk")) as book:
        event_type = book.reads.event_type_by_code("SSKW1000M").id
        ned = book.reads.nation_by_code("NED", "2026-02-09")
        edits = book.edits
        policy = RecordPolicy(
            shares_equal=False, minimum_margin=10_000, day_best=True, wind_limit=2_000_000,
            allows_assistance=True, needs_ratification=True,
        )  # fmt: skip
        narrow = edits.add_record_list(
            "NR", event_type, nation=ned, venue="Milano Speed Skating Stadium", policy=policy
        )
        edits.set_baseline(
            narrow,
            NewBaseline("Jutta Leerdam", "1:12.9", ned, date(2025, 3, 1), "Heerenveen", "ISU"),
        )
        edits.add_record_list("NJR", event_type, continent="europe", age_class="U19@07-01")
        olympic = next(row.id for row in book.reads.record_lists() if row.code == "OR")
        rows = book.reads.record_history(olympic).rows
        last, before = rows[-1].result, rows[-2].result
        assert last is not None
        assert before is not None
        edits.rule_record(olympic, last, Ruling.PROVISIONAL, date(2026, 2, 9), "ISU")
        edits.rule_record(olympic, last, Ruling.RATIFIED, date(2026, 3, 1))
        edits.rule_record(olympic, before, Ruling.ANNULLED, date(2026, 3, 1), "the jury")
        lines = [
            NewPublished("Klara Guseva", "1:34.1", None, date(1960, 2, 22)),
            NewPublished("Ter Mors", "1:13.56", ned, None, "a book"),
            NewPublished("Jutta Leerdam", "1:12.31", ned, date(2026, 2, 9)),
        ]
        edits.set_published(olympic, lines)
        yield book


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_record_lists_go_out_and_come_in(tmp_path: Path, sample: Book, book: Book, suffix: str):
    export_tidy(sample.reads, sample.path, tmp_path / "results.csv")
    read_in(book, tmp_path / "results.csv", ImportKind.RESULTS)
    out = tmp_path / f"records.{suffix}"
    count = export_records(sample.reads, sample.path, out)
    plan = read_in(book, out, ImportKind.RECORDS)
    assert [str(problem.error) for problem in plan.problems] == []
    assert plan.taken == count
    assert sorted(map(str, record_rows(book.reads))) == sorted(map(str, record_rows(sample.reads)))
    assert book.check() == []
    assert set(read_in(book, out, ImportKind.RECORDS).rows) == {Fate.UNCHANGED}


def test_results_and_records_come_in_together_in_one_edit(tmp_path: Path, sample: Book, book: Book):
    export_tidy(sample.reads, sample.path, tmp_path / "results.csv")
    export_records(sample.reads, sample.path, tmp_path / "records.csv")
    sources = []
    for name, kind in (("records", ImportKind.RECORDS), ("results", ImportKind.RESULTS)):
        for source in sources_of_all([tmp_path / f"{name}.csv"]):
            wanted = ImportMapping(kind=kind)
            sources.append((source, wanted.completed(guesses_of(source, kind))))
    plan = make_plan(book.reads, sources)
    assert not plan.problems
    apply_plan(book, plan)
    assert sorted(map(str, record_rows(book.reads))) == sorted(map(str, record_rows(sample.reads)))
    assert book.check() == []
    book.edits.undo()
    assert list(record_rows(book.reads)) == []
    assert book.reads.competitions() == []


def test_without_the_results_what_was_ruled_on_them_is_told(
    tmp_path: Path, sample: Book, book: Book
):
    export_records(sample.reads, sample.path, tmp_path / "records.csv")
    plan = read_in(book, tmp_path / "records.csv", ImportKind.RECORDS)
    assert {type(problem.error).__name__ for problem in plan.problems} == {"NotInBook"}
    lists = {(row.code, row.age_class) for row in book.reads.record_lists()}
    assert lists == {("WR", None), ("OR", None), ("NR", None), ("NJR", "U19@07-01")}
    olympic = next(row.id for row in book.reads.record_lists() if row.code == "OR")
    assert [line.holder for line in book.reads.published(olympic)] == [
        "Klara Guseva",
        "Ter Mors",
        "Jutta Leerdam",
    ]


def test_nations_go_out_and_come_in(tmp_path: Path, sample: Book, book: Book):
    edits, reads = sample.edits, sample.reads
    ned = reads.nation_by_code("NED", "2026-02-09")
    assert ned is not None
    new = edits.add_nation("ZZA", "Atlantis", "historic")
    (code,) = (c.id for n in reads.nations() if n.id == new for c in n.codes)
    first, last = date(1900, 1, 1), date(1950, 12, 31)
    edits.set_nation_code(new, "ZZA", "Atlantis", first, last, code_row=code)
    edits.set_nation_code(new, "ZZB", "New Atlantis", date(1951, 1, 1), None)
    edits.change_nation(new, name="Atlantis", kind="historic", continent="oceania")
    edits.set_population(ned, date(2024, 7, 1), "17,900,000", "UN")
    edits.set_population(new, date(2023, 1, 1), "12")
    out = tmp_path / "nations.csv"
    count = export_nations(reads, sample.path, out)
    plan = read_in(book, out, ImportKind.NATIONS)
    assert (plan.problems, plan.taken) == ([], count)
    assert list(nation_rows(book.reads)) == list(nation_rows(reads))
    assert book.check() == []
    assert set(read_in(book, out, ImportKind.NATIONS).rows) == {Fate.UNCHANGED}


# Any lists at all

WORDS = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=12)
NAMES = WORDS.map(lambda text: " ".join(text.split())).filter(bool)
MARKS = st.integers(1, 99_999).map(lambda n: f"{n // 100}.{n % 100:02d}")
DAYS = st.dates(date(1900, 1, 1), date(2030, 1, 1))
NATIONS = st.sampled_from([None, "NED", "USA", "KOR"])


@st.composite
def lists(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Facts of record lists, no two of which are lists of the same."""
    scopes = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["WR", "OR", "AR"]),
                st.sampled_from([None, "europe", "asia"]),
                st.sampled_from([None, "U20", "35+"]),
            ),
            unique=True,
            max_size=3,
        )
    )
    return [
        {
            "scope": scope,
            "policy": RecordPolicy(
                shares_equal=draw(st.booleans()),
                minimum_margin=draw(st.sampled_from([None, 10_000, 500_000])),
                day_best=draw(st.booleans()),
                wind_limit=draw(st.sampled_from([None, 0, 2_000_000, -1_500_000])),
                allows_assistance=draw(st.booleans()),
                needs_ratification=draw(st.booleans()),
            ),
            "baseline": draw(
                st.none() | st.tuples(NAMES, MARKS, NATIONS, st.none() | DAYS, st.none() | NAMES)
            ),
            "published": draw(
                st.lists(
                    st.tuples(NAMES, MARKS, NATIONS, DAYS, st.none() | NAMES),
                    max_size=4,
                    unique_by=lambda line: (fold(line[0]), line[1], line[3]),
                )
            ),
        }
        for scope in scopes
    ]


def fill(book: Book, facts: list[dict[str, Any]]) -> None:
    form = MarkFormat(MarkKind.DISTANCE, Better.HIGHER, 2)
    event_type = book.edits.add_event_type(
        NewEventType(code="ATHMLJ", discipline="ATH", name="Long jump", gender="M", form=form)
    )
    codes = {code: book.reads.nation_by_code(code, None) for code in ("NED", "USA", "KOR")}
    for fact in facts:
        kind, continent, ages = fact["scope"]
        kept = book.edits.add_record_list(
            kind, event_type, continent=continent, age_class=ages, policy=fact["policy"]
        )
        if fact["baseline"]:
            holder, mark, nation, day, place = fact["baseline"]
            book.edits.set_baseline(kept, NewBaseline(holder, mark, codes.get(nation), day, place))
        lines = sorted(fact["published"], key=lambda line: line[3])
        book.edits.set_published(
            kept,
            [NewPublished(name, mark, codes.get(of), day, by) for name, mark, of, day, by in lines],
        )


@given(facts=lists())
@settings(max_examples=20, deadline=None)
def test_any_lists_go_out_and_come_in(
    tmp_path_factory: pytest.TempPathFactory, empty_book: Path, facts: list[dict[str, Any]]
):
    folder = tmp_path_factory.mktemp("lists")
    paths = [Path(shutil.copy(empty_book, folder / f"{n}.medaldesk")) for n in range(2)]
    with Book.open(paths[0], who="clerk") as given_book, Book.open(paths[1], who="clerk") as other:
        fill(given_book, facts)
        out = folder / "records.csv"
        count = export_records(given_book.reads, given_book.path, out)
        if not count:
            return
        plan = read_in(other, out, ImportKind.RECORDS)
        assert [str(problem.error) for problem in plan.problems] == []
        assert list(record_rows(other.reads)) == list(record_rows(given_book.reads))
        assert not read_in(other, out, ImportKind.RECORDS).changes_anything
