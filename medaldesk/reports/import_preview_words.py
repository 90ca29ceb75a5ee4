"""Words for what an import would do: columns, kinds of files, stages, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping

from medaldesk.book.import_errors import ColumnMissing, DaysUnknown, MarksUnknown
from medaldesk.reports.import_words import table_noun
from medaldesk.reports.language import tr

TOLD = ("competition", "event", "athlete", "entry", "result", "decision")
"""Tables that are told of, in this order, before the others; parts of these are left out."""

_PARTS = ("phase", "unit", "entry_member", "decision_line", "source", "event_type")


def column_word(target: str) -> str:
    """What a column of a table holds: `date of birth`, `name of the event`."""
    words = {**_of_results(), **_of_decisions(), **_of_records(), **_of_nations()}
    return words.get(target, target.replace("_", " "))


def _of_results() -> dict[str, str]:
    return {
        "series": tr("series"),
        "competition": tr("competition"),
        "competition_name": tr("name of the competition"),
        "city": tr("city"),
        "start_date": tr("first day of the competition"),
        "end_date": tr("last day of the competition"),
        "discipline": tr("discipline"),
        "event": tr("event"),
        "event_name": tr("name of the event"),
        "gender": tr("gender of the event"),
        "mark_kind": tr("what is measured"),
        "better": tr("which mark is better"),
        "decimals": tr("decimals of the marks"),
        "classification": tr("how the event is classified"),
        "bronzes": tr("number of bronze medals"),
        "venue": tr("venue"),
        "date": tr("day"),
        "time": tr("time of day"),
        "phase": tr("phase"),
        "unit": tr("heat, pair or group"),
        "order": tr("start order"),
        "bib": tr("bib"),
        "lane": tr("lane"),
        "athlete": tr("athlete"),
        "family_name": tr("family name"),
        "given_name": tr("given name"),
        "team": tr("team"),
        "member_of": tr("member of the team"),
        "nation": tr("nation"),
        "mark": tr("mark"),
        "status": tr("status"),
        "tie_break": tr("tie-break"),
        "wind": tr("wind"),
        "rank": tr("rank"),
        "medal": tr("medal"),
        "official": tr("official since"),
        "note": tr("note"),
        "source": tr("source"),
        "athlete_gender": tr("gender of the athlete"),
        "birth_date": tr("date of birth"),
        "membership": tr("in the medal table"),
    }


def _of_decisions() -> dict[str, str]:
    return {
        "entered_status": tr("status before decisions"),
        "decision_date": tr("day of the decision"),
        "decision_body": tr("who decided"),
        "decision_reason": tr("reason of the decision"),
        "decision_status": tr("status it sets"),
        "decision_rank": tr("rank it sets"),
        "decision_medal": tr("medal it sets"),
        "decision_revoked": tr("revoked since"),
    }


def _of_records() -> dict[str, str]:
    return {
        "record": tr("kind of record"),
        "record_name": tr("name of the kind of record"),
        "of_nation": tr("nation of the list"),
        "continent": tr("continent"),
        "of_venue": tr("venue of the list"),
        "age_class": tr("age class"),
        "shares_equal": tr("equal marks are records"),
        "minimum_margin": tr("least margin"),
        "day_best": tr("only the best of a day"),
        "wind_limit": tr("wind limit"),
        "allows_assistance": tr("assisted marks count"),
        "needs_ratification": tr("needs ratification"),
        "line": tr("kind of line"),
        "place": tr("place"),
        "ruling": tr("ruling"),
        "ruled_on": tr("day of the ruling"),
        "ruling_source": tr("source of the ruling"),
        "outcome": tr("outcome"),
        "stood_days": tr("days it stood"),
        "stood_units": tr("units it stood"),
    }


def _of_nations() -> dict[str, str]:
    return {
        "code": tr("code"),
        "name": tr("name"),
        "kind": tr("kind"),
        "valid_from": tr("first day of the code"),
        "valid_to": tr("last day of the code"),
        "iso": tr("ISO code"),
        "population": tr("population"),
        "population_date": tr("day of the population"),
    }


def lacking_sentence(error: ColumnMissing | DaysUnknown | MarksUnknown) -> str:
    """What has to be said in the window before files can be taken, as its fields call it."""
    templates = {
        ColumnMissing: tr("No column is the {noun}: say which one it is."),
        DaysUnknown: tr("{code} is a new competition: type its first and its last day."),
        MarksUnknown: tr("Nothing says what is measured in {name}: time, distance, points …"),
    }
    details = error.details
    noun = column_word(str(details.get("what", "")))
    return templates[type(error)].format(**{**details, "noun": noun})


def kind_word(kind: str) -> str:
    """What files are about: `Results`."""
    return {
        "results": tr("Results"),
        "startlist": tr("Start list"),
        "medallists": tr("Medallists"),
        "records": tr("Records"),
        "nations": tr("Nations"),
    }[kind]


def stage_word(stage: str) -> str:
    """What a long task is at, as it goes on."""
    return {
        "open": tr("Opening the files …"),
        "read": tr("Reading the rows …"),
        "match": tr("Comparing with the book …"),
        "write": tr("Writing into the book …"),
        "derive": tr("Working out ranks, medals and records …"),
    }[stage]


def fate_word(fate: str) -> str:
    """What becomes of a row."""
    return {
        "new": tr("new"),
        "changed": tr("changed"),
        "unchanged": tr("as in the book"),
    }[fate]


def rows(count: int) -> str:
    """`1 row`, `412 rows`."""
    return (tr("{n} row") if count == 1 else tr("{n} rows")).format(n=f"{count:,}")


def what_comes(new: Mapping[str, int], changed: Mapping[str, int], gone: Mapping[str, int]) -> str:
    """`412 results and 3 athletes are added; 2 results are changed`; by table, empty for nothing.

    What is only a part of something else is not told.
    """
    parts = [
        template.format(things=things)
        for template, counts in (
            (tr("New: {things}."), new),
            (tr("Changed: {things}."), changed),
            (tr("Taken out: {things}."), gone),
        )
        if (things := _things(counts))
    ]
    return " ".join(parts)


def _things(counts: Mapping[str, int]) -> str:
    tables = [*TOLD, *(table for table in counts if table not in (*TOLD, *_PARTS))]
    told = [t for t in tables if counts.get(t)] or [t for t in _PARTS if counts.get(t)]
    return ", ".join(f"{counts[table]:,} {table_noun(table, counts[table])}" for table in told)


def outlook(*, taken: int, refused: int, comes: str) -> str:
    """What an import will do, in a sentence or two."""
    if not taken and not comes:
        return tr("No row can be taken as it is; nothing would be changed.")
    if not comes:
        text = tr("Nothing will change: {rows} of the files say what the book says already.")
        return text.format(rows=rows(taken))
    if refused:
        return tr("{comes} {rows} cannot be taken.").format(comes=comes, rows=rows(refused))
    return comes


def was_imported(titles: str, count: int, *, refused: int, comes: str) -> str:
    """What an import of so many files did, in a sentence for the window."""
    text = tr("{titles} was imported. {comes} Ctrl+Z takes it back.")
    if count > 1:
        text = tr("{titles} were imported. {comes} Ctrl+Z takes it back.")
    if refused:
        text = tr("{titles} was imported, but for {rows}. {comes} Ctrl+Z takes it back.")
        if count > 1:
            text = tr("{titles} were imported, but for {rows}. {comes} Ctrl+Z takes it back.")
    return text.format(titles=titles, comes=comes, rows=rows(refused))
