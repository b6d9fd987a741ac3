"""The set-up does what is missing, only that, and takes nothing half-made for finished.

No test installs anything: programs are recorded instead of run.
"""

from __future__ import annotations

import ast
import io
import json
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path

import pytest

from scripts import setup
from scripts.setup import Need, Runner, Stamp, Trouble

PROJECT = setup.ROOT
FILES = ("pyproject.toml", "requirements.lock", *setup.WEB)


class Recorder(Runner):
    """Notes commands instead of running them; raises ``fault`` at the first that has the word ``fail_at``."""

    def __init__(self, folder: Path, fail_at: str = "", fault: type[BaseException] = Trouble) -> None:
        super().__init__(folder / "log", voice=io.StringIO())
        self.commands: list[str] = []
        self._fail_at = fail_at
        self._fault = fault

    def _with_log(self, log: Path) -> Runner:
        return self

    def __call__(
        self, title: str, command: Sequence[str], environment: Mapping[str, str] | None = None
    ) -> None:
        line = " ".join(command)
        self.commands.append(line)
        if self._fail_at and self._fail_at in line:
            raise self._fault("as the test wants")
        if " -m venv " in line:
            (Path(command[-1]) / "bin").mkdir(parents=True)
        if setup.NPM in line:
            modules = self.log.parents[1] / "node_modules"
            modules.mkdir(exist_ok=True)
            (modules / ".package-lock.json").touch()


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of its own, on a machine that has every program."""
    for name in FILES:
        (tmp_path / name).write_bytes((PROJECT / name).read_bytes())
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "needs", lambda tests: [])
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    return tmp_path


def _set_up(
    root: Path, monkeypatch: pytest.MonkeyPatch, fail_at: str = "", fault: type[BaseException] = Trouble
) -> list[str]:
    """The commands of one set-up."""
    recorders: list[Recorder] = []

    def record(log: Path, inherited: Sequence[int] = ()) -> Recorder:
        recorders.append(Recorder(root / "build", fail_at, fault))
        return recorders[-1]

    monkeypatch.setattr(setup, "Runner", record)
    try:
        setup.set_up(tests=False)
    except fault:
        assert fail_at
    return [command for recorder in recorders for command in recorder.commands]


def _count(commands: list[str], word: str) -> int:
    return sum(word in command for command in commands)


def test_a_second_set_up_does_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = _set_up(root, monkeypatch)
    words = ("-m venv", "--require-hashes", "--editable", " ci ")
    assert [_count(first, word) for word in words] == [1, 2, 1, 1]
    assert _set_up(root, monkeypatch) == []


@pytest.mark.parametrize(
    "step", ["-m venv", "wheels.txt", "built.txt", "--editable", "pip check", "import av", " ci "]
)
def test_a_set_up_that_broke_off_starts_from_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    _set_up(root, monkeypatch, fail_at=step)
    assert Stamp.read(root) is None
    (root / ".venv").mkdir(exist_ok=True)
    (root / ".venv/half-made").touch()
    again = _set_up(root, monkeypatch)
    assert _count(again, "-m venv") == 1
    assert not (root / ".venv/half-made").exists()
    assert Stamp.read(root) == Stamp.wanted(root)


def test_a_changed_lock_installs_packages_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _set_up(root, monkeypatch)
    with (root / "requirements.lock").open("a") as lock:
        lock.write("left-pad==1.0 \\\n    --hash=sha256:00\n")
    commands = _set_up(root, monkeypatch)
    assert (_count(commands, "-m venv"), _count(commands, "--require-hashes")) == (0, 2)
    assert "left-pad==1.0" in (root / ".venv/wheels.txt").read_text()


def test_an_update_that_was_killed_starts_from_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _set_up(root, monkeypatch)
    (root / "requirements.lock").write_text("left-pad==1.0\n")
    _set_up(root, monkeypatch, fail_at="wheels.txt", fault=SystemExit)
    assert Stamp.read(root) is None
    assert _count(_set_up(root, monkeypatch), "-m venv") == 1


def test_an_update_that_failed_is_tried_again_and_keeps_the_environment(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _set_up(root, monkeypatch)
    (root / "requirements.lock").write_text("left-pad==1.0\n")
    _set_up(root, monkeypatch, fail_at="--editable")
    assert not setup.is_ready(root, tests=False)
    again = _set_up(root, monkeypatch)
    assert (_count(again, "-m venv"), _count(again, "--require-hashes")) == (0, 2)
    assert setup.is_ready(root, tests=False)


def test_a_package_that_left_the_lock_is_removed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _set_up(root, monkeypatch)
    for name in ("left_pad-1.0", "numpy-2.4.6", "pip-23.0", "ml_learning_hub-0.1.0"):
        (root / f".venv/lib/python3.11/site-packages/{name}.dist-info").mkdir(parents=True)
    with (root / "requirements.lock").open("a") as lock:
        lock.write("# changed\n")
    commands = _set_up(root, monkeypatch)
    assert [line.split(" uninstall ")[1] for line in commands if " uninstall " in line] == ["--yes left-pad"]


def test_a_changed_project_installs_only_itself(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _set_up(root, monkeypatch)
    pyproject = root / "pyproject.toml"
    pyproject.write_text(pyproject.read_text().replace('version = "0.1.0"', 'version = "0.1.1"'))
    commands = _set_up(root, monkeypatch)
    assert (_count(commands, "--require-hashes"), _count(commands, "--editable")) == (0, 1)


def test_a_changed_web_installs_only_that(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _set_up(root, monkeypatch)
    lock = root / "package-lock.json"
    lock.write_text(lock.read_text().replace("{", "{ ", 1))
    commands = _set_up(root, monkeypatch)
    assert len(commands) == 1
    assert " ci " in commands[0]
    assert "--ignore-scripts" in commands[0]
    assert "--include=dev" in commands[0]  # whatever NODE_ENV says


def test_lost_web_packages_are_installed_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _set_up(root, monkeypatch)
    (root / "node_modules/.package-lock.json").unlink()
    assert not setup.is_ready(root, tests=False)
    assert [" ci " in command for command in _set_up(root, monkeypatch)] == [True]
    assert setup.is_ready(root, tests=False)


def test_an_environment_from_before_the_web_is_kept(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _set_up(root, monkeypatch)
    stamp = setup.stamp_of(root)
    record = json.loads(stamp.read_text())
    del record["web"]
    stamp.write_text(json.dumps(record))
    assert [" ci " in command for command in _set_up(root, monkeypatch)] == [True]


def test_a_changed_linter_installs_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _set_up(root, monkeypatch)
    pyproject = root / "pyproject.toml"
    pyproject.write_text(pyproject.read_text().replace("line-length = 110", "line-length = 100"))
    assert _set_up(root, monkeypatch) == []


def test_another_python_or_place_makes_the_environment_anew(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _set_up(root, monkeypatch)
    monkeypatch.setattr(sys, "version", "3.99.0 (of a test)")
    assert _count(_set_up(root, monkeypatch), "-m venv") == 1
    elsewhere = root / "elsewhere"
    elsewhere.mkdir()
    for name in FILES:
        (elsewhere / name).write_bytes((root / name).read_bytes())
    assert Stamp.wanted(elsewhere).place != Stamp.wanted(root).place


def test_a_damaged_stamp_is_no_stamp(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _set_up(root, monkeypatch)
    for text in ("", "[]", '{"place": "x"}', "\x00"):
        setup.stamp_of(root).write_text(text)
        assert Stamp.read(root) is None
        assert not setup.is_ready(root, tests=False)


def test_a_browser_is_asked_for_by_the_tests_alone(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _set_up(root, monkeypatch)
    monkeypatch.setattr(shutil, "which", lambda name: None if name in setup.BROWSERS else f"/usr/bin/{name}")
    assert setup.is_ready(root, tests=False)
    assert not setup.is_ready(root, tests=True)


def test_an_environment_on_a_machine_without_ffmpeg_is_not_ready(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _set_up(root, monkeypatch)
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "ffmpeg" else f"/usr/bin/{name}")
    assert not setup.is_ready(root, tests=False)


# --- the system ---------------------------------------------------------------------------------------------


def _machine(
    monkeypatch: pytest.MonkeyPatch, *, apt: bool = True, root: bool = False, sudo: bool = False
) -> None:
    missing = Need("pango with headers", lambda: False, ("libpango1.0-dev",))
    there = Need("ffmpeg with libx264", lambda: True, ("ffmpeg",))
    monkeypatch.setattr(setup, "needs", lambda tests: [missing, there])
    monkeypatch.setattr(os, "geteuid", lambda: 0 if root else 1000)
    programs = {"apt-get": apt, "sudo": True}
    monkeypatch.setattr(shutil, "which", lambda name: "/bin/" + name if programs.get(name) else None)
    monkeypatch.setattr(setup, "_succeeds", lambda command: sudo and command[:2] == ["sudo", "-n"])


def provide_system(run: Runner) -> None:
    missing = setup.lacking(tests=False)
    setup.provide_system(run, missing, setup.installer(missing))


def test_without_rights_the_exact_command_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _machine(monkeypatch)
    recorder = Recorder(tmp_path)
    with pytest.raises(
        Trouble, match=r"\n    sudo apt-get update && sudo apt-get install .* libpango1\.0-dev\n"
    ):
        provide_system(recorder)
    assert recorder.commands == []


def test_on_another_system_the_need_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _machine(monkeypatch, apt=False)
    with pytest.raises(Trouble, match="pango with headers"):
        provide_system(Recorder(tmp_path))


@pytest.mark.parametrize(("root", "prefix"), [(True, "env "), (False, "sudo -n env ")], ids=["root", "sudo"])
def test_only_what_is_missing_is_installed_and_then_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, root: bool, prefix: str
) -> None:
    _machine(monkeypatch, root=root, sudo=True)
    recorder = Recorder(tmp_path)
    with pytest.raises(Trouble, match="still missing: pango with headers"):
        provide_system(recorder)
    update, install = recorder.commands
    assert update.startswith(prefix)
    assert update.endswith("update")
    assert install.startswith(prefix)
    assert install.endswith("libpango1.0-dev")
    assert "ffmpeg" not in install


def test_a_python_that_no_package_can_mend_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _machine(monkeypatch, root=True)
    monkeypatch.setattr(setup, "needs", lambda tests: [Need("Python's headers", lambda: False, ())])
    with pytest.raises(Trouble, match="make PYTHON="):
        provide_system(Recorder(tmp_path))


def test_the_browser_is_a_need_of_the_tests() -> None:
    names = {need.name for need in setup.needs(tests=True)} - {need.name for need in setup.needs(tests=False)}
    assert names == {"Chromium"}


# --- the lock -----------------------------------------------------------------------------------------------


def test_the_lock_is_split_without_loss() -> None:
    lock = (PROJECT / "requirements.lock").read_text()
    wheels, built = setup.split_lock(lock)
    assert setup.locked_names(built) == setup.BUILT_HERE
    assert setup.locked_names(wheels) | setup.locked_names(built) == setup.locked_names(lock)
    assert wheels.count("--hash=") + built.count("--hash=") == lock.count("--hash=")
    assert all(
        re.search(r"(?s)^\S+==[^#]*--hash=sha256:", entry) for entry in re.split(r"(?m)^(?=\w)", built)[1:]
    )


def test_the_lock_holds_every_package_that_the_project_names() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values())]
    names = {setup._normal(re.split(r"[^\w.-]", line)[0]) for line in wanted}
    assert names <= setup.locked_names((PROJECT / "requirements.lock").read_text())


def test_the_lock_names_no_index() -> None:
    assert "://" not in (PROJECT / "requirements.lock").read_text()


def test_the_webs_lock_names_no_registry_and_every_file() -> None:
    text = (PROJECT / "package-lock.json").read_text()
    record = json.loads(text)
    packages = {name: entry for name, entry in record["packages"].items() if name}
    assert packages
    for entry in packages.values():
        entry.pop("funding", None)  # where its authors ask for help: nothing is fetched from there
    assert "://" not in json.dumps(packages)
    assert [
        name for name, entry in packages.items() if not entry.get("integrity", "").startswith("sha512-")
    ] == []
    project = json.loads((PROJECT / "package.json").read_text())
    wanted = project["dependencies"] | project["devDependencies"]
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert "omit-lockfile-registry-resolved=true" in (PROJECT / ".npmrc").read_text().splitlines()


# --- running programs ---------------------------------------------------------------------------------------


def test_a_failure_shows_the_end_of_the_log_and_where_it_is(tmp_path: Path) -> None:
    run = Runner(tmp_path / "log", voice=io.StringIO())
    noise = "import sys; print(*range(100), sep='\\n'); print('No space left on device'); sys.exit(3)"
    with pytest.raises(Trouble) as caught:
        run("trying", [sys.executable, "-c", noise])
    text = str(caught.value)
    assert "code 3" in text
    assert str(tmp_path / "log") in text
    assert "    99\n" in text
    assert "    50\n" not in text
    assert "The disk is full" in text


def test_what_is_done_beside_has_ended_with_the_block(tmp_path: Path) -> None:
    run = Runner(tmp_path / "set-up.log", voice=io.StringIO())
    go, done = tmp_path / "go", tmp_path / "done"
    waits = f"""
import time
from pathlib import Path
print("beside", flush=True)
while not Path({str(go)!r}).exists():
    time.sleep(0.01)
Path({str(done)!r}).touch()
"""
    with run.beside("slow", lambda other: other("", [sys.executable, "-c", waits])):
        run("", [sys.executable, "-c", "print('first')"])
        assert not done.exists()
        go.touch()
    assert done.exists()
    assert "\nbeside" in (tmp_path / "set-up.slow.log").read_text()
    assert "\nbeside" not in (tmp_path / "set-up.log").read_text()


def test_a_fault_of_what_is_done_beside_is_told_where_it_is_waited_for(tmp_path: Path) -> None:
    run = Runner(tmp_path / "set-up.log", voice=io.StringIO())

    def fail(other: Runner) -> None:
        other("", [sys.executable, "-c", "raise SystemExit(5)"])

    def wait_for_it() -> None:
        with run.beside("bad", fail) as wait:
            wait()
            raise AssertionError("it went on")

    def never_ask() -> None:
        with run.beside("bad", fail):
            pass

    for use in (wait_for_it, never_ask):
        with pytest.raises(Trouble, match=r"(?s)code 5.*set-up\.bad\.log"):
            use()


def test_noise_goes_to_the_log_alone(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    said = io.StringIO()
    Runner(tmp_path / "log", voice=said)("working", [sys.executable, "-c", "print('noise')"])
    assert re.fullmatch(r"\[ +\d+ s\] working\n", said.getvalue())
    assert capfd.readouterr() == ("", "")
    assert "noise" in (tmp_path / "log").read_text()


def test_the_callers_settings_cannot_redirect_pip(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PIP_TARGET", "PIP_CONSTRAINT", "PYTHONPATH"):
        monkeypatch.setenv(name, "elsewhere")
    monkeypatch.setenv("PIP_PROXY", "kept")
    environment = setup.pip_environment()
    assert not {"PIP_TARGET", "PIP_CONSTRAINT", "PYTHONPATH"} & environment.keys()
    assert environment["PIP_PROXY"] == "kept"


HOLDER = """
import sys, time
from pathlib import Path
sys.path.insert(0, {scripts!r})
import setup
with setup.alone(Path({lock!r}), print) as held:
    run = setup.Runner(Path({lock!r}).with_suffix(".log"), inherited=[held])
    run("holding", [sys.executable, "-c", "import time; print('at work', flush=True); time.sleep(1.5)"])
"""


def test_an_orphan_of_a_killed_set_up_is_waited_for(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    text = HOLDER.format(scripts=str(PROJECT / "scripts"), lock=str(lock))
    holder = subprocess.Popen([sys.executable, "-c", text], stdout=subprocess.DEVNULL)
    log = lock.with_suffix(".log")
    while not (log.exists() and "\nat work" in log.read_text()):
        time.sleep(0.02)
    holder.kill()
    holder.wait()
    said: list[str] = []
    begin = time.monotonic()
    with setup.alone(lock, said.append):
        assert said == ["another set-up is at work here: waiting for it"]
        assert time.monotonic() - begin > 0.3


# --- the file and the Makefile ------------------------------------------------------------------------------


def test_an_old_python_can_read_the_file_as_far_as_its_message() -> None:
    tree = ast.parse((PROJECT / "scripts/setup.py").read_text(), feature_version=(3, 7))
    assert not [
        node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "__future__"
    ]
    first = [node for node in tree.body if not isinstance(node, ast.Expr)][:2]
    assert [type(node) for node in first] == [ast.Import, ast.If]


def test_make_alone_prints_every_target() -> None:
    makefile = (PROJECT / "Makefile").read_text()
    phony = re.search(r"(?m)^\.PHONY: (.*)$", makefile)
    assert phony is not None
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS"))}
    printed = subprocess.run(
        ["make"], cwd=PROJECT, env=environment, capture_output=True, text=True, check=True
    ).stdout
    assert re.findall(r"(?m)^  make (\S+) +\S", printed) == [
        name for name in phony[1].split() if name != "help"
    ]


def test_stamp_is_written_in_one_step(root: Path) -> None:
    (root / ".venv").mkdir()
    stamp = Stamp.wanted(root)
    stamp.write(root)
    assert json.loads(setup.stamp_of(root).read_text()) == vars(stamp)
    assert [path.name for path in (root / ".venv").iterdir()] == ["finished.json"]
