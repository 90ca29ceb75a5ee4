"""Who and what the texts of a file are: nations on a day, and people, whom nobody guesses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from medaldesk.book.errors import UnknownCode
from medaldesk.book.import_errors import NationUnlike
from medaldesk.book.reads.bulk import BulkReads, KnownAthlete, KnownCode
from medaldesk.domain.names import fold

_ISO = (
    "deu=GER nld=NED che=SUI dnk=DEN grc=GRE hrv=CRO svn=SLO bgr=BUL prt=POR lva=LAT "
    "zaf=RSA chl=CHI ury=URU pry=PAR dza=ALG ago=ANG bgd=BAN bhs=BAH brb=BAR bmu=BER "
    "khm=CAM cri=CRC fji=FIJ gtm=GUA hnd=HON hti=HAI idn=INA irn=IRI kwt=KUW lbn=LBN "
    "lby=LBA mng=MGL mys=MAS npl=NEP nga=NGR phl=PHI pri=PUR sau=KSA lka=SRI sdn=SUD "
    "twn=TPE tza=TAN vnm=VIE zmb=ZAM zwe=ZIM are=UAE tgo=TOG mmr=MYA mus=MRI ner=NIG "
    "nic=NCA slv=ESA vct=VIN kna=SKN atg=ANT grd=GRN abw=ARU cym=CAY vgb=IVB vir=ISV "
    "asm=ASA bfa=BUR bhr=BRN blz=BIZ btn=BHU bwa=BOT cog=CGO gin=GUI gmb=GAM gnb=GBS "
    "gnq=GEQ lso=LES mco=MON mdg=MAD mrt=MTN mwi=MAW omn=OMA pse=PLE slb=SOL syc=SEY "
    "tcd=CHA ton=TGA vut=VAN wsm=SAM xkx=KOS"
)
"""ISO 3166 codes that differ from those of the Olympic committees."""

SPELLINGS = {
    "united states of america": "USA",
    "us": "USA",
    "u.s.a.": "USA",
    "great britain & n.i.": "GBR",
    "great britain and northern ireland": "GBR",
    "united kingdom": "GBR",
    "uk": "GBR",
    "holland": "NED",
    "the netherlands": "NED",
    "russia": "RUS",
    "russian federation": "RUS",
    "china": "CHN",
    "korea": "KOR",
    "south korea": "KOR",
    "korea, south": "KOR",
    "republic of korea": "KOR",
    "north korea": "PRK",
    "dpr korea": "PRK",
    "taiwan": "TPE",
    "hong kong": "HKG",
    "czech republic": "CZE",
    "ivory coast": "CIV",
    "iran": "IRI",
    "syria": "SYR",
    "vietnam": "VIE",
    "viet nam": "VIE",
    "moldova": "MDA",
    "turkey": "TUR",
    "macedonia": "MKD",
    "ussr": "URS",
    "east germany": "GDR",
    "west germany": "FRG",
    **dict(pair.split("=") for pair in _ISO.split()),
}
"""Names and codes that people write, to the code they mean; the book's own go before."""


_CODE = 3
"""Letters of a code."""

_ALIKE = 0.75
"""How much of a code or name has to be the same, from 0 to 1, for it to be asked about."""


class Nations:
    """Nations by code or name on a day (RULES R13), else by one that only a single nation had."""

    def __init__(self, codes: Iterable[KnownCode]) -> None:
        self._spans: dict[str, list[KnownCode]] = defaultdict(list)
        for code in codes:
            self._spans[fold(code.code)].append(code)
            if fold(code.name) != fold(code.code):
                self._spans[fold(code.name)].append(code)
        self._found: dict[tuple[str, str], int | None] = {}

    def find(self, text: str, day: str) -> int | None:
        """The id of a nation, None where nothing tells which one is meant."""
        key = (text, day)
        if key not in self._found:
            word = fold(text)
            found = self._find(word, day)
            if found is None and word in SPELLINGS:
                found = self._find(fold(SPELLINGS[word]), day)
            self._found[key] = found
        return self._found[key]

    def unknown(self, text: str) -> UnknownCode:
        """What to say of a text that is no nation: those whose code or name is like it."""
        word = fold(text)
        names = [*self._spans, *(name for name in SPELLINGS if len(name) > _CODE)]
        near = get_close_matches(word, names, n=6, cutoff=_ALIKE)
        # A code of three letters with two of them changed round is as near as one letter off.
        near += [
            code for code in self._spans if len(code) == _CODE and sorted(code) == sorted(word)
        ]
        codes = [SPELLINGS.get(name) or self._spans[name][-1].code for name in near]
        known = list(dict.fromkeys(codes))[:3]
        if not known:
            return UnknownCode(what="nation", code=text)
        return NationUnlike(what="nation", code=text, known=", ".join(known))

    def _find(self, word: str, day: str) -> int | None:
        spans = self._spans.get(word, [])
        there = {span.nation for span in spans if span.first <= day <= span.last}
        ever = there or {span.nation for span in spans}
        return next(iter(ever)) if len(ever) == 1 else None


class DoubtKind(StrEnum):
    """Why a match of an athlete is doubtful; the row was taken all the same.

    `OTHER_NATION`: taken as a new person, though somebody of the name competed for another
    nation. `SEVERAL`: the book has several of the name and nation; the one whose career fits was
    taken. `SAME_NAME`: two rows of one event cannot be one person, so another one was added.
    `TWO_TEAMS`: nor can they be one team. `FACTS_DIFFER`: the rows of an event do not agree about
    a column of it; the first was taken. `DECIDED`: ranks or medals of the file are not those that
    the event gives, so a decision that quotes the file says so.
    `OTHER_RANK`: the rank of the file is not the one that its marks give, which stands. `KEPT`:
    a message has them no longer, but a decision, a ruling or a note is about them.
    `BOOK_DIFFERS`: a column of an event or competition is another one in the book, and stays so.
    """

    OTHER_NATION = "other_nation"
    SEVERAL = "several"
    SAME_NAME = "same_name"
    OTHER_RANK = "other_rank"
    TWO_TEAMS = "two_teams"
    FACTS_DIFFER = "facts_differ"
    DECIDED = "decided"
    KEPT = "kept"
    BOOK_DIFFERS = "book_differs"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubtful match; `others` are names, nations (ids) and, of those in the book, ids.

    Where it is about an event, `name` is its name, `nation` is 0, and `column` and `text` say what
    of the file it is about.
    """

    kind: DoubtKind
    source: int
    row: int
    name: str
    nation: int
    others: tuple[tuple[str, int, int], ...] = ()
    column: str = ""
    text: str = ""


@dataclass(slots=True, eq=False)
class Person:
    """Somebody in the book, or new."""

    id: int
    name: str
    gender: str | None
    birth_date: str | None
    nation: int
    is_new: bool = False

    def can_be(self, gender: str | None, birth_date: str | None) -> bool:
        """Whether nothing that is known contradicts (a mixed event says nothing)."""
        if birth_date and self.birth_date and birth_date != self.birth_date:
            return False
        return not (gender and self.gender and gender != self.gender)


def folded(name: str) -> str:
    """`fold`, without the work that letters of ASCII do not need."""
    return " ".join(name.lower().split()) if name.isascii() else fold(name)


def name_key(name: str) -> str:
    """A name without case, diacritics and the order of its words."""
    plain = folded(name)
    return " ".join(sorted(plain.replace("-", " ").replace(".", " ").split()))


Same = Mapping[tuple[str, int], tuple[str, int]]


class People:
    """Athletes by name and nation; the same name of another nation is another person."""

    def __init__(self, reads: BulkReads, same: Same) -> None:
        self._reads = reads
        self._same = same
        self._known: dict[tuple[str, int], list[Person]] = {}
        self._nations: dict[str, list[Person]] = {}
        self._keys: dict[str, str] = {}
        self._careers: dict[int, set[int]] = {}
        athletes = {athlete.id: athlete for athlete in reads.known_athletes()}
        for athlete, nation in reads.known_allegiances():
            self._add_known(athletes[athlete], nation)

    def _add_known(self, athlete: KnownAthlete, nation: int) -> None:
        self.add(Person(athlete.id, athlete.name, athlete.gender, athlete.birth_date, nation))

    def key(self, name: str) -> str:
        """The key of a name, worked out once."""
        key = self._keys.get(name)
        if key is None:
            key = self._keys[name] = name_key(name)
        return key

    def add(self, person: Person) -> None:
        """Let somebody be found from now on."""
        key = self.key(person.name)
        known = (key, person.nation)
        self._known.setdefault(self._same.get(known, known), []).append(person)
        self._nations.setdefault(key, []).append(person)

    def of(self, name: str, nation: int) -> list[Person]:
        """Everybody of a name and nation, the earliest added first."""
        key = (self.key(name), nation)
        if self._same:
            key = self._same.get(key, key)
        return self._known.get(key, [])

    def elsewhere(self, name: str, nation: int) -> list[Person]:
        """Everybody of a name who competed for other nations only."""
        namesakes = self._nations.get(self.key(name))
        if not namesakes:
            return []
        here = {person.id for person in namesakes if person.nation == nation}
        return [p for p in namesakes if p.nation != nation and p.id not in here]

    def by_career(self, people: Collection[Person], event_type: int) -> Iterator[Person]:
        """Those who did an event before come first."""
        asked = [p.id for p in people if not p.is_new and p.id not in self._careers]
        if asked:
            self._careers |= {athlete: set() for athlete in asked}
            for athlete, did in self._reads.known_careers(asked):
                self._careers[athlete].add(did)
        return iter(sorted(people, key=lambda p: event_type not in self._careers.get(p.id, ())))
