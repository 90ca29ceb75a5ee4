"""Records in words: why a mark is one, how a list is narrowed and judged, what was ruled."""

from __future__ import annotations

from collections.abc import Iterator

from medaldesk.book.reads.records import RecordListRow, RecordReason, RecordRow, RulingRow
from medaldesk.domain.age_classes import AgeClass, parse_age_class
from medaldesk.domain.marks import Mark, MarkFormat, MarkKind, format_mark
from medaldesk.domain.progressions import ComparedLine, Comparison, Differs
from medaldesk.domain.records import Outcome, RecordPolicy, Ruling
from medaldesk.domain.wind import format_wind
from medaldesk.reports.dates import day
from medaldesk.reports.language import tr
from medaldesk.reports.unit_words import unit_kind_word


def record_reason(reason: RecordReason) -> str:
    """Why a result is, or is not, a record of a list, in one sentence (RULES R28)."""
    form, policy = reason.list.form, reason.list.policy
    margin = policy.minimum_margin or 0
    return _reason_template(reason).format(
        record=reason.list.kind_name,
        stood=_held(reason.stood, form.kind),
        margin=format_mark(reason.margin, form.kind) if reason.margin else "",
        least=format_mark(Mark(margin, form.decimals), form.kind),
        status=reason.status or "",
        unit=_unit_word(reason.stood),
        wind=format_wind(reason.wind),
        limit=format_wind(policy.wind_limit),
        assistance=reason.assistance or "",
        age_class=reason.list.age_class or "",
        continent=continent_name(reason.list.continent or ""),
        day=day(reason.ruling.day if reason.ruling else None),
    )


def _reason_template(reason: RecordReason) -> str:
    if reason.stood is None and (first := _of_an_empty_list(reason.outcome)):
        return first
    return {**_judged(), **_not_counted()}[reason.outcome]


def _of_an_empty_list(outcome: Outcome) -> str | None:
    """What is said where nothing stood before."""
    return {
        Outcome.SET: tr("{record}: the first of its list."),
        Outcome.BEATEN_IN_UNIT: tr("{record} not set: there was a better mark in the same unit."),
        Outcome.BEATEN_ON_DAY: tr("{record} not set: there was a better mark on the same day."),
    }.get(outcome)


def _judged() -> dict[Outcome, str]:
    """Against what stood."""
    return {
        Outcome.SET: tr("{record}: {margin} better than {stood}."),
        Outcome.EQUALLED: tr("{record} equalled: the same as {stood}."),
        Outcome.NOT_SHARED: tr(
            "{record} not set: the same as {stood}, and equal marks do not share this one."
        ),
        Outcome.BEATEN_IN_UNIT: tr(
            "{record} not set: {margin} better than {stood}, but there was a better mark "
            "in the same {unit}."
        ),
        Outcome.BEATEN_ON_DAY: tr(
            "{record} not set: {margin} better than {stood}, but there was a better mark "
            "on the same day."
        ),
        Outcome.MARGIN_TOO_SMALL: tr(
            "{record} not set: {margin} better than {stood}, and {least} is the least that counts."
        ),
        Outcome.NOT_BETTER: tr("{record} not set: {margin} short of {stood}."),
    }


def _not_counted() -> dict[Outcome, str]:
    """Whatever stood."""
    return {
        Outcome.NO_MARK: tr("{record} not set: there is no mark yet."),
        Outcome.STATUS: tr("{record} not set: there is no valid mark ({status})."),
        Outcome.STATUS_DECIDED: tr(
            "{record} not set: the mark no longer counts, by decision ({status})."
        ),
        Outcome.BEFORE_BASELINE: tr("{record} not set: the list begins after this day."),
        Outcome.ANNULLED: tr("{record} not set: the mark was annulled on {day}."),
        Outcome.WIND_UNKNOWN: tr(
            "{record} not set: the wind is not known, and at most {limit} m/s is allowed."
        ),
        Outcome.WIND_TOO_STRONG: tr(
            "{record} not set: the wind was {wind} m/s, and at most {limit} m/s is allowed."
        ),
        Outcome.ASSISTED: tr("{record} not set: the mark was assisted ({assistance})."),
        Outcome.AGE_UNKNOWN: tr(
            "{record} not set: without a date of birth nobody is known to be {age_class}."
        ),
        Outcome.OUTSIDE_AGE_CLASS: tr("{record} not set: not {age_class} on this day."),
        Outcome.OTHER_NATION: tr("{record} not set: the list is one of another nation."),
        Outcome.OTHER_CONTINENT: tr("{record} not set: the list is one of {continent}."),
        Outcome.CONTINENT_UNKNOWN: tr(
            "{record} not set: the list is one of {continent}, and it is not known to which "
            "continent the nation belongs."
        ),
    }


def _held(row: RecordRow | None, kind: MarkKind) -> str:
    """The record that stood, with who held it: `1:12.59 of Femke Kok (NED)`."""
    if row is None:
        return tr("the mark that stood")
    template = tr("{mark} of {holder} ({nation})") if row.nation else tr("{mark} of {holder}")
    return template.format(mark=format_mark(row.mark, kind), holder=row.holder, nation=row.nation)


def _unit_word(row: RecordRow | None) -> str:
    return (unit_kind_word(row.unit_kind) if row else tr("Unit")).lower()


# Lists


def continent_name(continent: str) -> str:
    """`Europe` for `europe`; the five of the Olympic associations."""
    return {
        "africa": tr("Africa"),
        "america": tr("America"),
        "asia": tr("Asia"),
        "europe": tr("Europe"),
        "oceania": tr("Oceania"),
    }.get(continent, continent)


def record_scope(row: RecordListRow) -> str:
    """To what a list is narrowed: `OWG · NED · Oval · Europe · U20`; empty for all there is."""
    parts = (row.series, row.nation, row.venue, continent_name(row.continent or ""), row.age_class)
    return " · ".join(part for part in parts if part)


def age_class_rule(text: str) -> str:
    """What an age class says: `not yet 20 at the end of the year`. Raises BadAgeClass."""
    ages = parse_age_class(text)
    return _age_template(ages).format(age=ages.age, day=_key_day(ages))


def _age_template(ages: AgeClass) -> str:
    if ages.masters:
        return tr("{age} or older on the day")
    if ages.key_day is None:
        return tr("not yet {age} at the end of the year")
    return tr("not yet {age} before the last {day}")


def _key_day(ages: AgeClass) -> str:
    """`1 July`, from a day of any leap year."""
    if ages.key_day is None:
        return ""
    month, on = ages.key_day
    return day(f"2000-{month:02}-{on:02}").rsplit(" ", 1)[0]


def policy_lines(policy: RecordPolicy, form: MarkFormat) -> list[str]:
    """What a list asks beyond a better mark, one line a rule; equal marks share it as a rule."""
    return list(_policy_lines(policy, form))


def _policy_lines(policy: RecordPolicy, form: MarkFormat) -> Iterator[str]:
    if not policy.shares_equal:
        yield tr("equal marks do not share the record")
    if policy.minimum_margin is not None:
        least = format_mark(Mark(policy.minimum_margin, form.decimals), form.kind)
        yield tr("better by at least {margin}").format(margin=least)
    if policy.day_best:
        yield tr("only the best of a day")
    if policy.wind_limit is not None:
        yield tr("wind of at most {limit} m/s").format(limit=format_wind(policy.wind_limit))
    if policy.allows_assistance:
        yield tr("assisted marks count")
    if policy.needs_ratification:
        yield tr("to be ratified")


# Rulings


def record_ruling(ruling: Ruling) -> str:
    """`Provisional`, `Ratified`, `Annulled`, `Reinstated`."""
    return {
        Ruling.PROVISIONAL: tr("Provisional"),
        Ruling.RATIFIED: tr("Ratified"),
        Ruling.ANNULLED: tr("Annulled"),
        Ruling.REINSTATED: tr("Reinstated"),
    }[ruling]


def record_ruling_line(row: RulingRow | None) -> str:
    """`Ratified, 3 March 2026 (ISU)`; the day and the source where they are known."""
    if row is None:
        return ""
    template = tr("{ruling}, {day}") if row.day else "{ruling}"
    line = template.format(ruling=record_ruling(row.ruling), day=day(row.day))
    return tr("{line} ({source})").format(line=line, source=row.source) if row.source else line


# Published progressions


def compared_line(line: ComparedLine) -> str:
    """What is to be said of a line of two progressions: `not published: short-lived`."""
    if line.comparison is Comparison.DIFFERENT:
        differs = [_differs(each) for each in Differs if each in line.differs]
        return tr("published with another {what}").format(what=tr(" and ").join(differs))
    return {
        Comparison.EQUAL: tr("as published"),
        Comparison.SHORT_LIVED: tr("not published: short-lived"),
        Comparison.ONLY_COMPUTED: tr("not published"),
        Comparison.ONLY_PUBLISHED: tr("published, not in this book"),
    }[line.comparison]


def _differs(what: Differs) -> str:
    return {
        Differs.HOLDER: tr("holder"),
        Differs.NATION: tr("nation"),
        Differs.DAY: tr("date"),
    }[what]
