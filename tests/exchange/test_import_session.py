"""An import step by step: what files are taken for, what would happen, the edit, the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest

from medaldesk.book.book import Book
from medaldesk.book.import_errors import ColumnMissing, ImportCancelled, PlanOutdated
from medaldesk.exchange.importing.desk import Fate
from medaldesk.exchange.importing.mapping import ImportKind, ImportMapping
from medaldesk.exchange.importing.preview import MarkLook, Preview
from medaldesk.exchange.importing.session import ImportSession
from medaldesk.exchange.importing.watch import Stage, Watch
from medaldesk.reports.words import sentence
from tests.exchange.importing_desk import HEAD, RACE, sheet
from tests.exchange.lenex_files import PARIS, lenex
from tests.exchange.odf_messages import KOK, LEERDAM, participants

ROWS = [
    "Karin Enke,GDR,1.2161,1",
    "Andrea Schöne,GDR,1.2283,2",
    "Natalya Petrusyova,URS,1.2321,3",
    "Somebody Else,QQQ,1.3000,4",
    "Ann Late,East Germany,DNF,",
    "Bea Odd,Holland,1.x,",
]


def write(folder: Path, rows: Sequence[str], name: str = "heats.csv") -> Path:
    path = folder / name
    lines = [f"{HEAD},athlete,nation,mark,rank", *(f"{RACE},{row}" for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write(tmp_path, ROWS)


@pytest.fixture
def session(book: Book) -> ImportSession:
    return ImportSession(book.path, who="clerk")


def planned(session: ImportSession, path: Path, mapping: ImportMapping | None = None) -> Preview:
    look = session.look([path], None, mapping)
    return session.plan([source.mapping for source in look.sources])


def apply(book: Book, session: ImportSession) -> int:
    book.lend()
    try:
        return session.apply().journal
    finally:
        book.take_back()
        book.poll()


def plan_and_apply(book: Book, session: ImportSession, path: Path) -> None:
    planned(session, path)
    apply(book, session)


# Looking


def test_a_look_has_the_tables_with_guesses_and_first_rows(session: ImportSession, file: Path):
    look = session.look([file])
    (source,) = look.sources
    assert look.kind is ImportKind.RESULTS
    assert (source.path, source.name, source.sheet) == (file, "heats.csv", "heats")
    assert source.mapping.columns["athlete"] == ("athlete",)
    assert [guess.target for guess in source.guesses] == list(source.heading)
    assert source.sample[0] == (2, tuple(f"{RACE},{ROWS[0]}".split(",")))
    assert not source.is_fixed


def test_without_any_result_a_file_is_a_start_list(session: ImportSession, tmp_path: Path):
    path = tmp_path / "start.csv"
    path.write_text("competition,event,athlete,nation\nOWG1984,SSKW1000M,Karin Enke,GDR\n")
    assert session.look([path]).kind is ImportKind.STARTLIST


def test_what_a_person_or_a_mapping_says_goes_before_a_guess(session: ImportSession, file: Path):
    medallists = ImportMapping(kind=ImportKind.MEDALLISTS)
    assert session.look([file], None, medallists).kind is ImportKind.MEDALLISTS
    look = session.look([file], ImportKind.STARTLIST, medallists)
    assert look.kind is look.sources[0].mapping.kind is ImportKind.STARTLIST


# Planning


def test_a_preview_counts_and_writes_nothing(book: Book, session: ImportSession, file: Path):
    preview = planned(session, file, ImportMapping(mark_patterns=("m.sscc",)))
    assert preview.rows == {Fate.NEW: 4}
    assert preview.counts["entry"].new == 4
    assert (preview.problem_count, preview.taken) == (2, 4)
    assert {problem.row for problem in preview.problems} == {5, 7}
    assert preview.changes_anything
    assert book.reads.competitions() == []


def test_a_mapping_without_what_every_row_needs_is_refused(session: ImportSession, file: Path):
    look = session.look([file])
    columns = dict(look.sources[0].mapping.columns)
    del columns["nation"]
    with pytest.raises(ColumnMissing):
        session.plan([replace(look.sources[0].mapping, columns=columns)])


def test_texts_are_counted_with_what_they_mean(session: ImportSession, file: Path):
    values = planned(session, file).values
    nations = {v.text: (v.rows, v.meaning, v.is_known) for v in values if v.target == "nation"}
    assert nations == {
        "QQQ": (1, "QQQ", False),
        "GDR": (2, "GDR", True),
        "URS": (1, "URS", True),
        "East Germany": (1, "GDR", True),
        "Holland": (1, "NED", True),
    }
    assert next(iter(nations)) == "QQQ", "what is not known comes first"
    others = {v.target: (v.text, v.rows, v.is_known) for v in values if v.target != "nation"}
    assert others["competition"] == ("OWG1984", 6, False)
    assert others["gender"] == ("W", 6, True)
    assert others["discipline"] == ("SSK", 6, True)


def test_a_value_map_gives_a_meaning(session: ImportSession, file: Path):
    mapping = ImportMapping(values={"nation": {"QQQ": "NED"}, "event": {"SSKW1000M": "SSKW500M"}})
    values = {(v.target, v.text): v for v in planned(session, file, mapping).values}
    assert values["nation", "QQQ"].meaning == "NED"
    assert values["nation", "QQQ"].is_known
    assert values["event", "SSKW1000M"].meaning == "SSKW500M"


def test_a_code_of_several_nations_is_known_on_its_days(session: ImportSession, tmp_path: Path):
    values = planned(session, write(tmp_path, ["Liu Changchun,ROC,1.2161,1"])).values
    (nation,) = [value for value in values if value.target == "nation"]
    assert (nation.meaning, nation.is_known) == ("ROC", True)


def test_marks_are_grouped_by_their_shape(session: ImportSession, file: Path):
    marks = planned(session, file, ImportMapping(mark_patterns=("m.sscc",))).marks
    assert marks == (
        MarkLook("9.x", "1.x", "", 1, is_changed=True),
        MarkLook("9.9999", "1.2161", "1:21.61", 4, is_changed=True),
    )


def test_marks_of_events_that_the_book_has_are_read_as_those_are(
    book: Book, session: ImportSession, tmp_path: Path
):
    planned(session, write(tmp_path, ["Karin Enke,GDR,1:21.61,1"]))
    apply(book, session)
    marks = planned(session, write(tmp_path, ["Andrea Schöne,GDR,82.83,2"])).marks
    assert marks == (MarkLook("99.99", "82.83", "1:22.83", 1, is_changed=True),)


def test_a_second_plan_counts_anew(session: ImportSession, file: Path):
    look = session.look([file])
    mappings = [source.mapping for source in look.sources]
    first, second = session.plan(mappings), session.plan(mappings)
    assert (first.values, first.marks) == (second.values, second.marks)


# Applying


def test_a_plan_becomes_one_edit(book: Book, session: ImportSession, tmp_path: Path):
    path = write(tmp_path, ["Karin Enke,GDR,1:21.61,1", "Andrea Schöne,GDR,1:22.83,2"])
    planned(session, path)
    entry = apply(book, session)
    assert book.reads.last_journal() == entry
    assert book.reads.journal(limit=1)[0].who == "clerk"
    assert [row[1] for row in sheet(book.path)] == ["Karin Enke", "Andrea Schöne"]
    again = planned(session, path)
    assert (again.rows, again.changes_anything) == ({Fate.UNCHANGED: 2}, False)
    assert apply(book, session) == 0
    book.edits.undo()
    assert sheet(book.path) == []


def test_a_plan_of_a_book_that_was_written_since_is_refused(
    book: Book, session: ImportSession, file: Path
):
    planned(session, file)
    book.edits.add_series("OWG", "Olympic Winter Games")
    with pytest.raises(PlanOutdated):
        apply(book, session)
    assert sheet(book.path) == []


def test_each_stage_is_told_and_each_can_be_stopped(book: Book, file: Path):
    begun: list[Stage] = []
    session = ImportSession(book.path, Watch(begins=begun.append))
    planned(session, file)
    apply(book, session)
    assert begun == list(Stage)
    book.edits.undo()
    for stage in (Stage.MATCH, Stage.WRITE, Stage.DERIVE):
        seen: list[Stage] = []
        watch = Watch(
            cancelled=lambda seen=seen, stage=stage: stage in seen,  # type: ignore[misc]
            begins=seen.append,
        )
        stopped = ImportSession(book.path, watch)
        with pytest.raises(ImportCancelled):
            plan_and_apply(book, stopped, file)
        assert seen[-1] is stage
        assert sheet(book.path) == []


def test_rows_that_are_not_taken_can_be_written_down(session: ImportSession, file: Path):
    planned(session, file, ImportMapping(mark_patterns=("m.sscc",)))
    out = file.with_name("out.csv")
    assert session.report(out, sentence).rows == 2
    assert "Somebody Else" in out.read_text(encoding="utf-8")


# What files are about


@pytest.mark.parametrize(
    ("heading", "row", "kind"),
    [
        ("record,event,athlete,nation,mark,place", "OR,1000 m,Enke,GDR,81.6,Here", "records"),
        ("Record,Event,Holder,NOC,Time,Date", "WR,1000 m,Enke,GDR,81.61,1984-02-13", "records"),
        ("rank,athlete,nation,mark,record", "1,Karin Enke,GDR,1:21.61,OR", "results"),
        ("Country,Population 2025,ISO", "Netherlands,18000000,NED", "nations"),
        ("code,name,valid_from", "GDR,East Germany,1968-01-01", "nations"),
        ("bib,athlete,nation", "1,Karin Enke,GDR", "startlist"),
    ],
)
def test_records_and_nations_are_known_by_their_headings(
    session: ImportSession, tmp_path: Path, heading: str, row: str, kind: str
):
    path = tmp_path / "some.csv"
    path.write_text(f"{heading}\n{row}\n", encoding="utf-8")
    assert session.look([path]).kind == kind


def test_files_of_one_name_are_where_they_are(session: ImportSession, tmp_path: Path):
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        folder.mkdir()
    paths = [write(folder, ROWS) for folder in folders]
    messages = [folder / "all.zip" for folder in folders]
    for path in messages:
        with ZipFile(path, "w") as archive:
            archive.writestr("one.xml", participants(LEERDAM))
            archive.writestr("two.xml", participants(KOK))
    look = session.look([messages[0], paths[0], messages[1], paths[1]])
    assert [source.path for source in look.sources] == [
        *paths,
        *(path for path in messages for _ in range(2)),
    ]


def test_a_file_of_an_archive_is_found_by_the_name_of_the_archive(
    session: ImportSession, tmp_path: Path
):
    other = write(tmp_path, ROWS, "other.csv")
    packed = tmp_path / "all.zip"
    with ZipFile(packed, "w") as archive:
        archive.writestr("paris.lef", lenex(PARIS))
    look = session.look([other, packed])
    assert [(source.path, source.name) for source in look.sources] == [
        (other, "other.csv"),
        (packed, "all.zip: paris.lef"),
    ]
