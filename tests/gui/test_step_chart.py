"""The step chart: its points are the history, and keys, mouse and pictures tell them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.book.reads.records import RecordHistory, RecordListRow, RecordRow
from medaldesk.domain.marks import Better, Mark, MarkFormat, MarkKind, difference
from medaldesk.domain.records import Achievement, Outcome, reigns
from medaldesk.gui.models.record_model import key_of
from medaldesk.gui.theme import ThemeChoice, theme
from medaldesk.gui.widgets.chart_axes import day_ticks, mark_ticks
from medaldesk.gui.widgets.step_chart import StepChart

TODAY = date(2026, 2, 10)
JUMP = MarkFormat(MarkKind.DISTANCE, Better.HIGHER, 2)
RACE = MarkFormat(MarkKind.TIME, Better.LOWER, 2)


@pytest.fixture
def history(sample: Path) -> Iterator[RecordHistory]:
    with Book.open(sample) as book:
        found = next(row for row in book.reads.record_lists() if row.code == "OR")
        yield book.reads.record_history(found.id)


@pytest.fixture
def chart(qtbot: QtBot) -> StepChart:
    chart = StepChart()
    qtbot.addWidget(chart)
    chart.resize(800, 300)
    chart.show()
    qtbot.waitExposed(chart)
    return chart


def made_up(form: MarkFormat, *lines: tuple[str | None, int, Outcome]) -> RecordHistory:
    """A history from days, marks in hundredths, and outcomes; a line without a day is no result."""
    marks = [Mark(hundredths * 10_000, 2) for _, hundredths, _ in lines]
    ruled = reigns(
        [
            Achievement(mark, outcome, date.fromisoformat(day) if day else None)
            for (day, _, outcome), mark in zip(lines, marks, strict=True)
        ]
    )
    rows = [
        RecordRow(
            mark=mark, outcome=outcome, holder=f"Holder {number}", nation="NED", day=day,
            competition=None, competition_name=None, place=None, unit=None, unit_kind="heat",
            event=1, result=number if day else None, reign=reign,
            improvement=difference(mark, marks[number - 2]) if number > 1 else None,
        )
        for number, ((day, _, outcome), mark, reign) in enumerate(
            zip(lines, marks, ruled, strict=True), start=1
        )
    ]  # fmt: skip
    head = RecordListRow(1, "WR", "World record", 1, "X", "Long jump", None, form)
    return RecordHistory(head, tuple(rows))


def test_the_points_are_the_history(chart: StepChart, history: RecordHistory) -> None:
    chart.show_history(history, TODAY)
    told = [(p.key, p.day.isoformat(), p.value, p.current) for p in chart.points()]
    assert told == [
        (row.result, row.day, row.mark.value, row.reign.current) for row in history.rows
    ]
    brief = {row.result for row in history.rows if row.reign.stood and row.reign.stood.units}
    assert {point.key for point in chart.points() if point.brief} == brief


def test_time_runs_right_and_better_times_lie_lower(
    chart: StepChart, history: RecordHistory
) -> None:
    chart.show_history(history, TODAY)
    places = [chart.position(key_of(row)) for row in history.rows]
    assert [at.x() for at in places] == sorted(at.x() for at in places)
    assert [at.y() for at in places] == sorted(at.y() for at in places)
    assert all(chart.rect().contains(at.toPoint()) for at in places)


def test_better_distances_lie_higher(chart: StepChart) -> None:
    first, better = ("1968-10-18", 890, Outcome.SET), ("1991-08-30", 895, Outcome.SET)
    chart.show_history(made_up(JUMP, first, better), TODAY)
    assert chart.position(2).y() < chart.position(1).y()


def test_arrow_keys_tell_each_record_in_turn(
    qtbot: QtBot, chart: StepChart, history: RecordHistory
) -> None:
    chart.show_history(history, TODAY)
    assert chart.accessibleDescription().startswith("1:12.31 · Jutta Leerdam NED")
    told = []
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_Right):
        with qtbot.waitSignal(chart.chosen) as signal:
            qtbot.keyClick(chart, key)
        assert signal.args == [chart.selected]
        told.append(chart.accessibleDescription())
    assert told[0].startswith("1:12.31")
    assert told[1] == (
        "1:12.59 · Femke Kok NED · Milano Cortina 2026 · 9 February 2026 · pair 13 · "
        "stood for 2 pairs"
    )
    assert told[2].startswith("1:34.1 · Klara Guseva URS")
    assert told[3].startswith("1:33.2")
    qtbot.keyClick(chart, Qt.Key.Key_End)
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.selected == key_of(history.rows[-1])


def test_the_mouse_over_a_record_tells_all_that_lie_there(
    qtbot: QtBot, chart: StepChart, history: RecordHistory
) -> None:
    chart.show_history(history, TODAY)
    kania = next(row for row in history.rows if row.holder.endswith("Kania"))
    at = chart.position(key_of(kania)).toPoint()
    qtbot.mouseMove(chart, QPoint(5, 5))
    qtbot.mouseMove(chart, at)
    qtbot.waitUntil(lambda: "1:17.70" in QToolTip.text())
    assert "1:17.65 · Christa Rothenburger GDR" in QToolTip.text()
    QToolTip.hideText()


def test_every_record_can_be_clicked(
    qtbot: QtBot, chart: StepChart, history: RecordHistory
) -> None:
    """Also those that stood for a pair or two, on one day with the next."""
    chart.show_history(history, TODAY)
    for row in history.rows:
        at = chart.position(key_of(row)).toPoint()
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=at)
        assert chart.selected == key_of(row)
    with qtbot.waitSignal(chart.opened) as signal:
        qtbot.mouseDClick(chart, Qt.MouseButton.LeftButton, pos=at)
    assert signal.args == [key_of(history.rows[-1])]


def test_records_of_one_day_never_go_back_beyond_an_earlier_day(chart: StepChart) -> None:
    crowd = [("2026-02-09", 900 + n, Outcome.SET) for n in range(30)]
    chart.show_history(made_up(JUMP, ("2026-02-08", 899, Outcome.SET), *crowd), TODAY)
    places = [chart.position(point.key).x() for point in chart.points()]
    assert places == sorted(places)


@pytest.mark.parametrize("dark", [False, True])
def test_what_is_chosen_is_seen(
    qtbot: QtBot, chart: StepChart, history: RecordHistory, *, dark: bool
) -> None:
    theme().choose(ThemeChoice.DARK if dark else ThemeChoice.LIGHT)
    chart.show_history(history, TODAY)
    plain = chart.grab().toImage()
    assert plain.pixelColor(12, 150) == theme().colours.page
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    assert chart.grab().toImage() != plain
    chart.select(None)
    assert chart.grab().toImage() == plain


@pytest.mark.parametrize(
    "lines",
    [
        (),
        (("2019-03-09", 890, Outcome.SET),),
        ((None, 890, Outcome.SET),),
        ((None, 890, Outcome.SET), ("2026-02-10", 890, Outcome.EQUALLED)),
        (("2026-02-10", 890, Outcome.SET), ("2027-02-10", 891, Outcome.SET)),
    ],
)
@pytest.mark.parametrize("form", [JUMP, RACE])
def test_few_lines_look_right(
    chart: StepChart, form: MarkFormat, lines: tuple[tuple[str | None, int, Outcome], ...]
) -> None:
    """None, one, one of unknown day, an equalled one, one after today."""
    shown = made_up(form, *lines)
    chart.show_history(shown, TODAY)
    assert not chart.grab().isNull()
    assert len(chart.points()) == len(lines)
    for row in shown.rows:
        assert chart.rect().contains(chart.position(key_of(row)).toPoint())
    if not lines:
        assert "No record yet" in chart.accessibleDescription()


def test_an_equalled_record_is_told_as_such(qtbot: QtBot, chart: StepChart) -> None:
    lines = (("2019-03-09", 890, Outcome.SET), ("2020-03-09", 890, Outcome.EQUALLED))
    chart.show_history(made_up(JUMP, *lines), TODAY)
    assert [point.equalled for point in chart.points()] == [False, True]
    qtbot.keyClick(chart, Qt.Key.Key_End)
    assert chart.accessibleDescription().startswith("8.90 (equalled) · Holder 2")


def test_pictures(qtbot: QtBot, chart: StepChart, history: RecordHistory, tmp_path: Path) -> None:
    chart.show_history(history, TODAY)
    chart.save(tmp_path / "steps.png")
    chart.save(tmp_path / "steps.svg")
    png = QImage(str(tmp_path / "steps.png"))
    assert (png.width(), png.height()) == (2000, 1000)
    svg = (tmp_path / "steps.svg").read_text(encoding="utf-8")
    assert "<title>Olympic record · Women's 1000 m</title>" in svg
    assert "1960" in svg
    with qtbot.waitActive(chart):
        chart.activateWindow()
    chart.setFocus()
    QGuiApplication.clipboard().clear()
    qtbot.keyClick(chart, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().image().size() == png.size()


def test_a_picture_that_cannot_be_written_raises(
    chart: StepChart, history: RecordHistory, tmp_path: Path
) -> None:
    chart.show_history(history, TODAY)
    with pytest.raises(FileNotFoundError):
        chart.save(tmp_path / "nowhere" / "steps.svg")


@given(
    low=st.integers(1, 10**12),
    span=st.integers(1, 10**12),
    kind=st.sampled_from([MarkKind.TIME, MarkKind.DISTANCE, MarkKind.POINTS]),
    most=st.integers(2, 12),
)
def test_ticks_of_marks_are_round_few_and_different(
    low: int, span: int, kind: MarkKind, most: int
) -> None:
    ticks = mark_ticks(low, low + span, kind, most)
    values = [value for value, _ in ticks]
    assert len(ticks) <= most
    assert values == sorted(set(values))
    assert all(low <= value <= low + span for value in values)
    assert len({text for _, text in ticks}) == len(ticks)


@given(
    first=st.dates(date(1896, 1, 1), date(2030, 1, 1)),
    days=st.integers(1, 60_000),
    most=st.floats(1, 20),
)
def test_ticks_of_days_are_few_and_different(first: date, days: int, most: float) -> None:
    last = date.fromordinal(first.toordinal() + days)
    ticks = day_ticks(first, last, most)
    on = [day for day, _ in ticks]
    assert len(ticks) <= most
    assert on == sorted(set(on))
    assert all(first <= day <= last for day in on)
    assert len({text for _, text in ticks}) == len(ticks)


def test_ticks_people_expect() -> None:
    marks = [text for _, text in mark_ticks(71_000_000, 95_000_000, MarkKind.TIME, 6)]
    assert marks == ["1:15", "1:20", "1:25", "1:30", "1:35"]
    years = [text for _, text in day_ticks(date(1959, 1, 1), date(2026, 2, 9), 8)]
    assert years == ["1960", "1970", "1980", "1990", "2000", "2010", "2020"]
    months = [text for _, text in day_ticks(date(2025, 11, 12), date(2026, 2, 10), 4)]
    assert months == ["1 Dec 2025", "1 Jan 2026", "1 Feb 2026"]
