"""What the clerk does with the rules of sport: decisions, teams, statuses, nations, records."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st
from hypothesis.stateful import rule

from medaldesk.book.changes import Action
from medaldesk.book.edits.decisions import NewDecision
from medaldesk.book.edits.records import NewPublished, RecordPolicy, Ruling
from medaldesk.domain.decisions import DecisionLine, MedalRuling
from tests.book.desk import FIRST_DAY, NATIONS, Desk, days, marks, names, on_day, pick, units
from tests.book.worlds import nation

statuses = st.sampled_from(["DNF", "DSQ", "ABD", "OUT", "LAP"])
codes = st.sampled_from(NATIONS)
line_parts = st.tuples(
    pick,
    st.booleans(),
    st.none() | st.sampled_from(["DSQ", "DQB"]),
    st.booleans(),
    st.none() | st.integers(1, 4),
    st.none() | st.sampled_from(MedalRuling),
)
policies = st.builds(
    RecordPolicy,
    shares_equal=st.booleans(),
    minimum_margin=st.none() | st.just(500_000),
    day_best=st.booleans(),
    wind_limit=st.none() | st.just(2_000_000),
    allows_assistance=st.booleans(),
    needs_ratification=st.booleans(),
)


class RulesDesk(Desk):
    """Edits of decisions, teams, statuses, nations and the policies of record lists."""

    # Decisions

    def new_decision(self, event: int, day: int, parts: list[tuple[object, ...]]) -> NewDecision:
        entries = self.ids("entry", f"event_id = {event}")
        lines = [
            DecisionLine(entries[number % len(entries)], *rest)  # type: ignore[operator, arg-type]
            for number, *rest in parts
            if entries
        ]
        return NewDecision("Jury", on_day(day), "Protest", lines)

    @rule(event=pick, day=days, parts=st.lists(line_parts, min_size=1, max_size=3))
    def take_decision(self, event: int, day: int, parts: list[tuple[object, ...]]) -> None:
        def take(row: int) -> None:
            new = self.new_decision(row, day, parts)
            self.book.edits.take_decision(row, new, confirmed=True)

        self.on("event", event, take)

    @rule(decision=pick, day=days, parts=st.lists(line_parts, min_size=1, max_size=3))
    def change_decision(self, decision: int, day: int, parts: list[tuple[object, ...]]) -> None:
        def change(row: int) -> None:
            new = self.new_decision(self.book.reads.decision(row).event, day, parts)
            self.book.edits.change_decision(row, new)

        self.on("decision", decision, change)

    @rule(decision=pick, day=st.none() | days)
    def revoke_decision(self, decision: int, day: int | None) -> None:
        on = None if day is None else on_day(day)
        self.on("decision", decision, lambda row: self.book.edits.revoke_decision(row, on))

    @rule(decision=pick)
    def delete_decision(self, decision: int) -> None:
        self.on("decision", decision, self.book.edits.delete_decision)

    # Teams and people

    @rule(event=pick, name=names, code=codes, unit=units)
    def add_team(self, event: int, name: str, code: str, unit: str) -> None:
        of = nation(self.book, code)
        self.on(
            "event", event, lambda row: self.book.edits.add_entry(row, of, team=name, unit=unit)
        )

    @rule(entry=pick, people=st.lists(pick, max_size=3))
    def set_members(self, entry: int, people: list[int]) -> None:
        ids = self.ids("athlete")
        members = [ids[number % len(ids)] for number in people if ids]
        self.on("entry", entry, lambda row: self.book.edits.set_members(row, members))

    @rule(entry=pick, athlete=pick)
    def change_entry_athlete(self, entry: int, athlete: int) -> None:
        who = self.one("athlete", athlete)
        if who is not None:
            self.on("entry", entry, lambda row: self.book.edits.change_entry_athlete(row, who))

    @rule(athlete=pick, born=st.none() | st.sampled_from([date(2007, 3, 1), date(1990, 1, 1)]))
    def describe_athlete(self, athlete: int, born: date | None) -> None:
        self.on(
            "athlete",
            athlete,
            lambda row: self.book.edits.describe_athlete(row, gender="W", birth_date=born),
        )

    @rule(keep=pick, other=pick)
    def merge_athletes(self, keep: int, other: int) -> None:
        one = self.one("athlete", other)
        if one is not None:
            self.on("athlete", keep, lambda row: self.book.edits.merge_athletes(row, one))

    @rule(athlete=pick)
    def delete_athlete(self, athlete: int) -> None:
        self.on("athlete", athlete, self.book.edits.delete_athlete)

    # Sheets

    @rule(code=st.sampled_from(["ABD", "OUT"]), after=st.none() | statuses)
    def add_status(self, code: str, after: str | None) -> None:
        self.edit(lambda: self.book.edits.add_status(code, "Own", after=after))

    @rule(code=statuses)
    def delete_status(self, code: str) -> None:
        self.edit(lambda: self.book.edits.delete_status(code))

    @rule(wanted=st.lists(statuses, max_size=3))
    def set_status_order(self, wanted: list[str]) -> None:
        self.edit(lambda: self.book.edits.set_status_order("SSK", wanted))

    @rule(result=pick, code=statuses)
    def enter_status(self, result: int, code: str) -> None:
        self.on("result", result, lambda row: self.book.edits.enter_mark(row, code))

    @rule(result=pick, text=st.sampled_from(["", "1.2", "-0.4", "2.5"]))
    def enter_wind(self, result: int, text: str) -> None:
        self.on("result", result, lambda row: self.book.edits.enter_wind(row, text))

    @rule(result=pick, text=st.sampled_from(["", "paced"]))
    def enter_assistance(self, result: int, text: str) -> None:
        self.on("result", result, lambda row: self.book.edits.enter_assistance(row, text))

    @rule(phase=pick)
    def delete_phase(self, phase: int) -> None:
        self.on("phase", phase, self.book.edits.delete_phase)

    @rule(phase=pick, name=names)
    def rename_phase(self, phase: int, name: str) -> None:
        self.on("phase", phase, lambda row: self.book.edits.rename_phase(row, name))

    @rule(event=pick, breaks=st.booleans())
    def break_ties(self, event: int, breaks: bool) -> None:
        def write(row: int) -> None:
            with self.book.edits.together(Action.CHANGE_EVENT, "ties") as writer:
                writer.update("event", row, breaks_ties=int(breaks))

        self.on("event", event, write)

    # Nations

    @rule(code=codes, continent=st.sampled_from([None, "europe", "asia"]))
    def change_nation(self, code: str, continent: str | None) -> None:
        of = nation(self.book, code)
        self.edit(
            lambda: self.book.edits.change_nation(of, name=code, kind="noc", continent=continent)
        )

    @rule(code=codes, text=st.sampled_from(["", "0", "1000000", "17,900,000"]), day=days)
    def set_population(self, code: str, text: str, day: int) -> None:
        of = nation(self.book, code)
        self.edit(lambda: self.book.edits.set_population(of, on_day(day), text))

    @rule(of=st.lists(codes, min_size=1, max_size=3))
    def add_grouping(self, of: list[str]) -> None:
        groups = [("ONE", "One group", [nation(self.book, code) for code in of])]
        self.edit(lambda: self.book.edits.add_grouping("MINE", "Mine", groups))

    @rule(view=pick)
    def delete_grouping(self, view: int) -> None:
        self.on("grouping_view", view, self.book.edits.delete_grouping)

    # Records

    @rule(
        event_type=pick,
        continent=st.sampled_from([None, "europe"]),
        age_class=st.sampled_from([None, "U20", "35+"]),
        policy=policies,
    )
    def add_narrow_list(
        self,
        event_type: int,
        continent: str | None,
        age_class: str | None,
        policy: RecordPolicy,
    ) -> None:
        self.on(
            "event_type",
            event_type,
            lambda row: self.book.edits.add_record_list(
                "ER", row, continent=continent, age_class=age_class, policy=policy
            ),
        )

    @rule(record_list=pick, policy=policies)
    def change_record_list(self, record_list: int, policy: RecordPolicy) -> None:
        self.on(
            "record_list",
            record_list,
            lambda row: self.book.edits.change_record_list(row, policy),
        )

    @rule(record_list=pick)
    def delete_record_list(self, record_list: int) -> None:
        self.on("record_list", record_list, self.book.edits.delete_record_list)

    @rule(record_list=pick, result=pick, ruling=st.sampled_from(Ruling), day=days)
    def rule_record(self, record_list: int, result: int, ruling: Ruling, day: int) -> None:
        which = self.one("result", result)
        if which is not None:
            self.on(
                "record_list",
                record_list,
                lambda row: self.book.edits.rule_record(row, which, ruling, on_day(day)),
            )

    @rule(record_list=pick, mark=marks)
    def set_published(self, record_list: int, mark: str) -> None:
        lines = [NewPublished("Kok", mark, day=FIRST_DAY)]
        self.on("record_list", record_list, lambda row: self.book.edits.set_published(row, lines))
