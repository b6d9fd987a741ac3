"""Bad lessons, all in one run: each is told in a line with its place, and the sound one among them is planned.

One run tells them all, so that the table costs seconds, and so that none can hide what is wrong with another.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

from scripts.chaos import lay_out

HEAD = '''"""A lesson."""

from manim import Square

from scenes.kit.lesson import Lesson, chapter


class Film(Lesson):
    """One chapter."""

    @chapter("It stands", "rest")
    def stands(self) -> None:
        with self.beat("It stands.") as beat:
            pass

    def poster(self) -> None:
        self.add(Square())
'''
"""A sound lesson; its beat does nothing in line 14."""


def body(code: str) -> str:
    """The lesson whose beat does this."""
    return HEAD.replace("            pass\n", "".join(f"            {line}\n" for line in code.split("\n")))


# Name of the lesson: its source, the place that is told, and words.
SCENES: dict[str, tuple[str | bytes, str, str]] = {
    "no-python": ("def (\n", "(scenes/no_python/__init__.py:1:5)", "SyntaxError: "),
    "an-open-bracket": (
        HEAD + "x = (1,\n",
        "(scenes/an_open_bracket/__init__.py:18:5)",
        "SyntaxError: '(' was never closed",
    ),
    "wrong-indentation": (
        HEAD + "  x = 1\n",
        "(scenes/wrong_indentation/__init__.py:18:",
        "IndentationError: ",
    ),
    "tabs-and-spaces": (
        HEAD.replace("            pass", "\t    pass"),
        "(scenes/tabs_and_spaces/__init__.py:",
        "Error: ",
    ),
    "no-utf8": (
        HEAD.encode() + b"# \xff\n",
        "(scenes/no_utf8/__init__.py:18:3)",
        "SyntaxError: expected UTF-8, found the byte 0xff",
    ),
    "a-zero-byte": (HEAD + "# \0\n", "(scenes/a_zero_byte/__init__.py:", "null bytes"),
    "deep-code": (
        HEAD + "x = " + "(" * 3_000 + ")" * 3_000 + "\n",
        "deep-code: probe failed",
        "too many nested parentheses",
    ),
    "an-empty-file": ("", "an-empty-file: probe failed", "expected one Lesson class, found 0"),
    "no-lesson": ("class Film:\n    pass\n", "no-lesson: probe failed", "expected one Lesson class, found 0"),
    "two-lessons": (
        HEAD + HEAD.partition("chapter\n")[2].replace("Film", "Movie"),
        "two-lessons: probe failed",
        "expected one Lesson class, found 2",
    ),
    "no-chapter": (
        HEAD.replace('    @chapter("It stands", "rest")\n', ""),
        "no-chapter: plan failed",
        "its lesson has no chapter. Expected a method",
    ),
    "no-beat": (
        HEAD.replace('        with self.beat("It stands.") as beat:\n            pass\n', "        pass\n"),
        "no-beat: probe failed",
        "scenes/no_beat/__init__.py:11: chapter stands says nothing; it needs a beat",
    ),
    "an-unknown-import": (
        HEAD.replace("from manim import Square\n", "from manim import Square\nimport nowhere\n"),
        "(scenes/an_unknown_import/__init__.py:4)",
        "ModuleNotFoundError: No module named 'nowhere'",
    ),
    "an-unknown-name-in-the-kit": (
        HEAD.replace("import Lesson,", "import Lesson, Nowhere,"),
        "(scenes/an_unknown_name_in_the_kit/__init__.py:5)",
        "ImportError: cannot import name 'Nowhere'",
    ),
    "a-fault-at-import": (
        HEAD + "1 / 0\n",
        "(scenes/a_fault_at_import/__init__.py:18)",
        "ZeroDivisionError: division by zero",
    ),
    "a-fault-in-a-chapter": (
        body("1 / 0"),
        "(scenes/a_fault_in_a_chapter/__init__.py:14)",
        "ZeroDivisionError: division by zero",
    ),
    "an-unknown-name": (
        body("nowhere"),
        "(scenes/an_unknown_name/__init__.py:14)",
        "NameError: name 'nowhere' is not defined",
    ),
    "an-unknown-attribute": (
        body("self.nowhere()"),
        "(scenes/an_unknown_attribute/__init__.py:14)",
        "AttributeError: ",
    ),
    "a-word-that-nobody-says": (
        body('beat.until("runs")'),
        "(scenes/a_word_that_nobody_says/__init__.py:14)",
        "no 'runs' in the beat, which says: 'It stands.'",
    ),
    "a-file-that-is-not-there": (
        body('open("nowhere.txt")'),
        "(scenes/a_file_that_is_not_there/__init__.py:14)",
        "FileNotFoundError: ",
    ),
    "no-end-of-calls": (body("self.stands()"), "(scenes/no_end_of_calls/__init__.py:", "Error: "),
    "an-exit": (body("raise SystemExit(0)"), "(scenes/an_exit/__init__.py:14)", "SystemExit: 0"),
    "an-interrupt": (
        body("raise KeyboardInterrupt"),
        "(scenes/an_interrupt/__init__.py:14)",
        "KeyboardInterrupt",
    ),
    "an-exit-at-once": (
        body("import os\nos._exit(0)"),
        "an-exit-at-once: probe failed",
        "its process ended with exit code 0 before it was done",
    ),
    "a-crash": (
        body("import os\nos.kill(os.getpid(), 11)"),
        "(scenes/a_crash/__init__.py:15)",
        "its process ended by signal 11 before it was done",
    ),
    "a-long-message": (
        body('raise ValueError("x" * 10_000_000)'),
        "(scenes/a_long_message/__init__.py:14)",
        "ValueError: xxx",
    ),
    "a-message-in-no-encoding": (
        body(r'raise ValueError("half \udcff")'),
        "(scenes/a_message_in_no_encoding/__init__.py:14)",
        "ValueError: half ",
    ),
    "an-error-that-cannot-be-shown": (
        body("class Mute(Exception):\n    def __str__(self):\n        raise RuntimeError\nraise Mute"),
        "an-error-that-cannot-be-shown: probe failed",
        "Mute",
    ),
    "much-talk": (
        body("print('x' * 5_000_000)\n1 / 0"),
        "(scenes/much_talk/__init__.py:15)",
        "ZeroDivisionError",
    ),
    "a-chapter-of-no-act": (
        HEAD.replace(
            "    def poster",
            '    stands_on = chapter("It stands on", "more")(lambda self: self.stands())\n\n    def poster',
        ),
        "a-chapter-of-no-act: plan failed",
        "is in no act of a-chapter-of-no-act: expected every chapter in a class that is made from Lesson",
    ),
}
TOPIC = """\
      - slug: {slug}
        title: {title}
        blurb: This lesson is here to be told and to fail, which is all that it has to tell about anything at all.
        level: beginner
        prerequisites: []
        status: ready
        explains: ['{slug}']
        terms: [dot]
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """A plan of all of them, with two lessons that are sound and one that has no file."""
    project = lay_out(tmp_path_factory.mktemp("scenes") / "project")
    topics = ""
    for slug, (source, _, _) in SCENES.items():
        package = project / "scenes" / slug.replace("-", "_")
        package.mkdir()
        raw = source if isinstance(source, bytes) else source.encode()
        (package / "__init__.py").write_bytes(raw)
    for slug in (*SCENES, "no-file"):
        topics += TOPIC.format(slug=slug, title=slug)
    catalog = project / "catalog.yaml"
    catalog.write_text(catalog.read_text(encoding="utf-8") + topics, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "render.cli", "plan", "--quality", "draft"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("slug", SCENES)
def test_a_bad_lesson_is_told_in_a_line_with_its_place(
    told: subprocess.CompletedProcess[str], slug: str
) -> None:
    _, place, words = SCENES[slug]
    heads = [line for line in told.stderr.splitlines() if line.startswith(f"{slug}: ") and " failed" in line]
    assert len(heads) == 1, heads or told.stderr[-3_000:]
    assert place in heads[0] and words in heads[0], heads[0][:500]
    assert len(heads[0]) < 3_000


def test_a_lesson_without_a_file_is_told(told: subprocess.CompletedProcess[str]) -> None:
    (line,) = [line for line in told.stderr.splitlines() if line.startswith("no-file: probe failed")]
    assert "No module named 'scenes.no_file'" in line


def test_sound_lessons_among_bad_ones_are_planned(told: subprocess.CompletedProcess[str]) -> None:
    assert told.returncode == 1
    assert "moving-dot" in told.stdout and "still-square" in told.stdout
    assert "During handling" not in told.stderr, "no fault of ours came on top"
