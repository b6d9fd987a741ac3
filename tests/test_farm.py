"""A farm, for real and in small: a scheduler and two workers that share nothing with us but a bucket."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from scripts.chaos import check_listed, lay_out
from scripts.farm import Machines, farm
from tests.bucket import BUCKET, serve_s3
from tests.limit import comes
from tests.run import Told, wait_for

pytestmark = pytest.mark.end_to_end

DRAFT = ("render", "--quality", "draft", "--json")


@dataclass(frozen=True, slots=True)
class Site:
    """A person's machine and a farm, each with a copy of the project of its own."""

    here: Path
    there: Path
    machines: Machines
    environment: dict[str, str]
    """The variables of a run through the farm."""

    def begin(self, *arguments: str, build: str = "build") -> subprocess.Popen[str]:
        """A run through the farm that goes on beside the test."""
        return self._begin(self.environment, build, arguments)

    def alone(self, *arguments: str, build: str) -> Told:
        """The same run on one machine, without farm and store."""
        process = self._begin(dict(os.environ), build, arguments)
        out, _ = process.communicate()
        return [json.loads(line) for line in out.splitlines()]

    def _begin(
        self, environment: dict[str, str], build: str, arguments: tuple[str, ...]
    ) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "render.cli", "--build", str(self.here / build), *DRAFT, *arguments],
            cwd=self.here,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def worker_of(self, task: str) -> tuple[int, int]:
        """The worker that does a task of *moving-dot*, counted from 0, and the process that draws."""
        logs = [build / "log" / "moving-dot" / f"{task}.log" for build in self.machines.builds]
        number = max((n for n in range(2) if logs[n].is_file()), key=lambda n: logs[n].stat().st_mtime)
        return number, int(logs[number].read_text().split("process ")[1].split(",")[0])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("farm")
    here, there = lay_out(folder / "here"), lay_out(folder / "there")
    with serve_s3(folder / "s3") as server:
        environment = {**os.environ, **server.environment, "STORE": f"s3://{BUCKET}/catalog"}
        with farm(there, folder / "farm", environment) as machines:
            yield Site(here, there, machines, {**environment, "SCHEDULER": machines.address})


Edit = Callable[..., None]


@pytest.fixture
def edit(site: Site) -> Iterator[Edit]:
    """Change the lesson *moving-dot* here and there; afterwards it is what it was."""
    folder = Path("scenes") / "moving_dot"
    before = {path.name: path.read_text() for path in (site.here / folder).glob("*.py")}

    def change(old: str, new: str, *projects: Path) -> None:
        for project in projects or (site.here, site.there):
            (path,) = (path for path in (project / folder).glob("*.py") if old in path.read_text())
            path.write_text(path.read_text().replace(old, new))

    yield change
    for project in (site.here, site.there):
        for name, text in before.items():
            (project / folder / name).write_text(text)


def ends(process: int) -> bool:
    """Whether a process is gone after a while."""
    return comes(
        lambda: not psutil.pid_exists(process) or psutil.Process(process).status() == psutil.STATUS_ZOMBIE
    )


def failures(told: Told) -> Told:
    return [one for one in told if one["event"] == "failure"]


def test_a_farm_makes_what_one_machine_makes(site: Site) -> None:
    for build in site.machines.builds:
        shutil.rmtree(build, ignore_errors=True)
    run = site.begin("--force", "--review")
    out, errors = run.communicate()
    assert run.returncode == 0, errors
    told = [json.loads(line) for line in out.splitlines()]
    done = [(one["slug"], one["task"]) for one in told if one["event"] == "done"]
    started = [(one["slug"], one["task"]) for one in told if one["event"] == "started"]
    assert sorted(done) == sorted(started) and len(done) == 2 + 5 + 3 + 2
    for build in site.machines.builds:
        assert {path.stem for path in build.glob("log/*/*.log")} & {"goes", "comes_back", "stands", "poster"}
        assert not (build / "out").exists() and not (build / "manifest.json").exists()
    logs = {str(path.relative_to(site.here / "build/log")) for path in site.here.glob("build/log/*/*.log")}
    assert {"moving-dot/goes.log", "still-square/assemble.log"} <= logs, "each has a log here"
    assert (site.here / "build/review/moving-dot/report.html").is_file()
    site.alone(build="calm")
    check_listed(site.here / "build")
    assert (site.here / "build/manifest.json").read_bytes() == (site.here / "calm/manifest.json").read_bytes()

    again = site.begin()
    out, errors = again.communicate()
    assert again.returncode == 0, errors
    assert [json.loads(line)["event"] for line in out.splitlines()] == ["current", "current"]


def test_a_farm_makes_the_copies_that_one_machine_makes(site: Site) -> None:
    order = ("moving-dot", "--quality", "web", "--voice", "silent", "--no-review", "--copies")
    run = site.begin(*order, build="web")
    out, errors = run.communicate()
    assert run.returncode == 0, errors
    told = [json.loads(line) for line in out.splitlines()]
    assert {one["task"] for one in told if one["event"] == "done"} >= {"copies of goes", "copies"}
    log = site.here / "web/log/moving-dot/copies-of-goes.log"
    assert "-- on the worker tcp://" in log.read_text()
    assert site.alone(*order, build="alone")[-1]["event"] == "copied"
    manifests = [(site.here / build / "manifest.json").read_bytes() for build in ("web", "alone")]
    assert manifests[0] == manifests[1]
    check_listed(site.here / "web")


def test_a_worker_killed_in_the_middle_is_survived(site: Site, edit: Edit) -> None:
    edit("run_time=0.6", "run_time=20")
    run = site.begin("moving-dot")
    wait_for(run, "progressed", "goes")
    _, drawing = site.worker_of("goes")
    os.kill(drawing, signal.SIGKILL)
    assert "signal 9" in str(wait_for(run, "retried", "goes")[-1]["reason"])
    wait_for(run, "progressed", "goes")
    number, drawing = site.worker_of("goes")
    (worker,) = (
        child
        for child in psutil.Process(site.machines.workers[number].pid).children()
        if "spawn_main" in " ".join(child.cmdline())
    )
    worker.kill()
    assert "was lost" in str(wait_for(run, "retried", "goes")[-1]["reason"])
    assert ends(drawing), "who draws ends with its worker"
    _, errors = run.communicate()
    assert run.returncode == 0, errors
    site.alone("moving-dot", build="undisturbed")
    check_listed(site.here / "build")
    ours, theirs = (
        json.loads((site.here / build / "manifest.json").read_text())["lessons"]["moving-dot"]
        for build in ("build", "undisturbed")
    )
    assert ours == theirs


def test_a_scene_that_raises_is_told_as_on_one_machine(site: Site, edit: Edit) -> None:
    edit("square.clear_updaters()", 'raise ValueError("the square has no end")')
    run = site.begin(build="failed")
    out, _ = run.communicate()
    assert run.returncode == 1
    (told,) = failures([json.loads(line) for line in out.splitlines()])
    (local,) = failures(site.alone(build="failed-alone"))
    for field in ("slug", "task", "message", "place", "trace", "environment"):
        assert told[field] == local[field], field
    assert str(told["place"]).startswith("scenes/moving_dot/back.py:")
    log = Path(str(told["log"]))
    assert log.is_relative_to(site.here / "failed") and "the square has no end" in log.read_text()
    assert (site.here / "failed/out/still-square/still-square.mp4").is_file(), "the others go on"


def test_a_farm_with_other_code_is_refused(site: Site, edit: Edit) -> None:
    edit("radius=0.4", "radius=0.5", site.here)
    run = site.begin("moving-dot", build="refused")
    out, errors = run.communicate()
    assert run.returncode == 4
    assert out == "" and "Traceback" not in errors
    for words in (
        "The worker tcp://",
        "has other code",
        str(site.there),
        "scenes/moving_dot/stage.py",
        "revision",
    ):
        assert words in errors
    assert not (site.here / "refused/out").exists()


@pytest.mark.slow
def test_code_that_changes_over_there_is_refused_from_then_on(site: Site, edit: Edit) -> None:
    edit("run_time=0.6", "run_time=21")
    run = site.begin("moving-dot", "--force", "--workers", "1", build="changed")
    wait_for(run, "progressed", "goes")
    edit("radius=0.4", "radius=0.5", site.there)
    out, _ = run.communicate()
    assert run.returncode == 4
    told = [json.loads(line) for line in out.splitlines()]
    first, *others = (str(one["message"]) for one in failures(told))
    assert "not the orchestrator's any more (on the worker tcp://" in first
    assert others and all("no worker" in one and "not the orchestrator's any more" in one for one in others)
    assert [one["task"] for one in told if one["event"] == "done"] == ["goes"]


@pytest.mark.slow
def test_ctrl_c_finishes_what_runs_over_there(site: Site, edit: Edit) -> None:
    edit("run_time=0.6", "run_time=10.4")
    run = site.begin("moving-dot", "--force", "--workers", "1", build="finished")
    wait_for(run, "progressed", "goes")
    os.kill(run.pid, signal.SIGINT)
    out, errors = run.communicate()
    assert run.returncode == 130 and "Finishing what runs" in errors
    told = [json.loads(line) for line in out.splitlines()]
    assert [one["task"] for one in told if one["event"] == "done"] == ["goes"]
    assert not [one for one in told if one["event"] == "started"], "nothing more is started"


@pytest.mark.slow
@pytest.mark.parametrize("how", ["Ctrl-C twice", "kill -9"])
def test_what_runs_over_there_ends_with_who_asked_for_it(site: Site, edit: Edit, how: str) -> None:
    edit(
        "run_time=0.6", "run_time=1000" if how == "kill -9" else "run_time=1010"
    )  # longer than is waited for
    run = site.begin("moving-dot", build="stopped")
    wait_for(run, "progressed", "goes")
    _, drawing = site.worker_of("goes")
    if how == "kill -9":
        os.kill(run.pid, signal.SIGKILL)
    else:
        os.kill(run.pid, signal.SIGINT)
        time.sleep(0.3)
        os.kill(run.pid, signal.SIGINT)
    run.communicate()
    assert run.returncode == (-signal.SIGKILL if how == "kill -9" else 130)
    assert ends(drawing)
    assert psutil.Process(site.machines.workers[0].pid).children(), "the workers stay"


def certify(folder: Path) -> tuple[Path, Path, Path]:
    """An authority, and a certificate for everybody with its key."""
    folder.mkdir()
    for command in (
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=farm -keyout ca-key.pem -out ca.pem",
        "req -newkey rsa:2048 -nodes -subj /CN=lessons -keyout key.pem -out request.pem",
        "x509 -req -days 2 -in request.pem -CA ca.pem -CAkey ca-key.pem -CAcreateserial -out cert.pem",
    ):
        subprocess.run(["openssl", *command.split()], cwd=folder, check=True, capture_output=True)
    return folder / "ca.pem", folder / "cert.pem", folder / "key.pem"


@pytest.mark.slow
def test_a_farm_with_certificates_takes_no_others_and_the_end_of_its_scheduler_is_told(
    tiny: Path, tmp_path: Path
) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("nothing here makes certificates")
    authority, certificate, key = certify(tmp_path / "tls")
    dask = "DASK_DISTRIBUTED__COMM__"
    demanding = {f"{dask}REQUIRE_ENCRYPTION": "True", f"{dask}TLS__CA_FILE": str(authority)}
    for who in ("SCHEDULER", "WORKER"):
        demanding |= {f"{dask}TLS__{who}__CERT": str(certificate), f"{dask}TLS__{who}__KEY": str(key)}
    environment = {**os.environ, "STORE": str(tmp_path / "shared")}
    with farm(tiny, tmp_path / "farm", {**environment, **demanding}, workers=1) as machines:
        assert machines.address.startswith("tls://")

        def begin(address: str, *arguments: str) -> subprocess.Popen[str]:
            return subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "render.cli",
                    *DRAFT,
                    "moving-dot",
                    "--scheduler",
                    address,
                    *arguments,
                ],
                cwd=tiny,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )

        for address in (machines.address, machines.address.replace("tls", "tcp")):
            stranger = begin(address)
            _, errors = stranger.communicate()
            assert stranger.returncode == 4
            assert f"No scheduler can be reached at {address}" in errors and "Traceback" not in errors
        ours = f"--tls-ca {authority} --tls-cert {certificate} --tls-key {key}".split()
        known = begin(machines.address, *ours)
        wait_for(known, "progressed", "goes")
        known.communicate()
        assert known.returncode == 0

        scene = tiny / "scenes" / "moving_dot" / "away.py"
        scene.write_text(scene.read_text().replace("run_time=0.6", "run_time=100"))
        left = begin(machines.address, *ours)
        wait_for(left, "progressed", "goes")
        machines.scheduler.kill()
        _, errors = left.communicate()
        assert left.returncode == 4
        assert f"The scheduler at {machines.address} is gone" in errors and "Traceback" not in errors
