"""Harm renders in many ways, and see that nothing is lost or falsified.

usage: python -m scripts.chaos KIND [--times N] [--seed N] [--store local|folder|s3]

Each kind renders the tiny catalog of the tests, undisturbed and in distress; in the end the manifest must be that of
the undisturbed run, byte by byte:

kills
    processes of runs are killed with SIGKILL at random moments, ``--times`` of them: orchestrators, workers, warm
    processes, or all that a run has started at once.  What was made is forgotten at random, so that there is always
    something to do.
calls
    all that a run has started is killed when one of its processes makes its Nth call that changes a folder (a rename, a
    removal, a new folder or link, a flush); N rises from 1 to ``--times``.  Needs strace.
codes
    two copies of the project with different code run at once, ``--times`` times, with other edits each time.
namespaces
    one run has process numbers of its own, as in a container, and one beside it has not, ``--times`` times.
disk
    the disk has room for so many pages more, or for so many files more, in ``--times`` steps from none to enough; then
    there is room, and the run is repeated.

``--store`` is ``local`` for one build folder alone, or the store that several share: ``folder``, or ``s3`` with the
server of the tests.  Exit code 0: nothing was lost.  1: something was, and all that there is of it is kept.  4: this
machine cannot do that.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from render.plan.dependencies import Code
from render.store.digest import digest_file
from render.store.manifest import read_manifest
from render.task.loading import compile_all

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

ROOT: Final = Path(__file__).resolve().parents[2]
STORES: Final = ("local", "folder", "s3")
MARK: Final = "MLHUB_CHAOS"
"""In the environment of all that a run has started, so that it is found when its parents are gone."""
_FORGOTTEN: Final = {"segment": 0.7, "poster": 0.5, "probe": 0.3}
"""By kind, the share of what was made that is forgotten."""

Tell = Callable[[str], None]


class Broken(Exception):
    """Something was lost, falsified or left over."""


class Unable(Exception):
    """This machine lacks what a kind of chaos needs."""


@dataclass(frozen=True, slots=True)
class Shared:
    """The store that several build folders share, if there is one."""

    environment: Mapping[str, str] = field(default_factory=dict)
    """Variables by which runs find it."""
    system: AbstractFileSystem | None = None
    root: str = ""

    def forget(self, chance: random.Random) -> None:
        """Remove at random some of its files: records without their objects, objects without their records."""
        if self.system is not None:
            for name in sorted(self.system.find(self.root)):
                if chance.random() < 0.4:
                    self.system.rm_file(name)


@contextmanager
def sharing(store: str, folder: Path) -> Iterator[Shared]:
    """A store of a kind of :data:`STORES`, in ``folder`` as far as it needs one."""
    if store == "local":
        yield Shared()
    elif store == "folder":
        from fsspec.implementations.local import LocalFileSystem

        folder.mkdir(parents=True)
        yield Shared({"STORE": str(folder)}, LocalFileSystem(), str(folder))
    else:
        from tests.bucket import BUCKET, open_client, serve_s3

        with serve_s3(folder) as server:
            where = f"{BUCKET}/chaos"
            yield Shared({**server.environment, "STORE": f"s3://{where}"}, open_client(server), where)


@cache
def _compile_once() -> None:
    """Compile and cut up what copies are made of, so that not each of them is by each process that runs it."""
    compile_all(ROOT)
    code = Code(ROOT)
    for folder in ("scenes/kit", "scenes/maths/shared", "render", "hub"):
        code.keep_all(folder)


def lay_out(project: Path) -> Path:
    """Make ``project`` a small project with our kit and pipeline, and three lessons of a few seconds."""
    _compile_once()
    shutil.copytree(ROOT / "tests" / "fixtures" / "tiny", project)
    ignored = shutil.ignore_patterns("*.ttf")
    shutil.copytree(ROOT / "scenes" / "kit", project / "scenes" / "kit", ignore=ignored)
    for font in (ROOT / "scenes" / "kit" / "fonts").glob("*.ttf"):
        (project / "scenes" / "kit" / "fonts" / font.name).symlink_to(font)
    shutil.copytree(ROOT / "scenes" / "lexicon", project / "scenes" / "lexicon")
    for package in ("scenes", "scenes/maths"):
        (project / package).mkdir(exist_ok=True)
        shutil.copy(ROOT / package / "__init__.py", project / package)
    for package in ("render", "hub"):
        shutil.copytree(ROOT / package, project / package, ignore=ignored)
    (project / "node_modules").symlink_to(ROOT / "node_modules")
    return project


def begin(
    project: Path,
    build: Path,
    environment: Mapping[str, str] | None = None,
    *,
    prefix: Sequence[str] = (),
    arguments: Sequence[str] = (),
    record: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start a render as a person would.

    All that it says goes to the file ``record``, by default :func:`said` beside the build folder.  ``prefix`` are the
    words of a command that runs it.
    """
    command = [sys.executable, "-m", "render.cli", "--build", str(build), "render", "--quality", "draft"]
    without = {name: value for name, value in os.environ.items() if name not in ("STORE", "SCHEDULER")}
    with (record or said(build)).open("wb") as file:
        return subprocess.Popen(
            [*prefix, *command, *arguments],
            cwd=project,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            env={**without, **(environment or {}), MARK: str(build)},
        )


def said(build: Path) -> Path:
    """The file with what the last run in a build folder has said."""
    return build.with_name(f"{build.name}.txt")


def succeed(project: Path, build: Path, environment: Mapping[str, str] | None = None) -> None:
    """Render undisturbed; :class:`Broken` where that fails, or what is listed then is not whole."""
    expect_done(begin(project, build, environment), build)
    check_listed(build)


def expect_done(run: subprocess.Popen[bytes], build: Path) -> None:
    """Wait for a run; :class:`Broken` unless it ends well."""
    if code := run.wait():
        raise Broken(f"an undisturbed run in {build} ended with {code}:\n{said(build).read_text()}")


def drawn_again(project: Path, build: Path, environment: Mapping[str, str] | None = None) -> list[str]:
    """Render undisturbed once more; the tasks that had to be done."""
    expect_done(begin(project, build, environment, arguments=["--json"]), build)
    events = [json.loads(line) for line in said(build).read_text().splitlines()]
    return [f"{event['slug']} {event['task']}" for event in events if event["event"] == "started"]


def check_listed(build: Path) -> None:
    """:class:`Broken` unless every file that the manifest lists is there with its digest."""
    for slug, entry in read_manifest(build).items():
        for name, file in entry["files"].items():
            path = build / file["path"]
            if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != file["sha256"]:
                raise Broken(f"{slug}: {name} is listed and not whole: {path}")


def check_same(build: Path, calm: Path) -> None:
    """:class:`Broken` unless a build folder has the manifest of another one, and all that it lists is whole."""
    check_listed(build)
    if (build / "manifest.json").read_bytes() != (calm / "manifest.json").read_bytes():
        raise Broken(f"{build}/manifest.json is not {calm}/manifest.json")


def check_mixed(build: Path, *calm: Path) -> None:
    """:class:`Broken` unless each lesson that is listed is whole and that of one of the builds ``calm``."""
    check_listed(build)
    for slug, entry in read_manifest(build).items():
        if entry not in [read_manifest(one).get(slug) for one in calm]:
            raise Broken(f"{build}/manifest.json: {slug} is listed as in no undisturbed run")


def check_pictures(build: Path, *calm: Path) -> None:
    """:class:`Broken` where a segment or a poster in the store is not what an undisturbed run made under its key."""
    right: dict[str, str] = {}
    for one in calm:
        right.update(_pictures(one))
    for name, sha256 in _pictures(build).items():
        if right.get(name, sha256) != sha256:
            raise Broken(f"{build}/store/{name} is another picture than an undisturbed run has drawn")


def _pictures(build: Path) -> dict[str, str]:
    return {
        str(path.relative_to(build / "store")): digest_file(path)
        for kind in ("segment", "poster")
        for path in (build / "store" / kind).rglob("*")
        if path.suffix in (".h264", ".png")
    }


def check_scratch(build: Path) -> None:
    """:class:`Broken` where scratch is left over though no run is on and the last has ended well."""
    if left := list((build / "scratch").iterdir()):
        raise Broken(f"scratch is left over: {left}")


def forget(build: Path, chance: random.Random) -> None:
    """Remove all that is published, and at random some of what it was made from."""
    (build / "manifest.json").unlink(missing_ok=True)
    for folder in (build / "out", build / "store" / "lesson"):
        shutil.rmtree(folder, ignore_errors=True)
    for kind, share in _FORGOTTEN.items():
        for path in sorted((build / "store" / kind).rglob("*")):
            if path.is_file() and chance.random() < share:
                path.unlink()


def marked(build: Path) -> list[int]:
    """The processes that runs in a build folder have started and that live."""
    mark = f"{MARK}={build}".encode()
    return [
        int(folder.name)
        for folder in Path("/proc").glob("[0-9]*")
        if mark in read_process(int(folder.name), "environ").split(b"\0")
    ]


def read_process(process: int, name: str) -> bytes:
    """A file of ``/proc`` about a process; empty where that is gone."""
    try:
        return Path(f"/proc/{process}/{name}").read_bytes()
    except OSError:
        return b""


def can(*command: str) -> bool:
    """Whether a command ends well here."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def unshare(*what: str) -> list[str]:
    """The words of a command in namespaces of its own; :class:`Unable` where this machine refuses those."""
    for more in ([], ["--user", "--map-root-user"]):
        words = ["unshare", *more, *what]
        if can(*words, "true"):
            return words
    raise Unable(f"this machine lets nobody run `unshare {' '.join(what)}`")
