"""Edits of record lists: what is kept, how it is judged, and what was ruled (RULES R22–R26)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from medaldesk.book.changes import Action
from medaldesk.book.edits.base import EditBase, needed
from medaldesk.book.edits.nations import CONTINENTS
from medaldesk.book.errors import (
    DecisionBeforeEvent,
    DuplicateCode,
    NotARecord,
    UnknownCode,
)
from medaldesk.book.journal import Writer
from medaldesk.book.names_sql import ENTRY_NAME
from medaldesk.domain.age_classes import parse_age_class
from medaldesk.domain.marks import Better, Mark, MarkFormat, MarkKind, parse_mark
from medaldesk.domain.records import EVERY_BREAK, RecordPolicy, Ruling

__all__ = ["NewBaseline", "NewPublished", "RecordEdits", "RecordPolicy", "Ruling"]


@dataclass(frozen=True, slots=True)
class NewBaseline:
    """The record as it stood: `mark` as typed, `day` and the rest where known."""

    holder: str
    mark: str
    nation: int | None = None
    day: date | None = None
    place: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class NewPublished:
    """A line of a published progression: `mark` as typed, `day` and the rest where known."""

    holder: str
    mark: str
    nation: int | None = None
    day: date | None = None
    source: str | None = None


class RecordEdits(EditBase):
    """Which records are kept."""

    def add_record_list(
        self,
        kind: str,
        event_type: int,
        *,
        series: str | None = None,
        nation: int | None = None,
        venue: str | None = None,
        continent: str | None = None,
        age_class: str | None = None,
        policy: RecordPolicy = EVERY_BREAK,
    ) -> int:
        """Keep a record list, e.g. `OR`, of an event type.

        `series` (a code), `nation` (an id), `venue` (a name), `continent` (`europe`) and
        `age_class` (`U20`) narrow it. Raises UnknownCode, BadAgeClass, DuplicateCode where the
        same list is kept already.
        """
        kind_id = self._id_of("record_kind", kind)
        series_id = self._id_of("series", series) if series else None
        ages = str(parse_age_class(age_class)) if age_class else None
        if continent and continent not in CONTINENTS:
            raise UnknownCode(what="continent", code=continent)
        (name,) = self._one("SELECT name FROM event_type WHERE id = ?", event_type)
        with self.together(Action.ADD_RECORD_LIST, f"{kind} {name}") as writer:
            scope = {
                "record_kind_id": kind_id,
                "event_type_id": event_type,
                "series_id": series_id,
                "nation_id": nation,
                "venue_id": self._venue(writer, venue),
                "continent": continent or None,
                "age_class": ages,
            }
            same = " AND ".join(f"{column} IS ?" for column in scope)
            if self._find(f"SELECT 1 FROM record_list WHERE {same}", *scope.values()):
                raise DuplicateCode(what="record_list", code=kind)
            return writer.insert("record_list", **scope, **_columns(policy))

    def change_record_list(self, record_list: int, policy: RecordPolicy) -> None:
        """Judge a list in another way (RULES R25). Raises UnknownCode."""
        with self.together(Action.CHANGE_RECORD_LIST, self._list_name(record_list)) as writer:
            writer.update("record_list", record_list, **_columns(policy))

    def delete_record_list(self, record_list: int) -> None:
        """Keep a list no longer, with its baseline and rulings. Raises UnknownCode."""
        with self.together(Action.DELETE_RECORD_LIST, self._list_name(record_list)) as writer:
            writer.delete("record_list", record_list)

    def set_baseline(self, record_list: int, new: NewBaseline) -> None:
        """Say what stood before the results of the book. Raises MarkError, EmptyField."""
        mark = parse_mark(new.mark, self._list_format(record_list))
        holder = needed("holder", new.holder)
        with self.together(Action.SET_BASELINE, f"{holder} {new.mark.strip()}") as writer:
            values = {
                "holder": holder,
                "nation_id": new.nation,
                "mark": mark.value,
                "mark_decimals": mark.decimals,
                "date": new.day.isoformat() if new.day else None,
                "place": new.place or None,
                "source_id": self._source(writer, new.source),
            }
            row = self._find("SELECT id FROM record_baseline WHERE record_list_id = ?", record_list)
            if row:
                writer.update("record_baseline", row[0], **values)
            else:
                writer.insert("record_baseline", record_list_id=record_list, **values)

    def rule_record(
        self, record_list: int, result: int, ruling: Ruling, day: date, source: str | None = None
    ) -> int:
        """Say what was ruled on a mark in a list, and when (RULES R26); the latest ruling holds.

        Raises NotARecord where the result is not of the event type of the list,
        DecisionBeforeEvent, UnknownCode.
        """
        list_name = self._list_name(record_list)
        (event_type,) = self._one("SELECT event_type_id FROM record_list WHERE id = ?", record_list)
        achieved_in, name, achieved_on = self._one(
            f"""SELECT e.event_type_id, {ENTRY_NAME},
                coalesce(u.date, p.date, e.date)
            FROM result AS r JOIN entry AS n ON n.id = r.entry_id
            JOIN event AS e ON e.id = r.event_id
            JOIN phase AS p ON p.id = r.phase_id
            LEFT JOIN unit AS u ON u.id = r.unit_id
            LEFT JOIN athlete AS a ON a.id = n.athlete_id WHERE r.id = ?""",
            result,
        )
        if achieved_in != event_type:
            raise NotARecord(name=name)
        if day.isoformat() < achieved_on:
            raise DecisionBeforeEvent(date=day.isoformat(), start=achieved_on)
        with self.together(Action.RULE_RECORD, f"{list_name}: {name} {ruling}") as writer:
            return writer.insert(
                "record_ruling",
                record_list_id=record_list,
                result_id=result,
                ruling=ruling.value,
                date=day.isoformat(),
                source_id=self._source(writer, source),
            )

    def set_published(self, record_list: int, lines: Sequence[NewPublished]) -> None:
        """Keep a published progression beside a list, the oldest line first, instead of any other.

        Raises MarkError, EmptyField, UnknownCode.
        """
        form = self._list_format(record_list)
        marks = [parse_mark(line.mark, form) for line in lines]
        with self.together(Action.SET_PUBLISHED, self._list_name(record_list)) as writer:
            kept = self._all(
                "SELECT id FROM published_record WHERE record_list_id = ? ORDER BY position",
                record_list,
            )
            for (row,) in kept[len(lines) :]:
                writer.delete("published_record", row)
            for number, (line, mark) in enumerate(zip(lines, marks, strict=True)):
                values = self._published(writer, line, mark)
                if number < len(kept):
                    writer.update("published_record", kept[number][0], position=number, **values)
                else:
                    writer.insert(
                        "published_record", record_list_id=record_list, position=number, **values
                    )

    def _published(self, writer: Writer, line: NewPublished, mark: Mark) -> dict[str, object]:
        return {
            "mark": mark.value,
            "mark_decimals": mark.decimals,
            "holder": needed("holder", line.holder),
            "nation_id": line.nation,
            "date": line.day.isoformat() if line.day else None,
            "source_id": self._source(writer, line.source),
        }

    def _list_name(self, record_list: int) -> str:
        """`OR 1000 m`: the code of a list and its event type. Raises UnknownCode."""
        code, name = self._one(
            """SELECT k.code, t.name FROM record_list AS l
            JOIN record_kind AS k ON k.id = l.record_kind_id
            JOIN event_type AS t ON t.id = l.event_type_id WHERE l.id = ?""",
            record_list,
        )
        return f"{code} {name}"

    def _list_format(self, record_list: int) -> MarkFormat:
        """What the marks of a list are. Raises UnknownCode."""
        kind, better, decimals = self._one(
            """SELECT t.mark_kind, t.better, t.decimals FROM record_list AS l
            JOIN event_type AS t ON t.id = l.event_type_id WHERE l.id = ?""",
            record_list,
        )
        return MarkFormat(MarkKind(kind), Better(better), decimals)


def _columns(policy: RecordPolicy) -> dict[str, object]:
    """A policy as columns of `record_list`."""
    return {
        "shares_equal": int(policy.shares_equal),
        "minimum_margin": policy.minimum_margin or None,
        "day_best": int(policy.day_best),
        "wind_limit": policy.wind_limit,
        "allows_assistance": int(policy.allows_assistance),
        "needs_ratification": int(policy.needs_ratification),
    }
