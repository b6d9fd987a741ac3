"""The figure of python-ml-stack compares, stretches and refuses shapes as NumPy does."""

from __future__ import annotations

import numpy as np

from scenes.figure.python_ml_stack import figure
from scenes.maths.python_ml_stack import broadcast
from tests.hub.asking import Seen, ask_demo

FOUND = ("a=2&a2=3&a1=4&b=2&b2=3&b1=1", "a=2&a2=5&a1=1&b=1&b1=5", "a=3&a3=2&a2=1&a1=3&b=2&b2=4&b1=1")
"""A state for each thing to be found by hand, as an address says it."""


def fragment(one: tuple[int, ...], other: tuple[int, ...]) -> str:
    parts = []
    for name, shape in (("a", one), ("b", other)):
        parts.append(f"{name}={len(shape)}")
        parts += [f"{name}{axis}={size}" for axis, size in enumerate(reversed(shape), 1)]
    return "&".join(parts)


def check(seen: Seen, one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether the shapes fit; all that is said of them is NumPy's."""
    assert (tuple(seen.result["first"]), tuple(seen.result["second"])) == (one, other)
    try:
        result = np.broadcast_shapes(one, other)
    except ValueError:
        assert seen.result["result"] is None
        assert "clash" in seen.result["verdicts"]
        assert "do not fit" in seen.said
        assert seen.readouts["result"] == "error"
        return False
    assert tuple(seen.result["result"]) == result == broadcast.joined(one, other)
    assert "clash" not in seen.result["verdicts"]
    assert seen.readouts["result"] == str(result)
    for shape, strides in zip((one, other), seen.result["strides"], strict=True):
        view = np.broadcast_to(np.zeros(shape, np.int64), result)
        moving = [axis for axis, size in enumerate(result) if size > 1]
        assert [strides[axis] for axis in moving] == [view.strides[axis] for axis in moving]
    return True


def test_random_shapes_are_judged_as_numpy_judges_them() -> None:
    rng = np.random.default_rng(7)
    pairs = [
        tuple(tuple(int(size) for size in rng.choice([1, 1, 2, 3, 5], rng.integers(0, 4))) for _ in range(2))
        for _ in range(300)
    ]
    seen = ask_demo("python-ml-stack", figure(), *(fragment(*pair) for pair in pairs))
    fits = [check(each, *pair) for each, pair in zip(seen, pairs, strict=True)]
    assert 50 < sum(fits) < 250


def test_it_begins_with_the_lessons_column_and_row() -> None:
    (start,) = ask_demo("python-ml-stack", figure(), "")
    assert check(start, broadcast.column().shape, broadcast.row().shape)
    one, other = broadcast.stretched()
    assert start.result["strides"] == [list(one.strides), list(other.strides)]
    assert start.picture.count('class="ghost"') == 2 * broadcast.total().size - one.shape[0] - one.shape[1]


def test_what_an_address_says_is_kept_within_bounds() -> None:
    (seen,) = ask_demo("python-ml-stack", figure(), "a=9&a1=99&a2=-4&a3=2&b=-3")
    assert seen.result["first"] == [2, 1, 5]
    assert seen.result["second"] == []


def test_all_that_is_to_be_found_can_be_found() -> None:
    start, *states = ask_demo("python-ml-stack", figure(), "", *FOUND)
    assert not any(start.found) and len(start.found) == len(FOUND)
    assert [state.found[quest] for quest, state in enumerate(states)] == [True] * len(FOUND)
