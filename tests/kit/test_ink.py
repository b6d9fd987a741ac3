"""Colours can be read, told apart by every eye, and are written in one place."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from manim import ManimColor
from numpy.typing import NDArray

from scenes.kit import ink

Matrix = NDArray[np.float64]

# Machado, Oliveira and Fernandes (2009), severity 1.0, for linear RGB
EYES: dict[str, Matrix] = {
    "trichromat": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
CLASS_DISTANCE = 16.0
ROLE_DISTANCE = 14.0


def _lab(color: ManimColor, eye: Matrix) -> Matrix:
    rgb = np.array(color.to_rgb())
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    to_xyz = np.array(
        [
            [0.4124564, 0.3575761, 0.1804375],
            [0.2126729, 0.7151522, 0.0721750],
            [0.0193339, 0.1191920, 0.9503041],
        ]
    )
    xyz = to_xyz @ np.clip(eye @ linear, 0, 1) / np.array([0.95047, 1.0, 1.08883])
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def _distance(one: ManimColor, other: ManimColor, eye: str) -> float:
    """CIE 1976 colour difference as that eye sees it; 2.3 is just noticeable side by side."""
    return float(np.linalg.norm(_lab(one, EYES[eye]) - _lab(other, EYES[eye])))


@pytest.mark.parametrize(
    "color", [*ink.WORDS, *ink.ROLES.values(), *ink.SYMBOLS.values(), *ink.CODE.values()]
)
def test_words_can_be_read(color: ManimColor) -> None:
    assert ink.contrast(color) >= 4.5


@pytest.mark.parametrize("color", [ink.faint, *ink.CLASSES, ink.positive, ink.negative])
def test_strokes_can_be_seen(color: ManimColor) -> None:
    assert ink.contrast(color) >= 3.0


def test_contrast_of_known_pairs() -> None:
    black, white = ManimColor("#000000"), ManimColor("#FFFFFF")
    assert ink.contrast(black, white) == pytest.approx(21.0)
    assert ink.contrast(white, ManimColor("#767676")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("eye", EYES)
def test_classes_differ_for_every_eye(eye: str) -> None:
    nearest = min(_distance(one, other, eye) for one, other in combinations(ink.CLASSES, 2))
    assert nearest >= CLASS_DISTANCE


@pytest.mark.parametrize("eye", EYES)
def test_roles_differ_for_every_eye(eye: str) -> None:
    roles = {
        name: color for name, color in ink.ROLES.items() if name not in {"quiet", "positive", "negative"}
    }
    near = {
        (one, other): round(_distance(roles[one], roles[other], eye))
        for one, other in combinations(roles, 2)
        if _distance(roles[one], roles[other], eye) < ROLE_DISTANCE
    }
    assert not near


def test_every_role_that_colours_words_has_its_name() -> None:
    assert set(ink.WORDS) == set(ink.ROLES.values())
    assert all(getattr(ink, name) == color for name, color in ink.ROLES.items())


def test_signed_values_grow_from_the_ground() -> None:
    assert ink.signed(0.0) == ink.ground
    assert ink.signed(2.0, largest=2.0) == ink.positive
    assert ink.signed(-3.0, largest=2.0) == ink.negative
    sizes = [ink.contrast(ink.signed(value)) for value in (-0.2, -0.5, -0.9)]
    assert sizes == sorted(sizes)


def test_sizes_are_readable_and_rise() -> None:
    sizes = [ink.SMALL, ink.NOTE, ink.TITLE, ink.POINT, ink.HEADLINE, ink.POSTER]
    assert sizes == sorted(sizes)
    assert ink.SMALL >= 28
    assert ink.LABEL == ink.NOTE >= 35
    assert ink.POINT >= 1.45 * ink.NOTE
    assert ink.HEADLINE >= 64
    assert ink.POSTER * 320 / 1920 >= 12
