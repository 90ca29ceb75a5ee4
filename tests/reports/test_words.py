"""Every enum, number and error has its words, and they can be translated."""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import medaldesk
from medaldesk.book import errors as book
from medaldesk.book.changes import Action
from medaldesk.book.lock import Holder
from medaldesk.book.reads.records import RecordListRow, RecordReason, RecordRow
from medaldesk.book.reference import IRM_NAMES
from medaldesk.domain import errors as domain
from medaldesk.domain.errors import MarkError, MedalDeskError
from medaldesk.domain.marks import Better, Mark, MarkFormat, MarkKind, parse_mark
from medaldesk.domain.medals import Medal
from medaldesk.domain.records import Outcome, Reign, Stood
from medaldesk.domain.units import UnitNotUnderstood, parse_unit
from medaldesk.reports import words

HUNDREDTHS = MarkFormat(MarkKind.TIME, Better.LOWER, 2)

DETAILS: dict[str, object] = {
    "path": Path("games.medaldesk"),
    "problem": "disk I/O error",
    "found": 9,
    "known": 1,
    "what": "event_type",
    "code": "SSKW1000M",
    "text": "1:12.3104",
    "format": HUNDREDTHS,
    "date": "2026-03-01",
    "start": "2026-02-06",
    "end": "2026-02-22",
    "name": "Jutta Leerdam",
}


def subclasses(of: type[MedalDeskError]) -> Iterator[type[MedalDeskError]]:
    for kind in of.__subclasses__():
        yield kind
        yield from subclasses(kind)


def all_errors() -> list[type[MedalDeskError]]:
    for module in pkgutil.walk_packages(medaldesk.__path__, "medaldesk."):
        if ".gui" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    return sorted(set(subclasses(MedalDeskError)), key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", all_errors(), ids=lambda kind: kind.__name__)
def test_every_error_has_a_sentence_of_its_own(kind: type[MedalDeskError]) -> None:
    said = words.sentence(kind(**DETAILS))
    assert said.endswith(".")
    assert "\n" not in said
    assert "{" not in said
    parents = [parent for parent in kind.__mro__[1:] if issubclass(parent, MedalDeskError)]
    assert all(said != words.sentence(parent(**DETAILS)) for parent in parents)


@pytest.mark.parametrize("kind", [*all_errors(), MedalDeskError], ids=lambda kind: kind.__name__)
def test_an_error_without_details_still_has_one(kind: type[MedalDeskError]) -> None:
    assert words.sentence(kind()).endswith(".")


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (
            book.BookMissing(path=Path("games.medaldesk")),
            "There is no book games.medaldesk: check the name, or make a new book there.",
        ),
        (
            book.BookUnreachable(path=Path("g.medaldesk"), problem="Permission denied"),
            "g.medaldesk cannot be read or written (Permission denied); nothing was changed.",
        ),
        (
            book.BookReadOnly(path="g.medaldesk", holder=Holder("Eva", "2026-02-09T16:00")),
            "Eva has g.medaldesk open for writing: nothing was changed.",
        ),
        (
            book.BookReadOnly(path="g.medaldesk", holder=Holder()),
            "g.medaldesk is open for reading only: nothing was changed.",
        ),
        (
            book.UnknownCode(what="event_type", code="SSKM"),
            "There is no event type SSKM in this book.",
        ),
        (
            book.UnknownCode(what="row", code=7),
            "This is no longer in the book; nothing was changed.",
        ),
        (
            book.UnknownCode(what="nation", code="XKX"),
            "There is no nation XKX in this book: type another code or name, or add it with "
            "Add nation (Ctrl+K).",
        ),
        (
            book.MarksDoNotFit(text="34.31", format=HUNDREDTHS),
            "34.31 is entered already and would not fit: take out such marks first, or leave "
            "what is measured as it is.",
        ),
        (book.EmptyField(what="name"), "The name is empty: type it."),
        (book.EmptyField(what="code"), "A code is needed, without spaces or slashes."),
        (
            book.DuplicateCode(what="event", code="SSKW1000M"),
            "This competition has the event SSKW1000M already; nothing was changed.",
        ),
        (
            book.DateOutsideCompetition(date="2026-03-01", start="2026-02-06", end="2026-02-22"),
            "1 March 2026 is outside the competition, which is 6–22 February 2026.",
        ),
        (
            book.DatesReversed(start="2026-02-22", end="2026-02-06"),
            "The last day, 6 February 2026, is before the first, 22 February 2026.",
        ),
        (
            book.BadRank(text="first"),
            "“first” is not a rank: type a whole number from 1, or nothing.",
        ),
        (book.NothingToUndo(), "There is nothing to undo."),
    ],
)
def test_sentences_say_what_happened_and_what_to_do(error: MedalDeskError, expected: str) -> None:
    assert words.sentence(error) == expected


def test_braces_in_what_was_typed_are_harmless() -> None:
    assert "“{0}{nation}”" in words.sentence(book.BadRank(text="{0}{nation}"))


def said_of_mark(text: str, kind: MarkKind, decimals: int) -> str:
    better = Better.LOWER if kind is MarkKind.TIME else Better.HIGHER
    with pytest.raises(MarkError) as caught:
        parse_mark(text, MarkFormat(kind, better, decimals))
    return words.sentence(caught.value)


@pytest.mark.parametrize(
    ("text", "kind", "decimals", "expected"),
    [
        (
            "1:12.3104",
            MarkKind.TIME,
            2,
            "This event is timed to hundredths: type 1:12.31, not 1:12.3104.",
        ),
        (
            "1,12,3104",
            MarkKind.TIME,
            2,
            "This event is timed to hundredths: type 1:12.31, not 1,12,3104.",
        ),
        (
            "54.123456789",
            MarkKind.TIME,
            3,
            "This event is timed to thousandths: type 54.123, not 54.123456789.",
        ),
        ("46.12", MarkKind.TIME, 0, "This event is timed to whole seconds: type 46, not 46.12."),
        ("0.001", MarkKind.TIME, 2, "This event is timed to hundredths: type 1:12.31, not 0.001."),
        (
            "8.955",
            MarkKind.DISTANCE,
            2,
            "This event is measured to centimetres: type 8.95, not 8.955.",
        ),
        ("142.55", MarkKind.WEIGHT, 1, "This event is weighed to tenths: type 142.5, not 142.55."),
        ("85.5", MarkKind.POINTS, 0, "This event is scored to whole points: type 85, not 85.5."),
        (
            "1.23456",
            MarkKind.POINTS,
            4,
            "This event is scored to 4 decimals: type 1.2345, not 1.23456.",
        ),
        (
            "abc",
            MarkKind.TIME,
            2,
            "“abc” is not a time: type one such as 1:12.31, or a status such as DNF.",
        ),
        (
            "abc",
            MarkKind.DISTANCE,
            2,
            "“abc” is not a distance: type one such as 8.95, or a status such as DNF.",
        ),
        (
            "1:72.31",
            MarkKind.TIME,
            1,
            "This event is timed to tenths: type 1:12.3, not 1:72.31.",
        ),
        (
            "1:72.31",
            MarkKind.TIME,
            2,
            "“1:72.31” cannot be a time: it is above zero, with minutes and seconds below 60, "
            "such as 1:12.31.",
        ),
        (
            "9999999999999",
            MarkKind.WEIGHT,
            1,
            "“9999999999999” is too large: type a weight such as 142.5.",
        ),
        (
            "1:12.31",
            MarkKind.PLACING,
            0,
            "This event has no marks, so “1:12.31” cannot be one: type the rank, "
            "or a status such as DNF.",
        ),
    ],
)
def test_a_wrong_mark_is_told_what_would_be_accepted(
    text: str, kind: MarkKind, decimals: int, expected: str
) -> None:
    assert said_of_mark(text, kind, decimals) == expected


@pytest.mark.parametrize("kind", [MarkKind.TIME, MarkKind.DISTANCE, MarkKind.WEIGHT])
@pytest.mark.parametrize("decimals", range(7))
def test_the_mark_that_a_sentence_proposes_is_accepted(kind: MarkKind, decimals: int) -> None:
    proposed = said_of_mark("?", kind, decimals).split("such as ")[1].split(",")[0]
    form = MarkFormat(kind, Better.LOWER, decimals)
    assert parse_mark(proposed, form).decimals == decimals


def test_a_wrong_score_and_a_wrong_unit_are_told_too() -> None:
    form = MarkFormat(MarkKind.SCORE, Better.HIGHER, 0)
    assert "such as 3–2" in words.sentence(domain.MarkNotUnderstood(text="won", format=form))
    with pytest.raises(UnitNotUnderstood) as caught:
        parse_unit("last")
    assert words.sentence(caught.value).startswith("“last” is not a place on the start list")


@pytest.mark.parametrize("action", Action)
def test_every_action_has_a_name(action: Action) -> None:
    assert words.action_name(action)[0].isupper()


def test_action_names_tell_actions_apart() -> None:
    assert len({words.action_name(action) for action in Action}) == len(Action)


def test_journal_lines() -> None:
    subject = "Jutta Leerdam 1:12.31"
    assert words.journal_line(Action.ENTER_MARK, subject) == "Enter mark: Jutta Leerdam 1:12.31"
    undone = words.journal_line(Action.ENTER_MARK, subject, "undo")
    assert undone == "Undo: Enter mark: Jutta Leerdam 1:12.31"
    assert words.journal_line(Action.CREATE_BOOK, "", "redo") == "Redo: Create book"


def test_small_words() -> None:
    assert [words.medal_name(medal) for medal in Medal] == ["Gold", "Silver", "Bronze"]
    assert [words.medal_letter(medal) for medal in Medal] == ["G", "S", "B"]
    assert words.event_status("unofficial") == "Unofficial"
    assert [words.gender_word(code) for code in "MWXO"] == ["Men", "Women", "Mixed", "Open"]
    assert all(words.mark_kind_word(kind) for kind in MarkKind)


def test_a_status_has_the_name_that_books_give_it() -> None:
    assert {code: words.irm_name(code) for code in IRM_NAMES} == IRM_NAMES
    assert words.irm_name("FNR") == "FNR"
    assert words.irm_says("DSQ") == "disqualified"
    assert words.irm_says("ABD") == "ABD"


@pytest.mark.parametrize(
    ("number", "equal", "expected"), [(3, False, "3"), (3, True, "=3"), (None, False, "")]
)
def test_ranks(number: int | None, equal: bool, expected: str) -> None:
    assert words.rank(number, equal) == expected


def test_ordinals() -> None:
    numbers = [1, 2, 3, 4, 11, 12, 13, 21, 22, 101, 111]
    expected = "1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 101st 111th"
    assert " ".join(words.ordinal(number) for number in numbers) == expected


def test_units() -> None:
    assert words.unit_name("pair", 13) == "pair 13"
    assert words.units("pair", 2) == "2 pairs"
    assert words.units("heat", 1) == "1 heat"
    assert words.units("bout", 2) == "2 bouts"
    assert words.units("bout", 1) == "1 bout"
    assert words.unit_name("{bout}", 1) == "{bout} 1"
    assert words.unit_kind_word("flight") == "Flight"
    assert [words.lane_name(lane) for lane in ("i", "o", "5", None)] == ["inner", "outer", "5", ""]


@pytest.mark.parametrize(
    ("stood", "expected"),
    [
        (None, ""),
        (Stood(), ""),
        (Stood(units=2), "2 pairs"),
        (Stood(units=1), "1 pair"),
        (Stood(days=0), "less than a day"),
        (Stood(days=1), "1 day"),
        (Stood(days=364), "364 days"),
        (Stood(days=365), "1 year"),
        (Stood(days=366), "1 year 1 day"),
        (Stood(days=730), "2 years"),
        (Stood(days=1095), "3 years"),
        (Stood(days=1096), "3 years"),
        (Stood(days=1453), "3 years 357 days"),
        (Stood(days=1461), "4 years"),
    ],
)
def test_how_long_a_record_stood(stood: Stood | None, expected: str) -> None:
    assert words.stood_for(stood, "pair") == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-02-06", "2026-02-22", "6–22 February 2026"),
        ("1964-01-29", "1964-02-09", "29 January – 9 February 1964"),
        ("2025-12-30", "2026-01-03", "30 December 2025 – 3 January 2026"),
        ("2026-02-09", "2026-02-09", "9 February 2026"),
    ],
)
def test_spans_of_days(start: str, end: str, expected: str) -> None:
    assert words.days(start, end) == expected


def test_days() -> None:
    assert words.day("2026-02-09") == "9 February 2026"
    assert words.short_day("2026-02-09") == "9 Feb 2026"
    assert words.day(None) == ""
    assert words.day("1960") == "1960"


OLYMPIC_RECORD = RecordListRow(
    1, "OR", "Olympic record", 1, "SSKW1000M", "Women's 1000 m", "OWG", HUNDREDTHS
)
KOK = RecordRow(
    mark=Mark(72_590_000, 2),
    outcome=Outcome.SET,
    holder="Femke Kok",
    nation="NED",
    day="2026-02-09",
    competition="OWG2026",
    competition_name="Milano Cortina 2026",
    place="Milano",
    unit=13,
    unit_kind="pair",
    event=1,
    result=1,
    improvement=None,
    reign=Reign(False, Stood(units=2)),
)


@pytest.mark.parametrize(
    ("outcome", "stood", "expected"),
    [
        (Outcome.SET, KOK, "Olympic record: 0.28 better than 1:12.59 of Femke Kok (NED)."),
        (Outcome.SET, None, "Olympic record: the first of its list."),
        (
            Outcome.EQUALLED,
            KOK,
            "Olympic record equalled: the same as 1:12.59 of Femke Kok (NED).",
        ),
        (
            Outcome.NOT_SHARED,
            KOK,
            "Olympic record not set: the same as 1:12.59 of Femke Kok (NED), "
            "and equal marks do not share this one.",
        ),
        (
            Outcome.BEATEN_IN_UNIT,
            KOK,
            "Olympic record not set: 0.28 better than 1:12.59 of Femke Kok (NED), "
            "but there was a better mark in the same pair.",
        ),
        (
            Outcome.BEATEN_IN_UNIT,
            None,
            "Olympic record not set: there was a better mark in the same unit.",
        ),
        (
            Outcome.NOT_BETTER,
            KOK,
            "Olympic record not set: 0.28 short of 1:12.59 of Femke Kok (NED).",
        ),
        (Outcome.NO_MARK, None, "Olympic record not set: there is no mark yet."),
        (Outcome.STATUS, None, "Olympic record not set: there is no valid mark (DNF)."),
        (
            Outcome.BEFORE_BASELINE,
            None,
            "Olympic record not set: the list begins after this day.",
        ),
    ],
)
def test_reasons_of_records(outcome: Outcome, stood: RecordRow | None, expected: str) -> None:
    margin = Mark(280_000, 2)
    reason = RecordReason(OLYMPIC_RECORD, outcome, KOK.mark, stood, margin, "DNF")
    assert words.record_reason(reason) == expected


def test_a_translator_sees_every_literal_with_its_places() -> None:
    seen: list[str] = []

    def shout(text: str) -> str:
        seen.append(text)
        return text.replace("rank", "RANG")

    words.use_translator(shout)
    try:
        said = words.sentence(book.BadRank(text="x"))
    finally:
        words.use_translator(None)
    assert said == "“x” is not a RANG: type a whole number from 1, or nothing."
    assert "“{text}” is not a rank: type a whole number from 1, or nothing." in seen
    assert words.unit_name("pair", 2) == "pair 2"
