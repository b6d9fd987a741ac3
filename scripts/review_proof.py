"""Prove the picture gate: planted faults that it has to find, and sound scenes that it has to let pass.

    make review-proof                     every case of tests/render/review/case.py through our gate, on all cores
    make review-proof ARGS="still small"  the cases with these words in their names alone
    make review-proof ARGS=--compare      also through manim-vision, from an environment of its own
    make review-proof ARGS=--lock         write requirements-vision.lock anew

Every case is told with the kit's words and, where it needs nothing else of the kit, with manim's own text as well.
A fault counts as found when a finding of its kind names what was planted; every other finding is a false alarm.

Exit codes: 0 all found and no false alarm, 1 otherwise, 2 no such case, 4 something that the machine lacks.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.setup import Runner, Trouble, compile_lock, interpreter, pip_environment, split_lock  # noqa: E402

if TYPE_CHECKING:
    from manim import Scene

    from render.review.finding import Finding
    from tests.render.review.case import Case

LOCK: Final = ROOT / "requirements-vision.lock"
VENV: Final = ROOT / "build" / "vision-venv"

SOUND: Final = "sound"
"""What the table calls scenes without a fault."""
OVERLAPS: Final = frozenset({"covered", "crossed"})
"""Our kinds that manim-vision's one kind, an overlap of two objects, can mean."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a gate found in one case."""

    name: str
    kind: str
    """The planted kind; :data:`SOUND` where nothing was planted."""
    texts: str
    """With whose texts it was told: the kit's or manim's."""
    found: bool
    false: tuple[str, ...]
    """What was said beside the planted fault."""
    seconds: float
    crash: str = ""

    @property
    def is_right(self) -> bool:
        """Whether the gate said all that it should, and nothing else."""
        return not self.crash and not self.false and (self.found or self.kind == SOUND)


# Our gate.


def tellings(cases: Iterable[Case]) -> list[tuple[str, str]]:
    """Names of cases with whose texts they are told."""
    return [(case.name, texts) for case in cases for texts in (("kit",) if case.needs else ("kit", "manim"))]


def judge(case: Case, findings: Iterable[Finding]) -> tuple[bool, tuple[str, ...]]:
    """Whether the planted fault is among ``findings``, and what else is."""
    found, false = False, []
    for finding in findings:
        named = f"{finding.what} {finding.against}".casefold()
        names_it = not case.thing or any(thing.casefold() in named for thing in case.thing)
        if finding.kind == case.kind and names_it:
            found = True
        elif not (finding.kind in case.also and names_it):
            false.append(f"{finding.kind}: {finding.message}")
    return found, tuple(false)


def prove(telling: tuple[str, str]) -> Verdict:
    """One case through our gate; :func:`set_out` has been called in this process."""
    from render.core.speech import SilentPace
    from render.review.gate import without_idle
    from render.review.observer import observe
    from tests.render.review.case import CASES, kit_text, lesson_of, manim_text

    name, texts = telling
    case = CASES[name]
    start = time.process_time()
    found, crash = False, ""
    false: tuple[str, ...] = ()
    with tempfile.TemporaryDirectory(prefix="mlhub-proof-") as folder:
        try:
            lesson = lesson_of(case, kit_text if texts == "kit" else manim_text)
            review = observe(lesson, "tell", voice=SilentPace(), folder=Path(folder))
        except Exception as error:
            crash = f"{type(error).__name__}: {error}"
        else:
            (whole,) = without_idle([review], "case")
            asked = [one for one in whole.findings if case.fills or one.kind != "unfilled"]
            found, false = judge(case, asked)
    return Verdict(name, case.kind or SOUND, texts, found, false, time.process_time() - start, crash)


def set_out(scratch: Path) -> None:
    """Set the canvas of a process."""
    from render.core.profile import TICKS_PER_SECOND
    from render.draw.renderer import set_canvas
    from render.review.stage import HEIGHT, WIDTH

    set_canvas(WIDTH, HEIGHT, TICKS_PER_SECOND, scratch)


def prove_all(cases: Sequence[Case], workers: int | None = None) -> list[Verdict]:
    """Every case through our gate, on all cores unless told otherwise."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with tempfile.TemporaryDirectory(prefix="mlhub-proof-") as scratch:
        pool = ProcessPoolExecutor(
            workers or len(os.sched_getaffinity(0)),
            multiprocessing.get_context("spawn"),
            initializer=set_out,
            initargs=(Path(scratch),),
        )
        with pool:
            verdicts = []
            for verdict in pool.map(prove, tellings(cases)):
                verdicts.append(verdict)
                print("." if verdict.is_right else "x", end="", flush=True)
            print()
            return verdicts


# Manim-vision, from its own environment.


def provide(run: Runner) -> Path:
    """The environment's Python, made first where it is missing or the lock has changed."""
    stamp, python = VENV / "finished", VENV / "bin" / "python"
    lock = LOCK.read_text(encoding="utf-8")
    digest = hashlib.sha256(lock.encode()).hexdigest()
    if not (stamp.is_file() and stamp.read_text(encoding="utf-8") == digest):
        run("making build/vision-venv", [interpreter(), "-m", "venv", "--clear", str(VENV)])
        for name, part in zip(("wheels", "built"), split_lock(lock), strict=True):
            (VENV / f"{name}.txt").write_text(part, encoding="utf-8")
        install = [str(python), "-m", "pip", "install", "--require-hashes", "--no-deps"]
        tools = pip_environment()
        tools["PATH"] = f"{VENV / 'bin'}{os.pathsep}{tools['PATH']}"
        run(
            "fetching manim-vision and what it needs (once, about 100 MB)",
            [*install, "--only-binary", ":all:", "-r", str(VENV / "wheels.txt")],
            tools,
        )
        run(
            "building what has no wheel (about a minute)",
            [*install, "--no-build-isolation", "--use-pep517", "-r", str(VENV / "built.txt")],
            tools,
        )
        stamp.write_text(digest, encoding="utf-8")
    return python


def ask_vision(names: Sequence[str]) -> list[Verdict]:
    """The cases through manim-vision, in its own environment."""
    run = Runner(ROOT / "build" / "vision.log")
    command = [str(provide(run)), __file__, "--vision", *names]
    run.say(f"manim-vision looks at {len(names)} cases")
    with run.log.open("ab") as log:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=log, cwd=ROOT, check=False)
    if done.returncode:
        raise Trouble(f"manim-vision did not get through its cases.  See {run.log}")
    return [Verdict(**{**one, "false": tuple(one["false"])}) for one in json.loads(done.stdout)]


def look_with_vision(names: Sequence[str]) -> list[Verdict]:
    """The named cases through manim-vision; runs in its environment."""
    import logging

    from manim import config
    from manim_vision import semantic  # type: ignore[import-not-found, unused-ignore]

    from scenes.kit import ink
    from tests.render.review.case import CASES

    logging.disable(logging.CRITICAL)
    # It knows manim's texts by the names of their classes; the kit's axis numbers are texts as well.
    semantic._TEXT_LIKE_NAMES = semantic._TEXT_LIKE_NAMES | {"Words"}
    semantic._LABEL_IN_CELL = semantic._TEXT_LIKE_NAMES
    with tempfile.TemporaryDirectory(prefix="mlhub-vision-") as scratch:
        config.update(
            {
                "pixel_width": 854,
                "pixel_height": 480,
                "frame_rate": 15,
                "background_color": ink.ground,
                "dry_run": True,
                "disable_caching": True,
                "progress_bar": "none",
                "verbosity": "ERROR",
                "media_dir": scratch,
            }
        )
        return [_look(CASES[name]) for name in names]


def _look(case: Case) -> Verdict:
    from manim_vision import ManimVision

    from tests.render.review.case import manim_text, scene_of

    told: type[Scene] = scene_of(case, manim_text)
    crashes: list[str] = []

    class Monitored(told):  # type: ignore[misc, valid-type]
        def construct(self) -> None:
            ManimVision.monitor(self, output_mode="silent")
            # It looks from a thread that races with the scene, and loses what is raised there: here it looks in turn.
            self._self_executor = _InTurn(crashes)
            super().construct()
            ManimVision.shutdown(self)

    start, events = time.process_time(), []
    try:
        scene = Monitored()
        scene.render()
        events = (ManimVision.results(scene) or {}).get("collision_events", [])
    except Exception as error:
        crashes.append(f"{type(error).__name__}: {error}")
    found, false = False, []
    for event in events:
        named = " and ".join(event["objects"])
        if case.kind in OVERLAPS and any(thing in named for thing in case.thing):
            found = True
        else:
            false.append(f"overlap: {named}")
    seconds = time.process_time() - start
    return Verdict(
        case.name, case.kind or SOUND, "manim", found, tuple(false), seconds, "; ".join(crashes[:1])
    )


class _InTurn:
    """Stands in for manim-vision's pool of threads, and does each task at once."""

    def __init__(self, crashes: list[str]) -> None:
        self._crashes = crashes

    def submit(self, task: Any) -> None:
        """Do it now."""
        try:
            task()
        except Exception as error:
            self._crashes.append(f"{type(error).__name__}: {error}")

    def shutdown(self, wait: bool = True) -> None:
        """Nothing is left to do."""


# Telling.


def kinds_of(verdicts: Iterable[Verdict]) -> list[str]:
    """Kinds in the order in which they come, sound scenes last."""
    kinds = dict.fromkeys(verdict.kind for verdict in verdicts)
    return [*(kind for kind in kinds if kind != SOUND), *([SOUND] if SOUND in kinds else [])]


def score(verdicts: Sequence[Verdict], kind: str) -> tuple[str, str]:
    """Found of planted, and false alarms and crashes, of one kind."""
    ours = [verdict for verdict in verdicts if verdict.kind == kind]
    alarms, crashes = sum(len(one.false) for one in ours), sum(bool(one.crash) for one in ours)
    found = f"{sum(one.found for one in ours)}/{len(ours)}"
    if kind == SOUND:
        found = f"{sum(one.is_right for one in ours)}/{len(ours)} clean"
    return found, f"{alarms}" + (f" + {crashes} crashes" if crashes else "")


def table(columns: dict[str, Sequence[Verdict]]) -> Iterator[str]:
    """A line each: kind, and for every gate found of planted and false alarms."""
    width = 26
    yield "kind".ljust(12) + "".join(f"{gate}: found, false alarms".ljust(width + 14) for gate in columns)
    for kind in kinds_of(next(iter(columns.values()))):
        cells = [score(verdicts, kind) for verdicts in columns.values()]
        yield kind.ljust(12) + "".join(f"{found:>12}   {alarms}".ljust(width + 14) for found, alarms in cells)
    totals = []
    for verdicts in columns.values():
        planted = [one for one in verdicts if one.kind != SOUND]
        alarms, crashes = sum(len(one.false) for one in verdicts), sum(bool(one.crash) for one in verdicts)
        told = f"{sum(one.found for one in planted)}/{len(planted)}".rjust(12) + f"   {alarms}"
        told += f" + {crashes} crashes" if crashes else ""
        totals.append(f"{told}, {sum(one.seconds for one in verdicts):.0f} s of CPU".ljust(width + 14))
    yield "all".ljust(12) + "".join(totals)


def complaints(verdicts: Iterable[Verdict]) -> Iterator[str]:
    """What went wrong, case by case."""
    for one in verdicts:
        if one.is_right:
            continue
        yield f"{one.name} ({one.texts}):"
        if one.crash:
            yield f"    crash: {one.crash}"
        elif not one.found and one.kind != SOUND:
            yield f"    not found: {one.kind}"
        yield from (f"    false alarm: {said}" for said in one.false)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prove, compare, or write the lock."""
    parser = argparse.ArgumentParser(description="The picture gate against planted faults and sound scenes.")
    parser.add_argument("words", nargs="*", metavar="WORD", help="cases with one of these in their names")
    parser.add_argument("--compare", action="store_true", help="also run manim-vision on the same cases")
    parser.add_argument("--lock", action="store_true", help="write requirements-vision.lock anew")
    parser.add_argument("--workers", type=int, help="processes; as many as there are cores")
    parser.add_argument("--vision", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    try:
        if options.lock:
            compile_lock(Runner(ROOT / "build" / "vision.log"), "requirements-vision.in", LOCK.name)
            return 0
        if options.vision:
            verdicts = look_with_vision(options.words)
            print(json.dumps([asdict(one) for one in verdicts]))
            return 0
        from tests.render.review.case import CASES

        cases = [
            case
            for case in CASES.values()
            if not options.words or any(word in case.name for word in options.words)
        ]
        if not cases:
            print(f"no case has {' or '.join(map(repr, options.words))} in its name", file=sys.stderr)
            return 2
        start = time.monotonic()
        ours = prove_all(cases, options.workers)
        columns: dict[str, Sequence[Verdict]] = {"our gate": ours}
        if options.compare:
            columns["manim-vision"] = ask_vision([case.name for case in cases if not case.needs])
        print("\n".join(complaints(ours)))
        print("\n".join(table(columns)))
        print(f"{len(cases)} cases, {len(ours)} tellings, {time.monotonic() - start:.0f} s")
        return 0 if all(one.is_right for one in ours) else 1
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 4
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main())
