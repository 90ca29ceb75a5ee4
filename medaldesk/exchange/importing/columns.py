"""What the columns of a file are, by their headings and by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from medaldesk.domain.names import fold
from medaldesk.exchange.nation_table import NATION_COLUMNS
from medaldesk.exchange.record_table import RECORD_COLUMNS
from medaldesk.exchange.tidy import TIDY_COLUMNS

TARGETS = TIDY_COLUMNS
"""What a mapping of results can read."""

REASON = "not taken because"
"""The heading of the reasons in a report of rows that were not taken; it is no column of theirs."""

_OF_KIND = {"records": RECORD_COLUMNS, "nations": NATION_COLUMNS}


def targets_of(kind: str) -> Mapping[str, str]:
    """What the columns of a file of a kind (an `ImportKind`) can be, and what stands in them."""
    return _OF_KIND.get(kind, TARGETS)


CERTAIN, LIKELY, POSSIBLE = 1.0, 0.8, 0.5
"""How sure a heading is: the name itself, a word that means it, one that may mean it."""

_WORDS = {
    "series": "series tour cup",
    "competition": "competition games meet meeting edition championship tournament comp",
    "competition_name": "competitionname gamesname meetname",
    "city": "city host hostcity town place_of_competition",
    "start_date": "startdate firstday from datefrom",
    "end_date": "enddate lastday until dateto",
    "discipline": "discipline sport disciplinecode sportcode",
    "event": "event eventcode distance race contest",
    "event_name": "eventname eventtitle",
    "gender": "gender sex eventgender",
    "venue": "venue arena stadium oval",
    "date": "date day eventdate racedate",
    "time": "clock clocktime timeofday starttime",
    "phase": "phase round stage",
    "unit": "unit heat pair group rit lauf serie manche",
    "order": "startorder order startposition",
    "bib": "bib bibnumber startnumber dossard rugnummer rugnr startnummer",
    "lane": "lane track baan bahn couloir",
    "athlete": "athlete name athletename fullname competitor skater swimmer rider participant naam",
    "family_name": "familyname surname lastname family achternaam nachname familienname nom",
    "given_name": "givenname firstname given forename voornaam vorname prenom",
    "team": "team teamname crew",
    "member_of": "memberof",
    "nation": "nation noc nat country nationality code countrycode noccode organisation land pays",
    "mark": "mark result time performance score points distancejumped weightlifted tijd zeit temps",
    "status": "status irm",
    "tie_break": "tiebreak thousandths",
    "wind": "wind windspeed",
    "rank": "rank rk pos position place finish rang plaats platz",
    "medal": "medal medaltype medalcode",
    "official": "official officialon",
    "note": "note notes remark remarks comment",
    "source": "source sourceurl",
    "birth_date": "birthdate dateofbirth dob born",
}
_MAYBE = (
    "code distance place position order name sport time score points games day family given from "
    "until finish group series tour cup race stage naam nom plaats platz land serie"
)

_EVENT = ("discipline", "event", "event_name", "gender", "nation", "date", "source")
_RECORD_WORDS = {
    **{target: _WORDS[target] for target in _EVENT},
    **{target: _WORDS[target] for target in ("family_name", "given_name", "team", "series")},
    "record": "record recordtype recordlist recordkind kind type listcode",
    "record_name": "recordname recordtypename",
    "of_nation": "ofnation recordnation",
    "continent": "continent area",
    "of_venue": "ofvenue track",
    "age_class": "ageclass agegroup category",
    "shares_equal": "sharesequal shared",
    "wind_limit": "windlimit",
    "line": "line",
    "athlete": f"{_WORDS['athlete']} holder recordholder",
    "mark": "mark result time performance record distance weight",
    "place": "place city town location venue where",
    "competition": _WORDS["competition"],
    "phase": _WORDS["phase"],
    "unit": _WORDS["unit"],
    "ruling": "ruling status",
    "ruled_on": "ruledon ratifiedon statusdate",
}
_NATION_WORDS = {
    "nation": "nation team",
    "code": "code noc noccode nationcode ioccode ioc",
    "name": "name nationname country countryname description",
    "kind": "kind type",
    "continent": "continent region association",
    "valid_from": "validfrom from since start first",
    "valid_to": "validto to until end last",
    "iso": "iso iso3 isocode alpha3 countrycode",
    "population": "population people inhabitants value pop",
    "population_date": "populationdate year date",
    "source": "source sourceurl",
}
_MAYBE_RECORDS = f"{_MAYBE} type kind record category team track status venue"
_MAYBE_NATIONS = "nation team type value year date from to start first end last region"

_UNSURE = frozenset(_MAYBE.split())
_UNSURE_OF = {
    "records": frozenset(_MAYBE_RECORDS.split()),
    "nations": frozenset(_MAYBE_NATIONS.split()),
}


def _spelt(heading: str) -> str:
    """A heading without case, diacritics and what stands between its words."""
    return re.sub(r"[\W_]+", "", fold(heading))


def _undated(heading: str) -> str:
    """A heading without the year behind it: `Population 2025`."""
    return re.sub(r"(19|20)[0-9]{2}$", "", _spelt(heading))


def _by_spelling(words: Mapping[str, str], targets: Mapping[str, str]) -> Mapping[str, str]:
    spelt = {_spelt(word): target for target, known in words.items() for word in known.split()}
    return spelt | {_spelt(target): target for target in targets}


_TARGET_OF = _by_spelling(_WORDS, TARGETS)
_TARGET_OF_KIND = {
    "records": _by_spelling(_RECORD_WORDS, RECORD_COLUMNS),
    "nations": _by_spelling(_NATION_WORDS, NATION_COLUMNS),
}
_ANY_TARGET = frozenset({*_TARGET_OF, *(w for of in _TARGET_OF_KIND.values() for w in of)})


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column of a file is taken for; `target` is None where nothing fits.

    `confidence` goes from 0 to 1; `examples` are some of its cells.
    """

    number: int
    heading: str
    target: str | None
    confidence: float
    examples: tuple[str, ...] = ()


def find_heading(rows: Sequence[Sequence[str]]) -> int:
    """The number of the row that names the columns, among the first rows of a file.

    It is the one with the most known headings; the first row where none is known.
    """
    known = [sum(_spelt(cell) in _ANY_TARGET for cell in row) for row in rows]
    return known.index(max(known)) if known else 0


def recognise(
    heading: Sequence[str], sample: Sequence[Sequence[str]], kind: str = "results"
) -> list[Guess]:
    """What each column of a file of a kind is, by its heading first; `sample` are rows below it.

    No two columns are the same thing: the surer one is, then the one whose cells look like it.
    """
    guesses = []
    target_of = _TARGET_OF_KIND.get(kind, _TARGET_OF)
    unsure = _UNSURE_OF.get(kind, _UNSURE)
    for number, text in enumerate(heading):
        cells = [row[number].strip() for row in sample if number < len(row)]
        filled = tuple(dict.fromkeys(cell for cell in cells if cell))
        target = _meant(target_of.get(_spelt(text)) or target_of.get(_undated(text)), filled)
        sure = _confidence(text, target, filled, unsure) if target else 0.0
        guesses.append(Guess(number, text, target, sure, filled[:3]))
    best: dict[str, Guess] = {}
    for guess in guesses:
        if guess.target and guess.confidence > getattr(best.get(guess.target), "confidence", 0.0):
            best[guess.target] = guess
    chosen = [
        guess
        if guess.target is None or best.get(guess.target) is guess
        else Guess(guess.number, guess.heading, None, 0.0, guess.examples)
        for guess in guesses
    ]
    return list(map(_as_family_name, chosen)) if _is_name_split(chosen) else chosen


def _is_name_split(guesses: Sequence[Guess]) -> bool:
    targets = {guess.target for guess in guesses}
    return "given_name" in targets and "family_name" not in targets


def _as_family_name(guess: Guess) -> Guess:
    """`Name` beside a given name is the rest of it."""
    return replace(guess, target="family_name") if guess.target == "athlete" else guess


def likely(guesses: Collection[Guess]) -> set[str]:
    """What columns are with some certainty."""
    return {g.target for g in guesses if g.target and g.confidence > POSSIBLE}


def _confidence(heading: str, target: str, cells: Sequence[str], unsure: Collection[str]) -> float:
    """How sure a heading is, and whether the cells look like what it says."""
    word = _spelt(heading)
    sure = CERTAIN if word == _spelt(target) else POSSIBLE if word in unsure else LIKELY
    looks = _LOOKS.get(target)
    if looks is None or not cells:
        return sure
    fitting = sum(looks(cell) for cell in cells) / len(cells)
    return sure * (0.4 + 0.6 * fitting)


_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:h][0-5][0-9](:[0-5][0-9])?")


def _meant(target: str | None, cells: Sequence[str]) -> str | None:
    """`Time` stands above times of day, and above marks more often."""
    is_mark = target == "time" and cells and not any(map(_CLOCK.fullmatch, cells))
    return "mark" if is_mark else target


_CODE = re.compile(r"[A-Z]{2,3}")
_NUMBER = re.compile(r"=?[0-9]{1,5}[.=]?")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}.*|[0-9]{1,2}[ ./-]\w+[ ./-][0-9]{4}")


def _matches(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda cell: pattern.fullmatch(cell) is not None


_LOOKS: dict[str, Callable[[str], bool]] = {
    "nation": _matches(_CODE),
    "code": _matches(_CODE),
    "iso": _matches(_CODE),
    "rank": lambda cell: _NUMBER.fullmatch(cell) is not None or cell == "-",
    "order": _matches(_NUMBER),
    "date": _matches(_DATE),
    "start_date": _matches(_DATE),
    "end_date": _matches(_DATE),
    "birth_date": _matches(_DATE),
    "valid_from": _matches(_DATE),
    "valid_to": _matches(_DATE),
    "population": lambda cell: cell[:1].isdigit(),
    "athlete": lambda cell: _LETTERS.search(cell) is not None,
    "mark": lambda cell: any(letter.isdigit() for letter in cell) or len(cell) < 4,
}
