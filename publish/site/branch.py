"""A branch as a host, for GitHub Pages, GitLab Pages and the like: a folder that is pushed as one commit.

The commit is made and pushed by ghp-import.  What the branch holds already is taken from the remote repository, so that
a fresh clone knows it, and files that are not ours, such as ``CNAME``, stay.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from publish.git import first_fault, run_quietly
from publish.report import count, size
from publish.site.content import Content, Contents, content_of
from publish.site.folder import FolderHost
from publish.site.host import Held, Sent
from publish.step import Objection
from render.core.fault import EnvironmentFault

_REMOTE: Final = "origin"
_FILE_BYTES: Final = 100 * 2**20
"""The largest file that GitHub takes in a push."""
_SITE_BYTES: Final = 10**9
"""The largest site that GitHub Pages publishes."""


class BranchHost:
    """The branch ``branch`` of ``origin`` of the project in ``root``; its files are put together in ``build``."""

    def __init__(self, branch: str, root: Path, build: Path, base_path: str) -> None:
        self._branch = branch
        self._root = root
        self._folder = build / "pages" / branch
        self._files = FolderHost(self._folder, base_path)
        self._is_fetched = False

    @property
    def name(self) -> str:
        """The branch."""
        return f"branch {self._branch}"

    @property
    def lanes(self) -> int:
        """As many as a folder has."""
        return self._files.lanes

    def prepare(self, contents: Contents) -> Contents:
        """As for a folder, and an empty ``.nojekyll``, without which GitHub leaves files out."""
        plain = content_of(".nojekyll", b"")
        return {**self._files.prepare(contents), plain.path: plain}

    def check(self, contents: Contents) -> Iterator[Objection]:
        """What GitHub refuses, and what makes a repository large for good."""
        remedy = "set hub.publish.site.media_base and a bucket, which then take the videos"
        for content in contents.values():
            if content.size > _FILE_BYTES:
                yield Objection(
                    self.name, f"{content.path} has {size(content.size)}; GitHub takes 100 MiB: {remedy}"
                )
        whole = sum(content.size for content in contents.values())
        if whole > _SITE_BYTES:
            yield Objection(self.name, f"the site has {size(whole)}; GitHub Pages takes 1 GB: {remedy}")
        videos = [content for content in contents.values() if content.path.endswith(".mp4")]
        if videos:
            yield Objection(
                self.name,
                f"{count(len(videos), 'video')} of {size(sum(video.size for video in videos))} go into the history of "
                f"the branch, where they stay for good; {remedy}",
                fatal=False,
            )

    def tags(self) -> Mapping[str, str]:
        """Those of the branch's files, fetched once."""
        self._fetch()
        return self._files.tags()

    def ask(self, path: str) -> Held:
        """As a folder does."""
        return self._files.ask(path)

    def read(self, path: str) -> bytes | None:
        """A file of the branch."""
        self._fetch()
        return self._files.read(path)

    def put(self, content: Content, sent: Sent) -> None:
        """Put the file into the folder that will be pushed."""
        self._files.put(content, sent)

    def remove(self, path: str) -> None:
        """Remove it there."""
        self._files.remove(path)

    @property
    def settles(self) -> str:
        """The push."""
        return f"push {self._branch} to {_REMOTE}"

    def settle(self, message: str) -> None:
        """Commit the folder on top of the branch and push it; refused where somebody else has pushed meanwhile."""
        command = [
            sys.executable,
            "-m",
            "ghp_import",
            "--push",
            "--remote",
            _REMOTE,
            "--branch",
            self._branch,
        ]
        command += ["--no-jekyll", "--message", message, str(self._folder)]
        done = run_quietly(command, self._root, self._committer())
        self._is_fetched = False
        if done.returncode:
            raise EnvironmentFault(
                f"{self.name} cannot be pushed to {_REMOTE}: {first_fault(done)}. Nothing is published; run again when "
                "that is mended (a right to push, the network, or somebody else who has pushed meanwhile)."
            )

    def _fetch(self) -> None:
        """Have the folder be what the remote branch is."""
        if self._is_fetched:
            return
        if self._git("rev-parse", "--git-dir").returncode:
            raise EnvironmentFault(
                f"{self._root} is no repository of git: clone the project, or publish with --out."
            )
        if self._git("symbolic-ref", "--short", "HEAD").stdout.strip() == self._branch:
            raise EnvironmentFault(
                f"{self.name} is checked out here: git switch to another one, then run again."
            )
        listed = self._git("ls-remote", "--heads", _REMOTE, f"refs/heads/{self._branch}")
        if listed.returncode:
            raise EnvironmentFault(
                f"{_REMOTE} cannot be asked for {self.name}: {first_fault(listed)}. Look at `git remote -v`, the "
                "network and your right to read there."
            )
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        tracking = f"refs/remotes/{_REMOTE}/{self._branch}"
        if not listed.stdout.strip():
            for left in (tracking, f"refs/heads/{self._branch}"):  # of a branch that was removed over there
                self._git("update-ref", "-d", left)
        else:
            fetched = self._git("fetch", "--quiet", _REMOTE, f"+refs/heads/{self._branch}:{tracking}")
            if fetched.returncode:
                raise EnvironmentFault(f"{self.name} cannot be fetched: {first_fault(fetched)}. Run again.")
            self._export(tracking)
        self._is_fetched = True

    def _export(self, revision: str) -> None:
        """Lay out the files of a revision in the folder."""
        command = ["git", "archive", "--format=tar", revision]
        with subprocess.Popen(command, cwd=self._root, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            with tarfile.open(fileobj=process.stdout, mode="r|") as archive:
                archive.extractall(self._folder, filter="data")
        if process.returncode:
            raise EnvironmentFault(f"{self.name} cannot be read from this clone: run `git fsck`.")

    def _git(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return run_quietly(["git", *arguments], self._root)

    def _committer(self) -> dict[str, str]:
        """Who commits, where git does not know, as on machines of a CI service."""
        asked = {
            "GIT_COMMITTER_NAME": ("user.name", "mlhub"),
            "GIT_COMMITTER_EMAIL": ("user.email", "mlhub@localhost"),
        }
        return {
            variable: default
            for variable, (key, default) in asked.items()
            if variable not in os.environ and not self._git("config", key).stdout.strip()
        }
