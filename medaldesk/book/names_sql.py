"""The name under which an entry stands on a sheet, in SQL: as printed, or of team or person."""

from __future__ import annotations

ENTRY_NAME = "coalesce(n.printed_name, n.team_name, a.name)"
"""Of `entry AS n` and, where there is one, its `athlete AS a`. The schema keeps its own copy."""
