"""The tables of an import, and what a person says over what was found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from medaldesk.book.book import Book
from medaldesk.book.errors import EmptyField
from medaldesk.book.import_errors import DaysUnknown
from medaldesk.exchange.importing.columns import recognise
from medaldesk.exchange.importing.desk import Fate
from medaldesk.exchange.importing.mapping import ImportKind, ImportMapping, load_mapping
from medaldesk.exchange.importing.matching import Doubt, DoubtKind
from medaldesk.exchange.importing.plan import Sample
from medaldesk.exchange.importing.preview import Look, MarkLook, Preview, SourceLook, ValueLook
from medaldesk.exchange.importing.rows import Problem
from medaldesk.gui.import_draft import LEFT_OUT, NOTE, ImportDraft, Sure, asks_values
from medaldesk.gui.import_profiles import Profiles
from medaldesk.gui.models.doubts_model import DoubtsModel
from medaldesk.gui.models.import_models import (
    CellsModel,
    ColumnsModel,
    FilesModel,
    MarksModel,
    ProblemsModel,
    SamplesModel,
    ValuesModel,
)

HEADING = ("Pos", "Skater", "Country", "Time", "Shoes")
ROWS = (
    (2, ("1", "LEERDAM Jutta", "NED", "1:12.31", "red")),
    (3, ("2", "KOK Femke", "NED", "1:12.59", "blue")),
)
UNKNOWN = ValueLook("nation", "Japon", 3, "Japon", is_known=False)
KNOWN = ValueLook("nation", "Netherlands", 9, "NED", is_known=True)
NEW = ValueLook("event", "500 m", 2, "500 m", is_known=False)
ODD = MarkLook("9.9999", "1.2843", "", 4, is_changed=True)
CLEAR = MarkLook("9:99.99", "1:12.31", "1:12.31", 80, is_changed=False)


@pytest.fixture
def book(sample: Path) -> Iterator[Book]:
    with Book.open(sample, read_only=True) as opened:
        yield opened


def source(heading: tuple[str, ...] = HEADING, *, name: str = "race.csv") -> SourceLook:
    """A table as it is found, by its headings alone."""
    guesses = tuple(recognise(heading, [cells for _, cells in ROWS]))
    mapping = ImportMapping.guessed(guesses, ImportKind.RESULTS)
    return SourceLook(Path(name), name, "", heading, guesses, mapping, ROWS, 2)


def draft_of(*sources: SourceLook) -> ImportDraft:
    draft = ImportDraft()
    draft.take(Look(sources, ImportKind.RESULTS), ImportMapping())
    return draft


def preview(**changes: object) -> Preview:
    """A preview of nothing, but for what is said."""
    nothing = Preview((), {}, {}, (), 0, (), 0, (), (), (), changes_anything=False)
    return replace(nothing, **changes)  # type: ignore[arg-type]


# Models


def test_every_model_keeps_the_rules_of_models(qtmodeltester: ModelTester, book: Book) -> None:
    draft = draft_of(source())
    columns, files, cells = ColumnsModel(), FilesModel(), CellsModel()
    values, marks, samples = ValuesModel(), MarksModel(), SamplesModel()
    problems, doubts = ProblemsModel(lambda: ("race.csv",)), DoubtsModel(book.reads)
    for model in (columns, files, cells, values, marks, samples, problems, doubts):
        qtmodeltester.check(model)
    columns.set_rows(draft.lines(draft.shapes[0]))
    files.set_rows([source()])
    cells.show_cells(HEADING, ROWS)
    values.show_values([KNOWN, UNKNOWN])
    marks.show_marks([CLEAR, ODD])
    marks.try_patterns(("m.sscc",))
    samples.show_samples([Sample(0, 2, Fate.NEW, "1000 m", "Jutta Leerdam", "NED", "1", "1")])
    problems.reset_rows([Problem(0, 3, "athlete", EmptyField(what="athlete"))])
    doubts.show_doubts([doubt(book)])
    for model in (columns, files, cells, values, marks, samples, problems, doubts):
        assert model.rowCount()
        qtmodeltester.check(model)


def test_unknown_values_stand_first_and_the_same_text_once(qtbot: object) -> None:
    model = ValuesModel()
    model.show_values([KNOWN, NEW, UNKNOWN, UNKNOWN])
    assert [line.look.text for line in model.rows()] == ["Japon", "500 m", "Netherlands"]
    assert model.row(0).look.rows == 6
    known = model.column_of("known")
    assert known is not None
    assert [model.index(n, known).data() for n in range(3)] == ["not known", "new", "known"]


def test_a_value_is_answered_once_and_stays(qtbot: object) -> None:
    model = ValuesModel()
    model.show_values([UNKNOWN])
    said: list[tuple[str, str, str]] = []
    model.answered.connect(lambda *answer: said.append(answer))
    cell = model.index(0, model.column_of("meaning") or 0)
    assert model.setData(cell, " JPN ", Qt.ItemDataRole.EditRole)
    assert not model.setData(cell, "JPN", Qt.ItemDataRole.EditRole)
    assert not model.setData(cell, "  ", Qt.ItemDataRole.EditRole)
    assert said == [("nation", "Japon", "JPN")]
    assert cell.data() == "JPN"


def test_a_pattern_shows_its_effect_while_it_is_typed(qtbot: object) -> None:
    model = MarksModel()
    model.show_marks([CLEAR, ODD])
    assert model.row(0) is not CLEAR
    assert model.becomes(model.row(0)) == "refused"
    model.try_patterns(("m.sscc",))
    assert model.becomes(model.row(0)) == "1:28.43"
    assert model.becomes(model.row(1)) == "1:12.31"
    with pytest.raises(ValueError, match="xyz"):
        model.try_patterns(("xyz",))


def doubt(book: Book) -> Doubt:
    """Somebody of a file for Kazakhstan, whose name somebody of the book bears for Russia."""
    known = book.reads.athletes_named("Varvara Barysheva")[0]
    there = book.reads.nation_by_code("KAZ")
    assert there is not None
    assert known.nation_id is not None
    others = ((known.name, known.nation_id, known.id),)
    return Doubt(DoubtKind.OTHER_NATION, 0, 2, known.name, there, others)


def test_an_answered_doubt_stays_in_sight_and_can_be_taken_back(qtbot: object, book: Book) -> None:
    model = DoubtsModel(book.reads)
    model.show_doubts([doubt(book)])
    said: list[tuple[str, str | None]] = []
    model.answered.connect(lambda *answer: said.append(answer))
    same = model.choices(0)[1]
    cell = model.index(0, 3)
    assert model.setData(cell, same.choice, Qt.ItemDataRole.EditRole)
    assert not model.setData(cell, "who knows", Qt.ItemDataRole.EditRole)
    model.show_doubts([])
    assert cell.data() == "the same as Varvara Barysheva (RUS)"
    assert model.setData(cell, "Somebody else", Qt.ItemDataRole.EditRole)
    person = "Varvara Barysheva (KAZ)"
    assert said == [(person, "Varvara Barysheva (RUS)"), (person, None)]


def test_ranks_that_differ_are_told_and_not_asked(qtbot: object, book: Book) -> None:
    model = DoubtsModel(book.reads)
    model.show_doubts([replace(doubt(book), kind=DoubtKind.OTHER_RANK, name="1000 m", others=())])
    cell = model.index(0, 3)
    assert not cell.flags() & Qt.ItemFlag.ItemIsEditable
    assert cell.data() == ""
    assert model.index(0, 1).data() == "1000 m"


# The draft


def test_what_was_said_goes_over_what_was_found() -> None:
    draft = draft_of(source())
    shape = draft.shapes[0]
    draft.say_column(shape, "Shoes", "note")
    draft.say_column(shape, "Country", LEFT_OUT)
    draft.say_column(shape, "Pos", NOTE)
    draft.say_value("nation", "Japon", "JPN")
    draft.say_patterns(["m.sscc"])
    mapping = draft.mappings()[0]
    assert mapping.columns == {"athlete": ("Skater",), "mark": ("Time",), "note": ("Shoes",)}
    assert mapping.left_out == ("Country",)
    assert mapping.values == {"nation": {"Japon": "JPN"}}
    assert mapping.mark_patterns == ("m.sscc",)
    assert {line.heading: line.sure for line in draft.lines(shape)}["Shoes"] is Sure.SAID


def test_a_column_chosen_for_another_takes_its_place() -> None:
    draft = draft_of(source())
    draft.say_column(draft.shapes[0], "Shoes", "athlete")
    lines = {line.heading: line.targets for line in draft.lines(draft.shapes[0])}
    assert lines["Shoes"] == ("athlete",)
    assert lines["Skater"] == (NOTE,)


def test_looking_again_keeps_what_was_said() -> None:
    draft = draft_of(source())
    draft.say_column(draft.shapes[0], "Shoes", "note")
    draft.said.constants["event"] = "SSKW1000M"
    draft.take(Look((source(), source(name="other.csv")), ImportKind.RESULTS), ImportMapping())
    assert len(draft.shapes) == 1
    assert {m.columns["note"] for m in draft.mappings()} == {("Shoes",)}
    assert draft.constant("event") == "SSKW1000M"


def test_what_is_missing_is_asked_for() -> None:
    draft = draft_of(source())
    assert draft.missing() == ["competition", "event"]
    assert draft.questions() == ["competition", "event"]
    draft.said.constants |= {"competition": "OWG2026", "event": "SSKW1000M"}
    assert draft.missing() == []


def test_a_plan_that_lacks_days_asks_for_them_once() -> None:
    draft = draft_of(source())
    lacking = preview(problems=(Problem(0, 2, "start_date", DaysUnknown(code="X")),))
    assert draft.asked_by(lacking) == ["competition_name", "start_date", "end_date"]
    assert draft.asked_by(lacking) == []


def test_one_empty_cell_among_good_rows_asks_for_nothing() -> None:
    draft = draft_of(source())
    empty = Problem(0, 2, "nation", EmptyField(what="nation"))
    assert draft.asked_by(preview(problems=(empty,), rows={Fate.NEW: 5})) == []
    assert draft.asked_by(preview(problems=(empty,))) == ["nation"]


def test_a_file_that_says_itself_what_is_what_asks_nothing() -> None:
    fixed = replace(source(), is_fixed=True)
    draft = draft_of(fixed)
    assert not draft.asks_columns
    assert draft.open_shapes == []
    draft.say_person("A (RUS)", "A (KOR)")
    assert draft.mappings()[0] == replace(fixed.mapping, people={"A (RUS)": "A (KOR)"})


def test_values_are_asked_about_where_something_is_unknown_or_odd() -> None:
    assert asks_values(preview(values=(UNKNOWN,)))
    assert asks_values(preview(marks=(ODD,)))
    assert not asks_values(preview(values=(KNOWN, NEW), marks=(CLEAR,)))
    respelt = replace(CLEAR, written="1.12,31", is_changed=True)
    assert not asks_values(preview(marks=(respelt,)))


# Profiles


def test_a_profile_is_written_under_its_name_and_replaced_by_it(tmp_path: Path) -> None:
    profiles = Profiles(tmp_path / "own")
    draft = draft_of(source())
    kept = profiles.save("Büro 1", draft.whole_mapping())
    assert kept.path.name == "buro-1.toml"
    assert load_mapping(kept.path) == replace(draft.whole_mapping(), name="Büro 1")
    draft.say_patterns(["m.sscc"])
    assert profiles.save("büro 1", draft.whole_mapping()).path == kept.path
    assert profiles.save("Büro-1", draft.whole_mapping()).path.name == "buro-1-2.toml"
    assert len([p for p in profiles.all() if p.is_own]) == 2


def test_a_profile_fits_a_table_that_has_its_columns(tmp_path: Path) -> None:
    profiles = Profiles(tmp_path)
    kept = profiles.save("Office", draft_of(source()).whole_mapping())
    assert profiles.fitting([*HEADING, "More"]) == kept
    assert profiles.fitting(HEADING[1:]) is None
    profiles.delete(kept)
    assert profiles.fitting(HEADING) is None


def test_a_profile_fits_by_the_columns_of_the_file_alone(tmp_path: Path) -> None:
    """Not by those that are counted while it is read."""
    heading = ["year", "sex", "distance", "rank_text", "name", "noc", "result_raw", "note", "x"]
    found = Profiles(tmp_path).fitting(heading)
    assert found is not None
    assert found.path.stem == "speedskating-olympic"


def test_a_broken_profile_is_listed_by_its_file(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("name = ", encoding="utf-8")
    found = Profiles(tmp_path).all()[0]
    assert (found.name, found.is_own) == ("broken", True)
    assert not found.fits(HEADING)


def test_ready_profiles_are_there() -> None:
    names = [profile.name for profile in Profiles(Path("nowhere")).all()]
    assert "Milano Cortina 2026, medallists" in names
