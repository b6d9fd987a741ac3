"""Begin the lesson of a topic that the catalog plans: three files that run at once, to be edited.

usage: python scripts/new.py TOPIC     (make new TOPIC=pca)

writes what is told (``scenes/pca.py``), what is true (``scenes/maths/pca.py``) and what proves it
(``tests/maths/test_pca.py``), and makes the topic a draft in ``catalog.yaml``: it is rendered when it is named, and
neither published nor held to what a lesson must have until its status is ``ready``.  Nothing is overwritten.
"""

from __future__ import annotations

import argparse
import re
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from string import Template
from typing import Final

import yaml

from render.catalog import Topic, load_catalog
from render.fault import EnvironmentFault, Exit, Fault, Place, UsageFault

ROOT: Final = Path(__file__).resolve().parents[1]
_WIDTH: Final = 110
"""Characters of a line of code."""
_POSTER: Final = 14
"""Characters of a line on the thumbnail, about."""

SCENE: Final = Template('''\
"""$title.

$blurb
"""

from __future__ import annotations

import numpy as np
from manim import RIGHT, UP, FadeIn, linear

from scenes.kit import ink, place, words
from scenes.kit.drive import drive
from scenes.kit.gauge import Gauge
from scenes.kit.lesson import Lesson, chapter
from scenes.kit.plane import Plane
from scenes.kit.reel import Changed
from scenes.maths import $name
from scenes.maths.flower import Measure, irises

START = np.array([1.2, 2.4])
"""Petal length and petal width (cm) of the first guess."""


class $lesson(Lesson):
    """What the lesson has to teach, in the words of the catalog; each chapter names what it teaches.

$explains
    """

    def stage(self) -> None:
        """Fisher's irises.  What chapters share is built here, anew for each of them."""
        self.points = irises((Measure.PETAL_LENGTH, Measure.PETAL_WIDTH)).points
        self.plane = place.picture(
            Plane((0.5, 7.5), (0, 2.8), x_label="petal length (cm)", y_label="petal width (cm)")
        )
        self.flowers = self.plane.dots(self.points, ink.first)

    @chapter($claim, $item)
    def walk_to_the_middle(self) -> None:
        """An example that runs: change the words, then the picture, then what is computed."""
        path = $name.descend(self.points, START)
        self.now = path[0]
        guess = self.plane.dots([self.now], ink.focus, radius=0.14)
        cost = Gauge("cost", lambda: $name.cost(self.points, self.now), 2, "cm²")
        place.aside(cost)
        self.add(self.plane)

        with self.beat(
$said
        ):
            self.play(FadeIn(self.flowers), run_time=0.8)

        with self.beat(
            "These are a hundred and fifty real irises. Where is their middle? Begin with any guess."
        ) as beat:
            beat.at("guess", FadeIn(guess, scale=2), FadeIn(cost))

        def walk(share: float) -> Changed:
            steps = np.arange(len(path))
            self.now = np.array([np.interp(share * steps[-1], steps, column) for column in path.T])
            return (guess.place([self.now]),)

        with self.beat("Each step goes downhill, and the walk comes to rest on the mean.") as beat:
            self.play(drive(walk, rate_func=linear), run_time=beat.fill("mean"))
            self.play(cost.light())

    def poster(self) -> None:
        """The thumbnail: one picture and a few words, to be read at 320 pixels of width."""
        flowers = self.plane.dots(self.points, ink.first, radius=0.14)
        text = words.headline($poster, size=ink.POSTER)
        text.set(width=min(float(text.width), ink.FRAME_WIDTH - 4 * ink.MARGIN))
        text.to_edge(RIGHT).to_edge(UP)
        self.add(flowers.only([], 0.35), text)
''')

MATHS: Final = Template('''\
"""$title: what is true.

An example that runs, to be replaced by what the lesson computes: pure functions that know nothing of pictures.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def cost(points: Floats, centre: ArrayLike) -> float:
    """Mean squared distance of ``points`` (n, d) from ``centre`` (d,), in squared units of the points."""
    return float(((points - np.asarray(centre, dtype=float)) ** 2).sum(axis=1).mean())


def descend(points: Floats, start: ArrayLike, rate: float = 0.08, steps: int = 40) -> Floats:
    """Gradient descent on :func:`cost`: the way (steps + 1, d) from ``start`` towards the mean of ``points`` (n, d).

    Each step shrinks the distance to the mean by the factor ``1 - 2 * rate``.  Raises ``ValueError`` for a rate
    outside (0, 1), where the way does not settle.  Source: S. Boyd and L. Vandenberghe, Convex Optimization
    (2004), section 9.3.
    """
    if not 0 < rate < 1:
        raise ValueError(f"descent with a rate of {rate} does not settle; it must lie between 0 and 1")
    way = [np.asarray(start, dtype=float)]
    for _ in range(steps):
        gradient = 2 * (way[-1] - points.mean(axis=0))
        way.append(way[-1] - rate * gradient)
    return np.array(way)
''')

TESTS: Final = Template('''\
"""$title: what is computed holds against references that are not ours."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import approx_fprime
from scipy.spatial.distance import cdist

from scenes.maths.$name import cost, descend

POINTS = np.random.default_rng(5).normal((2.0, -1.0), (1.0, 3.0), (60, 2))


def test_cost_is_the_mean_squared_distance() -> None:
    centre = np.array([0.5, 0.25])
    assert cost(POINTS, centre) == pytest.approx(cdist(POINTS, [centre], "sqeuclidean").mean())


def test_each_step_goes_against_the_slope() -> None:
    start = np.array([4.0, 4.0])
    slope = approx_fprime(start, lambda centre: cost(POINTS, centre))
    np.testing.assert_allclose(descend(POINTS, start, rate=0.1, steps=1)[1], start - 0.1 * slope, atol=1e-5)


def test_the_way_falls_and_ends_at_the_mean() -> None:
    way = descend(POINTS, (4.0, 4.0), rate=0.2, steps=60)
    costs = [cost(POINTS, centre) for centre in way]
    assert np.all(np.diff(costs[:20]) < 0)
    np.testing.assert_allclose(way[-1], POINTS.mean(axis=0), atol=1e-9)


@pytest.mark.parametrize("rate", [0.0, -0.1, 1.0])
def test_a_rate_that_does_not_settle_is_refused(rate: float) -> None:
    with pytest.raises(ValueError, match="does not settle"):
        descend(POINTS, (0.0, 0.0), rate=rate)
''')


def files(topic: Topic) -> dict[Path, str]:
    """The three files of a new lesson, by their paths from the project's root."""
    name = topic.module.rpartition(".")[2]
    item = topic.explains[0]
    said = {
        "name": name,
        "lesson": "".join(part.capitalize() for part in name.split("_")),
        "title": topic.title,
        "blurb": "\n".join(textwrap.wrap(topic.blurb, _WIDTH)),
        "explains": textwrap.indent("\n".join(f"- {each}" for each in topic.explains), 4 * " "),
        "claim": _quoted(_plain(item[0].upper() + item[1:])),
        "item": _quoted(item),
        "said": _lines(topic.blurb, 12),
        "poster": _quoted(
            "\n".join(
                textwrap.wrap(_plain(topic.title), _POSTER, break_long_words=False, break_on_hyphens=False)
            )
        ),
    }
    return {
        topic.path: SCENE.substitute(said),
        Path("scenes", "maths", f"{name}.py"): MATHS.substitute(said),
        Path("tests", "maths", f"test_{name}.py"): TESTS.substitute(said),
    }


def begin(root: Path, slug: str) -> list[Path]:
    """Write the files of the lesson ``slug`` into the project ``root`` and make it a draft; the files' paths.

    Raises :class:`UsageFault` for a topic that is not planned and for a file that exists, and then changes nothing.
    """
    catalog = root / "catalog.yaml"
    topic = load_catalog(catalog).topic(slug)
    text = catalog.read_bytes().decode("utf-8")
    place, start, stop = _status(text, slug)
    if topic.status != "planned":
        raise UsageFault(
            f"{place}: {slug} is {'a draft' if topic.status == 'draft' else 'ready'} already; its lesson is "
            f"{topic.path}. Expected a topic with the status planned."
        )
    wanted = files(topic)
    if existing := [path for path in wanted if (root / path).exists()]:
        raise UsageFault(
            "\n".join(f"{Place(str(path), 1)}: this file exists; move it first." for path in existing)
        )
    written: list[Path] = []
    try:
        for path, content in wanted.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            with (root / path).open("x", encoding="utf-8") as file:
                written.append(path)
                file.write(content)
        catalog.write_bytes((text[:start] + "draft" + text[stop:]).encode("utf-8"))
    except OSError as error:
        for path in written:
            (root / path).unlink(missing_ok=True)
        raise EnvironmentFault(f"{error.filename}: cannot be written: {error.strerror}.") from error
    return [*wanted]


def _status(text: str, slug: str) -> tuple[Place, int, int]:
    """Where in the catalog the status of a topic is written: its place, and the characters that it takes."""
    for node in _mappings(yaml.compose(text, Loader=yaml.SafeLoader)):
        values = {key.value: value for key, value in node.value}
        if "status" in values and values["slug"].value == slug:
            begin, end = values["status"].start_mark, values["status"].end_mark
            return Place("catalog.yaml", begin.line + 1, begin.column + 1), begin.index, end.index
    raise LookupError(slug)


def _mappings(node: yaml.Node | None) -> list[yaml.MappingNode]:
    """Every mapping in ``node``, those in mappings and lists too."""
    match node:
        case yaml.MappingNode():
            return [node, *(inner for _, value in node.value for inner in _mappings(value))]
        case yaml.SequenceNode():
            return [inner for value in node.value for inner in _mappings(value)]
        case _:
            return []


def _plain(text: str) -> str:
    """``text`` so that the notation of words shows it as it stands."""
    return re.sub(r"[*_$\[\]]", r"\\\g<0>", text)


def _quoted(text: str) -> str:
    """``text`` as Python writes it in double quotes, unless it has such quotes and no others."""
    if '"' in text and "'" not in text:
        return repr(text)
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _lines(text: str, indent: int) -> str:
    """``text`` as strings one under the other, each on a line of its own."""
    rows = textwrap.wrap(text, _WIDTH - indent - 3)
    joined = [row + " " for row in rows[:-1]] + rows[-1:]
    return "\n".join(" " * indent + _quoted(row) for row in joined)


def main(arguments: Sequence[str] | None = None) -> int:
    """Begin one lesson; exit codes are those of :mod:`render.fault`."""
    parser = argparse.ArgumentParser(
        prog="new", description="Begin the lesson of a topic that the catalog plans."
    )
    parser.add_argument("topic", metavar="TOPIC", help="its slug")
    parser.add_argument("--root", type=Path, default=ROOT, help="the project's folder")
    options = parser.parse_args(arguments)
    try:
        made = begin(options.root, options.topic)
    except Fault as fault:
        print(fault, file=sys.stderr)
        return int(fault.exit)
    print("\n".join(map(str, made)))
    print(f"catalog.yaml: {options.topic} is a draft now")
    print(f"Look at it: make sheet TOPIC={options.topic}; how to go on: docs/authoring.md")
    return Exit.DONE


if __name__ == "__main__":
    raise SystemExit(main())
