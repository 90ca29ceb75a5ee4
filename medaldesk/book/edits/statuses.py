"""Edits of statuses: the user's own, and their order on the sheets of a discipline (RULES 2)."""

from __future__ import annotations

from collections.abc import Sequence

from medaldesk.book.changes import Action
from medaldesk.book.edits.base import EditBase, needed
from medaldesk.book.errors import (
    BadStatus,
    DuplicateCode,
    NamedTwice,
    StatusInUse,
    UnknownCode,
)
from medaldesk.domain.ranking import IRM_ORDER

LONGEST_STATUS = 8


class StatusEdits(EditBase):
    """What may stand on a sheet in place of a mark, and where."""

    def add_status(self, code: str, name: str, after: str | None = None) -> int:
        """Add a status of the user's own behind another one in the default order, or behind all.

        Raises EmptyField, BadStatus where it is not letters alone and could be read as a mark,
        DuplicateCode, UnknownCode.
        """
        clean = needed("code", code).upper()
        if not clean.isalpha() or len(clean) > LONGEST_STATUS:
            raise BadStatus(text=code)
        if self._taken("irm", clean):
            raise DuplicateCode(what="status", code=clean)
        with self.together(Action.ADD_STATUS, clean) as writer:
            order = [known for (known,) in self._all("SELECT id FROM irm ORDER BY position, id")]
            place = order.index(self._status(after)) + 1 if after else len(order)
            status = writer.insert("irm", code=clean, name=needed("name", name), position=0)
            order.insert(place, status)
            for position, each in enumerate(order, start=1):
                writer.update("irm", each, position=position)
            return status

    def rename_status(self, code: str, name: str) -> None:
        """Say anew what a status means. Raises EmptyField, UnknownCode."""
        status, clean = self._status(code), needed("name", name)
        with self.together(Action.RENAME_STATUS, _upper(code)) as writer:
            writer.update("irm", status, name=clean)

    def delete_status(self, code: str) -> None:
        """Delete a status of the user's own. Raises UnknownCode, StatusInUse."""
        status, word = self._status(code), _upper(code)
        if word in IRM_ORDER or self._find(
            """SELECT 1 FROM result WHERE status = ?
            UNION ALL SELECT 1 FROM decision_line WHERE status = ?""",
            *(word, word),
        ):
            raise StatusInUse(code=word)
        with self.together(Action.DELETE_STATUS, word) as writer:
            for (row,) in self._all("SELECT id FROM irm_order WHERE irm_id = ?", status):
                writer.delete("irm_order", row)
            writer.delete("irm", status)

    def set_status_order(self, discipline: str, codes: Sequence[str]) -> None:
        """Say in which order the sheets of a discipline (its code) have statuses.

        Those not named stand behind in the default order; none named is the default order.
        Raises UnknownCode, NamedTwice.
        """
        of = self._id_of("discipline", discipline)
        wanted: dict[int, int] = {}
        for position, code in enumerate(codes, start=1):
            if wanted.setdefault(self._status(code), position) != position:
                raise NamedTwice(what="status", name=_upper(code))
        subject = " ".join([discipline, *map(_upper, codes)])
        with self.together(Action.SET_STATUS_ORDER, subject) as writer:
            for row, status in self._all(
                "SELECT id, irm_id FROM irm_order WHERE discipline_id = ?", of
            ):
                if status in wanted:
                    writer.update("irm_order", row, position=wanted.pop(status))
                else:
                    writer.delete("irm_order", row)
            for status, position in wanted.items():
                writer.insert("irm_order", discipline_id=of, irm_id=status, position=position)

    def _status(self, code: str) -> int:
        """The id of a status by its code, in any case. Raises UnknownCode."""
        row = self._find("SELECT id FROM irm WHERE code = ?", _upper(code))
        if row is None:
            raise UnknownCode(what="status", code=code)
        return int(row[0])


def _upper(code: str) -> str:
    return code.strip().upper()
