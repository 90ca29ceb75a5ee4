"""Writing the page in sight as a document, or the whole book for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from medaldesk.book.errors import BookExists
from medaldesk.domain.errors import MedalDeskError
from medaldesk.gui.pages.event_page import EventPage
from medaldesk.gui.pages.record_page import RecordPage
from medaldesk.gui.pages.standings_page import StandingsPage
from medaldesk.gui.workspace import Workspace
from medaldesk.reports.export_words import kind_noun
from medaldesk.reports.language import tr

if TYPE_CHECKING:
    from medaldesk.book.reads import Reads
    from medaldesk.gui.live_book import LiveBook
    from medaldesk.gui.main_window import MainWindow
    from medaldesk.reports.document import Document


def export_page(window: MainWindow, workspace: Workspace) -> None:
    """Ask where to, then write the medal table, the results or the record history in sight."""
    document = page_document(workspace)
    if document is None:
        window.say(tr("This page is not a report: go to an event, the medal table or a record."))
        return
    from medaldesk.reports.save import save

    proposal = workspace.live.path.with_name(f"{_file_name(document)}.pdf")
    name, _ = QFileDialog.getSaveFileName(
        window, tr("Export this page"), str(proposal), tr("PDF (*.pdf);;CSV (*.csv)")
    )
    if not name:
        return
    try:
        save(document, Path(name))
    except MedalDeskError as error:
        window.complain(error)
        return
    window.say(tr("Written to {name}.").format(name=name))


def export_book(window: MainWindow, live: LiveBook) -> None:
    """Ask as what and where to, then have all of a book written; the window goes on."""
    from medaldesk.exchange.exporting import EXPORTERS

    filters = {
        f"{kind_noun(kind)} (*{suffix})": (kind, suffix)
        for kind, exporter in EXPORTERS.items()
        for suffix in exporter.suffixes
        if suffix
    }
    name, chosen = QFileDialog.getSaveFileName(
        window,
        tr("Export the book"),
        str(live.path.with_name(_plain(live.path.stem))),
        ";;".join(filters),
    )
    if not name:
        return
    kind, suffix = filters.get(chosen) or next(iter(filters.values()))
    path = Path(name)
    if not path.suffix or path.suffix.lower() not in EXPORTERS[kind].suffixes:
        # Nobody was asked whether a file of this name may be replaced.
        path = path.with_name(f"{path.name}{suffix}")
        if path.exists():
            window.complain(BookExists(path=path))
            return
    from medaldesk.gui.export_window import ExportWindow

    exporting = ExportWindow(live, kind, path, window)
    exporting.wrote.connect(window.say)
    exporting.start()


def page_document(workspace: Workspace) -> Document | None:
    """The content of the page in sight; None where it is not a report."""
    from medaldesk.reports import content

    reads, page = workspace.live.reads, workspace.page(workspace.tab)
    if isinstance(page, EventPage):
        return None if page.event_id is None else content.event_results(reads, page.event_id)
    if isinstance(page, StandingsPage):
        return _medal_table(reads, page)
    if isinstance(page, RecordPage):
        return None if page.list_id is None else content.record_history(reads, page.list_id)
    return None


def _medal_table(reads: Reads, page: StandingsPage) -> Document | None:
    """The table in sight, with what it counts and how it is ranked; or what is different in two."""
    from medaldesk.reports import content

    table, choice = page.table_shown, page.choice
    if table is None or choice is None:
        return None
    weights, per_capita_of = choice.weights, choice.per_capita_of
    if choice.compare is not None:
        return content.table_difference(
            reads,
            *choice.scopes_compared(),
            rank_by=choice.rank_by,
            weights=weights,
            per_capita_of=per_capita_of,
        )
    return content.medal_table(
        reads,
        table.scope,
        rank_by=choice.rank_by,
        weights=weights,
        per_capita_of=per_capita_of,
        all_ranks=page.model.all_ranks,
        breakdown=page.model.by_gender,
    )


def _file_name(document: Document) -> str:
    """A name that every system takes."""
    return _plain(f"{document.title} {document.context.split(' · ')[0]}")


def _plain(words: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in words).split())
