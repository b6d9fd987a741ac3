"""Neural networks: a forward pass computes, backpropagation measures, gradient descent moves."""

from __future__ import annotations

from manim import LEFT, RIGHT

from scenes.kit import ink, words
from scenes.neural_networks.back import Back
from scenes.neural_networks.border import Border
from scenes.neural_networks.deep import Deep
from scenes.neural_networks.fold import Fold
from scenes.neural_networks.forward import Forward
from scenes.neural_networks.initial import Initial
from scenes.neural_networks.many import Many
from scenes.neural_networks.nudge import Nudge
from scenes.neural_networks.price import Price
from scenes.neural_networks.stage import Net, standing


class NeuralNetworks(Border, Fold, Forward, Price, Back, Nudge, Many, Deep, Initial):
    """From one line that cannot part four points to twenty layers whose signals neither vanish nor explode.

    - ``border``: A perceptron is a line; One midpoint decides it.
    - ``fold``: A hidden layer moves the points.
    - ``forward``: The forward pass, with numbers; A bend between the layers.
    - ``price``: What a wrong guess costs; One wire: slope, chain, step.
    - ``back``: Backpropagation: the same wires, right to left.
    - ``nudge``: Measuring is not moving.
    - ``many``: Many small steps.
    - ``deep``: Below one it vanishes, above one it explodes.
    - ``initial``: Start neither too small nor too large; the end.
    """

    def poster(self) -> None:
        """The net with one pulse right and one left on the same wires."""
        loom = Net((2, 2, 1), 8.4, 5.6, radius=0.8).weigh([layer.weights for layer in self.example.layers])
        loom.fire(standing(self.example), 2.0)
        for wires in loom.wires:
            wires.set_stroke(width=11)
        loom.to_edge(RIGHT, buff=0.5)
        right, left = loom.pulse(ink.focus, length=1.0), loom.pulse(ink.fourth, under=True, length=1.0)
        for pulse in (right.go(0.34), left.go(1.5)):
            pulse.set_stroke(width=24, opacity=1)
        text = words.headline("[Forward.:focus]\n[Back.:fourth]\nLearn.", size=1.15 * ink.POSTER)
        text.to_edge(LEFT, buff=0.6)
        self.add(loom, right, left, text)
