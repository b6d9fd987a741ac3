"""The ledger on a branch of the project's repository, for machines that forget: a run of CI, another desk.

It is taken from there before a publication and kept there after it.  What both sides have changed since is joined, a
topic at a time, so that nothing of what was published is lost: neither when somebody has pushed meanwhile nor when a
tag is published whose commit has an old ledger.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from publish.git import first_fault, run_quietly
from publish.ledger import LedgerFile
from render.core.fault import EnvironmentFault, UsageFault
from render.store.ledger import NAME, Ledger, parse_ledger, read_ledger

_MARK: Final = "mlhub-ledger"
"""A file of git's folder: the commit that was checked out, and the one from which the ledger was taken there last."""
_TRIES: Final = 5
"""So often a push is tried while others push, too."""
_AUTHOR: Final = {"NAME": "mlhub publish", "EMAIL": "mlhub@localhost"}
"""Who commits where git knows nobody."""

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LedgerBranch:
    """The ledger on ``branch`` of ``remote``, for the project in the folder ``root``, a work tree of git.

    All methods raise :class:`EnvironmentFault` where git or the remote do not do what is asked, and
    :class:`UsageFault` for a ledger that does not read.
    """

    root: Path
    branch: str
    remote: str = "origin"

    def take(self) -> str:
        """Bring the ledger here up to date with the branch; returns a sentence on it."""
        tip = self._fetch()
        if tip is None:
            return f"{self.remote} has no branch {self.branch} yet: the ledger stays as it is"
        theirs, ours = self._at(tip), read_ledger(self.root).to_record()
        joined = join(self._base(tip, ours), theirs, ours)
        if joined != ours:
            self._write(joined)
        self._mark(tip)
        return f"the ledger of {self.branch} at {tip[:10]}: {_count(joined)}"

    def keep(self) -> str:
        """Bring the branch up to date with the ledger here; returns a sentence on it."""
        for _ in range(_TRIES):
            tip = self._fetch()
            theirs, ours = self._at(tip) if tip else _nothing(), read_ledger(self.root).to_record()
            joined = join(self._base(tip, ours), theirs, ours)
            if joined != ours:
                self._write(joined)
            if joined == theirs:
                return f"{self.branch} has all that the ledger says"
            made = self._commit(tip)
            pushed = self._run("push", "--porcelain", self.remote, f"{made}:refs/heads/{self.branch}")
            if pushed.returncode == 0:
                self._mark(made)
                return f"the ledger is on {self.branch}, {made[:10]}: {_count(joined)}"
            if "[rejected]" not in pushed.stdout:
                raise EnvironmentFault(
                    f"The ledger cannot be pushed to {self.branch} of {self.remote} ({first_fault(pushed)}). Where the "
                    "branch is protected, let it stand on one of its own: --ledger NAME (docs/publish.md)."
                )
        raise EnvironmentFault(
            f"The ledger cannot be pushed to {self.branch}: others have pushed {_TRIES} times meanwhile. Run again."
        )

    def _write(self, record: Record) -> None:
        LedgerFile(self.root).change(lambda _: parse_ledger(json.dumps(record)))

    def _fetch(self) -> str | None:
        """The commit that the branch is at, fetched; none where there is no such branch."""
        if self._run("rev-parse", "--git-dir").returncode:
            raise UsageFault(f"{self.root} is not a git repository: its ledger is nowhere but there.")
        name = f"refs/heads/{self.branch}"
        found = self._run("ls-remote", "--exit-code", self.remote, name)
        if found.returncode == 2:
            return None
        if found.returncode:
            raise EnvironmentFault(
                f"git cannot ask {self.remote} for its branch {self.branch} ({first_fault(found)}). Look at the "
                "network and at who may read there, and run again."
            )
        self._git("fetch", "--no-tags", "--quiet", self.remote, name)
        return self._git("rev-parse", "FETCH_HEAD")

    def _at(self, commit: str) -> Record:
        """What the ledger of a commit says."""
        shown = self._run("show", f"{commit}:{NAME}")
        if shown.returncode:
            return _nothing()
        return parse_ledger(shown.stdout, f"{self.branch}:{NAME}").to_record()

    def _base(self, tip: str | None, ours: Record) -> Record:
        """What both sides had before either changed it.

        That is what was taken last, if it was taken on top of what is checked out and the ledger is another one by now;
        else what the branches had in common, or that of the commit that is checked out.
        """
        head = self._head()
        if head is None:
            return _nothing()
        checked_out = self._at(head)
        if ours != checked_out and (taken := self._taken(head)):
            return self._at(taken)
        common = self._run("merge-base", head, tip) if tip else None
        return self._at(common.stdout.strip()) if common and common.returncode == 0 else checked_out

    def _head(self) -> str | None:
        """The commit that is checked out; none before the first."""
        found = self._run("rev-parse", "--verify", "--quiet", "HEAD")
        return found.stdout.strip() if found.returncode == 0 else None

    def _taken(self, head: str) -> str | None:
        """The commit from which the ledger was taken last on top of ``head``."""
        path = self._mark_file()
        on, _, taken = (
            path.read_text(encoding="utf-8").strip().partition(" ") if path.is_file() else ("", "", "")
        )
        return taken if on == head and self._run("cat-file", "-e", taken).returncode == 0 else None

    def _mark(self, taken: str) -> None:
        self._mark_file().write_text(f"{self._head()} {taken}\n", encoding="utf-8")

    def _mark_file(self) -> Path:
        return self.root / self._git("rev-parse", "--git-path", _MARK)

    def _commit(self, tip: str | None) -> str:
        """A commit on top of ``tip`` in which nothing has changed but the ledger; the work tree is left alone."""
        blob = self._git("hash-object", "-w", "--", NAME)
        with tempfile.TemporaryDirectory(prefix="mlhub-") as folder:
            index = {"GIT_INDEX_FILE": f"{folder}/index"}
            if tip:
                self._git("read-tree", tip, variables=index)
            self._git("update-index", "--add", "--cacheinfo", f"100644,{blob},{NAME}", variables=index)
            tree = self._git("write-tree", variables=index)
        parents = ["-p", tip] if tip else []
        # No run of CI begins for it: it changes no lesson, and the site reads the ledger when it is built next.
        message = "The ledger after a publication [skip ci]"
        return self._git("commit-tree", tree, *parents, "-m", message, variables=self._author())

    def _author(self) -> dict[str, str]:
        if self._run("var", "GIT_COMMITTER_IDENT").returncode == 0:
            return {}
        return {
            f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in _AUTHOR.items()
        }

    def _git(self, *arguments: str, variables: Mapping[str, str] | None = None) -> str:
        done = self._run(*arguments, variables=variables)
        if done.returncode:
            raise EnvironmentFault(f"git {arguments[0]} has failed in {self.root}: {first_fault(done)}.")
        return done.stdout.strip()

    def _run(
        self, *arguments: str, variables: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        command = ["git", "-c", "user.useConfigOnly=true", *arguments]
        return run_quietly(command, self.root, variables or {})


def join(base: Record, theirs: Record, ours: Record) -> Record:
    """What both sides say, as records of a :class:`Ledger`: of each thing, the side that has changed it since ``base``.

    A thing is a video, a playlist, or any other entry below a target.  Where both have changed it, ours counts: it was
    seen last.
    """
    joined: Record = _join(base, theirs, ours, depth=3)
    return joined


def _join(base: Any, theirs: Any, ours: Any, depth: int) -> Any:
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs
    if depth and isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        common = base if isinstance(base, Mapping) else {}
        keys = [*theirs, *(key for key in ours if key not in theirs)]
        joined = {key: _join(common.get(key), theirs.get(key), ours.get(key), depth - 1) for key in keys}
        return {key: value for key, value in joined.items() if value is not None}
    return ours if ours is not None else theirs


def _nothing() -> Record:
    return Ledger().to_record()


def _count(record: Record) -> str:
    count = len(record.get("youtube", {}).get("videos", {}))
    return f"{count} video{'' if count == 1 else 's'}"
