"""RULES R8, R9, R12 and the cases of RULES 4, on the marks alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medaldesk.domain.audit import AuditReason, audit
from medaldesk.domain.classification import Classification, Field, Performance, Starter, classify
from medaldesk.domain.decisions import (
    STANDS,
    Decided,
    Decision,
    DecisionLine,
    EventOutcome,
    MedalRuling,
    decide_event,
    medal_count,
    medal_spans,
    propose_moving_up,
    standing_decisions,
    usual_medals,
)
from medaldesk.domain.medals import Medal
from medaldesk.domain.ranking import DEFAULT_IRM_ORDER, Placing
from medaldesk.domain.standings import Tally

MEDALS = ("gold", "silver", "bronze")
GOLD, SILVER, BRONZE = MedalRuling.GOLD, MedalRuling.SILVER, MedalRuling.BRONZE


@dataclass
class Race:
    """Entries by name, in the order given; marks in hundredths."""

    names: Sequence[str]
    field: Field
    method: Classification = Classification.FINAL

    @property
    def placings(self) -> Sequence[Placing]:
        return classify(self.method, self.field)

    def key(self, name: str) -> int:
        return self.names.index(name)

    def outcome(self, *decisions: Decision) -> EventOutcome:
        return decide_event(self.method, self.field, standing_decisions(decisions))

    def decide(self, *decisions: Decision) -> dict[str, Decided]:
        return {self.names[d.entry]: d for d in self.outcome(*decisions).decided}

    def behind(self, *decisions: Decision) -> dict[str, int | None]:
        return {name: d.placing.behind for name, d in self.decide(*decisions).items()}

    def line(self, name: str, **sets: object) -> DecisionLine:
        return DecisionLine(self.key(name), **sets)  # type: ignore[arg-type]

    def struck(self, *names: str) -> Decision:
        lines = [self.line(name, sets_status=True, status="DSQ") for name in names]
        return Decision(1, "2009-12-09", lines)

    def medals(self, *decisions: Decision) -> dict[str, str]:
        return {n: str(d.medal) for n, d in self.decide(*decisions).items() if d.medal}

    def medals_on(self, day: str, decisions: Sequence[Decision]) -> dict[str, str]:
        spans = medal_spans(self.placings, decisions, DEFAULT_IRM_ORDER, "2000-09-23")
        return {self.names[s.entry]: str(s.medal) for s in spans if s.first <= day < s.until}

    def strike(self, name: str, day: str = "2009-12-09") -> Decision:
        """Taken out, and nobody moves up."""
        line = DecisionLine(self.key(name), True, "DSQ", sets_rank=True, medal=MedalRuling.NONE)
        return Decision(1, day, [line])


def race(marks: Mapping[str, int | str]) -> Race:
    names = list(marks)
    results = [
        Performance(n, status=mark) if isinstance(mark, str) else Performance(n, mark)
        for n, mark in enumerate(marks.values())
    ]
    field = Field([Starter(n, name) for n, name in enumerate(names)], [results])
    return Race(names, field)


SYDNEY_100 = race({"Jones": 1075, "Thanou": 1112, "Lawrence": 1118, "Ottey": 1119, "Davis": 1120})
SYDNEY_200 = race({"Jones": 2184, "Davis-Thompson": 2227, "Jayasinghe": 2228, "McDonald": 2235})


def test_r8_women_s_100_m_sydney_2000_the_gold_is_vacant() -> None:
    line = SYDNEY_100.strike("Jones").lines[0]
    decision = Decision(1, "2009-12-09", [
        line,
        DecisionLine(SYDNEY_100.key("Lawrence"), medal=SILVER),
        DecisionLine(SYDNEY_100.key("Ottey"), medal=BRONZE),
    ])  # fmt: skip
    assert SYDNEY_100.medals() == {"Jones": "gold", "Thanou": "silver", "Lawrence": "bronze"}
    after = {"Thanou": "silver", "Lawrence": "silver", "Ottey": "bronze"}
    assert SYDNEY_100.medals(decision) == after
    assert SYDNEY_100.medals_on("2009-12-08", [decision]) == SYDNEY_100.medals()
    assert SYDNEY_100.medals_on("2009-12-09", [decision]) == after
    finding = audit(SYDNEY_100.outcome(decision), 1)
    assert finding is not None
    assert (finding.medals, finding.reason) == (Tally(0, 2, 1), AuditReason.DECISION)


def test_r8_women_s_200_m_sydney_2000_everybody_moves_up() -> None:
    before = list(SYDNEY_200.decide().values())
    lines = propose_moving_up(before, {SYDNEY_200.key("Jones"): "DSQ"})
    decision = Decision(1, "2009-12-09", lines)
    decided = SYDNEY_200.decide(decision)
    assert SYDNEY_200.medals(decision) == {
        "Davis-Thompson": "gold", "Jayasinghe": "silver", "McDonald": "bronze",
    }  # fmt: skip
    assert {name: d.placing.rank for name, d in decided.items()} == {
        "Davis-Thompson": 1, "Jayasinghe": 2, "McDonald": 3, "Jones": None,
    }  # fmt: skip
    assert [name for name, _ in sorted(decided.items(), key=_place)] == [
        "Davis-Thompson", "Jayasinghe", "McDonald", "Jones",
    ]  # fmt: skip
    assert [d.placing.behind for d in decided.values()] == [None, 1, 8, None]
    assert decided["Jones"].placing.status == "DSQ"
    assert audit(SYDNEY_200.outcome(decision), 1) is None


def _place(item: tuple[str, Decided]) -> int:
    return item[1].placing.sort_order


def test_r9_ski_cross_2022_a_bronze_goes_and_is_shared() -> None:
    final = race({"Näslund": 1, "Thompson": 2, "Maier": 3, "Smith": 4})
    maier, smith = final.key("Maier"), final.key("Smith")
    jury = DecisionLine(smith, sets_rank=True, rank=3, medal=BRONZE)
    to_smith = Decision(1, "2022-02-26", [
        DecisionLine(maier, sets_rank=True, rank=4, medal=MedalRuling.NONE), jury,
    ])  # fmt: skip
    both = Decision(2, "2022-12-13", [DecisionLine(maier, sets_rank=True, rank=3, medal=BRONZE)])
    spans = medal_spans(final.placings, [both, to_smith], DEFAULT_IRM_ORDER, "2022-02-17")
    bronzes = [(final.names[s.entry], s.first, s.until) for s in spans if s.medal is Medal.BRONZE]
    assert sorted(bronzes) == [
        ("Maier", "2022-02-17", "2022-02-26"),
        ("Maier", "2022-12-13", STANDS),
        ("Smith", "2022-02-26", STANDS),
    ]
    decided = list(final.decide(to_smith, both).values())
    assert medal_count(decided) == Tally(1, 1, 2)
    assert [d.placing.rank for d in decided] == [1, 2, 3, 3]
    assert all(d.placing.equal for d in decided[2:])


def test_r8_decathlon_1912_one_gold_two_silver_one_bronze_without_a_tie() -> None:
    decathlon = race({"Thorpe": 1, "Wieslander": 2, "Lomberg": 3, "Holmér": 4})
    key = decathlon.key
    ledger = [
        Decision(1, "1913-05-01", [
            DecisionLine(key("Thorpe"), True, "DSQ", sets_rank=True, medal=MedalRuling.NONE),
            DecisionLine(key("Wieslander"), sets_rank=True, rank=1, medal=GOLD),
            DecisionLine(key("Lomberg"), sets_rank=True, rank=2, medal=SILVER),
            DecisionLine(key("Holmér"), sets_rank=True, rank=3, medal=BRONZE),
        ]),
        Decision(2, "1982-10-13", [DecisionLine(key("Thorpe"), True, None, True, 1, GOLD)]),
        Decision(3, "2022-07-15", [DecisionLine(key("Wieslander"), False, None, True, 2, SILVER)]),
    ]  # fmt: skip
    on = {
        "1912-07-15": {"Thorpe": "gold", "Wieslander": "silver", "Lomberg": "bronze"},
        "1950-01-01": {"Wieslander": "gold", "Lomberg": "silver", "Holmér": "bronze"},
        "2000-01-01": {"Thorpe": "gold", "Wieslander": "gold", "Lomberg": "silver",
                       "Holmér": "bronze"},
        "2022-07-15": {"Thorpe": "gold", "Wieslander": "silver", "Lomberg": "silver",
                       "Holmér": "bronze"},
    }  # fmt: skip
    spans = medal_spans(decathlon.placings, ledger, DEFAULT_IRM_ORDER, "1912-07-15")
    for day, medals in on.items():
        held = {decathlon.names[s.entry]: s.medal for s in spans if s.first <= day < s.until}
        assert held == medals, day
    finding = audit(decathlon.outcome(*ledger), 1)
    assert finding is not None
    assert finding.medals == Tally(1, 2, 1)
    assert finding.reason is AuditReason.DECISION


def test_r8_status_rank_and_medal_are_set_each_by_itself() -> None:
    run = race({"A": 10, "B": 20, "C": 30, "D": 40})

    def after(name: str, **sets: object) -> Decided:
        line = DecisionLine(run.key(name), **sets)  # type: ignore[arg-type]
        return run.decide(Decision(1, "2001-01-01", [line]))[name]

    only_medal = after("A", medal=MedalRuling.NONE)
    assert (only_medal.placing.rank, only_medal.placing.status, only_medal.medal) == (1, None, None)
    only_rank = after("A", sets_rank=True, rank=4)
    assert (only_rank.placing.rank, only_rank.medal) == (4, Medal.GOLD)
    only_status = after("A", sets_status=True, status="DSQ")
    assert (only_status.placing.rank, only_status.medal) == (None, None)
    given = after("D", medal=BRONZE)
    assert (given.placing.rank, given.medal) == (4, Medal.BRONZE)
    for held in (MedalRuling.WITHHELD, MedalRuling.PENDING):
        decided = after("B", medal=held)
        assert (decided.medal, decided.ruling, decided.placing.rank) == (None, held, 2)


def test_r9_the_later_line_overrides_and_a_status_takes_what_was_given_before() -> None:
    run = race({"A": 10, "B": 20, "C": 30})
    gives = Decision(1, "2001-01-01", [DecisionLine(run.key("B"), medal=GOLD)])
    strikes = Decision(2, "2002-01-01", [DecisionLine(run.key("B"), True, "DSQ")])
    assert run.medals(gives)["B"] == "gold"
    assert "B" not in run.medals(gives, strikes)
    assert run.medals(strikes, gives) == run.medals(gives, strikes)
    clears = Decision(3, "2003-01-01", [DecisionLine(run.key("B"), True, None, True, 2, SILVER)])
    assert run.medals(gives, strikes, clears)["B"] == "silver"
    assert run.decide(gives, strikes, clears)["B"].decision == 3


def test_r9_a_revoked_decision_holds_until_its_last_day() -> None:
    struck = SYDNEY_100.strike("Jones")
    revoked = Decision(struck.key, struck.day, struck.lines, revoked_on="2011-01-01")
    assert SYDNEY_100.medals_on("2010-01-01", [revoked]).get("Jones") is None
    assert SYDNEY_100.medals_on("2011-01-01", [revoked]) == SYDNEY_100.medals()
    assert SYDNEY_100.medals(revoked) == SYDNEY_100.medals()


@pytest.mark.parametrize(
    ("marks", "bronzes", "medals", "reason"),
    [
        ({"A": 1, "B": 2, "C": 3, "D": 4}, 1, None, None),
        ({"A": 461, "B": 463, "C": 463, "D": 463, "E": 466}, 1, (1, 3, 0), "tie"),
        ({"A": 1, "B": 1, "C": 3}, 1, (2, 0, 1), "tie"),
        ({"A": 1, "B": 2, "C": 3, "D": 3}, 2, (1, 1, 2), "format"),
        ({"A": 1, "B": 2, "C": 3, "D": 4}, 2, (1, 1, 1), "unexplained"),
        ({"A": 1, "B": 2, "C": "DNF"}, 1, (1, 1, 0), "few_ranked"),
        ({"A": "DSQ"}, 1, (0, 0, 0), "few_ranked"),
    ],
)  # fmt: skip
def test_r12_the_audit_explains_what_is_not_1_1_1(
    marks: dict[str, int | str],
    bronzes: int,
    medals: tuple[int, int, int] | None,
    reason: str | None,
) -> None:
    finding = audit(race(marks).outcome(), bronzes)
    found = (finding.medals.triple, finding.reason) if finding else (None, None)
    assert found == (medals, reason)


def test_r12_ranks_typed_with_a_gap_are_not_explained() -> None:
    starters = [Starter(1, "A", 1), Starter(2, "B", 2), Starter(3, "C", 4)]
    finding = audit(decide_event(Classification.MANUAL, Field(starters, []), []), 1)
    assert finding is not None
    assert finding.reason is AuditReason.UNEXPLAINED


def heats_and_final() -> Race:
    """A and B reach the final, C and D do not."""
    heats = [Performance(n, mark) for n, mark in enumerate((7100, 7200, 7300, 7400))]
    final = [Performance(0, 7200), Performance(1, 7250)]
    starters = [Starter(n, name) for n, name in enumerate("ABCD")]
    return Race("ABCD", Field(starters, [heats, final]))


def test_behind_is_to_the_best_of_a_phase_whose_mark_counts_still() -> None:
    race_ = heats_and_final()
    assert race_.behind() == {"A": None, "B": 50, "C": 200, "D": 300}
    withheld = Decision(1, "2001-01-01", [race_.line("B", medal=MedalRuling.WITHHELD)])
    assert race_.behind(withheld) == race_.behind()
    assert race_.behind(race_.struck("A")) == {"A": None, "B": None, "C": 100, "D": 200}


def test_behind_with_typed_ranks_goes_by_the_marks_too() -> None:
    race_ = heats_and_final()
    starters = [Starter(n, name, n + 1) for n, name in enumerate("ABCD")]
    typed = Race("ABCD", Field(starters, race_.field.phases), Classification.MANUAL)
    assert typed.behind(typed.struck("A")) == {"A": None, "B": None, "C": 100, "D": 200}


def test_who_is_reinstated_without_a_mark_is_no_lead() -> None:
    run = race({"A": 7200, "B": 7250, "C": 7300, "D": "DSQ"})
    lines = [*run.struck("A").lines, run.line("D", sets_status=True, sets_rank=True, rank=4)]
    behind = run.behind(Decision(1, "2001-01-01", lines))
    assert behind == {"A": None, "B": None, "C": 50, "D": None}


def test_who_is_reinstated_with_a_mark_is_measured() -> None:
    starters = [Starter(0, "A"), Starter(1, "B")]
    results = [Performance(0, 7100, status="DSQ"), Performance(1, 7200)]
    run = Race("AB", Field(starters, [results]))
    back = run.line("A", sets_status=True, sets_rank=True, rank=1, medal=GOLD)
    assert run.behind(Decision(1, "2001-01-01", [back])) == {"A": None, "B": 100}


def test_r3_a_tie_is_no_longer_open_when_it_is_gone() -> None:
    starters = [Starter(n, name) for n, name in enumerate("AB")]
    results = [Performance(0, 7200), Performance(1, 7200)]
    run = Race("AB", Field(starters, [results], breaks_ties=True))
    assert run.decide()["A"].placing.tie_open
    assert not run.decide(run.struck("B"))["A"].placing.tie_open


def test_a_decision_is_no_reason_for_itself() -> None:
    run = race({"A": 1, "B": 2, "C": 3})
    twice = Decision(1, "2001-01-01", [run.line("B", sets_rank=True, rank=1, medal=GOLD)])
    found = run.outcome(twice)
    assert medal_count(found.decided) == Tally(2, 0, 1)
    assert usual_medals(found.placings, 1) == Tally(1, 1, 1)


def test_r12_a_decision_explains_only_the_colours_it_changed() -> None:
    starters = [
        Starter(n, name, rank)
        for n, (name, rank) in enumerate(zip("ABCD", (1, 1, 2, 3), strict=True))
    ]
    run = Race("ABCD", Field(starters, []), Classification.MANUAL)
    held = Decision(1, "2001-01-01", [run.line("D", medal=MedalRuling.WITHHELD)])
    for decisions in ([], [held]):
        finding = audit(run.outcome(*decisions), 1)
        assert finding is not None
        assert finding.reason is AuditReason.UNEXPLAINED


def test_r12_who_had_no_medal_and_is_struck_changes_no_medal() -> None:
    run = race({"A": 72, "B": 72, "C": 73, "D": 74, "E": 75, "F": "DNF"})
    struck = {run.key("E"): "DSQ", run.key("F"): "DSQ"}
    lines = propose_moving_up(run.outcome().decided, struck)
    decision = Decision(1, "2001-01-01", lines)
    finding = audit(run.outcome(decision), 1)
    assert finding is not None
    assert (finding.reason, finding.decisions) == (AuditReason.TIE, ())
    assert {run.decide(decision)[name].ruling for name in "EF"} == {None}


def test_r12_the_audit_names_the_decision_that_took_the_medal() -> None:
    run = race({"A": 1, "B": 2, "C": 3})
    takes = Decision(1, "2001-01-01", [run.line("A", medal=MedalRuling.NONE)])
    ranks = Decision(2, "2002-01-01", [run.line("A", sets_rank=True)])
    finding = audit(run.outcome(takes, ranks), 1)
    assert finding is not None
    assert finding.decisions == (1,)


def test_r9_a_medal_is_credited_to_the_decision_that_is_in_force() -> None:
    run = race({"A": 1, "B": 2, "C": 3})
    lines = [run.line("A", medal=MedalRuling.NONE), run.line("B", medal=GOLD)]
    jury = Decision(1, "2001-02-01", lines, revoked_on="2001-03-01")
    cas = Decision(2, "2001-03-01", lines)
    spans = medal_spans(run.placings, [jury, cas], DEFAULT_IRM_ORDER, "2001-01-01")
    golds = [(s.first, s.until, s.decision) for s in spans if s.medal is Medal.GOLD]
    assert sorted(golds) == [
        ("2001-01-01", "2001-02-01", None),
        ("2001-02-01", "2001-03-01", 1),
        ("2001-03-01", STANDS, 2),
    ]


def test_medals_that_nobody_asks_about_are_those_of_ties_and_the_format() -> None:
    assert usual_medals(race({"A": 1, "B": 1, "C": 3}).placings, 1) == Tally(2, 1, 1)
    assert usual_medals(race({"A": 1, "B": 2, "C": 3}).placings, 2) == Tally(1, 1, 2)


marks = st.integers(1, 6) | st.sampled_from(["DNF", "DSQ"])
races = st.lists(marks, min_size=1, max_size=7).map(
    lambda found: race({chr(65 + n): mark for n, mark in enumerate(found)})
)
lines = st.builds(
    DecisionLine,
    st.integers(0, 6),
    st.booleans(),
    st.none() | st.sampled_from(["DSQ", "DQB"]),
    st.booleans(),
    st.none() | st.integers(1, 6),
    st.none() | st.sampled_from(MedalRuling),
)
days = st.integers(1, 9).map(lambda n: f"2001-01-0{n}")
ledgers = st.lists(
    st.tuples(days, st.lists(lines, min_size=1, max_size=3), st.none() | days), max_size=4
).map(
    lambda rows: [
        Decision(n, day, found, None if until is None else max(day, until))
        for n, (day, found, until) in enumerate(rows)
    ]
)


def slowly(run: Race, ledger: Sequence[Decision], day: str) -> dict[int, str]:
    """Who holds what on a day, told the long way: every line of every decision, one by one."""
    held = {p.key: {1: "gold", 2: "silver", 3: "bronze"}.get(p.rank or 0) for p in run.placings}
    in_force = [d for d in ledger if d.day <= day and not (d.revoked_on and d.revoked_on <= day)]
    for decision in sorted(in_force, key=lambda d: (d.day, d.key)):
        for line in decision.lines:
            if line.entry not in held:
                continue
            if line.sets_status and line.status:
                held[line.entry] = None
            if line.medal:
                held[line.entry] = line.medal if line.medal in MEDALS else None
    return {entry: medal for entry, medal in held.items() if medal}


@given(races, ledgers)
def test_r21_the_medals_of_every_day_are_those_told_the_long_way(
    run: Race, ledger: list[Decision]
) -> None:
    official = "2001-01-03"
    spans = medal_spans(run.placings, ledger, DEFAULT_IRM_ORDER, official)
    for number in range(3, 10):
        day = f"2001-01-0{number}"
        held = {s.entry: str(s.medal) for s in spans if s.first <= day < s.until}
        assert held == slowly(run, ledger, day)
    assert all(span.first >= official for span in spans)
    assert len({(s.entry, s.first) for s in spans}) == len(spans)


@given(races, ledgers)
def test_r21_apply_then_revoke_is_as_before(run: Race, ledger: list[Decision]) -> None:
    revoked = [Decision(d.key, d.day, d.lines, d.day) for d in ledger]
    assert run.decide(*revoked) == run.decide()


@given(races, ledgers)
def test_r2_the_decided_sheet_has_every_entry_once_the_ranked_first(
    run: Race, ledger: list[Decision]
) -> None:
    sheet = sorted(run.decide(*ledger).values(), key=lambda d: d.placing.sort_order)
    assert [d.placing.sort_order for d in sheet] == list(range(1, len(run.names) + 1))
    ranks = [d.placing.rank for d in sheet]
    ranked = [rank for rank in ranks if rank is not None]
    assert ranks[: len(ranked)] == sorted(ranked)


@given(races, st.integers(0, 6))
def test_r8_moving_up_ranks_the_others_as_if_somebody_had_not_run(run: Race, number: int) -> None:
    entry = number % len(run.names)
    lines = propose_moving_up(list(run.decide().values()), {entry: "DSQ"})
    decided = run.decide(Decision(1, "2001-01-01", lines))
    without = [p for p in run.placings if p.key != entry and p.rank is not None]
    for placing in without:
        better = sum(p.rank is not None and p.rank < (placing.rank or 0) for p in without)
        assert decided[run.names[placing.key]].placing.rank == 1 + better
