"""Runs tasks on the machines of a farm: on the workers of a Dask scheduler, each task in a process of its own there.

A worker has the project's code, its packages and the shared store, and nothing of this machine: a task goes out
without paths, what it makes goes to the store, and only its record and its log come back.  What changes this
machine's own folder (putting a lesson together and listing it) runs here, in a :class:`render.task.pool.Pool`: it
needs all segments of a lesson, which have to come here anyway, and joins them without encoding them again.

Every worker is looked at before it gets a task.  The same key must give the same bytes, so one with other code, other
packages or another store is refused.
"""

from __future__ import annotations

import logging
import os
import queue
import re
import sys
import tempfile
import time
import traceback
import uuid
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from render.core.address import without_passwords
from render.core.fault import EnvironmentFault, UsageFault
from render.run import farm_worker
from render.run.farm_worker import TAG, CodeDigests, TaskEnd, code_of, digest_code, versions
from render.store.remote_store import RemoteStore
from render.store.store import Record
from render.task.capacity import PATIENCE
from render.task.executor import Done, Event, Failed, Progressed, Retried, Started
from render.task.pool import TRIES, Pool
from render.task.task import Failure, Task

if TYPE_CHECKING:
    from distributed import Client, Future

CONNECTING: Final = 10.0
"""Seconds that a scheduler has to answer."""
ABSENCE: Final = 60.0
"""Seconds that a farm may be without any worker."""
RETURNING: Final = 10.0
"""Seconds that it may have only workers that cannot be used: Dask replaces a worker that was killed."""

_LISTEN = 0.2
"""Seconds for which events are waited for, before tasks are sent and workers looked at."""
_LOOK_EVERY = 1.0
"""Seconds between two looks at the list of workers."""
_BRINGING = 30.0
"""Seconds that a worker has to send a result."""


@dataclass(frozen=True, slots=True)
class Certificates:
    """PEM files by which a farm and its orchestrator know each other; what is not given is taken from Dask's own
    configuration (``DASK_DISTRIBUTED__COMM__TLS__CA_FILE``...)."""

    authority: Path | None = None
    certificate: Path | None = None
    key: Path | None = None


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A task to be sent."""

    task: Task
    number: int = 1
    shunned: frozenset[str] = frozenset()
    """Addresses of workers that could not do it for want of something on their machine."""


@dataclass(slots=True)
class _Sent:
    """An attempt that is with a worker."""

    attempt: _Attempt
    worker: str
    future: Future[TaskEnd]
    began: bool = False


@dataclass(slots=True)
class _Workers:
    """The workers of the farm: which can be used, and which not."""

    usable: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    """By address, what is wrong with those that cannot be used."""
    seen: float = field(default_factory=time.monotonic)
    """When there was last a worker that can be used, by the monotonic clock."""


class Farm:
    """An executor (:class:`render.task.executor.Executor`) of the workers of the Dask scheduler at ``address``.

    ``root`` is the project's folder, by which workers are judged.  Each worker that offers the resource ``mlhub=1``
    does one task at a time, bound as in a :class:`render.task.pool.Pool`; ``workers`` is how many are used at the most.

    Tried again, :data:`render.task.pool.TRIES` times in all, is what was lost with its worker, and on another worker
    what failed for want of something that this worker should have.  The connection is made when the first task is to be
    sent; :meth:`events` raises :class:`EnvironmentFault` where there is no Dask, scheduler, worker or store,
    and where a worker has to be refused.
    """

    def __init__(
        self,
        workers: int | None = None,
        *,
        address: str,
        root: Path,
        memory: int | None = None,
        patience: float = PATIENCE,
        certificates: Certificates | None = None,
        absence: float = ABSENCE,
    ) -> None:
        if not re.fullmatch(r"(tcp|tls)://.+:\d+", address):
            raise UsageFault(
                f"SCHEDULER={without_passwords(address)}: expected tcp://host:port or tls://host:port, as Dask tells it"
            )
        self._address, self._root = address, root
        self._shown = without_passwords(address)
        self._limit, self._memory, self._patience, self._absence = workers, memory, patience, absence
        self._certificates = certificates or Certificates()
        self._home = Pool(workers, memory=memory, patience=patience)
        self._waiting: deque[_Attempt] = deque()
        self._sent: dict[str, _Sent] = {}
        self._heard: queue.SimpleQueue[Record] = queue.SimpleQueue()
        self._workers = _Workers()
        self._finishing = False
        self._client: Client | None = None
        self._remote: RemoteStore | None = None
        self._code: CodeDigests = {}
        self._topic = f"mlhub-{uuid.uuid4().hex}"
        self._count = 0
        self._looked = 0.0

    @property
    def workers(self) -> int:
        """How many tasks run at once on the farm; 1 as long as it has not been looked at."""
        found = len(self._workers.usable) or 1
        return min(self._limit, found) if self._limit else found

    def add(self, tasks: Iterable[Task]) -> None:
        """Line up more tasks, first come first served; may be called while events are read."""
        for task in tasks:
            if task.at_home:
                self._home.add([task])
            else:
                self._waiting.append(_Attempt(task))

    def finish(self) -> None:
        """Let what runs come to its end and start nothing more; may be called from a signal handler."""
        self._finishing = True
        self._home.finish()

    def events(self) -> Generator[Event, None, None]:
        """What happens, until nothing is left to do.  Closing the iterator ends the running tasks at once."""
        try:
            while self._home.busy or self._sent or (self._waiting and not self._finishing):
                if self._waiting and not self._finishing:
                    if self._client is None:
                        self._connect()
                    self._send()
                yield from self._listen()
                if self._home.busy:
                    yield from self._home.step(0)
                yield from self._look()
        finally:
            self._close()

    def _connect(self) -> None:
        """Connect to the scheduler and wait for workers; :class:`EnvironmentFault` where some have to be refused."""
        store = os.environ.get("STORE")
        if not store:
            raise EnvironmentFault(
                "A farm needs a store that this machine and all workers share: set STORE=s3://bucket/prefix or "
                "STORE=/a/folder/that/all/mount, here and where the workers are started."
            )
        self._code = code_of(self._root)
        self._remote = RemoteStore(store)
        with tempfile.NamedTemporaryFile() as file:
            self._remote.send(self._topic, Path(file.name))
        self._client = _client(self._address, self._certificates)
        self._client.subscribe_topic(self._topic, lambda event: self._heard.put(event[1]))
        self._workers.seen = time.monotonic()
        while not self._workers.usable and not self._finishing:
            self._find_workers()
            if self._workers.refused:
                raise EnvironmentFault("\n".join(_told(self._workers.refused)))
            if time.monotonic() - self._workers.seen > self._absence:
                raise EnvironmentFault(self._nobody())
            if not self._workers.usable:
                time.sleep(_LISTEN)

    def _find_workers(self) -> None:
        """Ask the scheduler for its workers, and check the new ones."""
        assert self._client is not None
        self._looked = time.monotonic()
        scheduler = self._client.scheduler
        if self._client.status != "running" or scheduler is None:
            raise self._deserted()
        try:
            # Not scheduler_info: what it asks for is overwritten by what the client asks for itself, meanwhile.
            there = self._client.sync(scheduler.identity, n_workers=-1)["workers"]
        except (OSError, RuntimeError) as error:
            raise self._deserted() from error
        tagged = {
            address: about["resources"][TAG]
            for address, about in there.items()
            if TAG in about["resources"] and about["status"] == "running"
        }
        known = {*self._workers.usable, *self._workers.refused}
        objections = self._examine(
            {address: offer for address, offer in tagged.items() if address not in known}
        )
        self._workers.refused = {
            address: why for address, why in self._workers.refused.items() if address in tagged
        } | {address: why for address, why in objections.items() if why}
        known |= {address for address, why in objections.items() if why is None}
        self._workers.usable = [
            address for address in tagged if address in known and address not in self._workers.refused
        ]
        if self._workers.usable:
            self._workers.seen = self._looked

    def _examine(self, offers: dict[str, float]) -> dict[str, str | None]:
        """Why each of these workers cannot be used, by address; None for those that can."""
        assert self._client is not None
        if not offers:
            return {}
        found = self._client.run(
            farm_worker.describe_worker, self._topic, workers=list(offers), on_error="return"
        )
        ours = versions()
        return {
            address: _objection(found[address], offer, self._code, ours)
            for address, offer in offers.items()
            if address in found and not isinstance(found[address], OSError)  # that one has gone meanwhile
        }

    def _send(self) -> None:
        """Send the next task in line to each idle worker."""
        assert self._client is not None
        busy = {sent.worker for sent in self._sent.values()}
        for worker in self._workers.usable:
            if worker in busy or len(self._sent) >= self.workers:
                continue
            attempt = next((one for one in self._waiting if self._may_try(one, worker)), None)
            if attempt is None:
                continue
            self._waiting.remove(attempt)
            self._count += 1
            key = f"{self._topic}-{self._count}-{attempt.task.slug}"
            bare = replace(attempt.task, root=Path(), build=Path())
            future = self._client.submit(
                farm_worker.perform_task,
                bare,
                self._topic,
                key,
                digest_code(self._code),
                self._memory,
                self._patience,
                key=key,
                pure=False,
                workers=[worker],
                resources={TAG: 1},
            )
            future.add_done_callback(lambda _, key=key: self._heard.put({"key": key, "kind": "ended"}))
            self._sent[key] = _Sent(attempt, worker, future)

    def _may_try(self, attempt: _Attempt, worker: str) -> bool:
        """Whether an attempt may go to a worker: not where it failed before, unless there is no other."""
        return worker not in attempt.shunned or attempt.shunned.issuperset(self._workers.usable)

    def _listen(self) -> Iterator[Event]:
        """The events that workers have told since the last time; waits a moment for the first."""
        with suppress(queue.Empty):
            yield from self._hear(self._heard.get(timeout=_LISTEN))
            while True:
                yield from self._hear(self._heard.get_nowait())

    def _hear(self, word: Record) -> Iterator[Event]:
        key = word["key"]
        sent = self._sent.get(key)
        if sent is None:
            return  # it was given up
        task = sent.attempt.task
        match word["kind"]:
            case "started" if sent.began:  # a worker that came back with the same address
                yield from self._lose(key)
            case "started":
                sent.began = True
                yield Started(task)
            case "progressed":
                yield Progressed(task, word["frames"], word["moving"], word["memory"])
            case "retried":
                sent.began = False
                yield Retried(task, word["reason"])
            case _:
                yield from self._end(key)

    def _end(self, key: str) -> Iterator[Event]:
        """The event for a task that is over; lines it up again where another worker may do better."""
        sent = self._sent[key]
        future, attempt = sent.future, sent.attempt
        status = future.status
        assert self._client is not None
        if self._client.status != "running":
            raise self._deserted()
        try:
            ended = future.result(timeout=_BRINGING) if status == "finished" else None
        except Exception:  # it is with a worker that has gone: what it made is in the store, or is made again
            ended = None
        if status == "error":
            error = future.exception(timeout=_BRINGING)
            ended = TaskEnd("failed", failure=_unexpected(error))
        if ended is None or ended.kind == "stopped":
            yield from self._lose(key)
            return
        del self._sent[key]
        if not sent.began:
            yield Started(attempt.task)
        self._keep_log(attempt.task, sent.worker, ended.log)
        if ended.kind == "done":
            assert ended.result is not None
            yield Done(attempt.task, ended.result, ended.seconds, ended.memory)
            return
        assert ended.failure is not None
        failure = self._at_home(attempt.task, ended, sent.worker)
        if ended.kind == "refused":
            self._workers.refused[sent.worker] = ended.failure.message
            self._workers.usable = [worker for worker in self._workers.usable if worker != sent.worker]
        others = set(self._workers.usable) - attempt.shunned - {sent.worker}
        if failure.environment and others and attempt.number < TRIES and not self._finishing:
            shunned = attempt.shunned | {sent.worker}
            number = attempt.number + (ended.kind != "refused")  # then it has not been tried
            self._waiting.appendleft(replace(attempt, number=number, shunned=shunned))
            yield Retried(attempt.task, failure.message)
            return
        yield Failed(attempt.task, failure)

    def _lose(self, key: str) -> Iterator[Event]:
        """The events for a task whose worker is gone: tried again, or failed."""
        assert self._client is not None
        sent = self._sent.pop(key)
        attempt = sent.attempt
        self._client.cancel([sent.future])
        words = f"its worker {sent.worker} was lost"
        if not sent.began:
            yield Started(attempt.task)
        if attempt.number < TRIES and not self._finishing:
            self._waiting.appendleft(replace(attempt, number=attempt.number + 1))
            yield Retried(attempt.task, words)
            return
        if attempt.number > 1:
            words += f", at the attempt {attempt.number} too"
        yield Failed(attempt.task, Failure(words, None, ""))

    def _look(self) -> Iterator[Event]:
        """See which workers have come and gone; all waiting tasks fail when there was none for too long."""
        if self._client is None or time.monotonic() - self._looked < _LOOK_EVERY:
            return
        refused = dict(self._workers.refused)
        self._find_workers()
        for line in _told({k: why for k, why in self._workers.refused.items() if k not in refused}):
            print(line, file=sys.stderr, flush=True)
        for key, sent in list(self._sent.items()):
            if sent.worker not in self._workers.usable:
                yield from self._lose(key)
        allowed = min(self._absence, RETURNING) if self._workers.refused else self._absence
        if self._finishing or time.monotonic() - self._workers.seen < allowed:
            return
        while self._waiting:
            task = self._waiting.popleft().task
            yield Started(task)
            yield Failed(task, Failure(self._nobody(), None, "", environment=True))

    def _deserted(self) -> EnvironmentFault:
        return EnvironmentFault(
            f"The scheduler at {self._shown} is gone. What was finished is in the store. Start it and its workers, "
            "and run the same command again."
        )

    def _nobody(self) -> str:
        words = (
            f"The farm at {self._shown} has no worker that can be used. Start some in the project's folder: "
            f"dask worker {self._shown} --nthreads 1 --nworkers N --resources {TAG}=1 (docs/farm.md)."
        )
        return "\n".join([words, *_told(self._workers.refused)])

    def _at_home(self, task: Task, ended: TaskEnd, worker: str) -> Failure:
        """The failure as this machine would tell it: with paths of this project, and of the log that is kept here."""
        assert ended.failure is not None
        failure = ended.failure
        trace = failure.trace.replace(ended.root, str(self._root)) if ended.root else failure.trace
        message = f"{failure.message} (on the worker {worker})" if failure.environment else failure.message
        return replace(failure, message=message, trace=trace, log=str(task.log) if ended.log else None)

    def _keep_log(self, task: Task, worker: str, log: str) -> None:
        if log:
            task.log.parent.mkdir(parents=True, exist_ok=True)
            task.log.write_text(f"{log}-- on the worker {worker}\n", encoding="utf-8")

    def _close(self) -> None:
        """Cancel what runs and leave the scheduler."""
        self._home.stop()
        self._waiting.clear()
        if self._client is not None:
            with suppress(Exception):  # the scheduler may be gone, and then so is all that it knew of
                self._client.cancel([sent.future for sent in self._sent.values()])
                self._client.unsubscribe_topic(self._topic)
            with suppress(Exception):
                self._client.close(timeout=2)
            self._client = None
        self._sent.clear()
        if self._remote is not None:
            with suppress(EnvironmentFault):
                self._remote.remove(self._topic)
            self._remote = None


def _client(address: str, certificates: Certificates) -> Client:
    """A connection to the scheduler."""
    try:
        from distributed import Client  # late: who draws on one machine needs no Dask
        from distributed.security import Security
    except ImportError as error:
        raise EnvironmentFault(
            f"SCHEDULER={without_passwords(address)} needs Dask, which is not installed: "
            f"pip install 'ml-learning-hub[farm]' ({error})."
        ) from error
    for name in ("distributed", "distributed.client", "distributed.batched", "distributed.core"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters of it is told in our words
    files: dict[str, Any] = {
        "tls_ca_file": certificates.authority,
        "tls_client_cert": certificates.certificate,
        "tls_client_key": certificates.key,
    }
    given = {name: str(file) for name, file in files.items() if file is not None}
    try:
        security = Security(**given, require_encryption=address.startswith("tls") or None)
        if address.startswith("tls") and security.get_connection_args("client")["ssl_context"] is None:
            raise ValueError("it asks for a certificate, and none is named")
        return Client(address, timeout=CONNECTING, security=security, set_as_default=False, name="mlhub")
    except (OSError, TypeError, ValueError, RuntimeError) as error:
        shown = without_passwords(address)
        raise EnvironmentFault(
            f"No scheduler can be reached at {shown}: {without_passwords(str(error), address)}\n"
            "Start one (dask scheduler; docs/farm.md) or correct SCHEDULER; for tls:// name the certificates "
            "too (--tls-ca, --tls-cert, --tls-key)."
        ) from error


def _objection(
    found: Record | BaseException, offer: float, code: CodeDigests, ours: dict[str, str]
) -> str | None:
    """Why a worker must not be used, in words that say what to do; None where it may be.

    ``found`` is what :func:`render.run.farm_worker.describe_worker` gave, or the exception it ended with; ``offer`` is
    how much of the resource it offers, ``code`` and ``ours`` are our code and versions.
    """
    if isinstance(found, BaseException):
        return (
            f"cannot run this project ({type(found).__name__}: {found}). Start it with the Python of the project's own "
            "environment, and there at the same revision"
        )
    theirs: CodeDigests = found["code"]
    other = sorted(path for path in code.keys() | theirs.keys() if code.get(path) != theirs.get(path))
    if other:
        more = f" and {len(other) - 1} more" if len(other) > 1 else ""
        return f"has other code in {found['root']}: {other[0]}{more}. Bring both to one revision and start it again"
    for name, version in ours.items():
        if (there := found["versions"].get(name)) != version:
            return f"has {name} {there}, and this machine {version}. Install requirements.lock on both"
    if found["trouble"]:
        return f"{found['trouble']}. Start it with the STORE of this run"
    if offer != 1:
        return f"offers {TAG}={offer:g}: start one worker a task (--nworkers N --resources {TAG}=1)"
    return None


def _told(refused: dict[str, str]) -> list[str]:
    return [f"The worker {address} {why}." for address, why in sorted(refused.items())]


def _unexpected(error: BaseException | None) -> Failure:
    """The failure of a task that Dask itself could not run."""
    trace = "".join(traceback.format_exception(error)) if error else ""
    return Failure(f"{type(error).__name__}: {error}", None, trace)
