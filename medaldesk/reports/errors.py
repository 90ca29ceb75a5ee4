"""What can go wrong with a report."""

from __future__ import annotations

from medaldesk.domain.errors import MedalDeskError


class ReportFormatUnknown(MedalDeskError):
    """The name of the file ends in no format that reports have. `details`: path, kinds."""
