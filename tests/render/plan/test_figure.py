"""Figures' numbers are computed when something that they are made from has changed, and only then."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from render.core.catalog import Catalog, Topic, load_catalog
from render.core.fault import JobFault
from render.plan.figure import make_figures
from render.store.figure import figure_file
from scenes.figure import linear_algebra, reinforcement_learning, svm
from scenes.figure.__main__ import plain

ROOT = Path(__file__).parents[3]
SOURCE = "from scenes.maths.half import HALF\n\n\ndef figure():\n    return {'numbers': [HALF, 1 / 3]}\n"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(ROOT / "catalog.yaml")


@pytest.fixture
def topic(catalog: Catalog) -> Topic:
    return catalog.lesson("linear-algebra")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project whose one figure stands on a module of its maths."""
    scenes = tmp_path / "scenes"
    for package in (scenes, scenes / "figure", scenes / "maths"):
        package.mkdir()
        (package / "__init__.py").touch()
    main = (ROOT / "scenes" / "figure" / "__main__.py").read_text(encoding="utf-8")
    (scenes / "figure" / "__main__.py").write_text(main)
    (scenes / "figure" / "linear_algebra.py").write_text(SOURCE)
    (scenes / "maths" / "half.py").write_text("HALF = 0.5\n")
    return tmp_path


def numbers(build: Path) -> object:
    return json.loads(figure_file(build, "linear-algebra").read_text())["figure"]


def test_a_figure_is_computed_once(root: Path, topic: Topic) -> None:
    build = root / "build"
    assert make_figures(root, build, [topic]) == ("linear-algebra",)
    assert numbers(build) == {"numbers": [0.5, 0.333333]}
    before = figure_file(build, "linear-algebra").stat().st_mtime_ns
    assert make_figures(root, build, [topic]) == ()
    assert figure_file(build, "linear-algebra").stat().st_mtime_ns == before


def test_a_comment_changes_nothing_and_a_number_below_does(root: Path, topic: Topic) -> None:
    build = root / "build"
    make_figures(root, build, [topic])
    half = root / "scenes" / "maths" / "half.py"
    half.write_text("# a half\nHALF = 0.5\n")
    assert make_figures(root, build, [topic]) == ()
    half.write_text("HALF = 0.25\n")
    assert make_figures(root, build, [topic]) == ("linear-algebra",)
    assert numbers(build) == {"numbers": [0.25, 0.333333]}


@pytest.mark.parametrize("text", ["", "[]", '{"inputs": {}}', '{"inputs": [1], "figure": 1}'])
def test_a_damaged_figure_is_computed_anew(root: Path, topic: Topic, text: str) -> None:
    build = root / "build"
    make_figures(root, build, [topic])
    figure_file(build, "linear-algebra").write_text(text)
    assert make_figures(root, build, [topic]) == ("linear-algebra",)


def test_a_topic_without_a_figure_is_passed_over(root: Path, catalog: Catalog) -> None:
    assert make_figures(root, root / "build", [catalog.lesson("svm")]) == ()


def test_a_figure_that_fails_says_where_and_why(root: Path, topic: Topic) -> None:
    (root / "scenes" / "figure" / "linear_algebra.py").write_text(
        "def figure():\n    return [float('nan')]\n"
    )
    with pytest.raises(
        JobFault, match=r"(?s)scenes/figure/linear_algebra\.py failed.*finite numbers, not nan"
    ):
        make_figures(root, root / "build", [topic])
    assert not figure_file(root / "build", "linear-algebra").exists()


def test_plain_values_are_short_and_of_known_kinds() -> None:
    given = {"a": np.array([[1.0, 2.5], [1 / 3, -0.0]]), "b": (np.int64(3), "word", True)}
    assert json.dumps(plain(given)) == '{"a": [[1, 2.5], [0.333333, 0]], "b": [3, "word", true]}'
    with pytest.raises(TypeError, match="complex"):
        plain(1j)


def test_the_lessons_figures_are_the_lessons_numbers() -> None:
    flowers = plain(svm.figure())
    assert isinstance(flowers, dict)
    assert {name: len(cloud["points"]) for name, cloud in flowers.items()} == {
        "apart": 100,
        "mixed": 100,
        "sepals": 150,
        "moons": 200,
        "fresh": 2000,
    }
    assert {name: sorted(set(cloud["kinds"])) for name, cloud in flowers.items()} == {
        "apart": [0, 1],
        "mixed": [0, 1],
        "sepals": [0, 1, 2],
        "moons": [0, 1],
        "fresh": [0, 1],
    }
    sheet = plain(linear_algebra.figure())
    assert isinstance(sheet, dict)
    assert sheet["matrix"] == [[1, 1], [0.5, 1.5]]
    assert len(sheet["ring"]) == 24
    courier = plain(reinforcement_learning.figure())
    assert isinstance(courier, dict)
    assert (len(courier["moves"]), len(courier["starts"]), sum(map(len, courier["moves"]))) == (
        200,
        200,
        11172,
    )


@pytest.mark.slow
def test_the_waiters_scores_are_those_of_the_trained_model() -> None:
    from scenes.figure import transformers

    waiter = plain(transformers.figure())
    assert isinstance(waiter, dict)
    assert (len(waiter["habit"]), len(waiter["sure"])) == (8, 8)
    assert waiter["dishes"][int(np.argmax(waiter["sure"]))] == "hat"
