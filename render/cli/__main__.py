"""``mlhub``: the project's command.  Each of its commands is a module of this folder."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Final, NoReturn

from render.core.address import without_passwords
from render.core.fault import Exit, Fault, UsageFault

ROOT: Final = Path(__file__).resolve().parents[2]

_COMMANDS: Final = {
    "render": ("render", "Render topics into videos, or all that are ready."),
    "plan": ("plan", "Say what a render would draw, and why; draw nothing."),
    "sheet": ("sheet", "A contact sheet: a still of every beat, without encoding anything."),
    "reading": ("reading", "What a referee or an examinee needs of a lesson, in one folder."),
    "review": ("review", "Look at lessons as a viewer would, and say what is wrong with them."),
    "gc": ("gc", "Free the disk of what neither the manifest nor a render is likely to need."),
    "verify": ("verify_store", "Hold everything that is stored against its digest and promises."),
    "watch": ("live_preview", "Draw a lesson in draft as its files are saved, and show it in the browser."),
    "hub": ("hub", "Build the web site from the catalog and what was rendered."),
    "serve": ("serve", "Show the built site."),
    "publish": ("publish", "Publish lessons: plan, check, run."),
    "doctor": ("doctor", "Check this machine and say how to mend what is wrong."),
}
"""Name of a command: its module, and what it does.

A module has ``add_arguments(parser)`` and ``run(options)``, which returns an exit code.  Only the module of the
command that is called is imported, so that a quick command starts at once.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code (see :class:`render.core.fault.Exit`)."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    for stream in (sys.stdout, sys.stderr):  # a terminal that cannot show a letter is told which
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        options = _parser(given).parse_args(given)
        if options.store:
            os.environ["STORE"] = options.store  # where every store looks, those of the workers too
        run: Callable[[argparse.Namespace], int] = options.run
        code = int(run(options))
        sys.stdout.flush()
        return code
    except Fault as fault:
        print(fault, file=sys.stderr)
        return int(fault.exit)
    except KeyboardInterrupt:
        print("Stopped.  What was finished is kept; the next run goes on from there.", file=sys.stderr)
        return int(Exit.INTERRUPTED)
    except BrokenPipeError:  # who read along has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return int(Exit.JOB_FAILED)
    except OSError as error:
        print(_told(error), file=sys.stderr)
        return int(Exit.ENVIRONMENT)


def _told(error: OSError) -> str:
    """What the system has refused, in a line."""
    where = f"{error.filename}: " if error.filename is not None else ""
    what = error.strerror or f"{type(error).__name__}: {error}"
    return without_passwords(f"{where}{what}. Mend that on this machine and run the same command again.")


class _Parser(argparse.ArgumentParser):
    """A parser that tells a mistake in one line, as a fault like all others."""

    def error(self, message: str) -> NoReturn:
        raise UsageFault(f"{self.prog}: {message}. `{self.prog} --help` tells what there is.")


def _folder(text: str) -> Path:
    """The folder that an option names, which need not be there."""
    if not text.strip() or "\0" in text:
        raise argparse.ArgumentTypeError(f"{text!r}: expected the path of a folder")
    return Path(text)


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    """The parser for a command line: it knows all commands, and the options of those that ``given`` names."""
    parser = _Parser(prog="mlhub", description="Render, review and publish the ML Learning Hub.")
    parser.add_argument("--root", type=_folder, default=ROOT, help="the project's folder")
    parser.add_argument("--build", type=_folder, help="the output folder (default: build/ in the project)")
    parser.add_argument(
        "--store",
        metavar="ADDRESS",
        help="a folder or s3://bucket/prefix in which several machines keep what they have made "
        "(default: the variable STORE, else none)",
    )
    commands = parser.add_subparsers(metavar="command", required=True)
    for name, (module, summary) in _COMMANDS.items():
        sub = commands.add_parser(name, help=summary, description=summary)
        if name in given:
            command = import_module(f"render.cli.{module}")
            command.add_arguments(sub)
            sub.set_defaults(run=command.run)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
