"""What a machine of a farm does: it shows what it would draw with, and does one task at a time.

These functions are sent for by :mod:`render.farm` and run in a Dask worker, which was started with nothing but the
project's code, its packages and the address of the shared store: the project is where this file lies, and what is made
goes to ``MLHUB_BUILD`` (``build/`` in the project by default) and from there to the store.
"""

from __future__ import annotations

import multiprocessing
import os
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from render.capacity import LIMIT, share
from render.executor import Done, Failed, Progressed, Retried, Started
from render.fault import EnvironmentFault
from render.fingerprint import software
from render.pool import Pool
from render.shared import Shared
from render.store import Record, Store, digest_file, digest_text, environment_faults
from render.worker import Failure, Task, failure

if TYPE_CHECKING:
    from distributed import Worker

TAG: Final = "mlhub"
"""The resource that a worker must offer, one of it: ``dask worker --resources mlhub=1``."""
LOG_END: Final = 200_000
"""Characters of a task's log that are brought home: its end."""

_ROOT: Final = Path(__file__).resolve().parent.parent
_DRAWN_WITH: Final = ("scenes", "render")
"""Folders of the project that shape what is drawn or how, whatever kind of file it is."""
_LOCK: Final = "requirements.lock"
_PACKAGES: Final = ("distributed", "onnxruntime")
"""What is compared beside that which draws."""

Code = dict[str, str]
"""Files of the project, relative to it, and the digests of their bytes."""


def code_of(root: Path) -> Code:
    """All that decides what a worker makes from a task: sources, fonts, lexicon, voice, pinned packages."""
    files = [
        path
        for folder in _DRAWN_WITH
        for path in sorted((root / folder).rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    ]
    files += [root / _LOCK] if (root / _LOCK).is_file() else []
    return {str(path.relative_to(root)): digest_file(path) for path in files}


def digest_code(code: Code) -> str:
    """One digest for all of it."""
    return digest_text(repr(sorted(code.items())))


def versions() -> dict[str, str]:
    """Versions of what draws and speaks, by name."""
    from importlib.metadata import version

    return {**dict(software()), **{name: version(name) for name in _PACKAGES}}


@dataclass(frozen=True, slots=True)
class Ended:
    """How a task ended over there."""

    kind: Literal["done", "failed", "refused", "stopped"]
    result: Record | None = None
    failure: Failure | None = None
    """Why it failed; for one that was refused, why it was."""
    seconds: float = 0.0
    memory: int = 0
    log: str = ""
    root: str = ""
    """The project's folder over there, which traces name."""


def examine(meeting: str) -> Record:
    """What this worker has, as plain data, so that another version of this project can read it too.

    ``meeting`` is a file in the orchestrator's shared store; who finds it there has the same one.
    """
    _loaded()
    return {
        "code": code_of(_ROOT),
        "versions": versions(),
        "root": str(_ROOT),
        "store": os.environ.get("STORE", ""),
        "trouble": _trouble(meeting),
    }


def perform(
    task: Task, topic: str, key: str, code: str, memory: int | None = None, patience: float = 0.0
) -> Ended:
    """Do ``task`` in a process of its own and tell under ``topic`` how far it is; ``key`` is its name in Dask.

    It is refused unless the code here has the digest ``code``, and stopped when nobody waits for it any more.
    """
    from distributed import get_worker

    worker = get_worker()
    mine = replace(task, root=_ROOT, build=_build())
    try:
        if refusal := _refusal(code):
            return Ended("refused", failure=Failure(refusal, None, "", environment=True))
        with environment_faults(mine.build):
            store = Store(mine.build)
            store.open()
            with store.in_use():
                return _run(
                    mine, worker, topic, key, Pool(1, memory=memory or _bound(worker), patience=patience)
                )
    except Exception as error:  # of this machine, not of the task: its process tells of its own
        return Ended("failed", failure=failure(error, _ROOT), root=str(_ROOT))


def _run(task: Task, worker: Worker, topic: str, key: str, pool: Pool) -> Ended:
    # What a nanny starts may have no processes of its own; these end with it all the same.
    multiprocessing.current_process().daemon = False

    def tell(kind: str, **more: object) -> None:
        worker.log_event(topic, {"key": key, "kind": kind, **more})

    pool.add([task])
    try:
        while pool.busy:
            for event in pool.step():
                match event:
                    case Started():
                        tell("started")
                    case Progressed(frames=frames, moving=moving, memory=held):
                        tell("progressed", frames=frames, moving=moving, memory=held)
                    case Retried(reason=reason):
                        tell("retried", reason=reason)
                    case Done(result=result, seconds=seconds, memory=most):
                        return Ended("done", result, None, seconds, most, _log(task), str(_ROOT))
                    case Failed(failure=failure):
                        return Ended("failed", failure=failure, log=_log(task), root=str(_ROOT))
            if _is_forgotten(worker, key):
                break
    finally:
        pool.stop()
    return Ended("stopped")


def _is_forgotten(worker: Worker, key: str) -> bool:
    """Whether the orchestrator has cancelled the task or is gone, or this worker is about to end."""
    known = worker.state.tasks.get(key)
    return known is None or known.state != "executing" or worker.status.name.startswith("clos")


def _build() -> Path:
    return Path(os.environ.get("MLHUB_BUILD") or _ROOT / "build").absolute()


def _bound(worker: Worker) -> int:
    """Bytes that a task may hold: what Dask gives to this worker, as its processes share a machine."""
    limit = worker.memory_manager.memory_limit
    return min(LIMIT, limit) if limit else share(1).memory


def _log(task: Task) -> str:
    try:
        return task.log.read_text(encoding="utf-8", errors="replace")[-LOG_END:]
    except OSError:
        return ""


@cache
def _loaded() -> Code:
    """The code as it was when this worker was first asked: what it has in memory."""
    return code_of(_ROOT)


def _refusal(wanted: str) -> str | None:
    """Why this worker must not do what another one asks for; tasks import scenes anew, but not the pipeline."""
    now = code_of(_ROOT)
    if digest_code(now) != wanted:
        return "its code is not the orchestrator's any more"
    stale = [
        path for path, digest in now.items() if path.startswith("render/") and _loaded().get(path) != digest
    ]
    return f"{stale[0]} has changed since it was started: start it again" if stale else None


def _trouble(meeting: str) -> str:
    """What is wrong with this worker's store; empty where nothing is."""
    address = os.environ.get("STORE")
    if not address:
        return "has no STORE in its environment"
    try:
        met = Shared(address).read(meeting)
    except EnvironmentFault as fault:
        return f"cannot use its store: {fault}"
    return "" if met is not None else f"has another store than this run: STORE={address}"
