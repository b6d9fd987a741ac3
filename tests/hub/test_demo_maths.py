"""What the figures compute in the browser is what the lessons' maths computes in Python, on the same inputs."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from sklearn.svm import SVC

from scenes.figure import reinforcement_learning
from scenes.figure import svm as svm_figure
from scenes.figure import transformers as transformers_figure
from scenes.figure.__main__ import plain
from scenes.maths.linear_algebra import linear
from scenes.maths.reinforcement_learning import gridworld, ice, qlearning
from scenes.maths.svm import kernel, neighbour, svm
from scenes.maths.transformers import attention, cafe, sampling, transformer, transformers, waiter
from tests.hub.asking import Ask, asker

ENTRY = (
    f"const FADING = {ice.FADING};"
    + """
import * as gridworld from "./hub/demos/maths/gridworld";
import * as plane from "./hub/demos/maths/plane";
import * as qlearning from "./hub/demos/maths/qlearning";
import { Random } from "./hub/demos/maths/random";
import * as sampling from "./hub/demos/maths/sampling";
import * as svm from "./hub/demos/maths/svm";
import * as transformer from "./hub/demos/maths/transformer";

const numbers = (run: qlearning.Run) => ({
  tables: run.tables.map(({ q }) => Array.from(q)),
  visits: Array.from(run.tables.at(-1)!.visits),
  trips: run.trips,
});
const rateOf = (rate: number | null) => (rate === null ? qlearning.fading(FADING) : qlearning.steady(rate));
const calls: { [name: string]: (...args: any[]) => unknown } = {
  throw(seed, draws: string) {
    const random = new Random(seed);
    return [...draws].map((draw) => (draw === "r" ? random.random() : random.integer(Number.parseInt(draw, 36))));
  },
  street(points, sides, gamma, price, places) {
    const street = svm.fit(points, sides, gamma === null ? svm.linear : svm.radial(gamma), price);
    return {
      alpha: Array.from(street.alpha), b: street.b, dual: street.dual, own: Array.from(street.levels),
      levels: places.map(([x, y]: number[]) => street.level(x!, y!)),
    };
  },
  vote(points, kinds, k, classes, places, ruler: keyof typeof svm.RULERS = "straight") {
    return places.map(([x, y]: number[]) => svm.vote(svm.ranked(points, x!, y!, svm.RULERS[ruler]), kinds, k, classes));
  },
  winner: svm.winner,
  kept: plane.kept,
  takeApart: plane.takeApart,
  area: plane.area,
  swing: plane.swing,
  warm: sampling.warm,
  keepTopK: sampling.keepTopK,
  keepTopP: sampling.keepTopP,
  shareAgain: sampling.shareAgain,
  bits: sampling.bits,
  draw: sampling.draw,
  read: (trained, texts, cut) => {
    const model = transformer.unpack(trained);
    return texts.map((text: number[]) => transformer.read(model, text, cut));
  },
  unpack: (trained) => transformer.unpack(trained),
  values: (rows, discount, slip) => Array.from(gridworld.iterateValues(gridworld.readMap(rows), discount, slip)),
  learn: (rows, seed, schedule, trips, rate, discount, slip, longest) =>
    numbers(qlearning.learn(gridworld.readMap(rows), {
      seed, curiosity: qlearning.SCHEDULES[schedule]!, trips, rate: rateOf(rate), discount, slip, longest,
    })),
  retrace: (rows, starts, moves, rate, discount) =>
    numbers(qlearning.retrace(gridworld.readMap(rows), starts, moves, rateOf(rate), discount)),
  within(rows, starts, moves, rate, discount, trip, made) {
    const world = gridworld.readMap(rows);
    const run = qlearning.retrace(world, starts, moves, rateOf(rate), discount);
    return Array.from(qlearning.within(world, run, trip, made, rateOf(rate), discount));
  },
  slide(rows, seed, trips, rate, discount, slip, longest) {
    const world = gridworld.readMap(rows);
    const curiosity = qlearning.SCHEDULES["wander"]!;
    const run = qlearning.learn(world, { seed, curiosity, trips, rate: rateOf(rate), discount, slip, longest });
    return run.trips.map(({ moves }, trip) =>
      Array.from(qlearning.within(world, run, trip, moves.length, rateOf(rate), discount)));
  },
};
"""
)


@pytest.fixture(scope="session")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Calls the figures' functions under Node: a list of (name, arguments) in, a list of results out."""
    return asker(tmp_path_factory.mktemp("node"), ENTRY)


# --- the dice -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [0, 1, 9, 12345, 2**32 - 1])
def test_the_dice_fall_as_numpys(ask: Ask, seed: int) -> None:
    pattern = np.random.default_rng(5).choice(list("rr1234pz"), 600)
    rng = np.random.default_rng(seed)
    expected = [rng.random() if p == "r" else int(rng.integers(int(p, 36))) for p in pattern]
    assert ask(("throw", seed, "".join(pattern))) == [expected]


def test_a_choice_of_numpy_is_one_whole_number(ask: Ask) -> None:
    rng = np.random.default_rng(4)
    expected = [int(rng.choice(np.arange(count))) for count in (25, 1, 3, 2, 25, 4)]
    assert ask(("throw", 4, "p13" + "2p4")) == [expected]


# --- streets --------------------------------------------------------------------------------------------------


def clouds() -> dict[str, tuple[np.ndarray, np.ndarray]]:
    figure = svm_figure.figure()
    found = {}
    for name in ("apart", "mixed", "moons"):
        cloud = figure[name]
        assert isinstance(cloud, dict)
        found[name] = (cloud["points"], np.where(cloud["kinds"] == 0, -1.0, 1.0))
    return found


@pytest.mark.parametrize("price", [0.01, 0.1, 1.0, 10.0, 100.0])
def test_a_soft_street_is_the_lessons(ask: Ask, price: float) -> None:
    points, sides = clouds()["mixed"]
    fit = svm.soft_street(points, sides, price)
    [found] = ask(("street", points, sides, None, price, points))
    assert found["dual"] == pytest.approx(fit.dual, rel=1e-5)
    assert found["b"] == pytest.approx(fit.street.b, abs=2e-3)
    assert np.allclose(found["levels"], fit.street.level(points), atol=1e-3)
    assert np.allclose(found["own"], found["levels"], atol=1e-9)
    assert np.flatnonzero(found["alpha"]).tolist() == fit.support_vectors.tolist()
    assert abs(np.dot(found["alpha"], sides)) < 1e-9


def test_a_dear_street_is_the_widest(ask: Ask) -> None:
    points, sides = clouds()["apart"]
    fit = svm.widest_street(points, sides)
    [found] = ask(("street", points, sides, None, 1000, points))
    assert np.flatnonzero(found["alpha"]).tolist() == fit.support_vectors.tolist() == [24, 41, 98]
    assert np.allclose(found["alpha"], fit.alpha, atol=1e-4)
    assert np.allclose(found["levels"], fit.street.level(points), atol=1e-4)
    assert found["dual"] == pytest.approx(1.0253061, abs=1e-5)


@pytest.mark.parametrize(("price", "gamma"), [(1, 0.1), (1, 1), (1, 10), (1, 100), (100, 1), (0.05, 3)])
def test_a_winding_street_is_that_of_libsvm(ask: Ask, price: float, gamma: float) -> None:
    points, sides = clouds()["moons"]
    places = np.random.default_rng(0).uniform((-2, -1.5), (3, 2), (150, 2))
    model = SVC(C=price, gamma=gamma, tol=1e-9).fit(points, sides)
    [found] = ask(("street", points, sides, gamma, price, places))
    assert np.allclose(found["levels"], model.decision_function(places), atol=1e-3)
    K = np.exp(-gamma * ((points[:, None] - points) ** 2).sum(axis=2))
    pressed = np.array(found["alpha"]) * sides
    assert found["dual"] == pytest.approx(np.sum(found["alpha"]) - pressed @ K @ pressed / 2, rel=1e-9)
    alpha = np.zeros(len(points))
    alpha[model.support_] = np.abs(model.dual_coef_[0])
    assert found["dual"] == pytest.approx(alpha.sum() - (alpha * sides) @ K @ (alpha * sides) / 2, rel=1e-5)


def test_the_moons_are_told_as_the_lesson_says(ask: Ask) -> None:
    points, sides = clouds()["moons"]
    test = kernel.moons(2000, 2)
    lesson = kernel.wind_by_gamma(kernel.moons(), test, [1.0, 100.0], np.zeros(1), np.zeros(1))
    found = ask(*(("street", points, sides, gamma, 1, test.points) for gamma in (1, 100)))
    for street, score in zip(found, lesson.test_accuracy, strict=True):
        assert kernel.accuracy(np.array(street["levels"]), test.sides) == pytest.approx(score, abs=2e-3)


# --- votes ----------------------------------------------------------------------------------------------------


def sepals() -> tuple[np.ndarray, np.ndarray]:
    cloud = svm_figure.figure()["sepals"]
    assert isinstance(cloud, dict)
    return cloud["points"], cloud["kinds"]


RULER = dict(zip(("steps", "straight", "longest"), neighbour.RULERS, strict=True))


@pytest.mark.parametrize("ruler", RULER)
@pytest.mark.parametrize("k", [1, 5, 31, 47, 99])
def test_neighbours_vote_as_in_the_lesson(ask: Ask, k: int, ruler: str) -> None:
    points, kinds = sepals()
    # Every fourth place is a point of the table's own grid, where distances tie.
    places = np.random.default_rng(1).uniform((4, 1.8), (8.2, 4.6), (120, 2))
    places[::4] = places[::4].round(1)
    [found] = ask(("vote", points, kinds, k, 3, places, ruler))
    expected = [neighbour.neighbours(place, points, kinds, k, RULER[ruler]) for place in places]
    assert np.allclose(found, [asked.share for asked in expected], atol=1e-9)
    winners = ask(*(("winner", share) for share in found))
    assert winners == [asked.verdict for asked in expected]


@pytest.mark.parametrize("k", [1, 3, 4, 7])
def test_points_that_are_equally_far_share_the_last_votes(ask: Ask, k: int) -> None:
    points = np.array([[0, 0], [2, 0], [0, 2], [2, 2], [1, 3], [3, 1], [4, 4], [1, -1]], float)
    kinds = np.array([0, 1, 1, 0, 2, 2, 0, 1])
    places = np.array([[1, 1], [2, 1], [0, 0], [3, 3]], float)
    [found] = ask(("vote", points, kinds, k, 3, places))
    expected = [neighbour.neighbours(place, points, kinds, k) for place in places]
    assert np.allclose(found, [asked.share for asked in expected], atol=1e-12)
    assert ask(*(("winner", share) for share in found)) == [asked.verdict for asked in expected]


@pytest.mark.parametrize("k", [1, 5, 31, 47, 99])
def test_who_is_left_out_is_told_as_in_the_lesson(ask: Ask, k: int) -> None:
    points, kinds = sepals()
    asked = [
        ("vote", np.delete(points, row, 0), np.delete(kinds, row), k, 3, points[row : row + 1])
        for row in range(len(points))
    ]
    winners = ask(*(("winner", shares[0]) for shares in ask(*asked)))
    score = neighbour.leave_one_out(points, kinds, [k])
    # Distances that are equal on paper may differ in their last bits in Python, and are equal here.
    assert score.lowest[0] - 1e-9 <= np.mean(np.array(winners) == kinds) <= score.highest[0] + 1e-9
    assert np.mean(np.array(winners) == kinds) == pytest.approx(score.score[0], abs=0.02)


# --- the plane ------------------------------------------------------------------------------------------------


def test_kept_lines_and_areas_are_the_lessons(ask: Ask) -> None:
    matrices = np.random.default_rng(2).normal(size=(200, 2, 2)).round(2)
    found = ask(*(("kept", matrix.ravel()) for matrix in matrices))
    areas = ask(*(("area", matrix.ravel()) for matrix in matrices))
    seen = set()
    for matrix, kept, size in zip(matrices, found, areas, strict=True):
        assert size == pytest.approx(linear.signed_area(matrix), abs=1e-12)
        assert size == pytest.approx(np.linalg.det(matrix), abs=1e-12)
        seen.add(kept["kind"])
        if kept["kind"] == "none":
            with pytest.raises(ValueError, match="does not keep"):
                linear.eigen(matrix)
            assert np.abs(np.linalg.eigvals(matrix).imag).max() > 0
            continue
        eigen = linear.eigen(matrix)
        assert np.allclose(kept["values"], eigen.values, atol=1e-9)
        assert np.allclose(kept["vectors"], eigen.vectors, atol=1e-9)
    assert seen == {"none", "two"}


def test_matrices_that_keep_other_than_two_lines(ask: Ask) -> None:
    shear, double, turn = ask(("kept", [1, 1, 0, 1]), ("kept", [2, 0, 0, 2]), ("kept", [0.8, -0.6, 0.6, 0.8]))
    assert shear == {"kind": "one", "value": 1, "vector": [1, 0]}
    assert double == {"kind": "all", "value": 2}
    assert turn == {"kind": "none"}


def test_turn_stretch_turn_are_the_lessons(ask: Ask) -> None:
    matrices = np.random.default_rng(3).normal(size=(100, 2, 2))
    for matrix, steps in zip(matrices, ask(*(("takeApart", m.ravel()) for m in matrices)), strict=True):
        lesson = linear.take_apart(matrix)
        assert np.allclose(steps["stretch"], lesson.stretch, atol=1e-12)
        assert np.allclose(np.abs(steps["stretch"]), np.linalg.svd(matrix, compute_uv=False), atol=1e-12)
        longest = np.array([np.cos(steps["from"]), np.sin(steps["from"])])
        assert np.allclose(longest, lesson.longest, atol=1e-9)
        there = np.array([np.cos(steps["to"]), np.sin(steps["to"])]) * steps["stretch"][0]
        assert np.allclose(matrix @ longest, there, atol=1e-9)


def test_arrows_swing_as_in_the_lesson(ask: Ask) -> None:
    arrows = linear.ring()
    found = ask(*(("swing", linear.PUSH.ravel(), arrow) for arrow in arrows))
    assert np.allclose(found, linear.swing(linear.PUSH, arrows), atol=1e-9)
    assert sum(angle < 1e-9 for angle in found) == 4


# --- words ----------------------------------------------------------------------------------------------------

LOGITS = np.array([5.138746, 4.792376, 4.423124, 4.128695, 3.637219, 3.570563, 3.193058, 3.049221])
TIED = np.array([1.0, 3.0, 3.0, 1.0, 3.0])


@pytest.mark.parametrize("logits", [LOGITS, TIED], ids=["habit", "tied"])
@pytest.mark.parametrize("temperature", [0.1, 0.25, 1.0, 4.0])
def test_temperature_bends_as_in_the_lesson(ask: Ask, logits: np.ndarray, temperature: float) -> None:
    chances = sampling.warm(logits, temperature)
    warmed, entropy = ask(("warm", logits, temperature), ("bits", chances))
    assert np.allclose(warmed, chances, rtol=1e-12)
    assert entropy == pytest.approx(sampling.bits(chances), abs=1e-12)


@pytest.mark.parametrize("logits", [LOGITS, TIED], ids=["habit", "tied"])
def test_words_are_cut_off_and_share_again_as_in_the_lesson(ask: Ask, logits: np.ndarray) -> None:
    chances = sampling.warm(logits, 1.0)
    ks, ps = range(1, len(logits) + 1), np.arange(1, 21) / 20
    by_k = ask(*(("keepTopK", chances, k) for k in ks))
    by_p = ask(*(("keepTopP", chances, p) for p in ps))
    assert by_k == [sampling.keep_top_k(chances, k).tolist() for k in ks]
    assert by_p == [sampling.keep_top_p(chances, float(p)).tolist() for p in ps]
    shared = ask(*(("shareAgain", chances, kept) for kept in by_k + by_p))
    for kept, found in zip(by_k + by_p, shared, strict=True):
        assert np.allclose(found, sampling.share_again(chances, np.array(kept)), rtol=1e-12)


def test_a_share_is_held_whatever_the_last_bits_say(ask: Ask) -> None:
    chances = np.array([0.1, 0.2, 0.7])
    assert chances[2] + chances[1] < 0.9  # in binary
    assert sampling.keep_top_p(chances, 0.9).tolist() == [False, True, True]
    assert ask(("keepTopP", chances, 0.9)) == [[False, True, True]]


@pytest.mark.parametrize("seed", [1, 7])
def test_the_same_words_are_drawn(ask: Ask, seed: int) -> None:
    chances = sampling.warm(LOGITS, 1.0)
    drawn = np.bincount(sampling.draw(chances, 1000, seed), minlength=len(chances))
    assert ask(("draw", chances, 1000, seed)) == [drawn.tolist()]


# --- the waiter -----------------------------------------------------------------------------------------------

HEADS = ((0, 0), (0, 1), (1, 0), (1, 1))
ROUNDS = (
    transformers.PAD,
    "Ada",
    "Ada tea Ben hat Ben jam Dan key Ben",
    "Ada tea Ben hat Cleo jam Dan key Eve",
    "pen pen Finn cup map Ada pie Dan Ben tea jam Eve key Cleo hat",
)


@pytest.fixture(scope="module")
def packed() -> dict:
    """The waiter as the page receives it."""
    packed = plain(transformers_figure.pack(waiter.train_waiter()))
    assert isinstance(packed, dict)
    return packed


def table(rows: list[list[float]]) -> np.ndarray:
    """Rows that end where they ask, as a square."""
    return np.array([row + [0.0] * (len(rows) - len(row)) for row in rows])


def test_the_page_has_the_very_weights_of_the_lesson(ask: Ask, packed: dict) -> None:
    model = waiter.train_waiter()
    [found] = ask(("unpack", packed))
    layers = found["layers"]
    parts = {name: found[name] for name in ("embed", "read", "norm")} | {
        f"{name}.{number}": layer[name]
        for number, layer in enumerate(layers)
        for name in layer
        if name != "silence"
    }
    assert parts.keys() == model.weights.keys()
    assert all(np.array_equal(parts[name], weight) for name, weight in model.weights.items())
    assert sum(np.size(part) for part in parts.values()) == 17_632


@pytest.mark.parametrize("text", ROUNDS)
def test_the_waiter_reads_as_in_the_lesson(ask: Ask, packed: dict, text: str) -> None:
    done = transformers.read(waiter.train_waiter(), text)
    [[found]] = ask(("read", packed, cafe.tokens_of(text)[None], []))
    assert np.allclose(found["logits"], done.logits[0], atol=1e-9)
    for layer, looked in enumerate(done.looked):
        for head in range(2):
            assert np.allclose(table(found["looks"][layer][head]), looked.weights[0, head], atol=1e-10)


@pytest.mark.parametrize("cut", HEADS)
def test_a_head_is_cut_as_in_the_lesson(ask: Ask, packed: dict, cut: tuple[int, int]) -> None:
    model, text = waiter.train_waiter(), transformers.fresh_rounds()[:, :-1]
    done = transformer.run(model.weights, model.shape, text, cut)
    some = text[:40]
    [found] = ask(("read", packed, some, [HEADS.index(cut)]))
    assert np.allclose([one["logits"] for one in found], done.logits[: len(some)], rtol=0, atol=1e-7)
    for layer, head in HEADS:
        tables = [table(one["looks"][layer][head]) for one in found]
        assert np.allclose(tables, done.looked[layer].weights[: len(some), head], rtol=0, atol=1e-7)
    whole = transformer.run(model.weights, model.shape, some)
    assert np.abs(done.logits[: len(some)] - whole.logits).max() > 1


@pytest.mark.parametrize("cut", [(0, 3), (0, 1), (2, 3), (0, 1, 2, 3)])
@pytest.mark.parametrize("text", ROUNDS[:3])
def test_several_heads_are_cut_at_once(ask: Ask, packed: dict, cut: tuple[int, ...], text: str) -> None:
    model, words = waiter.train_waiter(), cafe.tokens_of(text)
    silence = np.array(packed["silence"]) / transformer.GRID**2
    assert np.allclose(  # the reference below is the lesson's forward pass, where nothing is cut
        silenced(model, words, silence, ()), transformers.read(model, text).logits[0], atol=1e-9
    )
    [[found]] = ask(("read", packed, words[None], cut))
    assert np.allclose(found["logits"], silenced(model, words, silence, cut), atol=1e-9)


def silenced(
    model: transformer.Trained, text: np.ndarray, silence: np.ndarray, cut: tuple[int, ...]
) -> np.ndarray:
    """Logits (places, vocabulary) with several heads ``cut``, which the lesson's own pass does not know of."""
    w, places = model.weights, len(text)
    stream = w["embed"][text] + model.shape.places * attention.clocks(places, model.shape.width)

    def norm(name: str) -> np.ndarray:
        centred = stream - stream.mean(axis=1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-5)
        return np.asarray(centred / spread * w[name])

    for layer in range(2):
        seen, mixed = norm(f"look.{layer}"), []
        for head in range(2):
            lane = slice(16 * head, 16 * head + 16)
            query, key, value = (seen @ w[f"{name}.{layer}"][:, lane] for name in ("query", "key", "value"))
            look = attention.attend(query, key, value, attention.no_peeking(places))
            quiet = np.tile(silence[layer, head], (places, 1))
            mixed.append(quiet if 2 * layer + head in cut else look.mixed)
        stream = stream + np.hstack(mixed) @ w[f"out.{layer}"]
        active = np.maximum(norm(f"think.{layer}") @ w[f"up.{layer}"] + w[f"bias.{layer}"], 0)
        stream = stream + active @ w[f"down.{layer}"]
    return np.asarray(norm("norm") @ w["read"])


# --- the courier ----------------------------------------------------------------------------------------------

OTHER = ("P.....G", ".##.#..", ".#...#.", "...#...", "S..#...")


@pytest.mark.parametrize("rows", [gridworld.MAP, OTHER], ids=["lesson", "other"])
def test_the_exact_answer_is_the_lessons(ask: Ask, rows: tuple[str, ...]) -> None:
    for discount in (0.9, 0.5):
        truth = gridworld.iterate_values(gridworld.read_map(rows), discount).q[-1]
        assert ask(("values", rows, discount, 0)) == [truth.ravel().tolist()]


@pytest.mark.parametrize("rows", [gridworld.MAP, OTHER], ids=["lesson", "other"])
@pytest.mark.parametrize("slip", [ice.SLIP, 0.5])
def test_the_exact_answer_on_ice_is_pythons(ask: Ask, rows: tuple[str, ...], slip: float) -> None:
    for discount in (0.9, 0.5):
        truth = ice.iterate_values(gridworld.read_map(rows), slip, discount)
        assert ask(("values", rows, discount, slip)) == [truth.ravel().tolist()]


@pytest.mark.parametrize("schedule", ["greedy", "tenth", "wander"])
@pytest.mark.parametrize(
    ("rows", "seed", "rate", "discount"),
    [(gridworld.MAP, 9, 0.5, 0.9), (gridworld.MAP, 9, None, 0.9), (OTHER, 3, 0.15, 0.7)],
    ids=["lesson", "fading", "other"],
)
def test_the_courier_slips_step_for_step_as_in_python(
    ask: Ask, rows: tuple[str, ...], seed: int, rate: float | None, discount: float, schedule: str
) -> None:
    world, curiosity = gridworld.read_map(rows), qlearning.SCHEDULES[schedule]
    pull = ice.fading if rate is None else ice.steady(rate)
    run = ice.learn(world, seed, curiosity, rate=pull, discount=discount)
    dials = (rate, discount, ice.SLIP, qlearning.LONGEST)
    [found] = ask(("learn", rows, seed, schedule, qlearning.TRIPS, *dials))
    for trip, made in zip(found["trips"], run.trips, strict=True):
        assert trip == {
            "tiles": made.tiles.tolist(),
            "moves": made.moves.tolist(),
            "went": made.went.tolist(),
        }
    assert any(trip["moves"] != trip["went"] for trip in found["trips"])
    assert found["visits"] == run.visits.ravel().tolist()
    # To the last bit, but for powers: libraries may round those differently.
    spare = 0 if rate is not None else 1e-12
    assert np.abs(np.array(found["tables"]) - run.q.reshape(len(run.q), -1)).max() <= spare


@pytest.mark.parametrize("rate", [0.5, None], ids=["steady", "fading"])
def test_a_slippery_trip_ends_where_the_next_begins(ask: Ask, rate: float | None) -> None:
    pull = ice.fading if rate is None else ice.steady(rate)
    run = ice.learn(gridworld.read_map(), 4, trips=12, rate=pull)
    [ends] = ask(("slide", gridworld.MAP, 4, 12, rate, gridworld.DISCOUNT, ice.SLIP, qlearning.LONGEST))
    assert np.allclose(ends, run.q[1:].reshape(12, -1), atol=1e-12, rtol=0)


@pytest.mark.parametrize("schedule", ["greedy", "tenth", "wander"])
@pytest.mark.parametrize(
    ("rows", "seed", "rate"), [(gridworld.MAP, 9, 0.5), (gridworld.MAP, 0, 0.5), (OTHER, 3, 0.9)]
)
def test_the_courier_learns_step_for_step_as_in_the_lesson(
    ask: Ask, rows: tuple[str, ...], seed: int, rate: float, schedule: str
) -> None:
    run = qlearning.learn(gridworld.read_map(rows), seed, qlearning.SCHEDULES[schedule], rate=rate)
    [found] = ask(
        ("learn", rows, seed, schedule, qlearning.TRIPS, rate, gridworld.DISCOUNT, 0, qlearning.LONGEST)
    )
    assert [trip["tiles"] for trip in found["trips"]] == [trip.tiles.tolist() for trip in run.trips]
    assert [trip["moves"] for trip in found["trips"]] == [trip.moves.tolist() for trip in run.trips]
    # Every number after every trip, to the last bit.
    assert np.array_equal(np.array(found["tables"]), run.q.reshape(len(run.q), -1))


def test_the_exported_trips_lead_to_the_lessons_tables(ask: Ask) -> None:
    figure = reinforcement_learning.figure()
    run = qlearning.learn(gridworld.read_map(), reinforcement_learning.SEED)
    starts = [int(start) for start in figure["starts"]]  # type: ignore[attr-defined]
    given = (figure["rows"], starts, figure["moves"], figure["rate"], figure["discount"])
    [found] = ask(("retrace", *given))
    assert np.array_equal(np.array(found["tables"]), run.q.reshape(len(run.q), -1))
    length = len(run.trips[0].moves)
    before, after = ask(("within", *given, 0, length - 1), ("within", *given, 0, length))
    assert length == 280
    assert not np.any(before)
    assert np.count_nonzero(after) == 1
    assert np.array_equal(after, run.q[1].ravel())


def test_news_never_goes_back_in_the_lessons_run(ask: Ask) -> None:
    """What the slider of trips shows: the tiles that have heard never become fewer."""
    run = qlearning.learn(gridworld.read_map(), reinforcement_learning.SEED)
    heard = [(q.max(axis=1) > 0.01).sum() for q in run.q]
    assert all(one <= other for one, other in pairwise(heard))
    assert [heard[trip] for trip in (1, 5, 10, 20)] == [1, 3, 8, 25]
