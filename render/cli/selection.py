"""Which topics a command is about: named, of a section, or touched by what changed since a revision."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from render.core.catalog import Catalog, Topic
from render.core.fault import UsageFault

_SHARED = ("render/", "scenes/kit/fonts/", "requirements.lock", "pyproject.toml", "catalog.yaml")
"""Paths whose change may concern any topic; a plan then tells which topics it does concern."""


def select(
    catalog: Catalog,
    slugs: Sequence[str] = (),
    sections: Sequence[str] = (),
    changed: Collection[str] | None = None,
    reads: Callable[[Topic], Collection[str] | None] = lambda topic: None,
) -> list[Topic]:
    """The topics ``slugs`` and those of ``sections`` that are ready (all that are ready, if neither is given).

    With ``changed``, files relative to the project, only those of them that may be touched by it: ``reads`` gives the
    files that a topic is known to read, or none where it is not known.  In the order of the catalog, but for topics
    that are named: those come first, as they were named.

    :class:`UsageFault` for a topic or a section that is not there.
    """
    named = [catalog.lesson(slug) for slug in dict.fromkeys(slugs)]
    held = {topic.slug for section in sections for topic in catalog.section(section).topics}
    ready = [topic for topic in catalog.topics if topic.status == "ready"]
    if sections or not slugs:
        taken = {topic.slug for topic in named}
        named += [
            topic for topic in ready if topic.slug not in taken and (not sections or topic.slug in held)
        ]
    if changed is None:
        return named
    return [topic for topic in named if touches(changed, topic, reads(topic))]


def touches(changed: Collection[str], topic: Topic, reads: Collection[str] | None) -> bool:
    """Whether a change of these files may change what a topic shows; yes, where it is not known what it reads."""
    if any(path.startswith(_SHARED) for path in changed):
        return True
    if reads is None:
        return any(path.startswith("scenes/") for path in changed)
    own = f"{topic.folder}/"
    return any(path in reads or path.startswith(own) for path in changed)


def changed_since(root: Path, revision: str) -> frozenset[str]:
    """Files under ``root``, relative to it, that differ from a revision of git, new ones included.

    :class:`UsageFault` where there is no git, no repository, or no such revision.
    """
    option = f"--changed-since {revision}"
    if revision.startswith("-"):
        raise UsageFault(f"{option}: expected a revision of git, such as HEAD~1 or main.")
    inside = _git(root, option, "rev-parse", "--is-inside-work-tree")
    if inside.returncode:
        raise UsageFault(f"{option}: {root} is not a git repository. Name topics or a section instead.")
    found = _git(root, option, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if found.returncode:
        raise UsageFault(
            f"{option}: git knows no such revision. Expected a commit, a tag or a branch, such as HEAD~1 or main."
        )
    commit = found.stdout.strip()
    changed: set[str] = set()
    for arguments in (
        ("diff", "--name-only", "--no-renames", "-z", "--relative", commit, "--"),
        ("ls-files", "--others", "--exclude-standard", "-z"),
    ):
        listed = _git(root, option, *arguments)
        if listed.returncode:
            raise UsageFault(f"{option}: git {arguments[0]} failed: {listed.stderr.strip()}")
        changed.update(name for name in listed.stdout.split("\0") if name)
    return frozenset(changed)


def _git(root: Path, option: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            ["git", "-C", str(root), *arguments], capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        raise UsageFault(f"{option}: git is not installed. Name topics or a section instead.") from None
