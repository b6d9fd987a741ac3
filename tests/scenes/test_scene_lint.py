"""Lessons say what they mean: nothing is said there by a number that a word can say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from render.core.catalog import load_catalog
from scripts import new, scene_lint
from scripts.scene_lint import KINDS, findings, lessons, look

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("slug", sorted(lessons()))
def test_a_lesson_has_none(slug: str) -> None:
    found = look(only=slug)[slug]
    assert not found, "\n".join(map(str, found))


def test_a_new_lesson_has_none() -> None:
    for topic in load_catalog(ROOT / "catalog.yaml").topics:
        for path, source in new.files(topic).items():
            if path.suffix == ".py" and path.parts[:2] != ("scenes", "maths"):
                assert findings(source, str(path)) == []


# What is found


def kinds(source: str) -> list[str]:
    return [each.kind for each in findings(source)]


@pytest.mark.parametrize(
    "source",
    [
        "self.play(x, run_time=0.8)",
        "self.play(x, run_time=beat.fill('So') + 0.4)",
        "self.play(x, run_time=max(beat.fill(), 2.6))",
        "self.play(x, run_time=2 * pace.CALM)",
        "self.play(x, run_time=0.5 if fast else pace.CALM)",
        "beat.over('now', x, least=3)",
        "beat.over('now', x, beyond=.4)",
        "self.beat('Words.', pause=1.0)",
        "LaggedStart(*xs, lag_ratio=0.15)",
        "self.wait(1)",
        "self.hold(15)",
        "SLIDE: Final = 0.8\nself.play(x, run_time=SLIDE)",
        "FAST, SLIDE = 0.4, -(-0.8)\nself.play(x, run_time=SLIDE)",
        "def slide(self, x, run_time=0.8): ...",
        "def slide(self, x, *, lag: float = 3.0): ...",
    ],
)
def test_literal_lengths_are_found(source: str) -> None:
    assert kinds(source) == ["seconds"]


@pytest.mark.parametrize(
    "source",
    [
        "drive(lambda t: line.lay((1 - t) * a + t * b))",
        "drive(lambda t: (arcs.show(t * row), table.show(t * row)), rate_func=linear)",
        "drive(lambda t: curve.reveal(t * 2 / 8), curve)",
        "self.sheet.drive(lambda share: sink(start + share * (end - start)))",
        "drive(lambda t: new.set_fill(ink.chalk.interpolate(ink.second, t)), new)",
        "drive(lambda t: tree.open(3, 1 - t), tree)",
        "def path(t):\n    return (line.lay(np.clip(a + t * (b - a), 0, 1)),)",
        "def path(t):\n    return (line.lay(np.clip((1 - t) * a, 0, 1)),)",
        "def path(t):\n    line.lay(np.sqrt(b - (b - a) * t))",
        "def path(t):\n    line.lay(np.sqrt((1 - t) * a + t))",
        "def path(t):\n    return dial.turn(a ** (1 - t) * b**t)",
        "def path(self, share):\n    here = 5 * share\n    part = here - 2\n    f((1 - part) * c[2] + part * c[3])",
        "def path(t):\n    tree.settle(start.toward(end, smooth(t)))",
        "Gauge('loss', lambda: a + self.share * (b - a))",
        "def mix(self, reel):\n    return (1 - self.share) * reel.mix(a) + self.share * reel.mix(b)",
    ],
)
def test_blends_by_hand_are_found_once(source: str) -> None:
    assert kinds(source) == ["blend"]


@pytest.mark.parametrize(
    "source",
    [
        "Gauge('loss', lambda: float(reel.mix(loss)), 3)",
        "words.Readout(sweep.mixed(accuracies), 2, '%')",
        "Readout(at.of(lambda _: sweep.mix(errors)))",
        "Dial('R2', value=sweep.mixed(scores))",
    ],
)
def test_numbers_of_states_that_nobody_computed_are_found(source: str) -> None:
    assert kinds(source) == ["score"]


@pytest.mark.parametrize(
    "source",
    [
        "noun.move_to((0.4, 0.65, 0))",
        "noun.move_to((place.ASIDE, 2.4, 0), aligned_edge=LEFT)",
        "noun.move_to((x, y - 2 * tall - 0.55, 0))",
        "noun.move_to(plane.box[2] + (0.3, -0.2, 0))",
        "noun.next_to(np.array([-0.7, -0.1, 0.0]), LEFT)",
        "noun.shift(0.1 * UP)",
        "noun.shift(DOWN / 2)",
        "FadeIn(name, shift=-0.1 * UP)",
        "noun.set_y(-1.95)",
        "noun.set_x(place.ASIDE + 0.7)",
        "stack(gauges, top=2.2)",
        "MIDDLE = 3.0\nnoun.move_to((MIDDLE, y, 0))",
        "def bench(text, y=-2.35): ...",
        "def stack(rows, *, left: float = 0.7): ...",
    ],
)
def test_bare_coordinates_are_found(source: str) -> None:
    assert kinds(source) == ["coordinate"]


@pytest.mark.parametrize(
    "source",
    [
        "self.play(x, run_time=pace.CALM, rate_func=lambda t: t**2)",
        "self.play(x, run_time=seconds[0])",
        "self.play(x, run_time=beat.fill('0.21'))",
        "beat.over('now', glide(line.lay, a, b), until='then', least=pace.LONG, beyond=0.0)",
        "self.wait(pace.QUICK)",
        "def slide(self, x, run_time=pace.CALM, smooth=0.3): ...",
        "drive(curve.reveal, curve)",
        "drive(lambda t: curve.reveal(t), curve)",
        "gamma.draws(lambda g: curve.redraw(xs, 2 * g))",
        "Gauge('degrees', angle.of(lambda turn: round(360 * turn)))",
        "drive(lambda t: stem.stand(at, np.maximum(mean - t * spread, 0), mean + t * spread))",
        "def path(t):\n    rows = np.clip(9 * t - np.arange(9), 0, 1)\n    return (table.show(rows * shares),)",
        "def path(t):\n    return (dot.set_opacity(min(1.0, 4 * (1 - t))),)",
        "corners = low + (high - low) * unit",
        "noun.move_to((MIDDLE, 0.0, 0))",
        "noun.move_to(((place.ASIDE + place.RIGHT_EDGE) / 2, y, 0))",
        "noun.move_to(plane.at(4.5, 0.3)).next_to(plane.at(3, 4), UP, buff=0.2)",
        "FadeIn(name, shift=place.NUDGE * UP)",
        "noun.set_x(0).set_x(other.get_x())",
        "plane.label(5.2, 88, 'seen', DOWN)",
        "dots = plane.dots([(0.5, 0.3)], radius=0.1)",
        "def line(w: float = 2.0, b: float = 1.0): ...",
        "Gauge('error', sweep.score(errors), 3)",
        "Readout(sweep.mixed(weights).of(length))",
        "Readout(open_.of(lambda t: width_of(self.between(one, other, t))), 3, 'cm')",
        "street.draws(lambda _: field.redraw(sweep.mix(levels)))",
    ],
)
def test_what_is_said_by_words_and_what_is_data_is_left_alone(source: str) -> None:
    assert findings(source) == []


def test_a_finding_says_where_what_and_what_to_do() -> None:
    source = 'text = "ünïcode"; self.play(FadeIn(text), run_time=0.8)\n'
    (found,) = findings(source, "scenes/pca/axes.py")
    assert str(found).startswith(
        "scenes/pca/axes.py:1:52: seconds: run_time is a literal 0.8; say how fast it is (run_time=pace.QUICK, "
    )
    assert source[51:54] == "0.8", "characters are counted, not bytes"
    assert all(re.search(r"pace\.|glide\(|\.score\(|words\.caption", advice) for advice in KINDS.values())


# Where is looked


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two lessons, one of a file and one of a package, among what is no lesson."""
    for path, source in {
        "scenes/__init__.py": "",
        "scenes/pca.py": "self.wait(1)\nself.wait(2)\n",
        "scenes/k_means/__init__.py": "self.wait(1)\n",
        "scenes/k_means/stage.py": "MIDDLE = 3.0\n",
        "scenes/k_means/acts/start.py": "noun.move_to((MIDDLE, y, 0))\n",
        "scenes/kit/dot.py": "self.wait(1)\n",
        "scenes/maths/pca/pca.py": "self.wait(1)\n",
        "scenes/figure/pca.py": "self.wait(1)\n",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(source, encoding="utf-8")
    monkeypatch.setattr(scene_lint, "look", lambda: look(tmp_path))
    return tmp_path


def test_a_lesson_is_a_file_or_a_package(project: Path) -> None:
    found = look(project)
    assert {slug: [each.kind for each in one] for slug, one in found.items()} == {
        "k-means": ["seconds", "coordinate"],
        "pca": ["seconds", "seconds"],
    }
    assert [each.path for each in found["k-means"]] == [
        "scenes/k_means/__init__.py",
        "scenes/k_means/acts/start.py",
    ]


def test_the_command_tells_what_there_is_and_fails(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert scene_lint.main(["pca"]) == 1
    assert capsys.readouterr().out.startswith("scenes/pca.py:1:11: seconds: wait is a literal 1; say")
    assert scene_lint.main([]) == 1
    assert len(capsys.readouterr().out.splitlines()) == 4
    (project / "scenes/pca.py").write_text("self.wait(pace.QUICK)\n", encoding="utf-8")
    assert scene_lint.main(["pca"]) == 0
    assert capsys.readouterr().out == ""
    with pytest.raises(SystemExit):
        scene_lint.main(["svn"])
    assert "no lesson svn; there are k-means, pca" in capsys.readouterr().err
