"""Units of a phase in words: heats, pairs, runs and those of the user's own."""

from __future__ import annotations

from medaldesk.reports.language import tr


def unit_name(kind: str, number: int) -> str:
    """`pair 13`; a kind of the user's own passes through."""
    template = {
        "pair": tr("pair {n}"),
        "heat": tr("heat {n}"),
        "run": tr("run {n}"),
        "group": tr("group {n}"),
        "race": tr("race {n}"),
        "flight": tr("flight {n}"),
        "attempt": tr("attempt {n}"),
    }.get(kind)
    return template.format(n=number) if template else f"{kind} {number}"


def units(kind: str, number: int) -> str:
    """`1 pair`, `2 pairs`; a kind of the user's own gets an s."""
    forms = {
        "pair": (tr("{n} pair"), tr("{n} pairs")),
        "heat": (tr("{n} heat"), tr("{n} heats")),
        "run": (tr("{n} run"), tr("{n} runs")),
        "group": (tr("{n} group"), tr("{n} groups")),
        "race": (tr("{n} race"), tr("{n} races")),
        "flight": (tr("{n} flight"), tr("{n} flights")),
        "attempt": (tr("{n} attempt"), tr("{n} attempts")),
    }.get(kind)
    if forms is None:
        return f"{number} {kind}" if number == 1 else f"{number} {kind}s"
    return forms[number != 1].format(n=number)


def unit_kind_word(kind: str) -> str:
    """`Pair`, `Heat` and so on, as a heading."""
    return {
        "pair": tr("Pair"),
        "heat": tr("Heat"),
        "run": tr("Run"),
        "group": tr("Group"),
        "race": tr("Race"),
        "flight": tr("Flight"),
        "attempt": tr("Attempt"),
    }.get(kind, kind.capitalize())
