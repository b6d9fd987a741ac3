"""What the acts of the lesson share: its stage, and what more than one of them does with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final, Self, TypeVar

import numpy as np
import numpy.typing as npt
from manim import Animation, ManimColor, Mobject, VGroup, interpolate_color, linear

from scenes.kit import ink, words
from scenes.kit.glide import glide
from scenes.kit.lesson import Lesson
from scenes.kit.network import Masks, Network, Pulse
from scenes.kit.path import Floats
from scenes.kit.words import Words
from scenes.maths.neural_networks import network

Shown = TypeVar("Shown", bound=Mobject)

SYMBOLS: Final[Mapping[str, ManimColor]] = {
    "y": ink.truth,
    "hat(y)": ink.second,
    "cal(L)": ink.error,
    "delta": ink.fourth,
    "bold(delta)": ink.fourth,
}
"""Colours of symbols: what is so, what is guessed, what it costs, and what runs left; all others are chalk."""
maths: Final = words.Formulas(SYMBOLS)
"""A formula in the colours of this lesson."""


BENDS: Final[Mapping[str, ManimColor]] = {"ReLU": ink.third, "sigmoid": ink.quiet, "tanh": ink.chalk}
"""Colours of the activation functions, through the whole lesson."""
_DIM: Final = 0.4
"""Brightness of a wire of nearly no weight."""
_GLOW: Final = 0.3
"""Share of yellow in a neuron at full value: chalk numbers stay readable on it."""


class Net(Network):
    """A network in this lesson's colours.

    Blue and orange are the answers no and yes, and red is what a guess costs.  So wires are chalk, brighter and wider
    for larger weights, whose signs their numbers tell, and a neuron that carries something lights up in the yellow
    of what runs forward.
    """

    wide: float = 1.0
    """By how much its wires are wider than those of other networks."""

    def weigh(self, weights: Sequence[npt.ArrayLike], largest: float | None = None) -> Self:
        """As a :class:`Network`, in chalk."""
        super().weigh(weights, largest)
        full = largest or max(float(np.abs(matrix).max()) for matrix in self.weights)
        for wires, matrix in zip(self.wires, self.weights, strict=True):
            for wire, weight in zip(wires, matrix.ravel(), strict=True):
                size = min(abs(float(weight)) / full, 1.0) if full > 0 else 0.0
                bright = float(np.interp(size, (0.0, 1.0), (_DIM, 1.0)))
                wire.set_stroke(interpolate_color(ink.ground, ink.chalk, bright) if weight else ink.faint)
                wire.set_stroke(width=self.wide * wire.get_stroke_width())
        return self

    def fire(self, values: Sequence[npt.ArrayLike | None], largest: float = 1.0) -> Self:
        """As a :class:`Network`, in yellow."""
        super().fire(values, largest)
        for neurons, given in zip(self.neurons, values, strict=True):
            each = np.zeros(len(neurons)) if given is None else np.asarray(given, dtype=float)
            for neuron, value in zip(neurons, each, strict=True):
                size = min(abs(float(value)) / largest, 1.0)
                neuron.set_fill(interpolate_color(ink.ground, ink.focus, _GLOW * size))
                neuron.set_stroke(interpolate_color(ink.faint, ink.focus, size))
        return self


def inline(source: str, size: ink.Size | float = ink.LABEL) -> Words:
    """Maths as a name in the picture, in the colours of this lesson."""
    return chalked(words.label(f"${source}$", size=size))


def chalked(shown: Shown) -> Shown:
    """``shown``, its weights and inputs in chalk: in this lesson their colours mean something else."""
    hub = [ink.SYMBOLS[name].to_hex() for name in ("w", "x")]
    for glyph in shown.family_members_with_points():
        if glyph.get_fill_color().to_hex() in hub:
            glyph.set_fill(ink.chalk)
    return shown


def told_in(group: VGroup) -> list[Words]:
    """The words that stand in ``group``, as words."""
    return [each for each in group if isinstance(each, Words)]


def numeral(value: float, decimals: int | None = None) -> str:
    """``value`` as it is shown: as few digits as it has, or so many ``decimals``; with a true minus sign."""
    return (f"{value:g}" if decimals is None else f"{value:.{decimals}f}").replace("-", "−")


def standing(example: network.Example) -> list[Floats]:
    """What the pass to the right leaves in the neurons of each layer."""
    passed = example.passed
    return [*(each[0] for each in passed.activations), passed.outputs[0]]


class NeuralNetworksStage(Lesson):
    """The stage of the lesson, and what several acts do on it."""

    loom: Network
    """The wires that pulses run along."""

    def stage(self) -> None:
        """The worked example, which the loom of wires carries through the lesson."""
        self.example = network.worked_example()

    def run_right(
        self, begin: float, end: float, only: Masks | None = None, length: float = 0.5
    ) -> Animation:
        """A yellow pulse runs along the wires of the loom, from one layer to another."""
        return self.run(self.loom.pulse(ink.focus, length=length), begin, end, only)

    def run_left(self, begin: float, end: float, only: Masks | None = None, length: float = 0.8) -> Animation:
        """A violet pulse runs back, under the wires."""
        return self.run(self.loom.pulse(ink.fourth, under=True, length=length), begin, end, only)

    def run(self, pulse: Pulse, begin: float, end: float, only: Masks | None) -> Animation:
        """A pulse from one place of the loom to another."""
        self.allow(pulse, "pop", "a pulse comes out of neurons and goes into neurons")
        return glide(partial(pulse.go, only=only), begin, end, pulse, rate_func=linear)
