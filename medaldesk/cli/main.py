"""`medaldesk COMMAND …`: everything but the window."""

from __future__ import annotations

import click

from medaldesk import __version__
from medaldesk.cli.audit import audit, decisions
from medaldesk.cli.base import Commands
from medaldesk.cli.books import backup, check, new
from medaldesk.cli.demo import demo
from medaldesk.cli.exporting import export
from medaldesk.cli.importing import import_
from medaldesk.cli.reading import history, records, results, why
from medaldesk.cli.report import report
from medaldesk.cli.standings import standings


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    commands=[
        new,
        standings,
        results,
        records,
        why,
        decisions,
        audit,
        history,
        report,
        import_,
        export,
        check,
        backup,
        demo,
    ],
)
@click.version_option(__version__, prog_name="MedalDesk")
def main() -> None:
    """Keep the results of a Games: marks, ranks, medals, medal tables, records.

    \b
    medaldesk [BOOK]           opens the window: on a book, or on the one of last time
    medaldesk COMMAND BOOK …   does one of the following without a window

    A book is one file that ends in .medaldesk. Codes are the same as in the window: OWG2026 is a
    competition, SSKW1000M an event type, OWG2026/SSKW1000M the event there.
    """  # noqa: D301 - \b is how click is told to keep the lines
