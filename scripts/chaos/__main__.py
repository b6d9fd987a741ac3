"""The command line of :mod:`scripts.chaos`, which tells what there is."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

import scripts.chaos
from render.core.fault import Exit
from scripts.chaos import STORES, Broken, Shared, Unable, full_disk, lay_out, sharing
from scripts.chaos.beside import run_two_codes, run_two_namespaces
from scripts.chaos.kills import kill_at_calls, torment

TIMES: Final = {"kills": 200, "calls": 40, "codes": 20, "namespaces": 20, "disk": 200}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one kind of chaos and tell how it ended."""
    parser = argparse.ArgumentParser(
        prog="python -m scripts.chaos",
        description=scripts.chaos.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("kind", choices=TIMES)
    parser.add_argument("--times", type=int, help=f"how often (default: {TIMES})")
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--store", choices=STORES, default="local")
    options = parser.parse_args(arguments)
    try:
        if options.kind == "disk" and not full_disk.may_mount():
            return full_disk.again_with_mounts(list(sys.argv[1:] if arguments is None else arguments))
        return _run(options.kind, options.times or TIMES[options.kind], options.seed, options.store)
    except Unable as unable:
        print(unable, file=sys.stderr)
        return int(Exit.ENVIRONMENT)


def _run(kind: str, times: int, seed: int, store: str) -> int:
    folder = Path(tempfile.mkdtemp(prefix=f"chaos-{kind}-{store}-"))
    tell = partial(print, flush=True)
    try:
        with sharing(store, folder / "shared") as shared:
            print(_outcome(kind, folder, times, seed, shared, tell))
    except Broken as broken:
        print(f"{broken}\nWhat is left of it is in {folder}", file=sys.stderr)
        return int(Exit.JOB_FAILED)
    shutil.rmtree(folder)
    return int(Exit.DONE)


def _outcome(
    kind: str, folder: Path, times: int, seed: int, shared: Shared, tell: scripts.chaos.Tell
) -> object:
    match kind:
        case "kills":
            return torment(lay_out(folder / "tiny"), times, seed, shared, tell)
        case "calls":
            return kill_at_calls(lay_out(folder / "tiny"), times, seed, shared, tell)
        case "codes":
            return run_two_codes(folder, times, seed, shared, tell)
        case "namespaces":
            return run_two_namespaces(folder, times, seed, shared, tell)
    return full_disk.fill(folder, times, seed, shared, tell)


if __name__ == "__main__":
    raise SystemExit(main())
