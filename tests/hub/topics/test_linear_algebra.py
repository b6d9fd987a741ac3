"""The figure of linear algebra computes in the browser what the lesson computes, and can be pulled by hand."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import expect

from scenes.maths.linear_algebra import linear
from tests.hub.asking import Ask
from tests.hub.conftest import Visit
from tests.hub.topics.figure import drag, find_all, readout, ready

ENTRY = """
import * as plane from "./hub/demos/maths/plane";
const calls: { [name: string]: (...args: any[]) => unknown } = {
  kept: plane.kept,
  takeApart: plane.takeApart,
  area: plane.area,
  swing: plane.swing,
};
"""


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


def test_all_that_is_to_be_found_can_be_found(visit: Visit) -> None:
    states = [
        (0, "d=0.5"),
        (1, "a=0&b=-1&c=1&d=0"),
        (2, "a=2&b=0.5&c=0.5&d=1"),
        (3, "d=-1"),
        (4, "a=1&b=1.5&c=0&d=1"),
    ]
    find_all(visit, "linear-algebra", states, at_once=1)


def test_columns_are_pulled_by_mouse_and_keys(visit: Visit) -> None:
    page = visit("linear-algebra/")
    figure = ready(page)
    assert (readout(page, "eigenvalues"), readout(page, "area")) == ("2, 0.5", "1")
    drag(page, figure.locator(".tip.second"), 0, 130)
    assert readout(page, "area") != "1"
    figure.get_by_role("button", name="Start again").click()
    second = figure.locator(".tip.second")
    second.focus()
    for _ in range(10):
        second.press("ArrowDown")
    assert readout(page, "area") == "0"
    assert second.get_attribute("aria-valuetext") == "1 right, 0.5 up"
    expect(figure.locator("[data-quest='0']")).to_have_class("found")
    expect(figure.locator(".demo-status")).to_contain_text("Found: Make the area zero")
    second.press("Shift+ArrowDown")
    assert readout(page, "area") == "−0.5"
    figure.get_by_role("button", name="Turn", exact=True).click()
    assert readout(page, "eigenvalues") == "none that is real"
    expect(page.locator(".demo-view .unkept")).to_have_text("no real eigenvectors")
    assert readout(page, "trace") == "1.6"
