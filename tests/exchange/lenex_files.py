"""Files of Lenex as they are typed in a test, and reading and importing them."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import quoteattr

from medaldesk.book.book import Book
from medaldesk.exchange.importing.apply import apply_plan
from medaldesk.exchange.importing.plan import Plan, make_plan
from medaldesk.exchange.importing.rows import Source
from medaldesk.exchange.importing.sources import XmlKind, sources_of_all
from medaldesk.reports.sentences import sentence


def tag(name: str, /, *inside: str, **attributes: object) -> str:
    """An element; `type_` and the like stand for attributes whose names Python keeps."""
    given = "".join(f" {key.rstrip('_')}={quoteattr(str(v))}" for key, v in attributes.items())
    return f"<{name}{given}>{''.join(inside)}</{name}>"


def lenex(*inside: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tag("LENEX", *inside, version="3.0")}'


def style(distance: int, stroke: str = "FREE", count: int = 1, **others: object) -> str:
    return tag("SWIMSTYLE", distance=distance, stroke=stroke, relaycount=count, **others)


def event(key: int, what: str, *inside: str, **attributes: object) -> str:
    given = {"eventid": key, "number": key, "gender": "M"} | attributes
    return tag("EVENT", what, *inside, **given)


def heats(*lines: str) -> str:
    return tag("HEATS", *lines)


def heat(key: int, number: int = 1, **attributes: object) -> str:
    return tag("HEAT", heatid=key, number=number, **attributes)


def group(key: int, places: dict[int, int], low: int = -1, high: int = -1, **more: object) -> str:
    """An age group with result to place."""
    lines = (tag("RANKING", resultid=result, place=place) for result, place in places.items())
    given = {"agegroupid": key, "agemin": low, "agemax": high} | more
    return tag("AGEGROUP", tag("RANKINGS", *lines), **given)


def groups(*lines: str) -> str:
    return tag("AGEGROUPS", *lines)


def session(day: str, *events: str, **attributes: object) -> str:
    return tag("SESSION", tag("EVENTS", *events), number=1, date=day, **attributes)


def nation(code: str, *inside: str, name: str = "") -> str:
    """The team of a nation."""
    return tag("CLUB", *inside, type_="NATIONALTEAM", nation=code, code=code, name=name or code)


def swimmers(*lines: str) -> str:
    return tag("ATHLETES", *lines)


def swimmer(key: int, family: str, given: str, *results: str, **attributes: object) -> str:
    """An athlete with results, or with entries that stand beside these."""
    said = {"athleteid": key, "lastname": family, "firstname": given, "gender": "M"} | attributes
    entries = [line for line in results if line.startswith("<ENTRY")]
    others = [line for line in results if not line.startswith("<ENTRY")]
    return tag("ATHLETE", tag("ENTRIES", *entries), tag("RESULTS", *others), **said)


def result(key: int, of: int, time: str, *inside: str, **attributes: object) -> str:
    return tag("RESULT", *inside, resultid=key, eventid=of, swimtime=time, **attributes)


def entry(of: int, time: str = "NT", *inside: str, **attributes: object) -> str:
    return tag("ENTRY", *inside, eventid=of, entrytime=time, **attributes)


def relay(*lines: str, **attributes: object) -> str:
    return tag("RELAYS", tag("RELAY", tag("RESULTS", *lines), **attributes))


def positions(*athletes: int) -> str:
    """Who swam, first to last."""
    lines = (
        tag("RELAYPOSITION", number=n, athleteid=key) for n, key in enumerate(athletes, start=1)
    )
    return tag("RELAYPOSITIONS", *lines)


def meet(sessions: str, clubs: str, **attributes: object) -> str:
    said = {"name": "Olympic Games Paris 2024", "city": "Paris", "nation": "FRA", "course": "LCM"}
    sub = (tag("SESSIONS", sessions), tag("CLUBS", clubs))
    return tag("MEETS", tag("MEET", *sub, **(said | attributes)))


def records(*lines: str, **attributes: object) -> str:
    """A record list."""
    said = {"name": "World records", "type": "WR", "gender": "M", "course": "LCM"} | attributes
    return tag("RECORDLISTS", tag("RECORDLIST", tag("RECORDS", *lines), **said))


FREE400 = style(400)
FIRST = {1001: 1, 1002: 2, 1003: 3}
PARIS = meet(
    session(
        "2024-07-27",
        event(
            1,
            FREE400,
            heats(heat(14, 4, daytime="11:57"), heat(15, 5, daytime="12:03")),
            round="PRE",
            daytime="11:36",
        ),
        event(
            101,
            FREE400,
            groups(group(1, FIRST)),
            heats(heat(111, final="A", daytime="20:42", status="OFFICIAL")),
            round="FIN",
            preveventid=1,
            number=1,
        ),
    ),
    nation(
        "GER",
        swimmers(
            swimmer(
                1,
                "MÄRTENS",
                "Lukas",
                result(901, 1, "00:03:44.13", heatid=15, lane=4, reactiontime="+64"),
                result(1001, 101, "00:03:41.78", heatid=111, lane=5, reactiontime="+62"),
                birthdate="2001-12-28",
            )
        ),
    )
    + nation(
        "AUS",
        swimmers(
            swimmer(
                2, "Winnington", "Elijah", result(1002, 101, "00:03:42.21", heatid=111, lane=7)
            ),
            swimmer(4, "Short", "Samuel", result(904, 1, "NT", heatid=14, lane=5, status="DSQ")),
        ),
    )
    + nation(
        "KOR",
        swimmers(
            swimmer(
                3,
                "Kim",
                "Woo-min",
                result(
                    1003,
                    101,
                    "00:03:42.50",
                    tag("SPLITS", tag("SPLIT", distance=50, swimtime="00:00:25.40")),
                    heatid=111,
                    lane=1,
                ),
                birthdate="2001-01-01",
            )
        ),
    ),
)
WORLD = records(
    tag(
        "RECORD",
        FREE400,
        tag("ATHLETE", tag("CLUB", nation="GER"), lastname="Biedermann", firstname="Paul"),
        tag("MEETINFO", city="Rome", nation="ITA", date="2009-07-26", name="Rome 2009"),
        swimtime="00:03:40.07",
    )
)


def one_event(*lines: str, what: str = FREE400, **attributes: object) -> str:
    """A meet of one timed final with these athletes of the Netherlands."""
    attributes.setdefault("name", "Meet 2024")
    return meet(
        session("2024-03-02", event(1, what, heats(heat(11, 1), heat(12, 2)))),
        nation("NED", swimmers(*lines)),
        **attributes,
    )


def programme(*events: str, lines: str = "") -> str:
    return meet(session("2024-03-02", *events), nation("NED", swimmers(lines)), name="Meet 2024")


# Reading and importing


def read_lenex(folder: Path, content: str) -> list[Source]:
    """The sources of a file of Lenex."""
    path = folder / "in.lef"
    path.write_text(content, encoding="utf-8")
    return sources_of_all([path], XmlKind.LENEX)


def take_lenex(book: Book, *inside: str) -> Plan:
    """Import a file of Lenex; the plan that was made true."""
    sources = read_lenex(book.path.parent, lenex(*inside))
    plan = make_plan(book.reads, [(s, s.given) for s in sources if s.given is not None])
    apply_plan(book, plan)
    return plan


def cells(source: Source, *columns: str) -> list[tuple[str, ...]]:
    """Some columns of each row."""
    places = [source.heading.index(column) for column in columns]
    return [tuple(row[place] for place in places) for _, row in source.rows()]


def told(plan: Plan) -> list[str]:
    return [sentence(problem.error) for problem in plan.problems]
