"""What stands in each report, whatever the format: tables, results, records, decisions, journal."""

from __future__ import annotations

from medaldesk.reports.content.decisions import audit, decisions
from medaldesk.reports.content.journal import JOURNAL_KEYS, journal
from medaldesk.reports.content.medal_tables import STANDINGS_KEYS, medal_table
from medaldesk.reports.content.records import (
    RECORD_KEYS,
    no_records,
    published_comparison,
    record_history,
    record_reasons,
)
from medaldesk.reports.content.results import RESULT_KEYS, event_results
from medaldesk.reports.content.standings_check import standings_check
from medaldesk.reports.content.table_differences import table_difference

__all__ = [
    "JOURNAL_KEYS",
    "RECORD_KEYS",
    "RESULT_KEYS",
    "STANDINGS_KEYS",
    "audit",
    "decisions",
    "event_results",
    "journal",
    "medal_table",
    "no_records",
    "published_comparison",
    "record_history",
    "record_reasons",
    "standings_check",
    "table_difference",
]
