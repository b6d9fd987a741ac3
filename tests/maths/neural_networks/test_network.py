"""Networks against finite differences, autograd, scikit-learn and closed forms."""

from __future__ import annotations

import itertools

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from sklearn.metrics import log_loss as reference_loss
from sklearn.neural_network import MLPClassifier

from scenes.maths.neural_networks import network
from scenes.maths.neural_networks.network import BENDS, RELU, SIGMOID, STRAIGHT, TANH, Layer, Layers
from scenes.maths.neural_networks.perceptron import CORNERS, XOR

RNG = np.random.default_rng(7)


def some_layers(*sizes: int) -> Layers:
    return tuple(
        Layer(RNG.normal(size=(n_in, n_out)), RNG.normal(size=n_out))
        for n_in, n_out in itertools.pairwise(sizes)
    )


def loss_of(layers: Layers, x: np.ndarray, truth: np.ndarray, bend: network.Bend) -> float:
    return float(network.log_loss(network.forward(layers, x, bend).outputs, truth))


def truths(count: int, classes: int) -> np.ndarray:
    if classes == 1:
        return RNG.integers(0, 2, (count, 1)).astype(float)
    return np.eye(classes)[RNG.integers(0, classes, count)]


@pytest.mark.parametrize("bend", [*BENDS.values(), STRAIGHT], ids=lambda bend: bend.name)
def test_slopes_of_bends_are_finite_differences(bend: network.Bend) -> None:
    z = RNG.uniform(-3, 3, 200)
    z = z[np.abs(z) > 1e-3]
    measured = (bend.of(z + 1e-6) - bend.of(z - 1e-6)) / 2e-6
    np.testing.assert_allclose(bend.slope(z), measured, atol=1e-8)


def test_steepest_slopes() -> None:
    z = np.linspace(-5, 5, 1001)
    assert [float(bend.slope(z).max()) for bend in (RELU, SIGMOID, TANH)] == [1.0, 0.25, 1.0]


@pytest.mark.parametrize("bend", BENDS.values(), ids=lambda bend: bend.name)
@pytest.mark.parametrize("sizes", [(3, 4, 1), (2, 5, 3, 4)])
def test_blame_equals_finite_differences(bend: network.Bend, sizes: tuple[int, ...]) -> None:
    layers = some_layers(*sizes)
    x, truth = RNG.normal(size=(6, sizes[0])), truths(6, sizes[-1])
    slopes = network.blame(layers, x, truth, bend)
    for k, layer in enumerate(layers):
        for array, found in ((layer.weights, slopes.weights[k]), (layer.bias, slopes.bias[k])):
            for index in np.ndindex(array.shape):
                kept = array[index]
                array[index] = kept + 1e-6
                up = loss_of(layers, x, truth, bend)
                array[index] = kept - 1e-6
                down = loss_of(layers, x, truth, bend)
                array[index] = kept
                assert found[index] == pytest.approx((up - down) / 2e-6, rel=1e-5, abs=1e-8)


def test_blame_at_the_inputs_equals_autograd() -> None:
    layers = some_layers(4, 5, 3)
    x, truth = RNG.normal(size=(7, 4)), truths(7, 3)

    def loss(inputs: np.ndarray) -> float:
        a = anp.tanh(anp.dot(inputs, layers[0].weights) + layers[0].bias)
        o = anp.dot(a, layers[1].weights) + layers[1].bias
        return anp.mean(anp.log(anp.sum(anp.exp(o), axis=1)) - anp.sum(truth * o, axis=1))  # type: ignore[no-any-return]

    slopes = network.blame(layers, x, truth, TANH)
    np.testing.assert_allclose(slopes.activations[0], autograd.grad(loss)(x), atol=1e-12)


def test_loss_equals_scikit_learn_and_survives_large_logits() -> None:
    outputs, truth = RNG.normal(size=(20, 4)), truths(20, 4)
    assert network.log_loss(outputs, truth) == pytest.approx(
        reference_loss(truth.argmax(1), network.guess(outputs), labels=range(4))
    )
    one, label = RNG.normal(size=(20, 1)), truths(20, 1)
    assert network.log_loss(one, label) == pytest.approx(
        reference_loss(label[:, 0], network.guess(one)[:, 0], labels=[0, 1])
    )
    assert network.log_loss(np.array([[1000.0]]), np.array([[0.0]])) == 1000.0


def test_descent_walks_as_scikit_learns_does() -> None:
    x, label = RNG.normal(size=(30, 3)), truths(30, 1)
    layers = some_layers(3, 4, 1)
    steps = 25
    model = MLPClassifier(
        (4,), activation="tanh", solver="sgd", alpha=0.0, batch_size=30, learning_rate_init=0.3, momentum=0.8,
        nesterovs_momentum=False, shuffle=False, max_iter=1,
    )  # fmt: skip
    model.partial_fit(x, label[:, 0], classes=[0, 1])
    model.coefs_[:] = [layer.weights.copy() for layer in layers]
    model.intercepts_[:] = [layer.bias.copy() for layer in layers]
    model._optimizer.params = model.coefs_ + model.intercepts_
    model._optimizer.velocities = [np.zeros_like(each) for each in model._optimizer.params]
    for _ in range(steps):
        model.partial_fit(x, label[:, 0])
    ours = network.train(layers, x, label, TANH, rate=0.3, momentum=0.8, steps=steps)
    for layer, weights in zip(ours.layers[-1], model.coefs_, strict=True):
        np.testing.assert_allclose(layer.weights, weights, atol=1e-10)


def test_many_networks_at_once_are_the_same_as_one_by_one() -> None:
    starts = network.random_layers((2, 3, 1), range(3))
    together = network.train_on_xor(starts, steps=200)
    for row in range(3):
        alone = network.train_on_xor(
            tuple(Layer(layer.weights[row], layer.bias[row]) for layer in starts), steps=200
        )
        np.testing.assert_allclose(together.loss[:, row], alone.loss, atol=1e-12)
        np.testing.assert_array_equal(together.right[:, row], alone.right)


def test_the_worked_example_by_hand() -> None:
    example = network.worked_example()
    passed, slopes = example.passed, example.blame
    np.testing.assert_allclose(passed.sums[0], [[4.0, -1.8]])
    np.testing.assert_allclose(passed.activations[1], [[4.0, 0.0]])
    p = 1 / (1 + np.exp(1.5))
    assert passed.outputs[0, 0] == pytest.approx(-1.5)
    assert example.guess == pytest.approx(p)
    assert example.loss == pytest.approx(-np.log(p))
    np.testing.assert_allclose(slopes.weights[0], [[-1.8 * (p - 1), 0], [-1.2 * (p - 1), 0]])
    np.testing.assert_allclose(slopes.weights[1], [[4 * (p - 1)], [0]])
    for layer, row, column in [(0, 0, 0), (0, 0, 1), (0, 1, 0), (0, 1, 1), (1, 0, 0), (1, 1, 0)]:
        assert example.nudged(layer, row, column) == pytest.approx(
            slopes.weights[layer][row, column], abs=1e-9
        )


def test_no_two_numbers_of_the_worked_example_coincide() -> None:
    example = network.worked_example()
    parts = [(each.weights, each.bias) for each in example.layers]
    given = np.abs(np.concatenate([each.ravel() for pair in parts for each in pair]))
    shown = [*given, *example.x[0], example.passed.activations[1][0, 0]]
    assert len(set(np.round(shown, 6))) == len(shown) and 1 not in shown
    slopes = example.blame
    found = np.abs([*slopes.weights[0][:, 0], slopes.bias[0][0], slopes.weights[1][0, 0], slopes.bias[1][0]])
    assert len(set(found.round(2))) == len(found)


def test_a_step_against_the_slopes_lowers_the_loss_as_the_slopes_say() -> None:
    example = network.worked_example()
    slopes = example.blame
    length = sum(float((each**2).sum()) for each in (*slopes.weights, *slopes.bias))
    fall = example.loss - example.after(1e-6).loss
    assert fall == pytest.approx(1e-6 * length, rel=1e-4)


def test_without_bends_a_stack_is_one_layer() -> None:
    layers = some_layers(3, 5, 4, 2)
    x = RNG.normal(size=(9, 3))
    np.testing.assert_allclose(
        network.melt(layers)(x), network.forward(layers, x, STRAIGHT).outputs, atol=1e-12
    )
    assert np.abs(network.melt(layers)(x) - network.forward(layers, x, RELU).outputs).max() > 0.1


def test_counted_multiplications_are_those_of_the_products() -> None:
    right, left = network.count_multiplications((2, 8, 8, 1))
    assert right == 2 * 8 + 8 * 8 + 8
    # Each weight is used once for its own slope; all but the first layer's once more, to pass the signal on.
    assert left == right + 8 * 8 + 8
    assert network.count_numbers((2, 8, 8, 1)) == sum(
        each.weights.size + each.bias.size for each in some_layers(2, 8, 8, 1)
    )


# --- what was trained


def test_the_fold_brings_two_corners_together_and_a_line_parts_them() -> None:
    training = network.fold(keep=(0, 45, 91, 204))
    assert training.kept == (0, 45, 91, 204, 3000)
    assert training.loss[0] == pytest.approx(0.750, abs=5e-4)
    assert [int(np.argmax(training.loss < level)) for level in (0.5, 0.2, 0.05)] == [45, 91, 204]
    assert training.loss[-1] == pytest.approx(0.0021, abs=5e-5)
    hidden = network.forward(training.layers[-1], CORNERS, TANH).activations[1]
    np.testing.assert_allclose(hidden[[0, 3]], [[0.95, -0.94], [0.96, -0.95]], atol=5e-3)
    assert np.linalg.norm(hidden[0] - hidden[3]) < 0.02 < 1.9 < np.linalg.norm(hidden[1] - hidden[2])
    last = training.layers[-1][1]
    np.testing.assert_array_equal((hidden @ last.weights + last.bias > 0)[:, 0], XOR)


def test_unfolding_undoes_a_layer() -> None:
    layer = network.fold().layers[-1][0]
    x = RNG.uniform(-0.5, 1.5, (50, 2))
    np.testing.assert_allclose(network.unfold(layer, TANH.of(layer(x))), x, atol=1e-6)


def test_the_start_that_ends_the_lesson_is_the_median_of_those_that_solve_it() -> None:
    steps = []
    for seed in range(50):
        start = tuple(
            Layer(each.weights[0], each.bias[0]) for each in network.random_layers((2, 2, 1), [seed])
        )
        right = network.train_on_xor(start, steps=3000 if seed < 3 else 400).right
        if (right == 1).any() and right[-1] == 1:
            steps.append(int(np.argmax(right == 1)))
    assert steps == network.solved_at().tolist()
    seeds = np.flatnonzero(network.solved(2))
    middle = seeds.tolist().index(network.middle_seed())
    assert steps[middle] == sorted(steps)[13] == np.median(steps) == 107


def test_wider_nets_start_well_more_often() -> None:
    assert [network.count_solved(hidden) for hidden in (2, 3, 4, 8)] == [27, 43, 49, 50]


def test_a_stuck_start_has_two_corners_at_one_half() -> None:
    training = network.train_on_xor(network.random_layers((2, 2, 1), range(50)))
    stuck = training.loss[-1][training.right[-1] < 1]
    assert (np.abs(stuck - np.log(2) / 2) < 0.01).sum() == 22


def test_triplets_stay_triplets() -> None:
    grown = network.triplets()
    assert grown.steps[0] == 0
    assert grown.steps[-1] == 3000
    np.testing.assert_array_equal(grown.weights, np.repeat(grown.weights[:, :, :1], 3, axis=2))
    np.testing.assert_allclose(grown.weights[-1], 3.926, atol=5e-4)
    np.testing.assert_array_equal(grown.out, np.repeat(grown.out[:, :1], 3, axis=1))
