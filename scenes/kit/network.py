"""A network: layers of neurons, the wires between them, and pulses that run along the wires.

A wire's colour is its weight's sign, its brightness and width are its size; so is the light of a neuron.  Numbers
stand in neurons, in gaps of wires or beside them.  A pulse runs right along all wires at once, or left under them::

    net = Network((2, 2, 1)).weigh(weights)
    number = net.on_wire(words.Readout(lambda: net.weights[0][0, 1], 2), 0, 0, 1)
    right, left = net.pulse(ink.focus), net.pulse(ink.fourth, under=True)
    self.play(drive(lambda t: right.go(2 * t)), run_time=2)
    self.play(drive(lambda t: left.go(2 - 2 * t)), run_time=2)

Rows of a weight matrix are where wires begin, columns where they end: ``weights[k][i, j]`` joins neuron i of layer k
to neuron j of layer k + 1, layers being counted from 0.  Positions are read from the neurons, so that everything
follows a network that was shifted or scaled.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final, Self, TypeVar, cast

import numpy as np
import numpy.typing as npt
from manim import CapStyleType, Circle, ManimColor, Mobject, VGroup, VMobject, interpolate_color

from scenes.kit import ink
from scenes.kit.noun import HAIR, LINE, THIN
from scenes.kit.path import EMPTY, Floats, pieces
from scenes.kit.review_hints import belongs

Noun = TypeVar("Noun", bound=Mobject)
Masks = Sequence[npt.NDArray[np.bool_]]

RADIUS: Final = 0.5
"""Of a neuron that holds a number, in scene units."""
_DIM: Final = 0.6
"""Brightness of the smallest weight that is not 0."""
_GLOW: Final = 0.5
"""Brightness of a neuron at full value: chalk numbers stay readable on it."""
_APART: Final = 0.1
"""Room between a number and its wire, or the ends of the gap it stands in."""
_SOFT: Final = 0.25
"""Share of its way on which a pulse brightens, and on which it fades again."""
_UNDER: Final = 0.14
"""How far under its wire a pulse to the left runs."""


class Network(VGroup):
    """Neurons in layers of ``sizes``, all joined to all of the next layer.

    ``width`` and ``height`` are those of the whole, neurons of ``radius`` included.  ``thin`` scales the width of
    wires, for many of them.  Raises ``ValueError`` for fewer than two layers, an empty layer, or neurons that do
    not fit.
    """

    def __init__(
        self,
        sizes: Sequence[int],
        width: float = 8.0,
        height: float = 4.2,
        *,
        radius: float = RADIUS,
        thin: float = 1.0,
    ) -> None:
        super().__init__()
        if len(sizes) < 2 or min(sizes) < 1:
            raise ValueError(f"a network needs at least two layers of at least one neuron: {list(sizes)}")
        pitch = (height - 2 * radius) / max(max(sizes) - 1, 1)
        if max(sizes) > 1 and pitch < 2 * radius:
            raise ValueError(f"{max(sizes)} neurons of radius {radius} do not fit into a height of {height}")
        self.sizes = tuple(sizes)
        self.radius = radius
        self.thin = thin
        self.weights: list[Floats] = [np.zeros(shape) for shape in pairwise(sizes)]
        across = np.linspace(radius - width / 2, width / 2 - radius, len(sizes))
        self.neurons = VGroup(
            *(_column(x, count, pitch, radius) for x, count in zip(across, sizes, strict=True))
        )
        self.wires = VGroup(
            *(VGroup(*(Wire() for _ in range(before * after))) for before, after in pairwise(sizes))
        )
        self.add(self.wires, self.neurons)
        self.weigh(self.weights)
        self._lay()

    # What stands where

    def neuron(self, layer: int, unit: int) -> Circle:
        """One neuron; negative numbers count from the end."""
        return cast(Circle, self.neurons[layer][unit])

    def wire(self, layer: int, row: int, column: int) -> Wire:
        """The wire from neuron ``row`` of ``layer`` to neuron ``column`` of the next."""
        return cast(Wire, self.wires[layer][row * self.sizes[layer + 1] + column])

    def centres(self, layer: int) -> Floats:
        """Scene points (n, 3) of the neurons of ``layer`` as they are now."""
        return np.array([neuron.get_center() for neuron in self.neurons[layer]])

    def ends(self, layer: int) -> tuple[Floats, Floats]:
        """Where the wires of ``layer`` leave their neurons and where they arrive, both (rows × columns, 3)."""
        before, after = self.centres(layer), self.centres(layer + 1)
        starts = np.repeat(before, len(after), axis=0)
        stops = np.tile(after, (len(before), 1))
        way = stops - starts
        length = np.linalg.norm(way, axis=1, keepdims=True)
        rims = [float(self.neurons[k][0].width) / 2 for k in (layer, layer + 1)]
        ahead = np.divide(way, length, out=np.zeros_like(way), where=length > sum(rims))
        return starts + rims[0] * ahead, stops - rims[1] * ahead

    def move(self, layer: int, centres: npt.ArrayLike) -> Self:
        """Put the neurons of ``layer`` at scene points ``centres`` (n, 3); their wires follow."""
        for neuron, centre in zip(self.neurons[layer], np.asarray(centres, dtype=float), strict=True):
            neuron.move_to(centre)
        return self._lay()

    # What they carry

    def weigh(self, weights: Sequence[npt.ArrayLike], largest: float | None = None) -> Self:
        """Colour the wires by ``weights``, a matrix (n_in, n_out) for each pair of layers.

        ``largest`` is the size of full brightness, by default that of the largest weight.
        Raises ``ValueError`` for matrices of other shapes.
        """
        given = [np.asarray(matrix, dtype=float) for matrix in weights]
        shapes = list(pairwise(self.sizes))
        if [matrix.shape for matrix in given] != shapes:
            raise ValueError(
                f"weights of shapes {[m.shape for m in given]} do not join layers of {self.sizes}"
            )
        self.weights = given
        full = largest or max(float(np.abs(matrix).max()) for matrix in given)
        for wires, matrix in zip(self.wires, given, strict=True):
            for wire, weight in zip(wires, matrix.ravel(), strict=True):
                wire.weigh(float(weight), full, self.thin)
        return self

    def fire(self, values: Sequence[npt.ArrayLike | None], largest: float = 1.0) -> Self:
        """Light the neurons of each layer by its ``values`` (n,), full at ±``largest``; ``None`` leaves it dark."""
        for neurons, given in zip(self.neurons, values, strict=True):
            each = np.zeros(len(neurons)) if given is None else np.asarray(given, dtype=float)
            for neuron, value in zip(neurons, each, strict=True):
                size = min(abs(float(value)) / largest, 1.0)
                hue = ink.positive if value >= 0 else ink.negative
                neuron.set_fill(interpolate_color(ink.ground, hue, _GLOW * size))
                neuron.set_stroke(interpolate_color(ink.faint, hue, size))
        return self

    # Numbers

    def in_neuron(self, noun: Noun, layer: int, unit: int) -> Noun:
        """Move ``noun`` into the middle of a neuron; returns it."""
        noun.move_to(self.neuron(layer, unit))
        belongs(self.neuron(layer, unit), noun)
        return noun

    def on_wire(self, noun: Noun, layer: int, row: int, column: int, share: float = 0.5) -> Noun:
        """Move ``noun`` into a gap that is cut into a wire, ``share`` (0 to 1) of its way along; returns it."""
        start, stop = (end[row * self.sizes[layer + 1] + column] for end in self.ends(layer))
        noun.move_to(start + share * (stop - start))
        length = float(np.linalg.norm(stop - start))
        half = (
            _crossing(stop - start, float(noun.width) / 2 + _APART, float(noun.height) / 2 + _APART) / length
        )
        self.wire(layer, row, column).gaps.append((share - half, share + half))
        self._lay()
        return noun

    def by_wire(
        self, noun: Noun, layer: int, row: int, column: int, share: float = 0.5, above: bool = False
    ) -> Noun:
        """Move ``noun`` beside a wire, ``share`` (0 to 1) of its way along: under it, or ``above`` it; returns it.

        It is clear of the wire, and of a pulse that runs under the wire.
        """
        start, stop = (end[row * self.sizes[layer + 1] + column] for end in self.ends(layer))
        normal = _upwards(stop - start) * (1 if above else -1)
        reach = abs(normal[0]) * float(noun.width) / 2 + abs(normal[1]) * float(noun.height) / 2
        room = _APART + (0 if above else _UNDER)
        noun.move_to(start + share * (stop - start) + (reach + room) * normal)
        return noun

    # Pulses

    def pulse(self, color: ManimColor = ink.focus, under: bool = False, length: float = 0.5) -> Pulse:
        """A dash of ``length`` scene units on every wire, or ``under`` it; nothing is seen until it goes."""
        return Pulse(self, color, under, length)

    def _lay(self) -> Self:
        for layer, wires in enumerate(self.wires):
            for wire, start, stop in zip(wires, *self.ends(layer), strict=True):
                wire.redraw(start, stop)
        return self


class Wire(VMobject):
    """A straight wire with ``gaps``, each from one share of its way to another."""

    def __init__(self) -> None:
        super().__init__(stroke_color=ink.faint, stroke_width=HAIR)
        self.gaps: list[tuple[float, float]] = []

    def redraw(self, start: Floats, stop: Floats) -> Self:
        """Run from ``start`` to ``stop``, scene points (3,)."""
        spans = np.array(self.spans(0.0, 1.0)).reshape(-1, 2, 1)
        self.points = pieces(start + spans[:, 0] * (stop - start), start + spans[:, 1] * (stop - start))
        return self

    def spans(self, begin: float, end: float) -> list[tuple[float, float]]:
        """What the gaps leave between ``begin`` and ``end``, as pairs (from, to); all are shares (0 to 1)."""
        left = []
        for first, last in sorted(self.gaps):
            if begin < min(first, end):
                left.append((begin, min(first, end)))
            begin = max(begin, last)
        return [*left, (begin, end)] if begin < end - 1e-9 else left

    def weigh(self, weight: float, largest: float, thin: float) -> Self:
        """Show ``weight``: hue is its sign, brightness and width its size.

        Both are full at ``largest``; ``thin`` is a factor on the width.
        """
        size = min(abs(weight) / largest, 1.0) if largest > 0 else 0.0
        hue = ink.positive if weight >= 0 else ink.negative
        color = interpolate_color(ink.ground, hue, _DIM + (1 - _DIM) * size) if weight else ink.faint
        return self.set_stroke(color, width=thin * (HAIR + (LINE - HAIR) * size))


class Pulse(VMobject):
    """Dashes that run along all wires between two layers at once; gaps of wires interrupt them."""

    network: Network

    def __init__(self, network: Network, color: ManimColor, under: bool, length: float) -> None:
        super().__init__(stroke_color=color, stroke_width=1.6 * LINE if network.thin == 1 else THIN)
        self.set_cap_style(CapStyleType.ROUND)
        self.network = network
        self.under = under
        self.length = length

    def go(self, place: float, only: Masks | None = None) -> Self:
        """Be at ``place``, counted in layers from 0: between two whole numbers on the wires between two layers.

        Dashes come out of the neurons of one layer and go into those of the next.  ``only`` has a mask
        (n_in, n_out) for each pair of layers: wires that nothing runs along are left out.
        """
        layer = int(np.clip(np.floor(place), 0, len(self.network.wires) - 1))
        starts, stops = self.network.ends(layer)
        kept = (
            np.ones(len(starts), dtype=bool) if only is None else np.asarray(only[layer], dtype=bool).ravel()
        )
        runs: list[tuple[Floats, Floats]] = []
        for wire, start, stop in zip(
            (wire for wire, keep in zip(self.network.wires[layer], kept, strict=True) if keep),
            starts[kept],
            stops[kept],
            strict=True,
        ):
            way = stop - start
            dash = self.length / max(float(np.linalg.norm(way)), 1e-9)
            head = (place - layer) * (1 + dash)
            begin = start - _UNDER * _upwards(way) if self.under else start
            runs += [
                (begin + first * way, begin + last * way)
                for first, last in wire.spans(max(head - dash, 0.0), min(head, 1.0))
            ]
        self.points = pieces(*(np.array(side) for side in zip(*runs, strict=True))) if runs else EMPTY
        self.set_stroke(opacity=self._brightness(place, layer, starts, stops))
        return self

    def _brightness(self, place: float, layer: int, starts: Floats, stops: Floats) -> float:
        """Full but at the ends of long wires; on short ones, where that would flicker, at the network's ends."""
        long = float(np.linalg.norm(stops - starts, axis=1).min()) > 2.5 * self.length
        begin, end = (layer, layer + 1) if long else (0, len(self.network.wires))
        return float(np.clip(min(place - begin, end - place) / (_SOFT * (end - begin)), 0.0, 1.0))

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """A copy alone runs along the same network; in a copied group that holds the network, along its copy."""
        network = self.__dict__.pop("network")
        try:
            copy: Self = super().__deepcopy__(memo)
        finally:
            self.network = network
        copy.network = memo.get(id(network), network)
        return copy


def _column(x: float, count: int, pitch: float, radius: float) -> VGroup:
    """``count`` neurons one above the other, the first on top."""
    heights = pitch * ((count - 1) / 2 - np.arange(count))
    column = VGroup(*(Circle(radius=radius).move_to((x, y, 0.0)) for y in heights))
    column.set_fill(ink.ground, opacity=1.0).set_stroke(ink.faint, width=THIN)
    return column


def _crossing(way: Floats, across: float, up: float) -> float:
    """Half the length that a line along ``way`` runs within a box of half sides ``across`` and ``up``."""
    ahead = np.abs(way[:2]) / np.linalg.norm(way)
    with np.errstate(divide="ignore"):
        return float(np.min(np.array([across, up]) / ahead))


def _upwards(way: Floats) -> Floats:
    """The unit vector at right angles to ``way`` that points up (to the left of an upright way)."""
    normal = np.array([-way[1], way[0], 0.0]) / max(float(np.linalg.norm(way)), 1e-9)
    return -normal if normal[1] < 0 else normal
