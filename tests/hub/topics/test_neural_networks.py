"""The figure of neural networks trains in the browser what the lesson trains in Python."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.figure.__main__ import plain
from scenes.figure.neural_networks import NUMBERS, SEEDS, figure
from scenes.maths.neural_networks import network, perceptron, spiral
from scenes.maths.neural_networks.network import BENDS, Layer, Layers
from tests.hub.asking import Ask, Seen, ask_demo

ENTRY = """
import * as network from "./hub/demos/maths/network";
import { train } from "./hub/demos/neural-networks";
const plain = (layers: readonly network.Layer[]) =>
  layers.map(({ ins, weights, bias }) => ({ ins, weights: Array.from(weights), bias: Array.from(bias) }));
const calls: { [name: string]: (...args: any[]) => unknown } = {
  begin: (sizes, start, normals) => plain(network.begin(sizes, start, normals)),
  backward: (sizes, start, normals, points, kinds, bend) => {
    const found = network.backward(network.begin(sizes, start, normals), points, kinds, bend);
    return { loss: found.loss, right: found.right, slopes: plain(found.layers) };
  },
  train: (state, figure) => {
    const run = train(state, figure);
    return { layers: plain(run.layers), losses: run.losses, right: run.slopes.right };
  },
};
"""
SPIRAL = {"data": "spirals", "layers": 2, "units": 8, "bend": "tanh", "start": "one", "seed": 0, "rate": 0.5}
XOR = {"data": "xor", "layers": 1, "units": 2, "bend": "tanh", "start": "normal", "seed": 4, "rate": 0.5}


def look(*fragments: str) -> list[Seen]:
    return ask_demo("neural-networks", figure(), *fragments)


def weights(found: list[dict[str, list[float]]]) -> list[np.ndarray]:
    return [np.array(layer["weights"]).reshape(int(layer["ins"]), -1) for layer in found]  # type: ignore[call-overload]


def normals(seed: int) -> np.ndarray:
    return np.asarray(np.array(figure()["normals"])[seed])


def test_starts_are_the_lessons(ask: Ask) -> None:
    fold, spirals = ask(
        ("begin", [2, 2, 1], "normal", normals(4)), ("begin", list(spiral.SIZES), "one", normals(0))
    )
    for found, layers in (
        (fold, [each.weights[0] for each in network.random_layers((2, 2, 1), [network.OPEN_SEED])]),
        (spirals, [each.weights for each in spiral.start(0)]),
    ):
        for one, other in zip(weights(found), layers, strict=True):
            np.testing.assert_allclose(one, other, atol=1e-12)
    assert normals(0).shape == (NUMBERS,) and len(SEEDS) == 5


@pytest.mark.parametrize("bend", BENDS)
def test_slopes_are_those_of_the_lessons_maths(ask: Ask, bend: str) -> None:
    sizes, data = [2, 3, 3, 1], spiral.spirals()
    (found,) = ask(("backward", sizes, "one", normals(1), data.points, data.arm, bend))
    (begun,) = ask(("begin", sizes, "one", normals(1)))
    layers: Layers = tuple(
        Layer(matrix, np.array(layer["bias"])) for matrix, layer in zip(weights(begun), begun, strict=True)
    )
    slopes = network.blame(layers, data.points, data.truth, BENDS[bend])
    outputs = network.forward(layers, data.points, BENDS[bend]).outputs
    assert found["loss"] == pytest.approx(float(network.log_loss(outputs, data.truth)), rel=1e-9)
    assert found["right"] == int(((outputs[:, 0] > 0) == (data.arm == 1)).sum())
    for one, other in zip(weights(found["slopes"]), slopes.weights, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-10)


def test_the_runs_are_the_lessons(ask: Ask) -> None:
    spirals, fold = ask(
        ("train", {**SPIRAL, "steps": 300}, plain(figure())),
        ("train", {**XOR, "steps": network.OPEN_STEP}, plain(figure())),
    )
    run = spiral.unwind((300,))
    assert spirals["right"] == 196
    # Six digits of the points travel; what is left out is felt after some hundred steps at this rate.
    np.testing.assert_allclose(spirals["losses"][:120], run.loss[:120], rtol=1e-5)
    steps = network.OPEN_STEP
    ours = network.fold(keep=(steps,), seed=network.OPEN_SEED).loss[: steps + 1]
    np.testing.assert_allclose(fold["losses"], ours, rtol=1e-5)
    assert fold["right"] == 4


def test_without_a_hidden_layer_and_does_not_part(ask: Ask) -> None:
    line, crossed = ask(
        ("train", {**XOR, "data": "and", "layers": 0, "steps": 400}, plain(figure())),
        ("train", {**XOR, "layers": 0, "steps": 400}, plain(figure())),
    )
    assert line["right"] == 4
    assert crossed["right"] <= perceptron.best_count(perceptron.XOR)


def test_each_thing_to_be_found_can_be_found() -> None:
    spirals = "data=spirals&layers=2&units=8&start=one&seed=0"
    start, relu, lost, parted = look(
        "",
        "bend=ReLU&units=8&start=He&seed=0&steps=2000",
        f"{spirals}&rate=100&steps=300",
        f"{spirals}&rate=0.5&steps=600",
    )
    assert start.found == [False, False, False]
    assert relu.found[0] and lost.found[1] and parted.found[2]


def test_nonsense_in_an_address_harms_nothing() -> None:
    for seen in look(
        "data=moons&layers=-4&units=NaN&bend=none&start=&seed=1e99&rate=NaN&steps=-1&x=-1e9&y=NaN",
        "data=spirals&layers=3&units=8&rate=1e9&steps=60&start=large&bend=ReLU",
    ):
        assert "NaN" not in seen.picture and "Infinity" not in seen.picture
        assert seen.state["units"] >= 1
