"""A new lesson runs before it is edited, whatever topic it is begun for, and nothing is ever overwritten."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from render.catalog import load_catalog
from render.fault import EnvironmentFault, Exit, UsageFault
from scenes.kit import ink, words
from scripts import new

ROOT = Path(__file__).parents[1]
TOPICS = load_catalog(ROOT / "catalog.yaml").topics
MADE = ("scenes/someday.py", "scenes/maths/someday.py", "tests/maths/test_someday.py")


def run(folder: Path, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command], cwd=folder, capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def words_of(catalog: Path) -> list[str]:
    return catalog.read_text(encoding="utf-8").split()


@pytest.fixture
def begun(tiny: Path) -> Path:
    """A project in which the lesson someday was begun."""
    shutil.copy(ROOT / "scenes/maths/flower.py", tiny / "scenes/maths")
    assert new.main(["someday", "--root", str(tiny)]) == Exit.DONE
    return tiny


def test_a_new_lesson_is_told_and_proves_what_it_computes(begun: Path) -> None:
    run(begun, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/maths/test_someday.py")
    told = run(
        begun,
        "-c",
        "from pathlib import Path\n"
        "from render.easel import perform, set_canvas\n"
        "from render.voice import SilentPace\n"
        "set_canvas(96, 54, 15, Path('scratch'))\n"
        "lesson = perform('scenes.someday', None, voice=SilentPace())\n"
        "print(lesson.now.round(2), *(len(chapter.beats) for chapter in lesson.told))",
    )
    assert told == "[3.76 1.2 ] 3\n", "the means of petal length and petal width"


@pytest.mark.slow
def test_a_draft_is_rendered_where_it_is_named_and_not_published(begun: Path) -> None:
    run(begun, "-m", "render", "render", "someday", "--quality", "draft", "--workers", "1")
    assert (begun / "build/out/someday/someday.mp4").stat().st_size > 10_000
    plan = run(begun, "-m", "render", "plan", "--quality", "draft")
    assert "still-square" in plan
    assert "someday" not in plan
    assert "0 topics to watch, 2 being rendered, 1 announced" in run(begun, "-m", "render", "hub")


def test_every_topic_begins_with_sound_code(tiny: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tiny)
    shutil.copy(ROOT / "scenes/maths/flower.py", tiny / "scenes/maths")
    made = [(tiny / path, text) for topic in TOPICS for path, text in new.files(topic).items()]
    for path, text in made:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    paths = [str(path) for path, _ in made]
    run(tiny, "-m", "ruff", "check", "--no-cache", *paths)
    run(tiny, "-m", "ruff", "format", "--no-cache", "--check", *paths)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.slug)
def test_every_topic_has_a_claim_and_a_poster_that_fit(topic) -> None:
    scene = new.files(topic)[topic.path]
    space: dict[str, str] = {}
    ((claim, item),) = re.findall(r"@chapter\((\".*?\"), (\".*?\")\)", scene)
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
        f"{place}: moving-dot is ready already; its lesson is scenes/moving_dot.py."
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
    catalog.write_bytes(text.replace("\n", "\r\n").encode("utf-8"))
    new.begin(tiny, "someday")
    assert catalog.read_bytes().decode("utf-8") == text.replace('"planned"', "draft").replace("\n", "\r\n")


def test_what_cannot_be_written_leaves_nothing_behind(tiny: Path) -> None:
    (tiny / "tests").write_text("a file where a folder should be", encoding="utf-8")
    before = (tiny / "catalog.yaml").read_bytes()
    with pytest.raises(EnvironmentFault, match="cannot be written"):
        new.begin(tiny, "someday")
    assert not any((tiny / path).exists() for path in MADE[:2])
    assert (tiny / "catalog.yaml").read_bytes() == before
