"""Hold a draft to what a lesson that is ready must keep, in a copy of the project in which it is ready.

usage: python -m scripts.rehearse TOPIC [OPTION OF PYTEST ...]

The tests that a certificate stands for (``docs/authoring.md``, section 6) run for lessons that are ready alone: how the
chapters join, what is said and pronounced, the lesson's own tests, its mathematics and its figure in a browser.  This
copies the project into a folder that is gone afterwards, makes the topic ready there, and runs these tests and those of
its note for that topic.  Stills and review are looked at by ``scripts/bless.py`` and ``make review``.  A lesson that is
ready already can be rehearsed as well.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from render.core.catalog import Topic, load_catalog
from render.core.fault import Exit, Fault, UsageFault
from scripts.new import status_place
from tests.scenes.harness import certificate

ROOT: Final = Path(__file__).resolve().parents[1]
_LINKED: Final = (".venv", "node_modules")


def copy(root: Path, folder: Path) -> None:
    """Copy what git knows of the project, or would add to it, from ``root`` into the empty ``folder``."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        source, goal = root / name, folder / name
        if not source.is_file() or name in _LINKED:
            continue
        goal.parent.mkdir(parents=True, exist_ok=True)
        goal.write_bytes(source.read_bytes())
    for name in _LINKED:
        if (root / name).exists():
            (folder / name).symlink_to((root / name).resolve())


def make_ready(project: Path, slug: str) -> None:
    """Give the topic ``slug`` of the catalog in ``project`` the status of a lesson that is finished."""
    catalog = project / "catalog.yaml"
    text = catalog.read_bytes().decode("utf-8")
    _, start, stop = status_place(text, slug)
    catalog.write_bytes((text[:start] + "ready" + text[stop:]).encode("utf-8"))


def tests_of(topic: Topic) -> list[str]:
    """Paths of the tests of a lesson that a certificate stands for, as they are in the project."""
    checks = [path for roots in certificate.CHECKS.values() for path, _ in roots]
    own = [find(topic.module) for find in _OWN]
    paths = [path for path in checks if Path(path).name.startswith("test_")] + own
    return [path for path in dict.fromkeys(paths) if (ROOT / path).exists()]


_OWN: Final = (certificate.own_test, certificate.maths_tests, certificate.figure_tests)


def main(arguments: Sequence[str] | None = None) -> int:
    """Rehearse one lesson; exit codes are those of :mod:`render.core.fault`."""
    parser = argparse.ArgumentParser(
        prog="rehearse", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("topic", metavar="TOPIC", help="its slug")
    options, more = parser.parse_known_args(arguments)
    try:
        topic = load_catalog(ROOT / "catalog.yaml").topic(options.topic)
        if topic.status == "planned":
            raise UsageFault(
                f"TOPIC={topic.slug}: expected a draft or a lesson that is ready, found a plan. "
                f"`make new TOPIC={topic.slug}` begins it."
            )
    except Fault as fault:
        print(fault, file=sys.stderr)
        return int(fault.exit)
    with tempfile.TemporaryDirectory(prefix="rehearsal-") as name:
        folder = Path(name)
        copy(ROOT, folder)
        make_ready(folder, topic.slug)
        run = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *more]
        wanted = ",".join(f"{topic.slug}/{check}" for check in certificate.CHECKS)
        certified = subprocess.run([*run, "--lessons", wanted, *tests_of(topic)], cwd=folder, check=False)
        note = subprocess.run([*run, "tests/hub/test_note.py", "-k", topic.slug], cwd=folder, check=False)
    return int(Exit.JOB_FAILED if certified.returncode or note.returncode else Exit.DONE)


if __name__ == "__main__":
    raise SystemExit(main())
