"""What the acts of the lesson share: its stage, and what more than one of them does with it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final, TypeVar

from manim import Animation, ManimColor, Mobject, VGroup, linear

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


def maths(
    source: str,
    size: ink.Size | float = ink.POINT,
    colors: Mapping[str, ManimColor] | None = None,
    color: ManimColor = ink.chalk,
) -> Words:
    """A formula in the colours of this lesson."""
    return words.formula(source, colors, size, color, SYMBOLS)


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
