"""What can go wrong, in words a person can act on, and the exit code that says which kind it was."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of every command of the project."""

    DONE = 0
    JOB_FAILED = 1
    USAGE = 2
    REVIEW = 3
    ENVIRONMENT = 4
    INTERRUPTED = 130


def worst(exits: Collection[Exit]) -> Exit:
    """The gravest of several exit codes; :data:`Exit.DONE` where there are none.

    What the machine lacks is graver than a job that failed: it has to be put right first.
    """
    gravest_first = (Exit.INTERRUPTED, Exit.ENVIRONMENT, Exit.USAGE, Exit.JOB_FAILED, Exit.REVIEW)
    return next((exit for exit in gravest_first if exit in exits), Exit.DONE)


class Fault(Exception):
    """An error meant for the person at the terminal: one clear text and an exit code.

    The text says what was wrong, where, what was expected and what to do.
    """

    exit = Exit.JOB_FAILED


class UsageFault(Fault):
    """A command, an option or the catalog is not as expected."""

    exit = Exit.USAGE


class EnvironmentFault(Fault):
    """Something this machine lacks: a library, the encoder, disk space, a writable folder."""

    exit = Exit.ENVIRONMENT


class JobFault(Fault):
    """A topic could not be rendered."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a text file; lines and columns count from 1."""

    path: str
    line: int
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"
