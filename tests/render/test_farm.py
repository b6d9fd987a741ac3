"""The farm: who may work for us, and what is told where nobody can."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from render.executor import Event, Executor
from render.farm import Farm, _objection
from render.fault import EnvironmentFault, UsageFault
from render.node import code_of, digest_code, examine
from render.worker import AssembleTask, ProbeTask, Task

CODE = {"render/camera.py": "1", "scenes/svm.py": "2"}
VERSIONS = {"numpy": "2.4.0"}
NOWHERE = "tcp://127.0.0.1:9"


def probe(build: Path) -> Task:
    return ProbeTask(build.parent, build, "tiny", "scenes.tiny", "silent", title="Tiny")


def run(farm: Executor, build: Path) -> list[Event]:
    farm.add([probe(build)])
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


def test_a_worker_that_is_as_we_are_may_work() -> None:
    assert _objection(seen(), 1.0, CODE, VERSIONS) is None


@pytest.mark.parametrize(
    ("found", "offer", "words"),
    [
        (seen(code={**CODE, "scenes/svm.py": "3"}), 1, r"other code in /srv/hub: scenes/svm\.py\. Bring"),
        (seen(code={}), 1, r"other code in /srv/hub: render/camera\.py and 1 more"),
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
    for name in ("scenes/kit/ink.py", "scenes/lexicon.toml", "render/camera.py", "hub/site.py", "tests/t.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "requirements.lock").write_text("numpy==2.4.0")
    code = code_of(tmp_path)
    assert set(code) == {"scenes/kit/ink.py", "scenes/lexicon.toml", "render/camera.py", "requirements.lock"}
    (tmp_path / "scenes/__pycache__").mkdir()
    (tmp_path / "scenes/__pycache__/ink.pyc").write_text("")
    (tmp_path / "scenes/.ink.py.swp").write_text("")
    assert code_of(tmp_path) == code
    (tmp_path / "scenes/lexicon.toml").write_text("other")
    assert digest_code(code_of(tmp_path)) != digest_code(code)


def test_a_worker_tells_whether_it_has_our_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STORE", raising=False)
    assert examine("meeting")["trouble"] == "has no STORE in its environment"
    monkeypatch.setenv("STORE", str(tmp_path))
    assert "has another store" in str(examine("meeting")["trouble"])
    (tmp_path / "meeting").write_text("")
    assert examine("meeting")["trouble"] == ""
    monkeypatch.setenv("STORE", "nonsense://bucket")
    assert "cannot use its store" in str(examine("meeting")["trouble"])


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
    code = "import sys, render.__main__, render.batch, render.farm; sys.exit('distributed' in sys.modules)"
    subprocess.run(
        [sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2], env=dict(os.environ)
    )
