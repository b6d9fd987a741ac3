"""Neural networks: numbers run right along the wires to make a guess, blame for it runs left along the same wires."""

from __future__ import annotations

from manim import LEFT, RIGHT

from scenes.kit import ink, words
from scenes.kit.network import Network
from scenes.neural_networks.backpropagation import Backpropagation
from scenes.neural_networks.depth import Depth
from scenes.neural_networks.perceptron import Perceptron
from scenes.neural_networks.training import Training


class NeuralNetworks(Perceptron, Backpropagation, Training, Depth):
    """From one ruler that cannot cut XOR to twenty layers that start neither silent nor screaming.

    - ``perceptron``: One line cannot cut XOR; Two bends fold the corners together.
    - ``backpropagation``: Multiply, add, bend; Blame runs left on the same wires.
    - ``training``: Measuring is not moving; A thousand small turns.
    - ``depth``: Deep sigmoid stacks go silent; Start neither silent nor screaming.
    """

    def poster(self) -> None:
        """The loom with one pulse right and one left on the same wires."""
        loom = Network((2, 2, 1), 8.4, 5.6, radius=0.8).weigh(
            [layer.weights for layer in self.example.layers]
        )
        passed = self.example.passed
        loom.fire([*(each[0] for each in passed.activations), passed.outputs[0]], 2.0)
        for wires in loom.wires:
            wires.set_stroke(width=11)
        loom.to_edge(RIGHT, buff=0.5)
        right, left = loom.pulse(ink.focus, length=1.0), loom.pulse(ink.fourth, under=True, length=1.0)
        for pulse in (right.go(0.34), left.go(1.5)):
            pulse.set_stroke(width=24, opacity=1)
        text = words.headline("[Forward.:focus]\n[Back.:fourth]\nLearn.", size=1.15 * ink.POSTER)
        text.to_edge(LEFT, buff=0.6)
        self.add(loom, right, left, text)
