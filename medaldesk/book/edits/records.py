"""Edits of record lists and what stood before the book begins (RULES R22)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from medaldesk.book.changes import Action
from medaldesk.book.edits.base import EditBase, needed
from medaldesk.book.errors import DuplicateCode
from medaldesk.domain.marks import Better, MarkFormat, MarkKind, parse_mark


@dataclass(frozen=True, slots=True)
class NewBaseline:
    """The record as it stood: `mark` as typed, `day` and the rest where known."""

    holder: str
    mark: str
    nation: int | None = None
    day: date | None = None
    place: str | None = None
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
    ) -> int:
        """Keep a record list, e.g. `OR`, of an event type.

        `series` (a code), `nation` (an id) and `venue` (a name) narrow it. Raises UnknownCode,
        DuplicateCode where the same list is kept already.
        """
        kind_id = self._id_of("record_kind", kind)
        series_id = self._id_of("series", series) if series else None
        (name,) = self._one("SELECT name FROM event_type WHERE id = ?", event_type)
        with self.together(Action.ADD_RECORD_LIST, f"{kind} {name}") as writer:
            venue_id = self._venue(writer, venue)
            if self._find(
                """SELECT 1 FROM record_list WHERE record_kind_id = ? AND event_type_id = ?
                AND series_id IS ? AND nation_id IS ? AND venue_id IS ? AND age_class IS NULL""",
                *(kind_id, event_type, series_id, nation, venue_id),
            ):
                raise DuplicateCode(what="record_list", code=kind)
            return writer.insert(
                "record_list",
                record_kind_id=kind_id,
                event_type_id=event_type,
                series_id=series_id,
                nation_id=nation,
                venue_id=venue_id,
            )

    def set_baseline(self, record_list: int, new: NewBaseline) -> None:
        """Say what stood before the results of the book. Raises MarkError, EmptyField."""
        kind, better, decimals = self._one(
            """SELECT t.mark_kind, t.better, t.decimals FROM record_list AS l
            JOIN event_type AS t ON t.id = l.event_type_id WHERE l.id = ?""",
            record_list,
        )
        form = MarkFormat(MarkKind(kind), Better(better), decimals)
        mark = parse_mark(new.mark, form)
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
