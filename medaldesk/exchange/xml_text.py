"""Text that XML can hold."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold, not even escaped (section 2.2)."""


def xml_text(text: str) -> str:
    """The text with a sign in place of each letter that XML has no way to write."""
    return _FORBIDDEN.sub("\ufffd", text)
