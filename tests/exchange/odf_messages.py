"""Messages of the Olympic Data Feed, typed in a test, and importing them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from medaldesk.book.book import Book
from medaldesk.exchange.importing.apply import apply_plan
from medaldesk.exchange.importing.mapping import ImportMapping
from medaldesk.exchange.importing.plan import Plan, make_plan
from medaldesk.exchange.odf.read import odf_sources
from medaldesk.exchange.xml_files import read_xml

EVENT = "SSKW1000M---------------------"[:22]
FINAL = f"{EVENT}FNL-000100--"
DAY = "2026-02-09"


def attributes(**values: object) -> str:
    """Attributes of an element; those without a value are left out."""
    given = {name: value for name, value in values.items() if value not in (None, "")}
    return "".join(f" {name}={quoteattr(str(value))}" for name, value in given.items())


@dataclass(frozen=True)
class Skater:
    """Somebody who competes; `pair` is there where a message is of all pairs."""

    family: str
    given: str
    nation: str
    code: int = 0
    pair: int | None = None
    lane: str = ""

    def competitor(self) -> str:
        code = self.code or sum(map(ord, self.family + self.given))
        about = attributes(
            GivenName=self.given, FamilyName=self.family, Gender="F", Organisation=self.nation
        )
        pair = f'<EventUnitEntry Type="EUE" Code="PAIR" Value="{self.pair}"/>' if self.pair else ""
        lane = f'<EventUnitEntry Type="EUE" Code="LANE" Value="{self.lane}"/>' if self.lane else ""
        who = attributes(Code=code, Type="A", Organisation=self.nation)
        return (
            f"<Competitor{who}><Composition><Athlete{attributes(Code=code, Order=1)}>"
            f"<Description{about}/>{pair}{lane}</Athlete></Composition></Competitor>"
        )


LEERDAM = Skater("LEERDAM", "Jutta", "NED", pair=15, lane="I")
KOK = Skater("KOK", "Femke", "NED", pair=13, lane="O")
TAKAGI = Skater("TAKAGI", "Miho", "JPN", pair=15, lane="O")
BOWE = Skater("BOWE", "Brittany", "USA", pair=13, lane="I")


def body(
    kind: str,
    code: str,
    payload: str,
    *,
    time: str = "180000000",
    version: int = 1,
    **others: object,
) -> str:
    """A message; `others` are attributes of its `OdfBody`."""
    head = {
        "CompetitionCode": "OWG2026",
        "DocumentCode": code,
        "DocumentType": kind,
        "Version": version,
        "FeedFlag": "P",
        "Date": DAY,
        "Time": time,
        "LogicalDate": DAY,
        "Source": "SSKTIM1",
    }
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><OdfBody{attributes(**{**head, **others})}>'
        f"<Competition>{payload}</Competition></OdfBody>"
    )


INFOS = (
    f'<ExtendedInfos><UnitDateTime StartDate="{DAY}T17:30:00+01:00"/>'
    '<SportDescription DisciplineName="Speed Skating" EventName="Women\'s 1000 m" '
    'SubEventName="Women\'s 1000 m" Gender="W"/>'
    '<VenueDescription Venue="SSK" VenueName="Milano Speed Skating Stadium"/></ExtendedInfos>'
)


def result(
    who: Skater,
    mark: str = "",
    rank: int | None = None,
    order: int = 0,
    *,
    irm: str = "",
    sort: int = 1,
) -> str:
    """A line of a unit."""
    said = attributes(
        Rank=rank,
        ResultType="IRM" if irm else "TIME" if mark else "",
        Result=mark,
        IRM=irm,
        SortOrder=sort,
        StartOrder=order or None,
    )
    return f"<Result{said}>{who.competitor()}</Result>"


def results(status: str, *lines: str, code: str = FINAL, **others: object) -> str:
    """A unit."""
    return body("DT_RESULT", code, INFOS + "".join(lines), ResultStatus=status, **others)


def medallists(*medals: tuple[str, Skater], status: str = "OFFICIAL", **others: object) -> str:
    """The medals of the women's 1000 m: `ME_GOLD` and who has it."""
    found = [
        f'<Medal Code="{code}" Date="{DAY}" Unit="{FINAL}">{who.competitor()}</Medal>'
        for code, who in medals
    ]
    code = f"{EVENT}------------"
    payload = INFOS + "".join(found)
    return body("DT_MEDALLISTS", code, payload, ResultStatus=status, **others)


def participants(*people: Skater, **others: object) -> str:
    """Who is entered for the women's 1000 m."""
    found = [
        f"<Participant{attributes(**_participant(who))}>"
        f'<Discipline Code="SSK"><RegisteredEvent Event="{EVENT}------------"/></Discipline>'
        "</Participant>"
        for who in people
    ]
    return body("DT_PARTIC", "SSK".ljust(34, "-"), "".join(found), **others)


def _participant(who: Skater) -> dict[str, object]:
    return {
        "Code": who.code or sum(map(ord, who.family + who.given)),
        "GivenName": who.given,
        "FamilyName": who.family,
        "Gender": "F",
        "Organisation": who.nation,
        "Current": "true",
    }


def plan_of(book: Book, *messages: str) -> Plan:
    documents = [(f"{n}.xml", read_xml(text.encode())) for n, text in enumerate(messages, start=1)]
    sources = odf_sources(documents)
    return make_plan(book.reads, [(source, source.given or ImportMapping()) for source in sources])


def take(book: Book, *messages: str) -> Plan:
    """Import messages together; the plan that was made true."""
    plan = plan_of(book, *messages)
    apply_plan(book, plan)
    return plan


def told(plan: Plan) -> Sequence[tuple[str, int, str]]:
    """What is not taken: file, row and class of the error."""
    return [(plan.titles[p.source], p.row, type(p.error).__name__) for p in plan.problems]
