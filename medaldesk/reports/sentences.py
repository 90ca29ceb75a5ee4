"""For every error that a person can mend, the one sentence that says how.

What happened, what was kept, what to do: a template by class, filled from the error's details.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from medaldesk.book import errors as book
from medaldesk.book import sheets
from medaldesk.book.lock import Holder
from medaldesk.domain import errors as domain
from medaldesk.domain.errors import MarkError, MedalDeskError
from medaldesk.domain.marks import (
    MAX_DECIMALS,
    Mark,
    MarkFormat,
    MarkKind,
    format_mark,
    parse_mark,
)
from medaldesk.domain.units import UnitNotUnderstood
from medaldesk.reports.dates import day, days
from medaldesk.reports.errors import ReportFormatUnknown
from medaldesk.reports.import_words import import_templates
from medaldesk.reports.language import tr
from medaldesk.reports.sheet_words import xml_templates

LONGEST = 200
"""So many letters of a text are quoted in a sentence."""


def sentence(error: MedalDeskError) -> str:
    """One sentence: what happened, what was kept, what to do."""
    templates = _special(error) or _templates()
    template = next(templates[kind] for kind in type(error).__mro__ if kind in templates)
    return template.format_map(_values(error))


class _Values(dict[str, str]):
    """What fills a template; a detail that an error does not carry is left out."""

    def __missing__(self, key: str) -> str:
        return ""


def _values(error: MedalDeskError) -> _Values:
    """The details of an error as words."""
    details = error.details
    values = _Values({name: _quoted(value) for name, value in details.items()})
    values["holder"] = _holder(details.get("holder"))
    values["noun"] = noun(str(details.get("what", "")))
    for name in ("date", "start", "end"):
        values[name] = day(values[name])
    if {"date", "start", "end"} <= details.keys():
        values["days"] = days(str(details["start"]), str(details["end"]))
    form = details.get("format")
    if isinstance(form, MarkFormat):
        values |= _mark_values(values["text"], form)
    return values


def _quoted(detail: object) -> str:
    """A detail as it is quoted: of a text that nobody would read to its end, the beginning."""
    text = str(detail)
    if isinstance(detail, Path) or len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST]}…"


_Templates = Mapping[type[BaseException], str]


def _templates() -> _Templates:
    return {
        MedalDeskError: tr("That did not work; nothing was changed."),
        ReportFormatUnknown: tr("{path} names no kind of report: end it in one of {kinds}."),
        **_book_templates(),
        **_edit_templates(),
        **_mark_templates(),
        **_sheet_templates(),
        **xml_templates(),
        **import_templates(),
    }


def _book_templates() -> dict[type[BaseException], str]:
    return {
        book.BookError: tr("{path} cannot be used; it was left as it is."),
        book.BookMissing: tr("There is no book {path}: check the name, or make a new book there."),
        book.BookExists: tr("{path} exists already and was left as it is: choose another name."),
        book.NotABook: tr("{path} is not a MedalDesk book; it was left as it is."),
        book.BookDamaged: tr(
            "{path} is a damaged book ({problem}) and was left as it is: open a backup of it."
        ),
        book.BookTooNew: tr(
            "{path} was written by a newer MedalDesk (format {found}, known here up to {known}) "
            "and was left as it is: open it with the newer one."
        ),
        book.BookNeedsUpgrade: tr(
            "{path} was written by an older MedalDesk (format {found}, now {known}) and was left "
            "as it is: open it once where it can be written to, and it is upgraded."
        ),
        book.BookReadOnly: tr("{path} is open for reading only: nothing was changed."),
        book.BookFull: tr(
            "The disk of {path} is full: this was taken back, all that went before is kept; "
            "make room and do it again."
        ),
        book.BookUnreachable: tr(
            "{path} cannot be read or written ({problem}); nothing was changed."
        ),
        book.BookBusy: tr(
            "Another program keeps {path} locked; nothing was changed: try again in a moment."
        ),
        book.BookLent: tr(
            "An import, or the undo of one, is being written: {path} can be changed when that is "
            "done. Nothing was changed."
        ),
    }


def _edit_templates() -> dict[type[BaseException], str]:
    return {
        book.EditError: tr("That cannot be done; nothing was changed."),
        book.UnknownCode: tr("There is no {noun} {code} in this book."),
        book.DuplicateCode: tr("There is a {noun} {code} already: choose another code."),
        book.EmptyField: tr("The {noun} is empty: type it."),
        book.BadDate: tr("“{text}” is not a date: type one such as 2026-02-09."),
        book.BadTime: tr("“{text}” is not a time of day: type one such as 16:42."),
        book.DatesReversed: tr("The last day, {end}, is before the first, {start}."),
        book.DateOutsideCompetition: tr("{date} is outside the competition, which is {days}."),
        book.OfficialBeforeEvent: tr(
            "{date} is before the event, which is on {start}: it can be official from then on."
        ),
        book.EventAfterOfficial: tr(
            "{date} is after {start}, from when on the event is official: reopen it first."
        ),
        book.EventAfterItsDecision: tr(
            "{date} is after {start}, the day of a decision about this event: correct the day of "
            "the decision first."
        ),
        book.MarksDoNotFit: tr(
            "{text} is entered already and would not fit: take out such marks first, or leave "
            "what is measured as it is."
        ),
        book.AlreadyEntered: tr("{name} is in this event already; nothing was changed."),
        book.BothEntered: tr(
            "{name} and {other} are both in {event}, so they are two people; nothing was changed."
        ),
        book.AthleteInUse: tr(
            "{name} is entered in an event, is in a team or holds a record: merge with another "
            "athlete instead, or take that out first."
        ),
        book.PartOfName: tr(
            "“{text}” may be {name}: take a name of the list, or choose there to add a new athlete."
        ),
        book.BadRank: tr("“{text}” is not a rank: type a whole number from 1, or nothing."),
        book.EntryDecided: tr(
            "{name} is named in a decision of {body}: delete that decision first."
        ),
        book.SeveralOfThatName: tr(
            "There are several athletes {name} of this nation: enter the right one in the sheet."
        ),
        book.BadNumber: tr("“{text}” is not a whole number: type digits alone, or nothing."),
        book.DecisionBeforeEvent: tr(
            "{date} is before the event, which was held on {start}: type the day of the decision."
        ),
        book.RevokedBeforeTaken: tr(
            "{date} is before the decision itself, which is of {start}: type a later day."
        ),
        book.NotEntered: tr(
            "{name} is not entered in this event: a decision is about those who are."
        ),
        book.NamedTwice: tr("{name} is named twice: name every {noun} once."),
        book.NothingDecided: tr(
            "This decision changes nothing yet: set a status, a rank or a medal in a line."
        ),
        book.MedalsUnusual: tr(
            "That would leave {medals} medals (gold-silver-bronze) in {name}, where {usual} is "
            "usual: look at the lines again, or take it all the same."
        ),
        book.OnlyPhase: tr("{name} is the only phase of this event and has to stay."),
        book.BadPopulation: tr(
            "“{text}” is not a population: type a whole number of people above zero."
        ),
        domain.BadWind: tr("“{text}” is not a wind: type metres per second such as +1.8 or -0.4."),
        book.CodeTaken: tr(
            "{name} has the code {code} in these days: choose another code, or other days."
        ),
        domain.BadAgeClass: tr(
            "“{text}” is not an age class: type one such as U20, U19@07-01 or 35+."
        ),
        domain.BadWeights: tr("“{text}” are no weights: type three numbers such as 3-2-1."),
        book.NotARecord: tr("{name} is no mark of this record list: nothing was changed."),
        book.BadStatus: tr("“{text}” cannot be a status: type up to eight letters, such as ABD."),
        book.StatusInUse: tr(
            "{code} has to stay: it is a standard status, or a result or a decision has it."
        ),
        book.NotATeam: tr("{name} competes alone: only a team has members."),
        book.NothingToUndo: tr("There is nothing to undo."),
        book.NothingToRedo: tr("There is nothing to redo."),
        book.UndoConflict: tr(
            "That cannot be undone or redone, for another program has changed the same facts; "
            "nothing was changed."
        ),
        UnitNotUnderstood: tr(
            "“{text}” is not a place on the start list: type the number and, where there is one, "
            "the lane, such as 15, 15 o or 3/5."
        ),
    }


def _mark_templates() -> dict[type[BaseException], str]:
    return {
        domain.MarkError: tr("“{text}” is not a mark of this event: type one such as {example}."),
        domain.MarkNotUnderstood: tr(
            "“{text}” is not a {kind}: type one such as {example}, or a status such as DNF."
        ),
        domain.MarkImpossible: tr("“{text}” is too large: type a {kind} such as {example}."),
        domain.MarkTooPrecise: tr("This event is {measured}: type {shorter}, not {text}."),
        domain.MarkNotWanted: tr(
            "This event has no marks, so “{text}” cannot be one: type the rank, "
            "or a status such as DNF."
        ),
    }


def _sheet_templates() -> dict[type[BaseException], str]:
    return {
        sheets.SheetError: tr("{path} cannot be read; nothing was taken from it."),
        sheets.TableFormatUnknown: tr("{path} names no kind of table: end it in one of {kinds}."),
        sheets.TableTooLarge: tr(
            "{path} cannot hold all of this: write a CSV file, or fewer events."
        ),
        sheets.SheetUnreachable: tr(
            "{path} cannot be read ({problem}): check the name and who may open it."
        ),
        sheets.NotText: tr(
            "{path} is no table that can be read: save it as XLSX, ODS or CSV (UTF-8)."
        ),
        sheets.PackedBroken: tr(
            "{path} cannot be unpacked: it is damaged or locked; unpack it, or get it anew."
        ),
        sheets.PackedSeveral: tr(
            "{path} holds {count} files where one is expected: unpack it and take the right one."
        ),
        sheets.WorkbookBroken: tr(
            "{path} cannot be read as a workbook: it is damaged, or its cells reach too far; save "
            "it again as XLSX or CSV."
        ),
        sheets.WorkbookLocked: tr("{path} is locked with a password: save it without one."),
        sheets.FileTooLarge: tr(
            "{path} is too large, or would be once unpacked (more than {megabytes} MB): split it."
        ),
        sheets.TooManyRows: tr("{path} has more than {limit} rows: split it."),
        sheets.TooManyColumns: tr(
            "{path} has more than {limit} columns in row {row}: take out those without facts."
        ),
        sheets.CellTooLong: tr(
            "{path} has more text at row {row} than fits a cell ({limit} characters): look for a "
            "quotation mark that is not closed."
        ),
    }


def _special(error: MedalDeskError) -> _Templates | None:
    """The template of an error whose details call for another one than its class."""
    details = error.details
    form = details.get("format")
    template = None
    if isinstance(error, domain.MarkImpossible) and _is_time(form):
        template = tr(
            "“{text}” cannot be a time: it is above zero, with minutes and seconds below 60, "
            "such as {example}."
        )
    elif isinstance(error, book.UnknownCode) and details.get("what") == "row":
        template = tr("This is no longer in the book; nothing was changed.")
    elif type(error) is book.UnknownCode and details.get("what") == "nation":
        template = tr(
            "There is no nation {code} in this book: type another code or name, or add it with "
            "Add nation (Ctrl+K)."
        )
    elif isinstance(error, book.EmptyField) and details.get("what") == "code":
        template = tr("A code is needed, without spaces or slashes.")
    elif isinstance(error, book.DuplicateCode) and details.get("what") == "event":
        template = tr("This competition has the event {code} already; nothing was changed.")
    elif isinstance(error, book.BookReadOnly) and _holder(details.get("holder")):
        template = tr("{holder} has {path} open for writing: nothing was changed.")
    return None if template is None else {type(error): template}


def _holder(holder: object) -> str:
    """Who writes the book, empty where that is not known."""
    return (holder.who or "") if isinstance(holder, Holder) else str(holder or "")


def _is_time(form: object) -> bool:
    return isinstance(form, MarkFormat) and form.kind is MarkKind.TIME


def noun(what: str) -> str:
    """The name of a thing inside a sentence."""
    names = {
        "athlete": tr("athlete"),
        "book": tr("book"),
        "code": tr("code"),
        "competition": tr("competition"),
        "body": tr("body"),
        "discipline": tr("discipline"),
        "entry": tr("entry"),
        "event": tr("event"),
        "event_type": tr("event type"),
        "holder": tr("holder"),
        "grouping": tr("grouping"),
        "mark": tr("mark"),
        "name": tr("name"),
        "nation": tr("nation"),
        "phase": tr("phase"),
        "reason": tr("reason"),
        "record_kind": tr("kind of record"),
        "record_list": tr("record list"),
        "result": tr("result"),
        "series": tr("series"),
        "status": tr("status"),
        "team": tr("team"),
        "venue": tr("venue"),
    }
    return names.get(what, what.replace("_", " "))


def _mark_values(text: str, form: MarkFormat) -> dict[str, str]:
    return {
        "kind": _kind(form.kind),
        "example": _example(form),
        "measured": _measured(form),
        "shorter": _shorter(text, form),
    }


def _kind(kind: MarkKind) -> str:
    return {
        MarkKind.TIME: tr("time"),
        MarkKind.DISTANCE: tr("distance"),
        MarkKind.WEIGHT: tr("weight"),
        MarkKind.POINTS: tr("number of points"),
        MarkKind.SCORE: tr("score"),
        MarkKind.PLACING: tr("rank"),
    }[kind]


_EXAMPLES = {
    MarkKind.TIME: 72_312_345,
    MarkKind.DISTANCE: 8_952_345,
    MarkKind.WEIGHT: 142_512_345,
    MarkKind.POINTS: 85_302_345,
}
"""Millionths, cut to the decimals of the event when they are shown."""


def _example(form: MarkFormat) -> str:
    if form.kind not in _EXAMPLES:
        return "3–2" if form.kind is MarkKind.SCORE else "1"
    return format_mark(Mark(_EXAMPLES[form.kind], form.decimals), form.kind)


def _measured(form: MarkFormat) -> str:
    """How an event is measured: `timed to hundredths`."""
    templates = {
        MarkKind.TIME: tr("timed to {precision}"),
        MarkKind.WEIGHT: tr("weighed to {precision}"),
        MarkKind.POINTS: tr("scored to {precision}"),
    }
    template = templates.get(form.kind) or tr("measured to {precision}")
    return template.format(precision=_precision(form))


def _precision(form: MarkFormat) -> str:
    if form.decimals == 0:
        return {
            MarkKind.TIME: tr("whole seconds"),
            MarkKind.DISTANCE: tr("whole metres"),
            MarkKind.WEIGHT: tr("whole kilograms"),
        }.get(form.kind) or tr("whole points")
    if form.kind is MarkKind.DISTANCE and form.decimals == 2:
        return tr("centimetres")
    parts = (tr("tenths"), tr("hundredths"), tr("thousandths"))
    if form.decimals <= len(parts):
        return parts[form.decimals - 1]
    return tr("{n} decimals").format(n=form.decimals)


def _shorter(text: str, form: MarkFormat) -> str:
    """What was typed without the decimals too many, as it would be printed."""
    cut = re.sub(r"([.,\"]\d{6})\d+", r"\1", text)
    try:
        typed = parse_mark(cut, replace(form, decimals=MAX_DECIMALS))
        shorter = format_mark(Mark(typed.value, form.decimals), form.kind)
        parse_mark(shorter, form)
    except MarkError:
        return _example(form)
    return shorter
