"""What the style sheet has to keep visible in both themes."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton
from pytestqt.qtbot import QtBot

from medaldesk.gui.theme import ThemeChoice, theme


def luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK])
@pytest.mark.parametrize("zoom", [100, 200])
@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
def test_an_unticked_box_is_seen(
    qtbot: QtBot, kind: type[QAbstractButton], choice: ThemeChoice, zoom: int
) -> None:
    theme().choice = choice
    theme().set_zoom(zoom)
    button = kind("All nations")
    qtbot.addWidget(button)
    button.show()
    qtbot.waitExposed(button)
    image = button.grab().toImage()
    ground, row = image.pixelColor(0, image.height() // 2), image.height() // 2
    seen = [image.pixelColor(x, row) for x in range(theme().px(24))]
    assert max(contrast(colour, ground) for colour in seen) >= 3
    button.setChecked(True)
    ticked = button.grab().toImage()
    assert theme().colours.accent.name() in {
        ticked.pixelColor(x, row).name() for x in range(theme().px(24))
    }
