"""What runs on a worker of a farm: it tells what it would draw with, and does one task at a time.

:mod:`render.run.farm` calls these functions in a Dask worker, which has the project's code, its packages and the
address of the shared store, and nothing else.  The project is where this file lies; what is made goes to
``MLHUB_BUILD`` (``build/`` in the project by default) and from there to the store.
"""

from __future__ import annotations

import multiprocessing
import os
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from render.core.address import without_passwords
from render.core.fault import EnvironmentFault
from render.plan.fingerprint import software
from render.store.digest import digest_file, digest_text
from render.store.remote_store import RemoteStore
from render.store.store import Record, Store, environment_faults
from render.task.capacity import LIMIT, machine_capacity
from render.task.executor import Done, Failed, Progressed, Retried, Started
from render.task.log import read_log
from render.task.pool import Pool
from render.task.task import Failure, Task, failure_of

if TYPE_CHECKING:
    from distributed import Worker

TAG: Final = "mlhub"
"""The resource that a worker must offer, one of it: ``dask worker --resources mlhub=1``."""

_ROOT: Final = Path(__file__).resolve().parents[2]
_DRAWN_WITH: Final = ("scenes", "render")
"""Folders of the project any of whose files may decide what is drawn."""
_LOCK: Final = "requirements.lock"
_PACKAGES: Final = ("distributed", "onnxruntime")
"""Packages whose versions are compared besides those that pictures depend on."""

CodeDigests = dict[str, str]
"""Digests of the bytes of the project's files, by their paths from its root."""


def code_of(root: Path) -> CodeDigests:
    """Digests of all files that decide what a worker makes of a task: sources, fonts, lexicon, voice, the lock file."""
    files = [
        path
        for folder in _DRAWN_WITH
        for path in sorted((root / folder).rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    ]
    files += [root / _LOCK] if (root / _LOCK).is_file() else []
    return {str(path.relative_to(root)): digest_file(path) for path in files}


def digest_code(code: CodeDigests) -> str:
    """One digest for all of :func:`code_of`."""
    return digest_text(repr(sorted(code.items())))


def versions() -> dict[str, str]:
    """Versions of what draws and speaks, by name."""
    from importlib.metadata import version

    return {**dict(software()), **{name: version(name) for name in _PACKAGES}}


@dataclass(frozen=True, slots=True)
class TaskEnd:
    """How a task ended on a worker."""

    kind: Literal["done", "failed", "refused", "stopped"]
    result: Record | None = None
    failure: Failure | None = None
    """Why it failed; for one that was refused, why it was."""
    seconds: float = 0.0
    memory: int = 0
    log: str = ""
    root: str = ""
    """The project's folder on that machine, which tracebacks name."""


def describe_worker(meeting: str) -> Record:
    """What this worker has, as plain data, so that another version of this project can read it too.

    ``meeting`` is a file that the orchestrator has put into its shared store: a worker that finds it has the same.
    """
    _loaded()
    return {
        "code": code_of(_ROOT),
        "versions": versions(),
        "root": str(_ROOT),
        "store": without_passwords(os.environ.get("STORE", "")),
        "trouble": _trouble(meeting),
    }


def perform_task(
    task: Task, topic: str, key: str, code: str, memory: int | None = None, patience: float = 0.0
) -> TaskEnd:
    """Do ``task`` in a process of its own and tell under ``topic`` how far it is; ``key`` is its name in Dask.

    It is refused unless the code here has the digest ``code``, and stopped when nobody waits for it any more.
    """
    from distributed import get_worker

    worker = get_worker()
    mine = replace(task, root=_ROOT, build=_build())
    try:
        if refusal := _refusal(code):
            return TaskEnd("refused", failure=Failure(refusal, None, "", environment=True))
        with environment_faults(mine.build):
            store = Store(mine.build)
            store.open()
            with store.in_use():
                return _run(
                    mine, worker, topic, key, Pool(1, memory=memory or _bound(worker), patience=patience)
                )
    except Exception as error:  # of this machine, not of the task: its process tells of its own
        return TaskEnd("failed", failure=failure_of(error, _ROOT, mine.build), root=str(_ROOT))


def _run(task: Task, worker: Worker, topic: str, key: str, pool: Pool) -> TaskEnd:
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
                        return TaskEnd("done", result, None, seconds, most, _log(task), str(_ROOT))
                    case Failed(failure=failure):
                        return TaskEnd("failed", failure=failure, log=_log(task), root=str(_ROOT))
            if _is_forgotten(worker, key):
                break
    finally:
        pool.stop()
    return TaskEnd("stopped")


def _is_forgotten(worker: Worker, key: str) -> bool:
    """Whether nobody waits for a task: it was cancelled, the orchestrator is gone, or this worker is about to end."""
    known = worker.state.tasks.get(key)
    return known is None or known.state != "executing" or worker.status.name.startswith("clos")


def _build() -> Path:
    return Path(os.environ.get("MLHUB_BUILD") or _ROOT / "build").absolute()


def _bound(worker: Worker) -> int:
    """Bytes that a task may hold: what Dask lets this worker have."""
    limit = worker.memory_manager.memory_limit
    return min(LIMIT, limit) if limit else machine_capacity(1).memory


def _log(task: Task) -> str:
    return read_log(task.log)


@cache
def _loaded() -> CodeDigests:
    """The code as it was when this worker was first asked, which is what it has in memory."""
    return code_of(_ROOT)


def _refusal(wanted: str) -> str | None:
    """Why this worker must not do a task for code of the digest ``wanted``; None where it may.

    Each task imports the scenes anew, but the pipeline is imported once.
    """
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
        met = RemoteStore(address).read(meeting)
    except EnvironmentFault as fault:
        return f"cannot use its store: {fault}"
    return "" if met is not None else f"has another store than this run: STORE={without_passwords(address)}"
