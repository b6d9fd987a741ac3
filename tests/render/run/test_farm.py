"""The farm: who may work for us, and what is told where nobody can."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from render.core.fault import EnvironmentFault, UsageFault
from render.plan.probe import ProbeTask
from render.run.farm import Farm, _objection
from render.run.farm_worker import TaskEnd, _refusal, code_of, describe_worker, digest_code, versions
from render.run.tasks import AssembleTask
from render.task.executor import Done, Event, Executor, Failed, Retried
from render.task.task import Failure, Task

A, B = "tcp://a:1", "tcp://b:1"
CODE = {"render/draw/camera.py": "1", "scenes/svm/margin.py": "2"}
VERSIONS = {"numpy": "2.4.0"}
NOWHERE = "tcp://127.0.0.1:9"


def probe(build: Path) -> Task:
    return ProbeTask(build.parent, build, "tiny", "scenes.tiny", "silent", title="Tiny")


def run(farm: Executor, build: Path, tasks: int = 1) -> list[Event]:
    farm.add([probe(build)] * tasks)
    with closing(farm.events()) as events:
        return list(events)


def seen(**changes: object) -> dict[str, object]:
    return {
        "code": CODE,
        "versions": VERSIONS,
        "root": "/srv/hub",
        "store": "s3://lessons",
        "trouble": "",
        **changes,
    }


class Future:
    """What has become of a task."""

    def __init__(self, ended: TaskEnd | Exception | None) -> None:
        self.status = {type(None): "pending", TaskEnd: "finished"}.get(type(ended), "error")
        self._ended = ended

    def add_done_callback(self, call: Callable[[Future], None]) -> None:
        if self._ended is not None:
            call(self)

    def result(self, timeout: float) -> TaskEnd:
        assert isinstance(self._ended, TaskEnd)
        return self._ended

    def exception(self, timeout: float) -> Exception:
        assert isinstance(self._ended, Exception)
        return self._ended


@dataclass
class Dask:
    """A scheduler and its workers that do as they are told: what becomes of each task in turn, by worker."""

    deeds: dict[str, list[TaskEnd | Exception | None]]
    """None: the worker is lost while it works."""
    status: str = "running"
    tried: list[tuple[str, Task]] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)

    @property
    def scheduler(self) -> Dask:
        return self

    def sync(self, function: Callable[..., dict[str, object]], **arguments: int) -> dict[str, object]:
        return function(**arguments)

    def identity(self, n_workers: int) -> dict[str, object]:
        about = {"resources": {"mlhub": 1.0}, "status": "running"}
        other = {"resources": {}, "status": "running"}
        there = {worker: about for worker in self.deeds if worker not in self.lost}
        return {"workers": {**there, "tcp://other:1": other}}

    def run(
        self, function: object, meeting: str, workers: list[str], on_error: str
    ) -> dict[str, dict[str, object]]:
        found: dict[str, object] = {
            "code": {},
            "versions": versions(),
            "root": "/srv/hub",
            "store": "",
            "trouble": "",
        }
        return dict.fromkeys(workers, found)

    def submit(self, function: object, task: Task, *more: object, workers: list[str], **_: object) -> Future:
        (worker,) = workers
        self.tried.append((worker, task))
        ended = self.deeds[worker].pop(0)
        if ended is None:
            self.lost.add(worker)
        return Future(ended)

    def subscribe_topic(self, topic: str, handler: object) -> None: ...
    def unsubscribe_topic(self, topic: str) -> None: ...
    def cancel(self, futures: list[Future]) -> None: ...
    def close(self, timeout: float) -> None: ...


Work = Callable[..., tuple[list[Event], Dask]]


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Work:
    """A task (or several) for a farm whose workers do as they are told."""
    monkeypatch.setenv("STORE", str(tmp_path / "store"))
    monkeypatch.setattr("render.run.farm._LOOK_EVERY", 0.02)
    monkeypatch.setattr("render.run.farm._LISTEN", 0.01)
    monkeypatch.setattr("render.run.farm.RETURNING", 0.1)

    def go(
        absence: float = 0.2, tasks: int = 1, **deeds: list[TaskEnd | Exception | None]
    ) -> tuple[list[Event], Dask]:
        dask = Dask({{"a": A, "b": B}[name]: list(deed) for name, deed in deeds.items()})
        monkeypatch.setattr("render.run.farm._client", lambda address, certificates: dask)
        farm = Farm(address=NOWHERE, root=tmp_path / "empty", absence=absence)
        return run(farm, tmp_path / "build", tasks), dask

    return go


def kinds(events: list[Event]) -> list[str]:
    return [type(event).__name__ for event in events]


DONE = TaskEnd("done", {"frames": 3}, seconds=2.0, memory=7, log="drawn\n", root="/srv/hub")
FULL = TaskEnd("failed", failure=Failure("the disk is full", None, "", environment=True), root="/srv/hub")
STALE = TaskEnd("refused", failure=Failure("its code is another", None, "", environment=True))


def test_a_task_goes_out_without_paths_and_its_record_and_log_come_back(work: Work, tmp_path: Path) -> None:
    events, dask = work(a=[DONE])
    assert kinds(events) == ["Started", "Done"]
    assert isinstance(events[1], Done)
    assert (events[1].result, events[1].seconds, events[1].memory) == ({"frames": 3}, 2.0, 7)
    assert events[1].task.build == tmp_path / "build"
    ((_, sent),) = dask.tried
    assert sent.root == sent.build == Path()
    assert (tmp_path / "build/log/tiny/probe.log").read_text().startswith("drawn\n")
    assert list((tmp_path / "store").iterdir()) == [], "what proved the store is gone"


def test_what_a_scene_does_wrong_is_not_tried_again(work: Work, tmp_path: Path) -> None:
    failure = Failure("no sky", "scenes/tiny.py:3", 'File "/srv/hub/scenes/tiny.py", line 3')
    events, _ = work(a=[TaskEnd("failed", failure=failure, root="/srv/hub")], b=[DONE])
    assert kinds(events) == ["Started", "Failed"]
    assert isinstance(events[1], Failed)
    assert events[1].failure.trace == f'File "{tmp_path}/empty/scenes/tiny.py", line 3'


def test_what_a_machine_lacks_is_tried_on_another(work: Work) -> None:
    events, dask = work(a=[FULL], b=[DONE])
    assert kinds(events) == ["Started", "Retried", "Started", "Done"]
    assert isinstance(events[1], Retried) and "the disk is full (on the worker tcp://a:1)" in events[1].reason
    assert [worker for worker, _ in dask.tried] == [A, B]


def test_what_all_machines_lack_fails(work: Work) -> None:
    events, _ = work(a=[FULL], b=[FULL])
    assert kinds(events) == ["Started", "Retried", "Started", "Failed"]
    assert isinstance(events[-1], Failed) and events[-1].failure.environment


def test_the_last_machine_is_tried_again_when_the_others_are_lost(work: Work) -> None:
    events, dask = work(a=[FULL, DONE], b=[None])
    assert kinds(events) == ["Started", "Retried", "Started", "Retried", "Started", "Done"]
    assert [worker for worker, _ in dask.tried] == [A, B, A]


def test_a_worker_that_refuses_is_asked_no_more(work: Work) -> None:
    events, dask = work(a=[STALE], b=[DONE])
    assert kinds(events) == ["Started", "Retried", "Started", "Done"]
    assert [worker for worker, _ in dask.tried] == [A, B]


def test_what_is_lost_with_its_worker_goes_to_another(work: Work) -> None:
    events, _ = work(a=[None], b=[DONE])
    assert kinds(events) == ["Started", "Retried", "Started", "Done"]
    assert isinstance(events[1], Retried) and events[1].reason == f"its worker {A} was lost"


def test_without_any_worker_left_it_fails_and_says_so(work: Work) -> None:
    events, _ = work(a=[None])
    assert kinds(events) == ["Started", "Retried", "Started", "Failed"]
    assert isinstance(events[-1], Failed) and events[-1].failure.environment
    assert "dask worker tcp://127.0.0.1:9 --nthreads 1" in events[-1].failure.message


def test_with_workers_that_refuse_alone_it_fails_soon(work: Work) -> None:
    events, _ = work(absence=1000, tasks=2, a=[STALE])
    assert kinds(events) == ["Started", "Failed", "Started", "Failed"]
    assert isinstance(events[-1], Failed) and "its code is another" in events[-1].failure.message


def test_a_farm_without_workers_of_ours_is_told(work: Work) -> None:
    with pytest.raises(EnvironmentFault, match="has no worker that can be used"):
        work()


def test_a_scheduler_that_goes_is_told_at_once(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    def go(dask: Dask, *_: object, **__: object) -> Future:
        dask.status = "connecting"
        return Future(DONE)

    monkeypatch.setattr(Dask, "submit", go)
    with pytest.raises(EnvironmentFault, match=r"The scheduler at tcp://127\.0\.0\.1:9 is gone"):
        work(a=[])


def test_what_dask_cannot_do_fails_with_its_words(work: Work) -> None:
    events, _ = work(a=[RuntimeError("cannot be read")])
    assert isinstance(events[-1], Failed) and events[-1].failure.message == "RuntimeError: cannot be read"


def test_a_worker_that_is_as_we_are_may_work() -> None:
    assert _objection(seen(), 1.0, CODE, VERSIONS) is None


@pytest.mark.parametrize(
    ("found", "offer", "words"),
    [
        (
            seen(code={**CODE, "scenes/svm/margin.py": "3"}),
            1,
            r"other code in /srv/hub: scenes/svm/margin\.py\. Bring",
        ),
        (seen(code={}), 1, r"other code in /srv/hub: render/draw/camera\.py and 1 more"),
        (seen(code={**CODE, "scenes/new.py": "3"}), 1, r"scenes/new\.py"),
        (seen(versions={"numpy": "2.4.1"}), 1, r"numpy 2\.4\.1, and this machine 2\.4\.0"),
        (seen(versions={}), 1, "numpy None"),
        (seen(trouble="has no STORE in its environment"), 1, "no STORE.* with the STORE of this run"),
        (seen(), 4, "offers mlhub=4"),
        (ModuleNotFoundError("No module named 'render'"), 1, "cannot run this project.*'render'"),
    ],
)
def test_a_worker_that_is_not_is_refused_with_the_remedy(
    found: dict[str, object] | Exception, offer: float, words: str
) -> None:
    assert re.search(words, _objection(found, offer, CODE, VERSIONS) or "")


def test_the_code_is_all_that_shapes_what_is_made(tmp_path: Path) -> None:
    for name in (
        "scenes/kit/ink.py",
        "scenes/lexicon/shared.toml",
        "render/draw/camera.py",
        "hub/site.py",
        "tests/t.py",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "requirements.lock").write_text("numpy==2.4.0")
    code = code_of(tmp_path)
    assert set(code) == {
        "scenes/kit/ink.py",
        "scenes/lexicon/shared.toml",
        "render/draw/camera.py",
        "requirements.lock",
    }
    (tmp_path / "scenes/__pycache__").mkdir()
    (tmp_path / "scenes/__pycache__/ink.pyc").write_text("")
    (tmp_path / "scenes/.ink.py.swp").write_text("")
    assert code_of(tmp_path) == code
    (tmp_path / "scenes/lexicon/shared.toml").write_text("other")
    assert digest_code(code_of(tmp_path)) != digest_code(code)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ("render/draw/camera.py", "render/draw/camera.py has changed since it was started"),
        ("scenes/svm/margin.py", None),
    ],
)
def test_a_worker_with_an_older_pipeline_in_memory_refuses(
    monkeypatch: pytest.MonkeyPatch, changed: str, words: str | None
) -> None:
    """Scenes are imported by each task anew."""
    now = {**CODE, changed: "new"}
    monkeypatch.setattr("render.run.farm_worker._loaded", lambda: CODE)
    monkeypatch.setattr("render.run.farm_worker.code_of", lambda root: now)
    assert words in (_refusal(digest_code(now)) or "") if words else _refusal(digest_code(now)) is None
    assert "not the orchestrator's" in (_refusal(digest_code(CODE)) or "")


def test_a_worker_tells_whether_it_has_our_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STORE", raising=False)
    assert describe_worker("meeting")["trouble"] == "has no STORE in its environment"
    monkeypatch.setenv("STORE", str(tmp_path))
    assert "has another store" in str(describe_worker("meeting")["trouble"])
    (tmp_path / "meeting").write_text("")
    assert describe_worker("meeting")["trouble"] == ""
    monkeypatch.setenv("STORE", "nonsense://bucket")
    assert "cannot use its store" in str(describe_worker("meeting")["trouble"])


@pytest.mark.parametrize("address", ["farm", "farm:8786", "http://farm:8786", "tcp://farm"])
def test_an_address_that_is_none_is_told(address: str, tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match=r"SCHEDULER=.*expected tcp://host:port"):
        Farm(address=address, root=tmp_path)


def test_a_farm_without_a_store_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STORE", raising=False)
    with pytest.raises(EnvironmentFault, match="set STORE="):
        run(Farm(address=NOWHERE, root=tmp_path), tmp_path / "build")


def test_a_machine_without_dask_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORE", str(tmp_path / "store"))
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(EnvironmentFault, match=r"pip install 'ml-learning-hub\[farm\]'"):
        run(Farm(address=NOWHERE, root=tmp_path), tmp_path / "build")


def test_a_farm_without_work_is_not_even_asked(tmp_path: Path) -> None:
    with closing(Farm(address=NOWHERE, root=tmp_path).events()) as events:
        assert list(events) == []


def test_what_changes_our_own_folder_stays_here() -> None:
    assert AssembleTask.at_home.fget(None)  # type: ignore[attr-defined]
    assert not ProbeTask.at_home.fget(None)  # type: ignore[attr-defined]


def test_who_draws_on_one_machine_needs_no_dask() -> None:
    code = "import sys, render.cli.__main__, render.run.batch, render.run.farm; sys.exit('distributed' in sys.modules)"
    subprocess.run(
        [sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[3], env=dict(os.environ)
    )
