"""Two medal tables as a whole: the reasons that only all nations together tell."""

from __future__ import annotations

from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from medaldesk.book.checked_table import NONE, Part, Reason
from medaldesk.book.reads.standings import MedalRow
from medaldesk.book.table_balance import Balance, Nation
from medaldesk.domain.medals import Medal
from medaldesk.domain.standings import Tally

COLOURS = tuple(Medal)


def medals(*events: str) -> list[tuple[str, MedalRow]]:
    """Events as `Long jump: BRA, -, NGR`: gold, silver, bronze; `+` between who share one."""
    rows = []
    numbers = count(1)
    for event, text in enumerate(events, start=1):
        name, _, places = text.partition(": ")
        for medal, holders in zip(Medal, places.split(", "), strict=True):
            for code in holders.split("+"):
                if code != "-":
                    number = next(numbers)
                    rows.append(
                        (
                            code,
                            MedalRow(
                                event=event,
                                event_name=name,
                                result=number,
                                name=f"{code} in {name}",
                                nation=code,
                                medal=medal,
                                day="2008-08-22",
                                official=True,
                                entry=number,
                                decision=None,
                                nation_id=number,
                            ),
                        )
                    )
    return rows


def accounts(
    held: list[tuple[str, MedalRow]],
    *,
    early: bool = False,
    mixed: str = "ZZX",
    unlisted: str = "",
    **rests: str,
) -> dict[str, tuple[Part, ...]]:
    """What accounts for rests such as `NGR="0 1 -1"`, by nation."""
    keys = {code: key for key, code in enumerate({*rests, *(code for code, _ in held)})}
    nations = {
        keys[code]: Nation(
            code, Tally(*map(int, text.split())), code not in unlisted, code == mixed
        )
        for code, text in rests.items()
    }
    found = Balance(nations, [(keys[code], row) for code, row in held], early=early).parts()
    for key, nation in nations.items():
        assert sum((part.change for part in found[key]), NONE) == nation.rest
    return {nation.code: found[key] for key, nation in nations.items()}


def reasons(found: dict[str, tuple[Part, ...]]) -> dict[str, list[Reason]]:
    return {code: [part.reason for part in parts] for code, parts in found.items()}


def names(part: Part) -> list[str]:
    return [medal.name or medal.event_name for medal in part.medals]


def test_others_moved_up_into_a_medal_that_is_vacant_here():
    held = medals("Long jump: BRA, -, NGR", "High jump: BEL, CRO, NGR")
    found = accounts(held, NGR="0 1 -1", JAM="0 0 1")
    assert reasons(found) == {"NGR": [Reason.MOVED_UP], "JAM": [Reason.MOVED_UP]}
    assert names(found["NGR"][0]) == ["NGR in Long jump"]
    assert names(found["JAM"][0]) == ["Long jump"]
    assert not any(medal.here for medal in found["JAM"][0].medals)


def test_a_disqualification_that_the_book_does_not_have():
    """Gold is taken away, all below move up, the fourth has the bronze."""
    held = medals("Road race: USA, GER, SUI", "Time trial: USA, GER, ESP")
    found = accounts(held, USA="-1 0 0", GER="1 -1 0", SUI="0 1 -1", POR="0 0 1")
    assert {code: parts[0].reason for code, parts in found.items()} == dict.fromkeys(
        ("USA", "GER", "SUI", "POR"), Reason.MOVED_UP
    )
    assert names(found["USA"][0]) == ["USA in Road race"]
    assert names(found["POR"][0]) == ["Road race"]


def test_a_disqualification_that_the_published_table_does_not_have():
    """Somebody without a medal here has the gold there; all with one come after."""
    held = medals("100 m: USA, GBR, FRA", "200 m: USA, BRA, GBR")
    found = accounts(held, CAN="1 0 0", USA="-1 1 0", GBR="0 -1 1", FRA="0 0 -1")
    assert {parts[0].reason for parts in found.values()} == {Reason.MOVED_DOWN}
    assert names(found["FRA"][0]) == ["FRA in 100 m"]


def test_a_vacant_medal_comes_before_a_chain_that_fits_by_chance():
    """Both silvers are held by the nation of a gold; only one event lacks a gold."""
    held = medals("Super heavy: IRI, IRI, RUS", "Heavy: -, IRI, POL")
    found = accounts(held, IRI="1 -1 0", POL="0 1 -1", UZB="0 0 1")
    assert {parts[0].reason for parts in found.values()} == {Reason.MOVED_UP}
    assert names(found["IRI"][0]) == ["IRI in Heavy"]


def test_a_medal_that_is_vacant_here():
    held = medals("Sprint: SVK, -, UKR")
    (part,) = accounts(held, RUS="0 1 0")["RUS"]
    assert (part.reason, names(part)) == (Reason.VACANT, ["Sprint"])


def test_a_tie_above_leaves_nothing_vacant():
    held = medals("Vault: FRA+USA, -, GER", "Bar: SWE, SUI+GER, -")
    assert reasons(accounts(held, RUS="0 1 0")) == {"RUS": [Reason.SHARED]}
    assert reasons(accounts(held, RUS="0 0 1")) == {"RUS": [Reason.SHARED]}


def test_a_medal_that_is_shared_there():
    held = medals("Ski cross: SWE, CAN, GER")
    assert reasons(accounts(held, SUI="0 0 1")) == {"SUI": [Reason.SHARED]}
    assert reasons(accounts(held, SUI="0 0 2")) == {"SUI": [Reason.UNEXPLAINED]}


def test_events_that_the_book_does_not_have():
    held = medals("K1 1000 m: SWE, TCH, GER")
    found = accounts(held, FIN="2 0 0", SWE="0 2 0", GER="0 0 1", HUN="0 0 1")
    assert {parts[0].reason for parts in found.values()} == {Reason.MISSING_EVENTS}


def test_a_bronze_that_another_nation_has():
    held = medals("56 kg: PRK, CHN, AZE", "62 kg: PRK, COL, INA")
    found = accounts(held, AZE="0 0 -1", VIE="0 0 1")
    assert reasons(found) == {"AZE": [Reason.REALLOCATED], "VIE": [Reason.REALLOCATED]}
    assert (names(found["AZE"][0]), found["AZE"][0].others) == (["AZE in 56 kg"], ("VIE",))
    assert (names(found["VIE"][0]), found["VIE"][0].others) == (["AZE in 56 kg"], ("AZE",))


def test_a_medal_in_another_colour():
    held = medals("69 kg: PRK, KAZ, COL")
    (part,) = accounts(held, KAZ="0 -1 1")["KAZ"]
    assert (part.reason, names(part)) == (Reason.RECOLOURED, ["KAZ in 69 kg"])


def test_a_medal_that_nobody_has_there():
    held = medals("77 kg: KAZ, CHN, EGY")
    assert reasons(accounts(held, KAZ="-1 0 0")) == {"KAZ": [Reason.WITHDRAWN]}
    assert reasons(accounts(held, unlisted="KAZ", KAZ="-1 0 0")) == {"KAZ": [Reason.ONLY_HERE]}
    assert reasons(accounts(held, KAZ="-4 0 0")) == {"KAZ": [Reason.UNEXPLAINED]}


def test_people_of_early_games_who_are_of_another_nation():
    """What would be a chain later is none where nations did not enter anybody."""
    held = medals("Marathon: LUX, FRA, SWE", "200 m: AUS, HUN, NZL")
    found = accounts(held, early=True, LUX="-1 0 0", FRA="1 -1 0", SWE="0 1 0")
    assert reasons(found) == {
        "LUX": [Reason.NATIONALITY],
        "FRA": [Reason.NATIONALITY],
        "SWE": [Reason.NATIONALITY],
    }
    assert found["LUX"][0].others == ("FRA",)
    assert names(found["LUX"][0]) == ["LUX in Marathon"]


def test_teams_of_several_nations():
    held = medals("Polo: ZZX, GBR, FRA", "Rugby: ZZX, GER, GBR", "Marathon: LUX, FRA, SWE")
    found = accounts(held, early=True, ZZX="-2 0 0", GBR="1 0 0", FRA="2 0 0", LUX="-1 0 0")
    assert reasons(found) == {
        "ZZX": [Reason.MIXED_TEAM],
        "GBR": [Reason.MIXED_TEAM],
        "FRA": [Reason.MIXED_TEAM],
        "LUX": [Reason.NATIONALITY],
    }
    assert found["FRA"][0].others == ("ZZX", "LUX")


RESTS = st.dictionaries(
    st.sampled_from(["NED", "NOR", "ITA", "JPN", "USA"]),
    st.tuples(*[st.integers(-4, 4)] * 3).filter(any).map(lambda rest: " ".join(map(str, rest))),
    min_size=1,
)


@given(rests=RESTS, early=st.booleans())
def test_whatever_differs_is_accounted_for_to_the_last_medal(rests: dict[str, str], early: bool):
    held = medals("1: NED, NOR, ITA", "2: JPN, -, USA", "3: NED+NOR, -, ITA", "4: -, USA, JPN")
    found = accounts(held, early=early, **rests)
    assert all(len(parts) == len({part.reason for part in parts}) for parts in found.values())
