"""Many small pictures: thumbnails of real images that fill a place, are sorted, grouped, framed and enlarged.

An arrangement says where each one lies and how large it is.  Pictures glide from one to the other, and stay the same::

    wall = ImageGrid(digits.images[wrong] / 16, width=13, height=5.6)
    rows = wall.groups(digits.target[wrong], "rows")
    self.play(wall.animate.redraw(rows), FadeIn(wall.headings(rows)))
    self.play(wall.animate.enlarge(7))
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, Self

import numpy as np
import numpy.typing as npt
from manim import DOWN, LEFT, Group, ImageMobject, ManimColor, VGroup, VMobject
from PIL.Image import Resampling

from scenes.kit import ink, words
from scenes.kit.coordinates import Coordinates
from scenes.kit.dot import Which, numbers_of
from scenes.kit.drive import Drive
from scenes.kit.glide import glide
from scenes.kit.noun import HAIR, LINE, slowly
from scenes.kit.path import Floats, loop
from scenes.kit.review_hints import backdrop

Kind = Literal["rows", "columns", "piles"]

_GAP: Final = 0.08
"""Between two pictures, as a share of the place that each has."""
_CRISP: Final = 64
"""Images of fewer rows are drawn pixel by pixel."""
_HEAD: Final = 0.6
"""Scene units kept for the name of a column or a pile."""
_FAN: Final = 0.055
"""By how much a picture of a pile lies beside the one under it, as a share of its size."""
_DIM: Final = 0.22
"""Strength of pictures from which one is taken to be enlarged."""
_BLACK: Final = np.array([4, 6, 10])


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Where pictures lie: ``centres`` (n, 2) from the middle of the place, and ``heights`` (n,), in scene units.

    ``heads`` are names of groups with the point at which each is written, on the ``side`` of it that is told.
    """

    centres: Floats
    heights: Floats
    heads: Mapping[str, tuple[float, float]]
    side: tuple[float, float] = (0.0, 0.0)

    def toward(self, other: Arrangement, share: float) -> Arrangement:
        """The arrangement after ``share`` of the way to the ``other``; no group has a name before it is there."""
        if share in (0, 1):
            return (self, other)[int(share)]
        centres = (1 - share) * self.centres + share * other.centres
        return Arrangement(centres, (1 - share) * self.heights + share * other.heights, {})


class Thumbnail(Group):
    """One picture: its ``image``, and the ``frame`` around it."""

    def __init__(self, pixels: npt.NDArray[np.uint8], smooth: bool) -> None:
        super().__init__()
        self.image = ImageMobject(
            pixels, resampling_algorithm=Resampling.BICUBIC if smooth else Resampling.NEAREST
        )
        self.aspect = pixels.shape[1] / pixels.shape[0]
        self.frame = VMobject()
        self.rim: tuple[ManimColor, float] = (ink.ground, HAIR)
        """Colour and width of the frame; that of the ground keeps pictures apart that lie on each other."""
        self.add(self.image, self.frame)

    def put(self, corners: Floats) -> Self:
        """Lie between ``corners`` (4, 3), scene points, counter-clockwise from the lower left."""
        self.image.points = corners[[3, 2, 0, 1]]
        self.frame.points = loop(corners)
        return self

    def shade(self, strength: float) -> Self:
        """Be seen at ``strength``, 0 to 1."""
        self.image.set_opacity(strength)
        backdrop(self.image, strength < 1)
        self.frame.set_stroke(*self.rim, strength)
        return self


class ImageGrid(Group):
    """``images`` as thumbnails that together fill ``width`` × ``height`` scene units, numbered from 0.

    They are grey (n, rows, columns) or colour (n, rows, columns, 3): bytes, or numbers from 0 to 1.  Images of fewer
    than 64 rows show their pixels as squares, unless ``smooth`` says otherwise.  Raises ``ValueError`` for images of
    another shape, or numbers beyond 0 and 1.
    """

    def __init__(
        self, images: npt.ArrayLike, *, width: float, height: float, smooth: bool | None = None
    ) -> None:
        super().__init__()
        pixels = _pixels(images)
        self.room = Coordinates((-width / 2, width / 2), (-height / 2, height / 2), width, height)
        soft = pixels.shape[1] >= _CRISP if smooth is None else smooth
        self.images = [Thumbnail(each, soft) for each in pixels]
        self.strengths: Floats = np.ones(len(self.images))
        self._large: tuple[int, float] = (0, 0.0)
        self.add(self.room, *self.images)
        empty = Arrangement(np.zeros((len(pixels), 2)), np.zeros(len(pixels)), {})
        self.arrangement = empty
        self.redraw(self.grid())
        self.shift(-self.room.at(0, 0))

    # Where pictures can lie

    def grid(
        self, order: Sequence[int] | npt.NDArray[np.int_] | None = None, columns: int | None = None
    ) -> Arrangement:
        """Row by row in the ``order`` of their numbers, as large as can be, or with so many ``columns``.

        Pictures that the order does not name shrink to nothing where they are.  Raises ``ValueError`` for numbers that
        are no pictures', or named twice.
        """
        named = np.arange(len(self.images)) if order is None else np.asarray(order, dtype=int)
        if (
            len({*named.tolist()}) < len(named)
            or not {*named.tolist()} <= {*range(len(self.images))}
            or not len(named)
        ):
            raise ValueError(
                f"an order names pictures 0 to {len(self.images) - 1} once each, not {named.tolist()}"
            )
        size, aspect = self._size, self.images[0].aspect
        across = columns or _columns(len(named), float(size[0]), float(size[1]), aspect)
        down = -(-len(named) // across)
        cell = min(size[0] / across / aspect, size[1] / down)
        row, column = np.divmod(np.arange(len(named)), across)
        spots = np.column_stack([(column - (across - 1) / 2) * cell * aspect, ((down - 1) / 2 - row) * cell])
        centres, heights = self.arrangement.centres.copy(), np.zeros(len(self.images))
        centres[named], heights[named] = spots, cell * (1 - _GAP)
        return Arrangement(centres, heights, {})

    def groups(self, labels: npt.ArrayLike, kind: Kind = "rows") -> Arrangement:
        """Pictures of one label (n,) together, in the order of labels and of their numbers.

        Rows run from the left, columns grow from the bottom, piles lie side by side, their first picture on top.
        Raises ``ValueError`` for labels that are not as many as the pictures.
        """
        of = np.asarray(labels)
        if of.shape != (len(self.images),):
            raise ValueError(f"{len(self.images)} pictures have as many labels, not {of.shape}")
        names, group, counts = np.unique(of, return_inverse=True, return_counts=True)
        rank = np.array([np.sum(group[:i] == group[i]) for i in range(len(group))])
        width, height = self._size
        aspect = self.images[0].aspect
        if kind == "rows":
            head = max(float(words.label(words.escape(str(name))).width) for name in names) + 2 * words.GAP
            cell = min(height / len(names), (width - head) / counts.max() / aspect)
            step, start = height / len(names), -(cell * aspect * counts.max() + head) / 2 + head
            spots = np.column_stack([start + (rank + 0.5) * cell * aspect, height / 2 - (group + 0.5) * step])
            heads = [(start, height / 2 - (number + 0.5) * step) for number in range(len(names))]
            return Arrangement(spots, np.full(len(of), cell * (1 - _GAP)), _headed(names, heads), (-1.0, 0.0))
        if kind == "columns":
            step = width / len(names)
            cell = min(step / aspect, (height - _HEAD) / counts.max())
            spots = np.column_stack(
                [(group + 0.5) * step - width / 2, _HEAD - height / 2 + (rank + 0.5) * cell]
            )
            heads = [((number + 0.5) * step - width / 2, _HEAD - height / 2) for number in range(len(names))]
            return Arrangement(spots, np.full(len(of), cell * (1 - _GAP)), _headed(names, heads), (0.0, -1.0))
        across = _columns(len(names), width, height, aspect)
        down = -(-len(names) // across)
        fan = 1 + _FAN * min(int(counts.max()) - 1, 8)
        cell = min(width / across / aspect / fan, (height / down - _HEAD) / fan) * (1 - 2 * _GAP)
        row, column = np.divmod(np.arange(len(names)), across)
        piles = np.column_stack(
            [((column + 0.5) / across - 0.5) * width, (0.5 - (row + 0.5) / down) * height + _HEAD / 2]
        )
        # The first is drawn first, so it is put deepest: the pile's last one is seen whole.
        lift = (np.minimum(rank, 8) - (fan - 1) / _FAN / 2)[:, None] * _FAN * cell * np.array([aspect, 1.0])
        low = piles - [0.0, cell * fan / 2]
        return Arrangement(piles[group] + lift, np.full(len(of), cell), _headed(names, low), (0.0, -1.0))

    def headings(
        self, arrangement: Arrangement, color: ManimColor = ink.quiet, size: float = ink.LABEL
    ) -> VGroup:
        """The names of an arrangement's groups, in the order of the labels that there are, where they belong."""
        side = LEFT if arrangement.side[0] else DOWN
        named = arrangement.heads.items()
        return VGroup(
            *(
                words.caption(self.room.at(*at), words.escape(name), side, color, size=size)
                for name, at in named
            )
        )

    # What it shows

    def redraw(self, arrangement: Arrangement | None = None, images: npt.ArrayLike | None = None) -> Self:
        """Lie as ``arrangement`` has it, show other ``images`` of the same shape, or both.

        Raises ``ValueError`` for an arrangement of another number of pictures, and for images of another shape.
        """
        if arrangement is not None:
            if len(arrangement.heights) != len(self.images):
                raise ValueError(
                    f"{len(self.images)} pictures cannot lie on {len(arrangement.heights)} places"
                )
            self.arrangement = arrangement
        if images is not None:
            pixels = _pixels(images)
            if len(pixels) != len(self.images) or pixels.shape[1:] != self.images[0].image.pixel_array.shape:
                raise ValueError(
                    f"{len(self.images)} pictures cannot show images of the shape {np.shape(images)}"
                )
            for thumbnail, each in zip(self.images, pixels, strict=True):
                thumbnail.image.pixel_array[:, :, :3] = each[:, :, :3]
        return self._draw()

    @slowly(redraw)
    def _redraw_slowly(
        self,
        arrangement: Arrangement | None = None,
        images: npt.ArrayLike | None = None,
        anim_args: Mapping[str, Any] | None = None,
    ) -> Drive:
        end = self.arrangement if arrangement is None else arrangement
        if images is None:
            return glide(self.redraw, self.arrangement, end, **(anim_args or {}))
        now = np.array([each.image.pixel_array[:, :, :3] for each in self.images]) / 255
        then = _pixels(images)[:, :, :, :3] / 255
        return glide(self.redraw, (self.arrangement, now), (end, then), **(anim_args or {}))

    def enlarge(self, number: int, share: float = 1.0) -> Self:
        """Bring one picture to the middle by ``share``, as large as the place is, while all others step back.

        0 puts it back.  Raises ``ValueError`` for a picture that is not there.
        """
        self.image(number)
        self._large = (number, share)
        return self._draw()

    @slowly(enlarge)
    def _enlarge_slowly(
        self, number: int, share: float = 1.0, anim_args: Mapping[str, Any] | None = None
    ) -> Drive:
        now = self._large[1] if self._large[0] == number else 0.0
        return glide(self.enlarge, (number, now), (number, share), **(anim_args or {}))

    def shade(self, strength: float | npt.ArrayLike) -> Self:
        """Show pictures at ``strength``, 0 to 1, one or (n,)."""
        self.strengths = np.broadcast_to(np.asarray(strength, dtype=float), (len(self.images),)).copy()
        return self._draw()

    @slowly(shade)
    def _shade_slowly(
        self, strength: float | npt.ArrayLike, anim_args: Mapping[str, Any] | None = None
    ) -> Drive:
        end = np.broadcast_to(np.asarray(strength, dtype=float), (len(self.images),))
        return glide(self.shade, self.strengths.copy(), end, **(anim_args or {}))

    def frame(
        self, which: Which | None = None, color: ManimColor | None = ink.focus, width: float = LINE
    ) -> Self:
        """Frame the chosen pictures (all, if none is named) in ``color``; no colour takes their frames away."""
        for number in numbers_of(which, len(self.images)):
            self.image(number).rim = (ink.ground, HAIR) if color is None else (color, width)
        return self._draw()

    # Its parts

    def image(self, number: int) -> Thumbnail:
        """One picture.  Raises ``ValueError`` where there is none of that number."""
        if not 0 <= number < len(self.images):
            raise ValueError(f"the grid has pictures 0 to {len(self.images) - 1}, and no picture {number}")
        return self.images[number]

    def subset(self, which: Which) -> Group:
        """The chosen pictures, to be pointed at together; they stay pictures of this grid."""
        return Group(*(self.image(number) for number in numbers_of(which, len(self.images))))

    # How it is drawn

    @property
    def _size(self) -> Floats:
        """Width and height of the place, in scene units as it was made."""
        low, high = self.room.limits
        return np.asarray(high - low)

    def _draw(self) -> Self:
        number, share = self._large
        full = min(self._size[1], self._size[0] / self.images[0].aspect)
        for at, (thumbnail, centre, height) in enumerate(
            zip(self.images, self.arrangement.centres, self.arrangement.heights, strict=True)
        ):
            enlarged = share if at == number else 0.0
            middle, tall = (1 - enlarged) * centre, (1 - enlarged) * height + enlarged * full
            half = np.array([tall * thumbnail.aspect, tall]) / 2
            corners = middle + half * np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)])
            thumbnail.put(self.room.at(corners))
            back = 1.0 if at == number else 1 - share * (1 - _DIM)
            thumbnail.shade(float(self.strengths[at] * back) if height or enlarged else 0.0)
            # By height, since manim draws a play in the order in which it began.
            thumbnail.set_z_index(1 if enlarged else 0)
        return self


def _headed(names: npt.NDArray[Any], places: Any) -> dict[str, tuple[float, float]]:
    return {str(name): (float(x), float(y)) for name, (x, y) in zip(names, places, strict=True)}


def _columns(count: int, width: float, height: float, aspect: float) -> int:
    """How many columns let ``count`` pictures be largest in a place."""
    sizes = [min(width / across / aspect, height / -(-count // across)) for across in range(1, count + 1)]
    return int(np.argmax(sizes)) + 1


def _pixels(images: npt.ArrayLike) -> npt.NDArray[np.uint8]:
    """RGBA bytes (n, rows, columns, 4)."""
    given = np.asarray(images)
    if given.ndim == 3:
        given = given[..., None]
    if given.ndim != 4 or given.shape[3] not in (1, 3) or 0 in given.shape:
        raise ValueError(f"images are (n, rows, columns) or (n, rows, columns, 3), not {np.shape(images)}")
    if given.dtype != np.uint8:
        if not (np.isfinite(given).all() and given.min() >= 0 and given.max() <= 1):
            raise ValueError(
                f"numbers of images run from 0 to 1, not from {given.min():g} to {given.max():g}"
            )
        given = given * 255.0
    if given.shape[3] == 1:
        given = _BLACK + given / 255 * (np.array(ink.chalk.to_int_rgb()) - _BLACK)
    opaque = np.full((*given.shape[:3], 1), 255.0)
    return np.concatenate([np.rint(given), opaque], axis=3).astype(np.uint8)
