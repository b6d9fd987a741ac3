"""What a place has to be able to do that the site is published to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from publish.site.content import Content, Contents
from publish.step import Objection

Sent = Callable[[int, int], None]
"""Is told how many bytes of how many have arrived."""


@dataclass(frozen=True, slots=True)
class Held:
    """A file that a host holds: what was put there, as far as it came from us.

    ``digest`` and ``headers`` are those of its :class:`Content`, empty where that is not known or not kept; ``tag`` is
    the host's (:meth:`Host.tags`) at that time.
    """

    digest: str
    headers: str = ""
    tag: str = ""


class Host(Protocol):
    """A place that holds files.  Whatever it cannot do is an :class:`render.core.fault.EnvironmentFault`."""

    @property
    def name(self) -> str:
        """What people call it: a path, an address, a branch."""

    @property
    def lanes(self) -> int:
        """How many files may be on their way at once."""

    def prepare(self, contents: Contents) -> Contents:
        """The files that it shall hold: encoded as it needs them, with those that only this host reads."""

    def check(self, contents: Contents) -> Iterator[Objection]:
        """What it would refuse of these files."""

    def tags(self) -> Mapping[str, str]:
        """By path of all that is there something that changes whenever the file is put again."""

    def ask(self, path: str) -> Held:
        """What one of these files is."""

    def read(self, path: str) -> bytes | None:
        """The content of a small file; None where there is none."""

    def put(self, content: Content, sent: Sent) -> None:
        """Put a file in one step: whoever asks gets what was there before, or all of it with its headers."""

    def remove(self, path: str) -> None:
        """Remove a file, if it is there."""

    @property
    def settles(self) -> str:
        """What lets the world see all that was put, where that is a step of its own; else empty."""

    def settle(self, message: str) -> None:
        """Do that; ``message`` says what was published."""
