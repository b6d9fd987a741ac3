"""The worked example as one picture through the frame: two inputs, two hidden units, one output, numbers on all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, VGroup

from scenes.kit import ink, shot, words
from scenes.kit.drive import Drive
from scenes.kit.glide import glide
from scenes.kit.path import Floats
from scenes.maths.neural_networks import network
from scenes.neural_networks.stage import Net, maths, numeral

WIRES: Final = ((0, 0, 0), (0, 0, 1), (0, 1, 0), (0, 1, 1), (1, 0, 0), (1, 1, 0))
"""Layer, row and column of each wire."""
LARGE: Final = 48.0
"""Pixels of the capitals of numbers in neurons and on wires."""
BIAS: Final = 46.0
"""Pixels of the capitals of biases."""
FULL: Final = 4.0
"""The activation that lights a neuron fully."""
RADIUS: Final = 0.95
"""Of a neuron, in scene units: two numbers have room in it."""
WIDE: Final = 2.4
"""By how much its wires are wider than those of a net without numbers."""
SECOND: Final = 44.0
"""Pixels of the capitals of what is smaller in a neuron: the guess, and deltas."""
DARK: Final[tuple[Floats, ...]] = (np.zeros(2), np.zeros(2), np.zeros(1))
"""Values of the layers before anything has come in."""
SHARES: Final = {0: 0.24, 1: 0.3}
"""Of its way along a wire, by layer, where the weight stands: clear of the crossing."""
_OUT: Final = 0.74
"""Of a neuron's radius, both ways, where its bias begins."""


class WorkedNet(VGroup):
    """The net of ``example`` with its weights in gaps of the wires and its biases beside the neurons.

    ``loom`` is the :class:`Net`, which pulses run along; ``weights`` are six numbers in the order of
    :data:`WIRES`, ``biases`` three: of the hidden units and of the output.
    """

    def __init__(
        self,
        example: network.Example,
        place: shot.Region | None = None,
        decimals: int | None = None,
    ) -> None:
        super().__init__()
        region = place or shot.safe(titled=False).inset(0.75, 0.62)
        layers = example.layers
        self.example = example
        self.loom = Net((2, 2, 1), region.width, region.height, radius=RADIUS)
        self.loom.wide = WIDE
        self.loom.weigh([layer.weights for layer in layers])
        region.put(self.loom)
        self.weights = VGroup(
            *(
                self.loom.on_wire(
                    words.label(numeral(layers[layer].weights[row, column], decimals), size=LARGE),
                    layer,
                    row,
                    column,
                    SHARES[layer],
                )
                for layer, row, column in WIRES
            )
        )
        self.biases = VGroup(
            *(self._bias(layer, unit, layers[layer].bias[unit]) for layer, unit in ((0, 0), (0, 1), (1, 0)))
        )
        self.add(self.loom, self.weights, self.biases)

    def _bias(self, layer: int, unit: int, value: float) -> words.Words:
        """The bias of a neuron: at its outer corner on the right, or over the output."""
        neuron = self.loom.neuron(layer + 1, unit)
        text = words.label(f"$b = {value:g}$", size=BIAS)
        if layer:
            return text.next_to(neuron, UP, buff=words.GAP)
        side = RIGHT + (DOWN if unit else UP)
        return text.next_to(neuron.get_center() + _OUT * RADIUS * side, side, buff=words.GAP)

    def tell(self, layer: int, unit: int, value: float, decimals: int | None = None) -> words.Words:
        """A number in a neuron."""
        size = LARGE if decimals is None else SECOND
        return self.loom.in_neuron(words.label(numeral(value, decimals), size=size), layer, unit)

    def tell_delta(self, layer: int, unit: int, told: str) -> words.Words:
        """A delta in the lower half of a neuron, violet; what stands in its middle has to be raised."""
        number = self.loom.in_neuron(words.label(told, ink.fourth, size=SECOND), layer, unit)
        return number.next_to(self.loom.neuron(layer, unit).get_center(), DOWN, buff=words.GAP)

    def symbol(self, layer: int, unit: int, source: str, side: Floats = LEFT) -> words.Words:
        """A symbol beside a neuron."""
        return maths(source).next_to(self.loom.neuron(layer, unit), side, buff=2 * words.GAP)

    def light_up(self, begin: Sequence[Floats], end: Sequence[Floats]) -> Drive:
        """An animation: neurons go from the light of some values to that of others."""

        def fire(*values: Floats) -> object:
            return self.loom.fire(values, FULL).neurons

        return glide(fire, tuple(begin), tuple(end), self.loom.neurons)
