"""What rendering costs here, side by side with plain ``manim render``, and how good both look.

usage: python scripts/bench.py [--parts speed quality copies workers edit nothing hub split camera] [--topics SLUG ...]
           [--chapters METHOD ...] [--size 1920x1080] [--fps 60] [--repeats N] [--every N]
           [--quality draft] [--write docs/performance.md] [--json FILE]

Without topics each part takes lessons and a size of its own, so that all parts end within half an hour.

Lessons are copied to a scratch folder and cut down to the named chapters; both sides tell that very copy, in the
silent pace and without sound. Plain manim runs with its own settings (x264 at crf 23) in a process and a media folder
of its own; we run the command as a person would, with an empty store. What lessons train is trained before. Each of
manim's runs stands between two of ours, so that a machine that gets slower does so for both; every figure is a median
with the least and the greatest in brackets.

CPU seconds are those of the whole tree of processes, user and system, as the kernel counts them; memory is what
/proc says, looked at twice a second.  Wall times and efficiencies mean something on an idle machine only: the load
is told with the result.  Runs on Linux.
"""

from __future__ import annotations

import argparse
import ast
import ctypes
import itertools
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import av

from render.core.catalog import load_catalog
from render.core.copy_form import COPIES
from render.core.profile import PROFILES
from render.plan.dependencies import Code
from render.plan.probe import scene_of
from render.store.manifest import read_manifest
from scripts.full_hub import lay_out as lay_out_full

ROOT: Final = Path(__file__).resolve().parents[1]
Topics = dict[str, tuple[str, ...]]
"""Slugs, each with the chapters that are kept of the lesson (none: all)."""
SIDE_BY_SIDE: Final[Topics] = {
    "svm": ("inside_the_tube",),
    "linear-algebra": ("one_map_after_another",),
    "reinforcement-learning": ("good_news_walks_backwards",),
}
"""Short chapters of three lessons, which plain manim renders in minutes and not in hours."""
SAMPLES: Final[dict[str, tuple[Topics, tuple[int, int], int]]] = {
    "copies": ({"svm": ("inside_the_tube",), "transformers": ("what_comes_next",)}, (1920, 1080), 30),
    "workers": ({"transformers": (), "linear-algebra": ()}, (1920, 1080), 30),
    "edit": ({"transformers": ("what_comes_next", "why_divide", "all_at_once")}, (854, 480), 15),
    "hub": ({}, (854, 480), 15),
    "camera": ({}, (1920, 1080), 60),
}
"""What a part renders, its size in pixels and frames a second, where that differs from the other parts."""
LESSONS: Final = 38
"""Lessons of the catalog when all are written."""
LESSON_SECONDS: Final = 13 * 60
"""Length of a lesson, about."""
_LOOK_EVERY: Final = 0.5
_SUBREAPER: Final = 36
"""PR_SET_CHILD_SUBREAPER of prctl(2): orphans of our processes become our children, so that they are counted."""
_COPIED: Final = ("scenes", "render", "hub", "catalog.yaml")
_EDIT: Final = "self.wait(1)"


class Refused(Exception):
    """Nothing can be measured; the text says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a command and all that it started took: seconds, and bytes of memory."""

    wall: float
    cpu: float
    process: int
    """The most that a single process had resident."""
    tree: int
    """The most that all had together, pages that they share counted once."""


@dataclass(frozen=True, slots=True)
class Table:
    """A result for a person, and the figures behind it."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str
    figures: Any

    def markdown(self) -> str:
        """The table as Markdown."""
        lines = [f"**{self.title}**", "", "| " + " | ".join(self.head) + " |"]
        lines.append("|" + "|".join("---" if k == 0 else "--:" for k in range(len(self.head))) + "|")
        lines += ["| " + " | ".join(row) + " |" for row in self.rows]
        return "\n".join([*lines, "", self.note])


@dataclass(slots=True)
class Bench:
    """A copy of the project, and the two ways to render it."""

    project: Path
    """The copy, with the lessons cut down."""
    lessons: tuple[str, ...]
    """Modules of the lessons, such as ``svm`` or ``linear_algebra``."""
    size: tuple[int, int]
    fps: int
    qp: int
    repeats: int
    every: int
    root: Path
    """The project itself, whose catalog has nothing to do."""
    quality: str
    _seconds: dict[str, float] = field(default_factory=dict)

    def rehearse(self) -> None:
        """Tell every lesson once without drawing, so that what lessons train is there before anything is measured."""
        tell = (
            "import sys; from render.draw.renderer import perform; from render.core.speech import SilentPace;"
            "[perform('scenes.' + name, None, voice=SilentPace()) for name in sys.argv[1:]]"
        )
        measure([sys.executable, "-c", tell, *self.lessons], self.project)

    def ours(self, lessons: Sequence[str], build: str, *options: str) -> Usage:
        """Render ``lessons`` with our command into the output folder ``build``."""
        width, height = self.size
        start = (
            "import sys; from render.core.profile import PROFILES, Profile; from render.cli.__main__ import main;"
            f"PROFILES['bench'] = Profile('bench', {width}, {height}, {self.fps}, {self.qp}, voice='silent',"
            "reviews=False, has_copies=True); raise SystemExit(main())"
        )
        where = ["--root", str(self.project), "--build", str(self.project / build)]
        slugs = [lesson.replace("_", "-") for lesson in lessons]
        command = [sys.executable, "-c", start, *where, "render", *slugs, "--quality", "bench", *options]
        return measure(command, self.project)

    def stock(self, lesson: str, *options: str) -> Usage:
        """Render ``lesson`` as manim does by itself."""
        width, height = self.size
        command = [sys.executable, "-m", "manim", "render", "-r", f"{width},{height}", "--fps", str(self.fps)]
        command += ["--media_dir", str(self.media(lesson)), "-v", "ERROR", "--progress_bar", "none"]
        return measure([*command, *options, f"scenes/{lesson}/__init__.py", "-a"], self.project)

    def media(self, lesson: str) -> Path:
        """Where manim keeps what it made of a lesson."""
        return self.project / "media" / lesson

    def cold_stock(self, lesson: str) -> Usage:
        """The same with nothing that an earlier render left."""
        shutil.rmtree(self.media(lesson), ignore_errors=True)
        return self.stock(lesson, "--disable_caching")

    def cold_ours(self, lessons: Sequence[str], build: str, *options: str) -> Usage:
        """Render with an empty store."""
        shutil.rmtree(self.project / build, ignore_errors=True)
        return self.ours(lessons, build, *options)

    def chapters(self, lesson: str) -> float:
        """CPU seconds of the last cold render's chapters: drawing, encoding, checking."""
        records = (self.project / f"build-{lesson}" / "store" / "segment").rglob("*.json")
        return sum(float(json.loads(record.read_text())["seconds"]) for record in records)

    def seconds(self, lesson: str) -> float:
        """How long the video is that was rendered last; it is read back from our file."""
        if lesson not in self._seconds:
            slug = lesson.replace("_", "-")
            told = json.loads((self.project / f"build-{lesson}" / "out" / slug / "timeline.json").read_text())
            self._seconds[lesson] = float(told["seconds"])
        return self._seconds[lesson]

    def copies(self, lesson: str) -> dict[str, Path]:
        """The copies for the public of the last render, by their roles."""
        listed = read_manifest(self.project / f"build-{lesson}")[lesson.replace("_", "-")]["files"]
        return {form.role: self.project / f"build-{lesson}" / listed[form.role]["path"] for form in COPIES}

    def videos(self, lesson: str) -> tuple[Path, Path]:
        """Our video and manim's."""
        slug = lesson.replace("_", "-")
        (plain,) = (self.media(lesson) / "videos").glob("*/*/*.mp4")
        return self.project / f"build-{lesson}" / "out" / slug / f"{slug}.mp4", plain


# -- measuring


def measure(command: Sequence[str], where: Path) -> Usage:
    """Run ``command`` in the folder ``where``; :class:`Refused` with what it said when it fails."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(where),
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryFile() as said, _watched() as memory:
        began = time.monotonic()
        process = subprocess.Popen(command, cwd=where, env=environment, stdout=said, stderr=said)
        cpu, wall = 0.0, 0.0
        while True:
            try:
                child, status, usage = os.wait4(-1, 0)
            except ChildProcessError:
                break
            cpu += usage.ru_utime + usage.ru_stime
            if child == process.pid:
                wall, process.returncode = time.monotonic() - began, os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            tail = said.read().decode(errors="replace").strip().splitlines()[-12:]
            raise Refused("\n".join([f"{' '.join(command[:6])} ... ended with {process.returncode}:", *tail]))
    return Usage(wall, cpu, memory["process"], memory["tree"])


@contextmanager
def _watched() -> Iterator[dict[str, int]]:
    """The most memory that our descendants take while the block runs."""
    most, over = {"process": 0, "tree": 0}, threading.Event()

    def watch() -> None:
        while not over.wait(_LOOK_EVERY):
            peaks, shares = zip((0, 0), *(_memory(process) for process in _descendants()), strict=True)
            most["process"] = max(most["process"], *peaks)
            most["tree"] = max(most["tree"], sum(shares))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield most
    finally:
        over.set()
        watcher.join()


def _descendants() -> list[int]:
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text(errors="replace").rpartition(")")[2].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(stat.parent.name))
    found = list(children.get(os.getpid(), ()))
    for process in found:
        found += children.get(process, ())
    return found


def _memory(process: int) -> tuple[int, int]:
    """Bytes: the most that a process has had resident, and its share of what is resident now."""
    try:
        peak = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{process}/status").read_text())
        share = re.search(r"Pss:\s+(\d+)", Path(f"/proc/{process}/smaps_rollup").read_text())
    except OSError:
        return 0, 0
    return (1024 * int(peak[1]) if peak else 0), (1024 * int(share[1]) if share else 0)


# -- the copy


def lay_out(root: Path, project: Path, topics: Topics) -> tuple[str, ...]:
    """Copy ``root`` to ``project`` with the lessons of ``topics`` cut down to their chapters.

    Returns the lessons' modules.
    """
    for name in _COPIED:
        source = root / name
        if source.is_dir():
            shutil.copytree(source, project / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, project / name)
    modules = []
    for slug, chapters in topics.items():
        module = slug.replace("-", "_")
        if not (project / scene_of(f"scenes.{module}")).is_file():
            raise Refused(f"no lesson {slug!r}: there is no {scene_of(f'scenes.{module}')}")
        for path in (project / "scenes" / module).glob("*.py") if chapters else ():
            path.write_text(keep_chapters(path.read_text(encoding="utf-8"), chapters), encoding="utf-8")
        modules.append(module)
    return tuple(modules)


def chapters_of(source: str) -> list[ast.FunctionDef]:
    """The chapters of a file, in order."""
    return [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and any(map(_is_claim, node.decorator_list))
    ]


def keep_chapters(source: str, names: Sequence[str]) -> str:
    """``source`` with ``names`` as its only chapters: the others are left as methods that nobody calls."""
    lines = source.splitlines(keepends=True)
    for chapter in chapters_of(source):
        if chapter.name not in names:
            for claim in filter(_is_claim, chapter.decorator_list):
                for line in range(claim.lineno - 1, claim.end_lineno or claim.lineno):
                    lines[line] = "\n"
    return "".join(lines)


def edit_chapter(source: str) -> str:
    """``source`` with its last chapter begun a second later: every picture of it comes at another time."""
    lines = source.splitlines(keepends=True)
    first = chapters_of(source)[-1].body[0]
    lines.insert(first.lineno - 1, " " * first.col_offset + _EDIT + "\n")
    return "".join(lines)


def _is_claim(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and getattr(decorator.func, "id", None) == "chapter"


# -- the parts


def speed(bench: Bench) -> Table:
    """Cold renders, one lesson at a time, each of manim's between two of ours."""
    figures: dict[str, dict[str, list[Usage]]] = {name: {"stock": [], "ours": []} for name in bench.lessons}
    alone: dict[str, list[float]] = {name: [] for name in bench.lessons}
    for lesson, runs in figures.items():
        for turn in range(bench.repeats + 1):
            if turn:
                runs["stock"].append(bench.cold_stock(lesson))
            runs["ours"].append(bench.cold_ours([lesson], f"build-{lesson}"))
            alone[lesson].append(bench.chapters(lesson))
    rows = []
    for lesson, runs in figures.items():
        seconds = bench.seconds(lesson)
        row = [lesson.replace("_", "-"), f"{seconds:.0f}"]
        row += [_spread([run.cpu / seconds for run in runs[side]], "{:.2f}") for side in ("stock", "ours")]
        row.append(_spread([value / seconds for value in alone[lesson]], "{:.2f}"))
        row.append(_spread(_ratios(runs["stock"], runs["ours"]), "{:.1f}×"))
        for amount in ("wall", "process", "tree"):
            style, scale = ("{:.0f}", 1.0) if amount == "wall" else ("{:.0f}", 1e-6)
            both = [
                _middle([scale * getattr(run, amount) for run in runs[side]]) for side in ("stock", "ours")
            ]
            row.append(" / ".join(style.format(value) for value in both))
        rows.append(tuple(row))
    total = sum(map(bench.seconds, figures))
    stock, ours = ([Usage(0, sum(u.cpu for u in turn), 0, 0)
                    for turn in zip(*(runs[side] for runs in figures.values()), strict=True)]
                   for side in ("stock", "ours"))  # fmt: skip
    whole = [_spread([usage.cpu / total for usage in side], "{:.2f}") for side in (stock, ours)]
    whole.append(_spread([sum(turn) / total for turn in zip(*alone.values(), strict=True)], "{:.2f}"))
    rows.append(("all", f"{total:.0f}", *whole, _spread(_ratios(stock, ours), "{:.1f}×"), "", "", ""))
    head = ("lesson", "s of video", "CPU s per s: manim", "ours", "its chapters", "less CPU", "wall s: manim / ours",
            "MB of a process", "MB of the tree")  # fmt: skip
    note = (
        "Ours is everything from the bare source to the published lesson (rehearsing, drawing, checking, joining, "
        "poster, preview, storyboard); manim's is the silent video.  All but the chapters costs much the same "
        "for a lesson of eight minutes as for these short ones.  A lesson of one chapter keeps one worker busy."
    )
    record = {
        name: {**{side: [asdict(u) for u in us] for side, us in runs.items()}, "chapters": alone[name]}
        for name, runs in figures.items()
    }
    return Table(f"Cold, {_look(bench)}", head, tuple(rows), note, record)


def quality(bench: Bench) -> Table:
    """Both videos against the pictures that were drawn."""
    rows, record = [], {}
    for lesson in bench.lessons:
        videos = _both(bench, lesson)
        found = _judge(bench, lesson, videos)
        size = {side: video.stat().st_size / 125 / bench.seconds(lesson) for side, video in videos.items()}
        row = [lesson.replace("_", "-"), f"{found['ours']['frames']:,} ({found['ours']['looked_at']:,})"]
        for name in ("mean", "worst"):
            row += [f"{found[side][name]:.1f}" for side in ("stock", "ours")]
        rows.append((*row, f"{size['stock']:.0f} / {size['ours']:.0f}"))
        record[lesson] = {**found, "kbit/s": size}
    head = (
        "lesson",
        "frames (looked at)",
        "mean dB: manim",
        "ours",
        "worst dB: manim",
        "ours",
        "kbit/s: manim / ours",
    )
    note = (
        "PSNR of the luma against the pictures that each side draws, unrounded, every frame decoded with the matrix "
        "that it was encoded with (manim: BT.601, ours: BT.709).  The number of frames is equal."
    )
    return Table(f"Quality, {_look(bench)}", head, tuple(rows), note, record)


def copies(bench: Bench) -> Table:
    """The copies for the public beside manim's own video and the drawn one: bytes, likeness, and what they take."""
    size = COPIES[0].width, COPIES[0].height
    if bench.size != size:
        raise Refused(f"copies are {size[0]}x{size[1]}, and manim's video {_look(bench)}: leave --size away")
    record = {}
    for lesson in bench.lessons:
        videos = _both(bench, lesson)
        usage = bench.ours([lesson], f"build-{lesson}", "--copies")
        videos["copy"], small = (bench.copies(lesson)[form.role] for form in COPIES)
        found = _judge(bench, lesson, videos)
        held = {side: video.stat().st_size for side, video in (*videos.items(), ("small", small))}
        record[lesson] = {**found, "bytes": held, "seconds": bench.seconds(lesson), "usage": asdict(usage)}
    return tell_copies(record, _look(bench))


def tell_copies(record: dict[str, Any], look: str) -> Table:
    """The table of what :func:`copies` has found of each lesson."""
    first, second = (f"{form.height}p" for form in COPIES)
    rows = []
    for lesson, found in record.items():
        row = [lesson.replace("_", "-"), f"{found['seconds']:.0f}"]
        row += [f"{found['bytes'][side] / 1e6:.2f}" for side in ("stock", "ours", "copy", "small")]
        row += [
            f"{found[side][name]:.1f}" for name in ("mean", "worst") for side in ("stock", "ours", "copy")
        ]
        rows.append((*row, f"{60 * found['usage']['cpu'] / found['seconds']:.0f}"))
    head = ("lesson", "s of video", "MB: manim", "drawn", first, second, "mean dB: manim", "drawn", first,
            "worst dB: manim", "drawn", first, "CPU s a minute")  # fmt: skip
    share = sum(found["usage"]["cpu"] for found in record.values())
    share /= sum(found["seconds"] for found in record.values())
    note = (
        "PSNR of the luma against the pictures that each side draws, as under *Quality*; all are silent.  The CPU time "
        "is that of `mlhub render --copies` on a lesson that is published: drawing it once more, both copies, checking "
        f"and joining them.  At that pace {LESSONS} lessons of {LESSON_SECONDS // 60} minutes take "
        f"{share * LESSONS * LESSON_SECONDS / 3600:.1f} CPU hours."
    )
    return Table(f"Copies for the public, {look}", head, tuple(rows), note, record)


def _both(bench: Bench, lesson: str) -> dict[str, Path]:
    """Our drawn video and manim's, made where they are not there yet."""
    if not (bench.project / f"build-{lesson}").is_dir():
        bench.cold_ours([lesson], f"build-{lesson}")
    if not bench.media(lesson).is_dir():
        bench.cold_stock(lesson)
    return dict(zip(("ours", "stock"), bench.videos(lesson), strict=True))


def _judge(bench: Bench, lesson: str, videos: dict[str, Path]) -> dict[str, dict[str, Any]]:
    """What ``scripts/judge.py`` finds of each video of a lesson; ``stock`` is manim's."""
    width, height = bench.size
    common = ["--width", str(width), "--height", str(height), "--fps", str(bench.fps)]
    common += ["--every", str(bench.every)]
    found = {}
    for side, video in videos.items():
        own = ["--matrix", "bt601", "--camera", "manim"] if side == "stock" else ["--matrix", "bt709"]
        found[side] = _child("judge.py", [f"scenes.{lesson}", str(video), *common, *own], bench.project)
    frames = {side: verdict["frames"] for side, verdict in found.items()}
    if len(set(frames.values())) > 1:
        raise Refused(f"{lesson}: the videos have different numbers of frames: {frames}")
    return found


def workers(bench: Bench) -> Table:
    """All lessons at once with one worker and with two."""
    runs: dict[int, list[Usage]] = {1: [], 2: []}
    for turn in range(bench.repeats):
        for count in (1, 2) if turn % 2 == 0 else (2, 1):
            runs[count].append(bench.cold_ours(bench.lessons, "build-all", "--workers", str(count)))
    efficiency = [one.wall / (2 * two.wall) for one, two in zip(runs[1], runs[2], strict=True)]
    rows = [
        (
            str(count),
            _spread([run.wall for run in usages], "{:.1f}"),
            _spread([run.cpu for run in usages], "{:.1f}"),
            _spread([run.process / 1e6 for run in usages], "{:.0f}"),
            _spread([run.tree / 1e6 for run in usages], "{:.0f}"),
            _spread(efficiency, "{:.0%}") if count == 2 else "",
        )
        for count, usages in runs.items()
    ]
    head = ("workers", "wall s", "CPU s", "MB of a process", "MB of the tree", "efficiency")
    note = "Efficiency is the wall time of one worker over twice that of two; starting up and publishing are in it."
    record = {str(count): [asdict(run) for run in usages] for count, usages in runs.items()}
    return Table(f"Workers, all lessons in one run, {_look(bench)}", head, tuple(rows), note, record)


def edit(bench: Bench) -> Table:
    """The last chapter of the first lesson changed, and nothing changed, with all that an earlier render left."""
    lesson = bench.lessons[0]
    chapters = Code(bench.project).chapters(scene_of(f"scenes.{lesson}"))
    (path,) = (
        path
        for path in (bench.project / "scenes" / lesson).glob("*.py")
        if chapters[-1] in [chapter.name for chapter in chapters_of(path.read_text(encoding="utf-8"))]
    )
    before = path.read_text(encoding="utf-8")
    runs: dict[str, list[tuple[Usage, Usage]]] = {"cold": [], "one chapter edited": [], "nothing to do": []}
    try:
        for _ in range(bench.repeats):
            path.write_text(before, encoding="utf-8")
            shutil.rmtree(bench.media(lesson), ignore_errors=True)
            shutil.rmtree(bench.project / "build-edit", ignore_errors=True)
            for name, pairs in runs.items():
                if name == "one chapter edited":
                    path.write_text(edit_chapter(before), encoding="utf-8")
                pairs.append((bench.stock(lesson), bench.ours([lesson], "build-edit")))
    finally:
        path.write_text(before, encoding="utf-8")
        shutil.rmtree(bench.media(lesson), ignore_errors=True)
    rows = []
    for name, pairs in runs.items():
        row = [name]
        for amount in ("cpu", "wall"):
            row += [_spread([getattr(pair[side], amount) for pair in pairs], "{:.1f}") for side in (0, 1)]
        rows.append(tuple(row))
    head = ("change", "CPU s: manim", "ours", "wall s: manim", "ours")
    note = f"{lesson.replace('_', '-')}, {len(chapters)} chapters, the last of them edited; manim with its cache on."
    record = {name: [[asdict(usage) for usage in pair] for pair in pairs] for name, pairs in runs.items()}
    return Table(f"After an edit, {_look(bench)}", head, tuple(rows), note, record)


def nothing(bench: Bench) -> Table:
    """The whole catalog of this project when everything is up to date; brought up to date first."""
    command = [
        sys.executable,
        "-m",
        "render",
        "--root",
        str(bench.root),
        "render",
        "--quality",
        bench.quality,
    ]
    store = bench.root / "build" / "store" / "segment"
    measure(command, bench.root)
    made = sorted(store.rglob("*.json"))
    runs = [measure(command, bench.root) for _ in range(max(3, bench.repeats))]
    if sorted(store.rglob("*.json")) != made:
        raise Refused("something was drawn although nothing had changed")
    topics = [topic for topic in load_catalog(bench.root / "catalog.yaml").topics if topic.status == "ready"]
    row = (
        str(len(topics)),
        _spread([run.wall for run in runs], "{:.2f}"),
        _spread([run.cpu for run in runs], "{:.2f}"),
    )
    note = f"`make all` in {bench.quality} quality with every lesson published: nothing is drawn."
    return Table("Nothing to do", ("lessons", "wall s", "CPU s"), (row,), note, [asdict(run) for run in runs])


def hub(bench: Bench) -> Table:
    """What whoever has a whole hub waits for: every topic is ready, with a lesson of three short chapters."""
    project = bench.project / "full_hub"
    catalog = lay_out_full(project, short=True)
    start = [sys.executable, "-m", "render.cli"]
    everything = [*start, "render", "--quality", "draft"]
    measure(everything, project)
    made = sorted((project / "build" / "store" / "segment").rglob("*.json"))
    commands = {
        "`mlhub plan`": [*start, "plan", "--quality", "draft"],
        "`mlhub render`, nothing to do": everything,
        "`mlhub hub`": [*start, "hub"],
    }
    measure(commands["`mlhub hub`"], project)  # Python's own caches are warm then
    runs = {
        what: [measure(command, project) for _ in range(max(5, bench.repeats))]
        for what, command in commands.items()
    }
    if sorted((project / "build" / "store" / "segment").rglob("*.json")) != made:
        raise Refused("something was drawn although nothing had changed")
    rows = tuple(
        (
            what,
            _spread([run.wall for run in usages], "{:.2f}"),
            _spread([run.cpu for run in usages], "{:.2f}"),
            _spread([run.tree / 1e6 for run in usages], "{:.0f}"),
        )
        for what, usages in runs.items()
    )
    note = (
        f"{len(catalog.topics)} topics, {len(made)} chapters, all published in draft quality, without notes.  The site "
        "is built whole each time."
    )
    record = {what: [asdict(run) for run in usages] for what, usages in runs.items()}
    return Table("A whole hub", ("command", "wall s", "CPU s", "MB of the tree"), rows, note, record)


def split(bench: Bench) -> Table:
    """Where a worker's CPU time goes."""
    width, height = bench.size
    size = ["--width", str(width), "--height", str(height), "--fps", str(bench.fps), "--qp", str(bench.qp)]
    rows, record = [], {}
    for lesson in bench.lessons:
        found = _child("judge.py", [f"scenes.{lesson}", *size], bench.project)
        steps = [1000 * found[step] / found["distinct"] for step in ("draw", "compare", "convert", "encode")]
        rest = 1000 * found["seconds"] / found["distinct"] - sum(steps)
        share = f"{found['distinct']:,} of {found['frames']:,}"
        rows.append((lesson.replace("_", "-"), share, *(f"{step:.1f}" for step in (*steps, rest))))
        record[lesson] = found
    head = ("lesson", "frames that differ", "draw", "compare", "convert", "encode", "rest")
    note = "CPU milliseconds for each frame that differs from the one before; held frames are in the rest."
    return Table(f"Where a worker's time goes, {_look(bench)}", head, tuple(rows), note, record)


def camera(bench: Bench) -> Table:
    """A journey of the camera drawn into a video, each of manim's runs between two of ours."""
    width, height = bench.size
    size = ["--width", str(width), "--height", str(height), "--fps", str(bench.fps), "--qp", str(bench.qp)]
    ours_by = [sys.executable, str(ROOT / "scripts" / "judge.py"), "scripts.camera_scene", *size]
    media = bench.project / "media" / "camera"
    look = ["-r", f"{width},{height}", "--fps", str(bench.fps), "--media_dir", str(media)]
    plain = [
        sys.executable,
        "-m",
        "manim",
        "render",
        *look,
        "-v",
        "ERROR",
        "--progress_bar",
        "none",
        "--disable_caching",
    ]
    plain += [str(ROOT / "scripts" / "camera_scene.py"), "PlainVoyage"]
    stock, ours = [], [measure(ours_by, ROOT)]
    for _ in range(bench.repeats):
        shutil.rmtree(media, ignore_errors=True)
        stock.append(measure(plain, ROOT))
        ours.append(measure(ours_by, ROOT))
    (video,) = (media / "videos").glob("*/*/PlainVoyage.mp4")
    with av.open(str(video)) as container:
        seconds = float(container.duration or 0) / av.time_base
    row = [f"{seconds:.0f}"]
    row += [_spread([run.cpu / seconds for run in runs], "{:.2f}") for runs in (stock, ours)]
    row += [_spread(_ratios(stock, ours), "{:.1f}×")]
    note = "Whole processes, imports included; manim's is its MovingCameraScene: the same mobjects, the same way."
    head = ("s of video", "CPU s per s: manim", "ours", "less CPU")
    record = {"seconds": seconds, "stock": [asdict(u) for u in stock], "ours": [asdict(u) for u in ours]}
    return Table(f"A camera that moves, {_look(bench)}", head, (tuple(row),), note, record)


PARTS: Final[dict[str, Callable[[Bench], Table]]] = {
    "speed": speed,
    "quality": quality,
    "copies": copies,
    "workers": workers,
    "edit": edit,
    "nothing": nothing,
    "hub": hub,
    "split": split,
    "camera": camera,
}


def _child(script: str, arguments: Sequence[str], where: Path) -> dict[str, Any]:
    """Run a script of ours in the project ``where``; returns the JSON object that it prints."""
    command = [sys.executable, str(ROOT / "scripts" / script), *arguments]
    environment = {**os.environ, "PYTHONPATH": str(where), "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, cwd=where, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Refused(done.stderr.strip()[-2000:])
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _ratios(stock: Sequence[Usage], ours: Sequence[Usage]) -> list[float]:
    """How many times more each of manim's runs took than the mean of ours before and behind it."""
    around = itertools.pairwise(ours)
    return [
        theirs.cpu / ((one.cpu + other.cpu) / 2) for theirs, (one, other) in zip(stock, around, strict=True)
    ]


def _middle(values: Sequence[float]) -> float:
    return statistics.median(values)


def _spread(values: Sequence[float], style: str) -> str:
    """The median, and the least and the greatest where there are several."""
    middle = style.format(_middle(values))
    if len(values) == 1:
        return middle
    return f"{middle} ({style.format(min(values))}–{style.format(max(values))})"


def _look(bench: Bench) -> str:
    width, height = bench.size
    return f"{width}×{height} at {bench.fps}"


# -- telling


def machine(root: Path) -> dict[str, str]:
    """What the figures were made on."""
    cpu = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    revision = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=root, capture_output=True, text=True, check=False
    )
    return {
        "CPU": f"{cpu[1] if cpu else platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GB",
        "software": f"Python {platform.python_version()}, manim {version('manim')}, PyAV {version('av')}",
        "revision": revision.stdout.strip() or "none",
        "load": f"{os.getloadavg()[0]:.1f}",
    }


def write_region(page: Path, part: str, text: str) -> None:
    """Put ``text`` between the marks of ``part`` in a Markdown page; :class:`Refused` where there are none."""
    opening, closing = f"<!-- bench {part} -->", f"<!-- end of {part} -->"
    head, mark, rest = page.read_text(encoding="utf-8").partition(opening)
    _, end, tail = rest.partition(closing)
    if not mark or not end:
        raise Refused(f"{page}: no place for {part}; expected {opening} and {closing}")
    page.write_text(f"{head}{opening}\n{text}\n{closing}{tail}", encoding="utf-8")


def wanted(options: argparse.Namespace) -> Topics:
    """The topics that were asked for."""
    if not options.topics:
        if options.chapters:
            raise Refused("--chapters needs --topics")
        return {}
    named, found = set(options.chapters), Topics()
    for slug in options.topics:
        scene = scene_of(f"scenes.{slug.replace('-', '_')}")
        own = Code(options.root).chapters(scene) if (options.root / scene).is_file() else ()
        found[slug] = tuple(name for name in own if name in named)
        if options.chapters and own and not found[slug]:
            raise Refused(f"none of --chapters is of {slug}: {', '.join(own)}")
    if unknown := named.difference(*found.values()):
        raise Refused(f"no chapter {', '.join(sorted(unknown))} in {', '.join(options.topics)}")
    return found


def set_up(
    project: Path, topics: Topics, size: tuple[int, int], fps: int, options: argparse.Namespace
) -> Bench:
    """A copy of the project in the folder ``project``, ready to be measured."""
    project.mkdir()
    lessons = lay_out(options.root, project, topics)
    qp, root = PROFILES["web"].qp, options.root
    bench = Bench(project, lessons, size, fps, qp, options.repeats, options.every, root, options.quality)
    bench.rehearse()
    return bench


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what was asked for and tell it; 1 when something could not be measured."""
    options = _parser().parse_args(arguments)
    scratch = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        named = wanted(options)
        benches: dict[str, Bench] = {}
        record: dict[str, Any] = {}
        for part in options.parts:
            topics, size, fps = SAMPLES.get(part, (SIDE_BY_SIDE, (1920, 1080), 60))
            topics, size, fps = named or topics, options.size or size, options.fps or fps
            look = f"{topics} {size} {fps}"
            if look not in benches:
                benches[look] = set_up(scratch / str(len(benches)), topics, size, fps, options)
            bench = benches[look]
            on, began = machine(options.root), time.monotonic()
            table = PARTS[part](bench)
            on["load"] += f" before, {os.getloadavg()[0]:.1f} after {time.monotonic() - began:.0f} s"
            told = "; ".join(f"{name} {value}" for name, value in on.items())
            text = f"{table.markdown()}\n\n<sub>{told}; {options.repeats} repeats</sub>"
            print(text, end="\n\n", flush=True)
            record[part] = {"machine": on, "figures": table.figures}
            if options.write:
                write_region(options.write, part, text)
            if options.json:
                options.json.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--root", type=Path, default=ROOT, help="the project that is measured")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--topics", nargs="+", default=[], metavar="SLUG")
    parser.add_argument(
        "--chapters", nargs="+", default=[], metavar="METHOD", help="of the topics (default: all)"
    )
    parser.add_argument("--repeats", type=int, default=2)
    parser.add_argument("--size", type=_size, metavar="1920x1080", help="of pictures")
    parser.add_argument("--fps", type=int, help="frames a second")
    parser.add_argument(
        "--quality", choices=PROFILES, default="draft", help="of the catalog that has nothing to do"
    )
    parser.add_argument("--every", type=int, default=7, help="frames of which one is looked at (default: 7)")
    parser.add_argument(
        "--write", type=Path, metavar="PAGE", help="a Markdown page that has a place for each part"
    )
    parser.add_argument("--json", type=Path, metavar="FILE")
    return parser


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    return int(width), int(height)


if __name__ == "__main__":
    raise SystemExit(main())
