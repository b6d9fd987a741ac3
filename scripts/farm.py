"""A farm on this machine: a Dask scheduler and workers that share nothing but a store.

usage: python scripts/farm.py [--workers 2] [--quality draft] [TOPIC ...] [further options of mlhub render]

starts a scheduler and the workers, each with an output folder of its own, renders the topics (or all that are ready)
through them, and stops everything.  The store is the one that the variable STORE names; without it a real S3 server is
started too, whose data lie with everything else under build/farm/.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
STARTING: Final = 600.0
"""Seconds in which a scheduler starts, on a machine that is busy."""
LEAVING: Final = 20.0
"""Seconds in which a scheduler or worker ends when it is asked to."""


@dataclass(frozen=True, slots=True)
class Machines:
    """A scheduler's address, its process, and those of the workers (Dask's nannies) in order."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: tuple[subprocess.Popen[bytes], ...]
    builds: tuple[Path, ...]
    """The output folders of the workers."""


@contextmanager
def farm(project: Path, folder: Path, environment: Mapping[str, str], workers: int = 2) -> Iterator[Machines]:
    """A scheduler and ``workers`` that run the code of ``project`` with ``environment`` (which names the STORE).

    What each prints and makes lies in ``folder``.  All end with the context.
    """
    folder.mkdir(parents=True, exist_ok=True)
    found = folder / "scheduler.json"
    found.unlink(missing_ok=True)
    with ExitStack() as running:

        def start(name: str, *arguments: str, **more: str) -> subprocess.Popen[bytes]:
            with (folder / f"{name}.log").open("wb") as said:
                process = subprocess.Popen(
                    [sys.executable, "-m", *arguments],
                    cwd=project,
                    env={**environment, **more},
                    stdout=said,
                    stderr=said,
                    start_new_session=True,  # a Ctrl-C is for who renders
                )
            running.callback(_stop, process)
            return process

        scheduler = start(
            "scheduler", "distributed.cli.dask_scheduler", "--host=127.0.0.1", "--port=0", "--no-dashboard",
            f"--scheduler-file={found}",
        )  # fmt: skip
        address = _address(found, scheduler, folder / "scheduler.log")
        builds = tuple(folder / f"worker-{number}" for number in range(1, workers + 1))
        nannies = tuple(
            start(
                build.name, "distributed.cli.dask_worker", address, f"--name={build.name}", "--nthreads=1",
                "--resources=mlhub=1", "--no-dashboard", f"--local-directory={folder / 'dask'}",
                MLHUB_BUILD=str(build),
            )
            for build in builds
        )  # fmt: skip
        yield Machines(address, scheduler, nannies, builds)


def _address(found: Path, scheduler: subprocess.Popen[bytes], log: Path) -> str:
    """What the scheduler writes down when it listens."""
    until = time.monotonic() + STARTING
    while time.monotonic() < until and scheduler.poll() is None:
        if found.is_file() and (text := found.read_text()).endswith("}"):
            return str(json.loads(text)["address"])
        time.sleep(0.05)
    raise OSError(f"the scheduler did not start:\n{log.read_text()[-2000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(LEAVING)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def main(arguments: Sequence[str] | None = None) -> int:
    """Render through a farm of this machine; the exit code is that of the render."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("topics", nargs="*", metavar="TOPIC")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--quality", default="draft")
    options, further = parser.parse_known_args(arguments)
    sys.path.insert(0, str(ROOT))
    from tests.bucket import BUCKET, serve_s3  # late: only this needs the packages of the tests

    folder = ROOT / "build" / "farm"
    with ExitStack() as running:
        environment = dict(os.environ)
        if "STORE" not in environment:
            server = running.enter_context(serve_s3(folder / "s3"))
            environment |= {**server.environment, "STORE": f"s3://{BUCKET}/catalog"}
        machines = running.enter_context(farm(ROOT, folder, environment, options.workers))
        print(f"{options.workers} workers at {machines.address}; what they say is in {folder}/", flush=True)
        command = ["-m", "render.cli", "render", *options.topics, "--quality", options.quality, *further]
        process = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env={**environment, "SCHEDULER": machines.address}
        )
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue  # the render has heard it too, and knows what to do


if __name__ == "__main__":
    raise SystemExit(main())
