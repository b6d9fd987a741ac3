"""What the acts of the lesson share: colours, the year of the sea, staircases, and the four points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from manim import LEFT, ORIGIN, Animation, ManimColor, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import Lesson
from scenes.kit.line import Curve, Stems
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.maths.gradient_boosting import stairs

MODEL: Final = ink.first
"""The sum so far."""
NEXT: Final = ink.focus
"""The tree that comes next, and what is looked at."""
RESIDUAL: Final = ink.error
"""What is left over, and its gradient."""
UNSEEN: Final = ink.third
"""Of rows that were not fitted."""
BEND: Final = ink.fourth
"""Hessians."""
FEE: Final = ink.second
"""What a penalty takes."""
LABEL: Final = ink.truth
"""Labels, y."""

MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
EDGES: Final = np.arange(13.0) - 0.5
"""Between the months."""
HAND_EDGES: Final = np.arange(5.0) + 0.5
"""Between the four points."""
SPREAD: Final = 0.62
"""Share of a month over which its years are spread."""
OVER: Final = 9.4
"""Height of the numbers over the sticks of what is left."""
POINT: Final = 0.2
"""Radius of one of the four points."""

maths: Final = words.Formulas(
    {
        "F": MODEL, "F_m": MODEL, "F_(m-1)": MODEL, "F_0": MODEL, "f_m": NEXT, "y": LABEL, "y_i": LABEL,
        "r_i": RESIDUAL, "r_(i m)": RESIDUAL, "g_i": RESIDUAL, "G": RESIDUAL, "h_i": BEND, "H": BEND,
        "lambda": FEE, "gamma": FEE, "w": NEXT,
    }
)  # fmt: skip
"""A formula in the colours of this lesson."""


def stair(edges: Floats, values: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Samples (2k,) each of a staircase: ``values`` (k,) between ``edges`` (k + 1,)."""
    return np.repeat(edges, 2)[1:-1], np.repeat(np.asarray(values, dtype=float), 2)


def sea_plane(low: float = 18.6, high: float = 29.8) -> Plane:
    """The twelve months across, the temperature up."""
    return shot.chart(
        shot.safe(titled=False), (-0.6, 11.6), (low, high), x_names=dict(enumerate(MONTHS)),
        y_ticks=[20, 22, 24, 26, 28], y_label="sea off Peru, °C",
    )  # fmt: skip


def sea_spots() -> Floats:
    """(240, 2): each month's years beside one another, the earliest at the left."""
    data = stairs.sea()
    along = (data.year - data.year.min()) / np.ptp(data.year) - 0.5
    return np.column_stack([data.month + SPREAD * along, data.warmth])


def months_of(values: Floats) -> Floats:
    """(240,): of ``values`` (12,) of the months, that of each dot."""
    return np.asarray(values[stairs.sea().month.astype(int)])


def year_values(steps: int) -> Floats:
    """(12,): what the sum of that many stumps says of each month."""
    return stairs.year().at(np.arange(12.0), steps)


def hand_plane(place: shot.Region) -> Plane:
    """The four points and the model."""
    return shot.chart(
        place, (0.4, 4.6), (-1, 19), x_ticks=[1, 2, 3, 4], y_ticks=[0, 5, 10, 15], x_label="x",
        y_label="label y and model F",
    )  # fmt: skip


def rest_plane(place: shot.Region) -> Plane:
    """The same, for what is left over: as many units high."""
    return shot.chart(
        place, (0.4, 4.6), (-9, 11), x_ticks=[1, 2, 3, 4], y_ticks=[-5, 0, 5], x_label="x",
        y_label="residual, y − F",
    )  # fmt: skip


def hand_dots(plane: Plane, radius: float = POINT) -> VGroup:
    """The four points, over all lines."""
    dots = plane.dots(np.column_stack([stairs.HAND_X, stairs.HAND_Y]), LABEL, radius=radius)
    dots.set_z_index(2)
    return dots


def drops(plane: Plane, values: Floats) -> Stems:
    """From the model's ``values`` (4,) to the four points."""
    return plane.stems(stairs.HAND_X, values, stairs.HAND_Y, RESIDUAL, 2 * LINE)


def numbers(
    plane: Plane, texts: Sequence[str], color: ManimColor = RESIDUAL, size: float = ink.POINT
) -> VGroup:
    """A text over each of the four sticks, in one line above them all."""
    return VGroup(
        *(
            plane.label(float(x), OVER, text, ORIGIN, color, size=size)
            for x, text in zip(stairs.HAND_X, texts, strict=True)
        )
    )


def signed(values: npt.ArrayLike) -> list[str]:
    """Whole numbers with their signs: +4, −8, 0."""
    return [f"{value:+.0f}".replace("-", "−") if round(value) else "0" for value in np.asarray(values)]


def told(text: str, side: Floats, color: ManimColor = ink.chalk, size: float = ink.POINT) -> Tag:
    """Words on a plate at an edge or a corner of the picture."""
    return raised(shot.safe(titled=False).put(Tag(words.label(text, color, size)), side))


def raised(tag: Tag) -> Tag:
    """The same tag, over all lines."""
    tag.set_z_index(3)
    return tag


def at_spot(plane: Plane, x: float, y: float, text: str, color: ManimColor, size: float = ink.POINT) -> Tag:
    """Words on a plate, their left end at a place of the plane."""
    tag = Tag(words.label(text, color, size))
    tag.move_to(plane.at(x, y), aligned_edge=LEFT)
    return raised(tag)


def span(
    plane: Plane, x: tuple[float, float], y: tuple[float, float]
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Scene units of a part of the plane, across and up: what ``frame.to_region`` takes."""
    low, high = plane.at(np.array([(x[0], y[0]), (x[1], y[1])]))
    return (float(low[0]), float(high[0])), (float(low[1]), float(high[1]))


class GradientBoostingStage(Lesson):
    """The stage of the lesson."""

    def stage(self) -> None:
        """The ground on which things fly from one picture to another."""
        self.ground = shot.bare()

    @staticmethod
    def placed(plane: Plane, samples: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
        """Scene coordinates (k,) across and up of ``samples`` on a plane."""
        spots = plane.at(np.column_stack(samples))
        return np.asarray(spots[:, 0]), np.asarray(spots[:, 1])

    def flies(
        self, one: Plane, start: tuple[Floats, Floats], other: Plane, end: tuple[Floats, Floats]
    ) -> tuple[Curve, Animation]:
        """A staircase in the next tree's colour that goes from samples on ``one`` plane to those on the ``other``."""
        before, after = (
            plane.at(np.column_stack(samples))[:, :2] for plane, samples in ((one, start), (other, end))
        )
        flying = self.ground.curve(before[:, 0], before[:, 1], NEXT, 2.5 * LINE)
        return flying, glide(flying.redraw, tuple(before.T), tuple(after.T), flying)

    def dots_come(self, run_time: float = pace.LONG) -> tuple[Plane, VGroup, Animation]:
        """The sea: its plane, its dots, and how they come month by month."""
        plane, spots = sea_plane(), sea_spots()
        order = np.lexsort([spots[:, 0]])
        cloud = plane.cloud(spots, ink.quiet, radius=0.065)
        coming = drive(
            lambda share: cloud.redraw(spots[order[: round(share * len(spots))]]), cloud, run_time=run_time
        )
        return plane, VGroup(cloud), coming
