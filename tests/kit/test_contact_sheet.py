"""Contact sheets: each picture has its place, its tint, and may be stamped."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Group

from scenes.kit import ink
from scenes.kit.contact_sheet import ContactSheet, Mark, Signs, Stamps
from tests.golden import assert_golden

PICTURES = np.linspace(0, 1, 7)[:, None, None] * np.ones((7, 3, 3))


def test_pictures_lie_row_by_row() -> None:
    sheet = ContactSheet(PICTURES, 3, 0.5, (1.0, 2.0))
    np.testing.assert_allclose(sheet.spots([0, 2, 6]), [[0.5, 2.5, 0], [1.5, 2.5, 0], [0.5, 1.5, 0]])
    middles = sheet.pixel_array[2::5, 2::5, 3]
    np.testing.assert_array_equal(middles.ravel()[:7], np.rint(255 * np.linspace(0, 1, 7)))
    assert not middles.ravel()[7:].any()


def test_a_picture_takes_its_own_colour_and_strength() -> None:
    sheet = ContactSheet(PICTURES, 7, 0.5)
    colors = [ink.chalk] * 6 + [ink.error]
    sheet.redraw(colors, np.r_[np.ones(6), 0.5])
    last = sheet.pixel_array[2, 32]
    assert tuple(last[:3]) == tuple(ink.error.to_int_rgb()) and last[3] == 128
    assert sheet.copy().pixel_array is not sheet.pixel_array


def test_stamps_are_revealed_by_number() -> None:
    sheet = ContactSheet(PICTURES, 7, 0.5)
    stamps = Stamps(sheet, [1, 4, 6], "cross", ink.error)
    whole = len(stamps.points)
    assert len(stamps.reveal(5).points) == 2 * whole / 3
    assert len(stamps.reveal(0).points) == 0
    assert len(stamps.reveal(7).points) == whole


def test_a_sign_lies_in_the_middle_of_its_place() -> None:
    sheet = ContactSheet(PICTURES, 7, 0.5)
    sign = Signs(sheet, [3], "?", ink.focus, share=0.5)
    np.testing.assert_allclose(sign.get_center(), sheet.spots(3)[0], atol=0.02)
    assert sign.width == pytest.approx(0.25, rel=0.02)
    assert sheet.place(3).width == pytest.approx(0.5)


def test_what_are_no_pictures_is_refused() -> None:
    with pytest.raises(ValueError, match="not \\(3, 3\\)"):
        ContactSheet(np.ones((3, 3)), 3, 0.5)


def test_golden_contact_sheet() -> None:
    sheet = ContactSheet(PICTURES, 4, 1.5, colors=[ink.first] * 3 + [ink.chalk] * 4)
    marks: dict[int, Mark] = {1: "tick", 3: "cross", 5: "dash"}
    stamps = [Stamps(sheet, [at], kind, ink.error) for at, kind in marks.items()]
    assert_golden("contact-sheet", Group(sheet, *stamps))
