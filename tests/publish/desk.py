"""Somebody who publishes a project to the server of the tests, with the real client library."""

from __future__ import annotations

import types
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from publish.ledger import LedgerFile
from publish.publication import Publication, gather
from publish.release import read_calendar
from publish.run import run
from publish.step import Listener, Objection, Outcome, Plan, Step
from publish.youtube.account import Account
from publish.youtube.plan import Wishes
from publish.youtube.target import YouTube
from render.core.catalog import Catalog, load_catalog
from render.store.ledger import Channel, Privacy, Video
from render.store.rendered import read_stock
from tests.publish.project import Project
from tests.publish.youtube_server import UNIT, YouTubeServer, token_json


@dataclass
class Told(Listener):
    """What a run has told."""

    said: list[tuple[str, str]] = field(default_factory=list)
    done: list[tuple[str, str, str]] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)

    def begins(self, step: Step) -> None: ...

    def says(self, subject: str, words: str) -> None:
        self.said.append((subject, words))

    def sent(self, step: Step, bytes_sent: int, of: int) -> None: ...

    def ends(self, step: Step, words: str) -> None:
        self.done.append((step.subject, step.kind, words))

    def fails(self, step: Step, words: str) -> None:
        self.failed[step.subject] = words


@dataclass
class Desk:
    """The desk of somebody whose folders are in ``home``."""

    project: Project
    server: YouTubeServer
    home: Path
    slept: list[float]
    """Seconds that were waited before something was tried again."""
    token: str = ""
    now: datetime | None = None
    """What the clock of this machine shows; the server's by default."""
    chunk: int = UNIT
    told: Told = field(default_factory=Told)

    @property
    def catalog(self) -> Catalog:
        return load_catalog(self.project.root / "catalog.yaml")

    @property
    def channel(self) -> Channel:
        return LedgerFile(self.project.root).read().youtube

    @property
    def environment(self) -> dict[str, str]:
        """Variables by which the command finds the server and this desk."""
        return {
            "HOME": str(self.home),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "XDG_STATE_HOME": str(self.home / "state"),
            "YOUTUBE_API_ROOT": self.server.address,
            "YOUTUBE_TOKEN": self.token or token_json(self.server),
            "OAUTHLIB_INSECURE_TRANSPORT": "1",  # the server of the tests has no certificate
        }

    def video(self, slug: str) -> Video:
        return self.channel.videos[slug]

    def on_channel(self, slug: str) -> str:
        id = self.video(slug).id
        assert id
        return id

    def target(self, *, replace: bool = False, privacy: Privacy | None = None, every: str = "") -> YouTube:
        catalog = self.catalog
        assert catalog.hub.publish
        assert catalog.hub.publish.youtube
        calendar = read_calendar(every, "Europe/Berlin") if every else None
        return YouTube(
            catalog,
            catalog.hub.publish.youtube,
            LedgerFile(self.project.root),
            Account.of(self.environment),
            Wishes(replace, privacy, calendar),
            self.chunk,
            now=lambda: self.now or self.server.now(),
        )

    def publications(self, slugs: Sequence[str] = ()) -> list[Publication]:
        catalog = self.catalog
        topics = [
            topic
            for topic in catalog.topics
            if topic.status == "ready" and (not slugs or topic.slug in slugs)
        ]
        return gather(catalog, read_stock(self.project.build), topics, {})

    def plan(
        self, *slugs: str, replace: bool = False, privacy: Privacy | None = None, every: str = ""
    ) -> Plan:
        return self.target(replace=replace, privacy=privacy, every=every).plan(self.publications(slugs))

    def check(self, *slugs: str, privacy: Privacy | None = None, every: str = "") -> list[Objection]:
        return list(self.target(privacy=privacy, every=every).check(self.publications(slugs)))

    def run(
        self, *slugs: str, replace: bool = False, privacy: Privacy | None = None, every: str = ""
    ) -> Outcome:
        self.told = Told()
        target = self.target(replace=replace, privacy=privacy, every=every)
        return run(target, self.publications(slugs), self.told)

    def publish(self, *slugs: str, **wishes: object) -> None:
        """A run that must come to its end without a fault."""
        outcome = self.run(*slugs, **wishes)  # type: ignore[arg-type]
        assert outcome.halted is None
        assert not outcome.failed

    def steps(self, plan: Plan) -> list[tuple[str, str]]:
        """What a plan does, apart from looking."""
        return [(step.subject, step.kind) for step in plan.steps if step.kind != "look"]


@dataclass
class Clock:
    """A clock that is set by hand."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> None:
        self.now += timedelta(**span)


MORNING = Clock(datetime(2026, 11, 30, 10, tzinfo=UTC))
"""A clock that stands still; nobody sets it."""


def sit_down(project: Project, server: YouTubeServer, home: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk at which nobody waits: what is waited for is written down instead."""
    slept: list[float] = []
    monkeypatch.setattr("publish.youtube.patience.time", types.SimpleNamespace(sleep=slept.append))
    return Desk(project, server, home, slept)
