"""Edits that nobody thought of: after each of them, what an incremental build publishes is what one from nothing does.

What is published are the manifest, all files of its lessons, and the site that is built of them.  A small project is
written from the values of some slots: constants, code in several forms, tables that several files fill, data, words,
the catalog, the lexicon in all of its files, the page's note.  Hypothesis makes sequences of edits of those, with
stamps kept or not, and some that are put back while a run is on.  A sequence that fails is told in the fewest edits.
The seed comes from the commit: another each time.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, given, note, seed, settings
from hypothesis import strategies as st

from scripts.chaos import ROOT, lay_out
from tests.limit import HOURS, LONG
from tests.test_soundness import published

pytestmark = pytest.mark.end_to_end

SLOTS: Final[dict[str, tuple[str, ...]]] = {
    # code of the lesson
    "radius": ("0.4", "0.5", "0.6"),
    "run_time": ("0.4", "0.6"),
    "comment": ("# one", "# two"),
    "docstring": ("One chapter.", "The chapter."),
    "poster": ("1", "2"),
    "stage_line": ("pass", "self.dot.set_opacity(0.5)"),
    "title": ("It goes", "It walks"),
    "other_title": ("It comes back", "It returns"),
    "explains": ('"motion"', '"motion", "rest"'),
    # how a chapter comes to its number
    "way": (
        "odd.SIZE",
        "scenes.kit.odd.SIZE",
        "from_kit",
        "sizes()",
        "TABLE['plain']()",
        "TABLE['further']()",
        "sum(entry() for entry in TABLE.values()) / 3",
        "getattr(odd, 'SI' + 'ZE')",
        "vars(Odd)['si' + 'zed'](None)",
        "Odd().grown",
        "len(Path('scenes/moving_dot/rows').joinpath('a.txt').read_text()) / 10",
        "0.1 * len(list(Path('scenes/moving_dot/rows').iterdir()))",
        "0.3 if Path('scenes/maybe.txt').exists() else 0.2",
        "float(Path('size.txt').read_text())",
        "trained(3) / 10",
        "plainly(3) / 10",
        "len(odd.__doc__ or '') / 100 + 0.2",
        "{'a', 'b', 'c'}.pop().count('a') / 4 + 0.2",
    ),
    # the kit
    "size": ("0.31", "0.42"),
    "sized": ("0.33", "0.44"),
    "table": ("0.35", "0.46"),
    # the same table, filled by files of the kit, of which the lesson imports the one, the other or both
    "further": ("0.36", "0.47"),
    "later": ("0.38", "0.49"),
    "fillers": (
        "from scenes.kit import further",
        "from scenes.kit import further, later",
        "from scenes.kit import later, further",
    ),
    "filled": ("@enter", "@odd.enter"),
    "grown": ("0.37", "0.48"),
    "kit_comment": ("# one", "# two"),
    "kit_docstring": ("Odd things.", "Odd things, in all."),
    "kit_import": (
        "from scenes.kit.odder import *",
        "from scenes.kit.odder import sizes",
        "from .odder import sizes",
    ),
    "odder": ("0.39", "0.50"),
    # mathematics
    "factor": ("1.1", "1.7"),
    "maths_import": (
        "from scenes.maths.factor import FACTOR",
        "import scenes.maths.factor as f; FACTOR = f.FACTOR",
    ),
    "maths_line": ("FACTOR * number", "FACTOR + number"),
    # data
    "row": ("a", "abc", ""),
    "more_rows": ("", "b.txt"),
    "maybe": ("", "there"),
    "size_file": ("0.3", "0.5"),
    # words
    "said": ("The dot goes.", "The spot goes.", "The dot goes a long way."),
    "lexicon": ("", '"dotty" = "dˈɑti"'),
    "shared_lexicon": ("", '"spotty" = "spˈɑti"', '"goes" = "ɡˈOz"'),
    "other_lexicon": ("", '"squarish" = "skwˈɛɹɪʃ"'),
    "catalog_title": ("A Dot", "A Dot and Its Way"),
    # the page
    "note": ("there", ""),
    "means": ("A thing that has a place and nothing else.", "A place, and nothing that could be larger."),
    "phrase": ("goes", "The"),
    "formula": ("x = 1", "x = {{ 1 : focus }}"),
    "answer": ("1", "2"),
    "core": ("print(1)", "print(2 - 1)"),
}
SHARED_WORDS: Final = (ROOT / "scenes" / "lexicon" / "shared.toml").read_text(encoding="utf-8")
NOTE: Final = """
version: 1
core: {{says: It prints the number one., prints: "1"}}
formulas:
  - {{name: One, chapter: goes, source: '{formula}', means: The number x is one.}}
terms:
  - {{term: dot, means: "{means}", chapter: goes, phrase: {phrase}}}
questions:
  - {{ask: What does the dot do?, options: [Go, Stay], answer: {answer}, why: It goes in the first one., chapter: goes}}
  - {{ask: What does it do then?, options: [Stay, Come], answer: 2, why: It comes back at last., chapter: comes_back}}
  - {{ask: Has it a place at all?, options: [Yes, No], answer: 1, why: A dot has nothing else., chapter: goes}}
sources:
  - {{title: On dots, authors: A. Author, year: 1801}}
"""
STILL: Final = {name: values[0] for name, values in SLOTS.items()}


@dataclass(frozen=True, slots=True)
class Edit:
    """A slot and its new value; how the files are saved."""

    slot: str
    value: str
    keeps_stamp: bool = False
    """Whether files keep the time that they had, as an archive or a careless tool leaves them."""
    put_back: bool = False
    """Whether a run is on when it is saved, and it is put back before that has ended."""

    def __str__(self) -> str:
        how = " (same time stamp)" * self.keeps_stamp + " (while a run is on, and back)" * self.put_back
        return f"{self.slot} = {self.value!r}{how}"


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    slot = draw(st.sampled_from(sorted(SLOTS)))
    value = draw(st.sampled_from(SLOTS[slot]))
    return Edit(slot, value, draw(st.booleans()), draw(st.integers(0, 5)) == 0)


def sources(value: dict[str, str]) -> dict[str, str]:
    """The files of the project that depend on slots, with their texts; those without one are absent."""
    files = {
        "scenes/moving_dot/__init__.py": f"""
from scenes.moving_dot.away import Away
from scenes.moving_dot.back import Back


class MovingDot(Away, Back):
    def poster(self) -> None:
        self.add(self.dot.center().scale({value["poster"]}))
""",
        "scenes/moving_dot/stage.py": f"""
from manim import LEFT, Dot

from scenes.kit.lesson import Lesson


class MovingDotStage(Lesson):
    def stage(self) -> None:
        self.dot = Dot(radius={value["radius"]}).shift(4 * LEFT)
        {value["stage_line"]}
""",
        "scenes/moving_dot/away.py": f'''
from pathlib import Path

import scenes.kit.odd
from manim import RIGHT

{value["fillers"]}

from scenes.kit import odd
from scenes.kit.lesson import chapter
from scenes.kit.odd import SIZE as from_kit
from scenes.kit.odd import TABLE, Odd, sizes
from scenes.maths.train import plainly, trained
from scenes.moving_dot.stage import MovingDotStage


class Away(MovingDotStage):
    """{value["docstring"]}"""

    @chapter("{value["title"]}", {value["explains"]})
    def goes(self) -> None:
        {value["comment"]}
        self.add(self.dot)
        with self.beat("{value["said"]}"):
            self.play(self.dot.animate.scale(1 + ({value["way"]})), run_time={value["run_time"]})
''',
        "scenes/moving_dot/back.py": f'''
from manim import LEFT

from scenes.kit.lesson import chapter
from scenes.moving_dot.stage import MovingDotStage


class Back(MovingDotStage):
    @chapter("{value["other_title"]}")
    def comes_back(self) -> None:
        self.add(self.dot)
        with self.beat("It comes back."):
            self.play(self.dot.animate.shift(LEFT), run_time=0.4)
''',
        "scenes/kit/odd.py": f'''"""{value["kit_docstring"]}"""

{value["kit_import"]}

SIZE = {value["size"]}
TABLE = {{}}


def enter(function):
    TABLE[function.__name__] = function
    return function


@enter
def plain() -> float:
    {value["kit_comment"]}
    return {value["table"]}


class Odd:
    def sized(self) -> float:
        return {value["sized"]}

    @property
    def grown(self) -> float:
        return {value["grown"]}
''',
        "scenes/kit/further.py": f"""
from scenes.kit import odd
from scenes.kit.odd import enter


{value["filled"]}
def further() -> float:
    return {value["further"]}
""",
        "scenes/kit/later.py": f"""
from scenes.kit.odd import enter


@enter
def later() -> float:
    return {value["later"]}
""",
        "scenes/kit/odder.py": f"def sizes() -> float:\n    return {value['odder']}\n",
        "scenes/maths/factor.py": f"FACTOR = {value['factor']}\n",
        "scenes/maths/train.py": f"""
from scenes.maths.shared.memo import remembered
{value["maths_import"]}


def plainly(number: int) -> float:
    return {value["maths_line"]}


@remembered
def trained(number: int) -> float:
    return {value["maths_line"]}
""",
        "scenes/moving_dot/rows/a.txt": value["row"],
        "size.txt": value["size_file"],
        "scenes/lexicon/moving_dot.toml": f"{value['lexicon']}\n",
        "scenes/lexicon/still_square.toml": f"{value['other_lexicon']}\n",
        "scenes/lexicon/shared.toml": f"{SHARED_WORDS}\n{value['shared_lexicon']}\n",
    }
    if value["note"]:
        files["hub/notes/moving_dot.yaml"] = NOTE.format(**value)
        files["hub/notes/moving_dot.py"] = f"{value['core']}\n"
    if value["more_rows"]:
        files[f"scenes/moving_dot/rows/{value['more_rows']}"] = "more"
    if value["maybe"]:
        files["scenes/maybe.txt"] = value["maybe"]
    return files


OPTIONAL: Final = (
    "scenes/moving_dot/rows/b.txt",
    "scenes/maybe.txt",
    "hub/notes/moving_dot.yaml",
    "hub/notes/moving_dot.py",
)


class Project:
    """The small project, written from the values of its slots."""

    def __init__(self, folder: Path) -> None:
        self.root = lay_out(folder)
        memo = Path("scenes/maths/shared")
        (self.root / memo).mkdir()
        for name in ("__init__.py", "memo.py"):
            (self.root / memo / name).write_bytes((ROOT / memo / name).read_bytes())
        (self.root / "scenes/moving_dot/rows").mkdir()
        self.value = dict(STILL)
        self._catalog = (self.root / "catalog.yaml").read_text()
        self.write()

    def write(self, *, keeps_stamp: bool = False) -> None:
        """Save the files whose text is another now."""
        wanted = sources(self.value)
        wanted["catalog.yaml"] = self._catalog.replace("A Dot & Its Way", self.value["catalog_title"])
        for path in OPTIONAL:
            if path not in wanted:
                (self.root / path).unlink(missing_ok=True)
        for path, text in wanted.items():
            file = self.root / path
            before = file.stat() if file.exists() else None
            if before is None or file.read_text() != text:
                file.write_text(text)
                if before is not None and keeps_stamp:
                    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    def edit(self, edit: Edit) -> None:
        before = self.value[edit.slot]
        if edit.put_back:
            with self.render("build") as run:
                time.sleep(1.5)
                self.value[edit.slot] = edit.value
                self.write(keeps_stamp=edit.keeps_stamp)
                time.sleep(1)
                self.value[edit.slot] = before
                self.write(keeps_stamp=edit.keeps_stamp)
                run.wait()
        else:
            self.value[edit.slot] = edit.value
            self.write(keeps_stamp=edit.keeps_stamp)

    def render(self, build: str) -> AbstractContextManager[subprocess.Popen[str]]:
        """A run that renders the lesson."""
        return self._run(build, "render", "moving-dot", "--quality", "draft")

    def hub(self, build: str) -> AbstractContextManager[subprocess.Popen[str]]:
        """A run that builds the site."""
        return self._run(build, "hub")

    @contextmanager
    def _run(self, build: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
        """A run of the command."""
        process = subprocess.Popen(
            [sys.executable, "-m", "render.cli", "--build", build, *arguments],
            cwd=self.root,
            env={
                **os.environ,
                "MLHUB_WORDS_CACHE": str(self.root / build / "words"),
                "PYTHONDONTWRITEBYTECODE": "",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()

    def build(self, build: str, *, site: bool) -> dict[str, str]:
        """What a build has published in the end: its lesson, and its ``site`` where that is built too."""
        for run_of in (self.render, self.hub) if site else (self.render,):
            with run_of(build) as run:
                said, _ = run.communicate()
            assert run.returncode == 0, said
        pages = sorted(path for path in (self.root / build / "site").rglob("*") if path.is_file() and site)
        return published(self.root / build) | {
            str(path.relative_to(self.root / build)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in pages
        }


def check(sequence: list[Edit]) -> None:
    """The lesson is held after each edit, the site after the last one: it takes longer than the lesson."""
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder) / "tiny")
        project.build("build", site=True)
        for number, edit in enumerate(sequence):
            note(str(edit))
            project.edit(edit)
            last = number == len(sequence) - 1
            made = project.build("build", site=last)
            assert made == project.build(f"nothing{number}", site=last), str(edit)


def commit() -> int:
    """A number that is another with each commit."""
    said = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    return int(said.stdout.strip()[:12] or "0", 16)


QUIET: Final = settings(
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.generate, Phase.shrink],
)


@pytest.mark.timeout(LONG)
@seed(commit())
@settings(QUIET, max_examples=3)
@given(st.lists(edits(), min_size=2, max_size=4))
def test_whatever_is_edited_a_build_is_as_from_nothing(sequence: list[Edit]) -> None:
    check(sequence)


@pytest.mark.slow
@pytest.mark.timeout(HOURS)
@seed(commit())
@settings(QUIET, max_examples=60)
@given(st.lists(edits(), min_size=3, max_size=8))
def test_whatever_is_edited_for_an_hour(sequence: list[Edit]) -> None:
    check(sequence)
