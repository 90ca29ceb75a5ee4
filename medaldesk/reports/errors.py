"""What can go wrong with a report."""

from __future__ import annotations

from medaldesk.domain.errors import MedalDeskError


class ReportFormatUnknown(MedalDeskError):
    """The name of the file does not end in a format that reports have. `details`: path."""
