"""The order of statuses on a sheet: the default one, or that of the discipline (RULES 2, R2)."""

from __future__ import annotations

import sqlite3

from medaldesk.domain.ranking import IrmOrder

STATUSES_IN_ORDER = """SELECT i.code FROM irm AS i
LEFT JOIN irm_order AS o ON o.irm_id = i.id AND o.discipline_id = ?
ORDER BY o.position IS NULL, o.position, i.position, i.id"""
"""Codes as the sheets of a discipline (its id) have them: those it names, then the others."""


def irm_order(connection: sqlite3.Connection, event: int) -> IrmOrder:
    """Status code to its place after the ranked of an event, from 1 (RULES 2)."""
    row = connection.execute(
        """SELECT t.discipline_id FROM event AS e
        JOIN event_type AS t ON t.id = e.event_type_id WHERE e.id = ?""",
        (event,),
    ).fetchone()
    codes = connection.execute(STATUSES_IN_ORDER, row or (None,))
    return {code: place for place, (code,) in enumerate(codes, start=1)}
