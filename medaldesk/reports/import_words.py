"""Words for bringing files into a book: what is wrong, what is doubtful, what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from medaldesk.book import import_errors as wrong
from medaldesk.reports.language import tr


def import_templates() -> dict[type[BaseException], str]:
    """The sentence of each error of an import."""
    return {
        wrong.ColumnMissing: tr(
            "No column is known to be the {noun}: name it in a mapping, or say there what it is "
            "in every row."
        ),
        wrong.NotOneOf: tr("“{text}” is no {noun}: type one of {known}."),
        wrong.RowEmpty: tr("The {noun} is empty, and this row is about nothing else."),
        wrong.DaysUnknown: tr(
            "{code} is a new competition, and nothing says when it was: give a start_date and an "
            "end_date, or days of the results."
        ),
        wrong.MarksUnknown: tr(
            "Nothing says what is measured in {name}: give a mark_kind, such as time, distance or "
            "points."
        ),
        wrong.NationUnlike: tr(
            "No nation is known by “{code}”; those most like it are {known}: type one of them, or "
            "add it with Add nation (Ctrl+K)."
        ),
        wrong.CodeOfSeveral: tr(
            "Several nations had the code {code}: give the days, valid_from and valid_to, or say "
            "which nation is meant."
        ),
        wrong.NotInBook: tr(
            "The book has no result of {name} with this mark that could be ruled on: import the "
            "results first."
        ),
        wrong.TeamUnknown: tr(
            "There is no team {name} of this nation in {event}: give the team a row of its own."
        ),
        wrong.MappingUnreadable: tr("The mapping {path} cannot be read: {problem}."),
        wrong.MappingPartUnknown: tr(
            "The mapping {path} cannot be read: no column or part of one is called {text}."
        ),
        wrong.TooManyRefused: tr(
            "More than {count} rows cannot be taken: are the columns what they are taken for? "
            "Nothing was changed."
        ),
        wrong.PatternTooSlow: tr(
            "The pattern {pattern} of the mapping takes too long for “{text}”: write it in a "
            "simpler way. Nothing was changed."
        ),
        wrong.PlanOutdated: tr(
            "Somebody wrote to the book meanwhile; nothing was changed: look at the file again."
        ),
        wrong.ImportCancelled: tr("Stopped; nothing was changed."),
        wrong.WorkerGone: tr(
            "This broke off, perhaps for want of memory; nothing was changed: try it in smaller "
            "parts."
        ),
        wrong.MessageKindUnknown: tr("Nothing is taken from messages of the type “{text}”."),
        wrong.MessageWrong: tr("Its {noun} is “{text}”, which no message can have."),
        wrong.MessageOfTest: tr("The message is a test; nothing of it is taken."),
        wrong.MessageOld: tr(
            "The book has a newer message already: that of {moment}, version {version}."
        ),
        wrong.MessageLeftOut: tr("The message is taken whole or not at all; nothing of it is."),
    }


def doubt_sentence(
    kind: str,
    name: str,
    nation: str,
    others: Sequence[str],
    *,
    column: str = "",
    text: str = "",
) -> str:
    """A doubtful match; `others` are those it may be, each with the code of the nation.

    `column` is one of tidy results, and `text` what stands in it.
    """
    templates = {
        "other_nation": tr(
            "{name} ({nation}) is taken as a new person; there is {others}: if both are one, say "
            "so here or in the mapping, or merge them."
        ),
        "several": tr("There are several {name} ({nation}); the one who fits best was taken."),
        "same_name": tr("{name} ({nation}) is in this event twice: taken as two people."),
        "kept": tr(
            "{name} ({nation}) is no longer in the message, but a decision, a ruling or a note "
            "is about them: kept."
        ),
        "other_rank": tr("In {name} the ranks of the file are not those that its marks give."),
        "two_teams": tr(
            "{name} ({nation}) has rows in this event that cannot be one team: taken as two."
        ),
        "facts_differ": tr(
            "The rows of {name} do not agree about the {column}: {text}; the first was taken."
        ),
        "book_differs": tr(
            "In the book {name} has another {column} than {text}; it stays as it is there."
        ),
        "decided": tr(
            "In {name} the medals of the file are not those that marks and ranks give: a decision "
            "that quotes the file says so."
        ),
    }
    return templates[kind].format(
        name=name,
        nation=nation,
        others=", ".join(others),
        column=column.replace("_", " "),
        text=text,
    )


def table_noun(table: str, count: int) -> str:
    """The name of what stands in a table, for one or for many: `athlete`, `athletes`."""
    names = {
        "series": (tr("series"), tr("series")),
        "competition": (tr("competition"), tr("competitions")),
        "event_type": (tr("event type"), tr("event types")),
        "event": (tr("event"), tr("events")),
        "phase": (tr("phase"), tr("phases")),
        "unit": (tr("unit"), tr("units")),
        "athlete": (tr("athlete"), tr("athletes")),
        "entry": (tr("entry"), tr("entries")),
        "competition_nation": (tr("nation in the medal table"), tr("nations in the medal table")),
        "entry_member": (tr("team member"), tr("team members")),
        "result": (tr("result"), tr("results")),
        "decision": (tr("decision"), tr("decisions")),
        "decision_line": (tr("line of a decision"), tr("lines of decisions")),
        "nation": (tr("nation"), tr("nations")),
        "nation_code": (tr("code of a nation"), tr("codes of nations")),
        "population": (tr("population"), tr("populations")),
        "record_kind": (tr("kind of record"), tr("kinds of records")),
        "record_list": (tr("record list"), tr("record lists")),
        "record_baseline": (tr("baseline"), tr("baselines")),
        "record_ruling": (tr("ruling"), tr("rulings")),
        "published_record": (tr("published record"), tr("published records")),
        "source": (tr("source"), tr("sources")),
        "venue": (tr("venue"), tr("venues")),
    }
    return names[table][count != 1]
