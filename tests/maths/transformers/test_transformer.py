"""The small transformer: its parts against loops and other libraries, its gradient against differences."""

from __future__ import annotations

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from scipy.special import log_softmax, softmax

from scenes.maths.transformers import toy, transformer
from scenes.maths.transformers.transformer import Examples, Shape, Weights

SMALL = Shape(vocabulary=7, layers=2, heads=2, width=8, hidden=12)


def text(shape: Shape, batch: int = 3, places: int = 5, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).integers(shape.vocabulary, size=(batch, places))


def weights_of(shape: Shape, seed: int = 0) -> Weights:
    rng = np.random.default_rng(seed)
    start = transformer.begin(shape, rng)
    # Gains of 1 and biases of 0 would hide a mistake in them.
    return {name: weight + 0.1 * rng.normal(size=weight.shape) for name, weight in start.items()}


def lesson_of(shape: Shape) -> Examples:
    words = text(shape)
    counted = np.random.default_rng(2).random(words.shape) < 0.6
    return Examples(words, text(shape, seed=3), counted)


def by_the_book(weights: Weights, shape: Shape, words: np.ndarray) -> np.ndarray:
    """Logits (places, vocabulary) of one text, token by token and head by head."""

    def norm(rows: np.ndarray, gain: np.ndarray) -> np.ndarray:
        return np.array([(row - row.mean()) / np.sqrt(row.var() + 1e-5) * gain for row in rows])

    places, d, k = len(words), shape.width, shape.head_width
    angle = np.array([[at / 10000 ** (2 * (i // 2) / d) for i in range(d)] for at in range(places)])
    clock = np.where(np.arange(d) % 2 == 0, np.sin(angle), np.cos(angle))
    stream = weights["embed"][words] + shape.places * clock
    for layer in range(shape.layers):
        u = norm(stream, weights[f"look.{layer}"])
        added = np.zeros_like(stream)
        for head in range(shape.heads):
            own = slice(head * k, (head + 1) * k)
            q, key, v = (u @ weights[f"{name}.{layer}"][:, own] for name in ("query", "key", "value"))
            for asking in range(places):
                seen = asking + 1 if shape.causal else places
                share = softmax([q[asking] @ key[other] / np.sqrt(k) for other in range(seen)])
                added[asking] += share @ v[:seen] @ weights[f"out.{layer}"][own]
        stream = stream + added
        u = norm(stream, weights[f"think.{layer}"])
        inner = np.maximum(u @ weights[f"up.{layer}"] + weights[f"bias.{layer}"], 0)
        stream = stream + inner @ weights[f"down.{layer}"]
    return np.asarray(norm(stream, weights["norm"]) @ weights["read"])


@pytest.mark.parametrize("causal", [True, False])
def test_it_computes_what_the_paper_says(causal: bool) -> None:
    shape = Shape(7, width=8, hidden=12, causal=causal)
    weights, words = weights_of(shape), text(shape)
    done = transformer.run(weights, shape, words)
    for row, one in enumerate(words):
        np.testing.assert_allclose(done.logits[row], by_the_book(weights, shape, one), atol=1e-12)


def test_rows_of_attention_share_out_one_unit() -> None:
    done = transformer.run(weights_of(SMALL), SMALL, text(SMALL))
    for looked in done.looked:
        np.testing.assert_allclose(looked.weights.sum(axis=-1), 1, atol=1e-12)
        assert (looked.weights >= 0).all()


def test_the_loss_is_the_mean_surprise_of_what_counts() -> None:
    weights, lesson = weights_of(SMALL), lesson_of(SMALL)
    surprise = -log_softmax(transformer.run(weights, SMALL, lesson.text).logits, axis=2)
    told = np.take_along_axis(surprise, lesson.truth[:, :, None], 2)[:, :, 0]
    loss, _ = transformer.loss_and_slope(weights, SMALL, lesson)
    assert loss == pytest.approx(told[lesson.counted].mean(), rel=1e-12)


@pytest.mark.parametrize("causal", [True, False])
def test_each_gradient_equals_central_differences(causal: bool) -> None:
    shape = Shape(7, width=8, hidden=12, causal=causal)
    weights, lesson = weights_of(shape), lesson_of(shape)
    _, slope = transformer.loss_and_slope(weights, shape, lesson)
    assert slope.keys() == weights.keys()
    rng, step = np.random.default_rng(4), 1e-5
    for name, weight in weights.items():
        way = rng.normal(size=weight.shape)
        ends = [
            transformer.loss_and_slope({**weights, name: weight + sign * step * way}, shape, lesson)[0]
            for sign in (1, -1)
        ]
        measured = (ends[0] - ends[1]) / (2 * step)
        assert float((slope[name] * way).sum()) == pytest.approx(measured, rel=1e-5, abs=1e-8), name


def test_the_gradient_of_attention_equals_autograds() -> None:
    shape = Shape(7, layers=1, width=8, hidden=12, places=0.0)
    weights, lesson = weights_of(shape), lesson_of(shape)

    def loss(query: np.ndarray) -> float:
        def norm(rows: np.ndarray, gain: np.ndarray) -> np.ndarray:
            middle = rows - anp.mean(rows, axis=-1, keepdims=True)
            variance = anp.mean(middle**2, axis=-1, keepdims=True)
            out: np.ndarray = middle / anp.sqrt(variance + 1e-5) * gain
            return out

        total = 0.0
        for words, truth, counted in zip(lesson.text, lesson.truth, lesson.counted, strict=True):
            stream = weights["embed"][words]
            u = norm(stream, weights["look.0"])
            mixed = []
            for own in (slice(0, 4), slice(4, 8)):
                q, k, v = u @ query[:, own], u @ weights["key.0"][:, own], u @ weights["value.0"][:, own]
                power = anp.exp(q @ k.T / 2) * np.tri(len(words))
                mixed.append(power / anp.sum(power, axis=1, keepdims=True) @ v)
            stream = stream + anp.concatenate(mixed, axis=1) @ weights["out.0"]
            u = norm(stream, weights["think.0"])
            stream = stream + anp.maximum(u @ weights["up.0"] + weights["bias.0"], 0) @ weights["down.0"]
            logits = norm(stream, weights["norm"]) @ weights["read"]
            chance = anp.exp(logits) / anp.sum(anp.exp(logits), axis=1, keepdims=True)
            picked = chance[np.arange(len(words)), truth]
            total = total - anp.sum(anp.log(picked) * counted) / lesson.counted.sum()
        return total

    _, slope = transformer.loss_and_slope(weights, shape, lesson)
    np.testing.assert_allclose(slope["query.0"], grad(loss)(weights["query.0"]), atol=1e-12)


def test_no_word_is_told_by_a_later_one() -> None:
    weights, words = weights_of(SMALL), text(SMALL)
    changed = words.copy()
    changed[:, 3] = (changed[:, 3] + 1) % SMALL.vocabulary
    before, after = (transformer.run(weights, SMALL, each).logits for each in (words, changed))
    np.testing.assert_array_equal(before[:, :3], after[:, :3])
    assert (before[:, 3:] != after[:, 3:]).any(axis=2).all()
    free = Shape(7, width=8, hidden=12, causal=False)
    before, after = (transformer.run(weights, free, each).logits for each in (words, changed))
    assert (before != after).any(axis=2).all()


def test_the_stream_is_a_running_sum() -> None:
    weights, words = weights_of(SMALL), text(SMALL)
    done = transformer.run(weights, SMALL, words)
    streams = done.streams()
    assert streams.shape == (5, *words.shape, SMALL.width)
    last = streams[-1] - streams[-1].mean(axis=-1, keepdims=True)
    unit = last / np.sqrt((last**2).mean(axis=-1, keepdims=True) + 1e-5)
    np.testing.assert_allclose(unit * weights["norm"] @ weights["read"], done.logits, atol=1e-12)


def test_a_silenced_head_says_the_same_to_everybody() -> None:
    weights, words = weights_of(SMALL), text(SMALL)
    whole = transformer.run(weights, SMALL, words)
    done = transformer.run(weights, SMALL, words, cut=(1, 0))
    mixed = done.looked[1].mixed
    np.testing.assert_allclose(mixed[:, 0], np.broadcast_to(mixed[:1, 0, :1], mixed[:, 0].shape))
    np.testing.assert_allclose(mixed[:, 1], whole.looked[1].mixed[:, 1])
    np.testing.assert_allclose(mixed[:, 0].mean(axis=(0, 1)), whole.looked[1].mixed[:, 0].mean(axis=(0, 1)))


def test_training_lowers_the_loss_repeats_and_stays_on_the_grid() -> None:
    shape = Shape(len(toy.VOCABULARY), layers=1, width=8, hidden=8)
    probe = toy.rounds(50, np.random.default_rng(5))
    exam = Examples(probe[:, :-1], probe[:, 1:], np.ones((50, 19), dtype=bool))

    def draw(rng: np.random.Generator) -> Examples:
        orders = toy.rounds(16, rng)
        return Examples(orders[:, :-1], orders[:, 1:], np.ones((16, 19), dtype=bool))

    def watch(weights: Weights) -> float:
        return transformer.loss_and_slope(weights, shape, exam)[0]

    once, again = (transformer.train(shape, draw, watch, 60, rate=0.03, every=30) for _ in range(2))
    assert once.watched[0] > once.watched[-1] + 0.5
    np.testing.assert_array_equal(once.step, [0, 30, 60])
    for name, weight in once.weights.items():
        np.testing.assert_array_equal(weight, again.weights[name])
        np.testing.assert_array_equal(weight * transformer.GRID, np.rint(weight * transformer.GRID))
