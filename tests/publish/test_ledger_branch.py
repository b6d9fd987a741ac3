"""The ledger on a branch: nothing that was published is lost, whoever pushes meanwhile."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish import ledger_branch
from publish.ledger import LedgerFile
from publish.ledger_branch import LedgerBranch, join
from render.core.fault import EnvironmentFault, UsageFault
from render.store.ledger import NAME, Playlist, Video
from tests.publish.conftest import Publish
from tests.publish.project import Project


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine on which git knows nobody, as those of CI are."""
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "nobody"))
    for name in ("AUTHOR_NAME", "AUTHOR_EMAIL", "COMMITTER_NAME", "COMMITTER_EMAIL"):
        monkeypatch.delenv(f"GIT_{name}", raising=False)


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    """A repository with a commit on main, in which nothing was published yet."""
    work, bare = tmp_path / "work", tmp_path / "origin.git"
    git(tmp_path, "init", "--quiet", "--initial-branch=main", "work")
    (work / "catalog.yaml").write_text("version: 1\n")
    git(work, "add", "-A")
    git(work, "-c", "user.name=A", "-c", "user.email=a@b.org", "commit", "--quiet", "-m", "All")
    git(tmp_path, "clone", "--quiet", "--bare", "work", str(bare))
    return bare


def clone(origin: Path, name: str, *options: str) -> Path:
    folder = origin.parent / name
    git(origin.parent, "clone", "--quiet", *options, f"file://{origin}", str(folder))
    return folder


def publish_video(folder: Path, slug: str, id: str) -> None:
    LedgerFile(folder).change_video(slug, lambda video: video.model_copy(update={"id": id}))


def published(origin: Path, branch: str = "main") -> dict[str, str | None]:
    folder = clone(origin, f"seen-{len(list(origin.parent.iterdir()))}", "--branch", branch)
    return {slug: video.id for slug, video in LedgerFile(folder).read().youtube.videos.items()}


def test_what_one_machine_keeps_the_next_takes(origin: Path) -> None:
    one, other = clone(origin, "one", "--depth=1"), clone(origin, "other", "--depth=1")
    assert (
        LedgerBranch(one, "main").take()
        == f"the ledger of main at {git(one, 'rev-parse', 'HEAD')[:10]}: 0 videos"
    )
    publish_video(one, "svm", "one")
    assert LedgerBranch(one, "main").keep().endswith(": 1 video")
    assert git(one, "rev-list", "--count", "HEAD") == "1", "the work tree is left where it is"
    assert git(origin, "show", "--name-only", "--format=%an: %s", "main").splitlines() == [
        "mlhub publish: The ledger after a publication [skip ci]", "", NAME,
    ]  # fmt: skip
    LedgerBranch(other, "main").take()
    assert LedgerFile(other).read() == LedgerFile(one).read()
    assert LedgerBranch(other, "main").keep() == "main has all that the ledger says"
    assert git(origin, "rev-list", "--count", "main") == "2"


def test_a_tag_is_published_with_the_ledger_of_the_branch(origin: Path) -> None:
    old = clone(origin, "old")
    git(old, "tag", "publish-1")
    git(old, "push", "--quiet", "origin", "publish-1")
    publish_video(old, "svm", "one")
    LedgerBranch(old, "main").keep()
    again = clone(origin, "again", "--depth=1", "--branch=publish-1")
    LedgerBranch(again, "main").take()
    assert LedgerFile(again).read().youtube.videos["svm"].id == "one"


def test_a_clone_that_is_used_again_takes_nothing_old_for_a_change(origin: Path) -> None:
    """A runner may check out the same tag in the folder of the run before."""
    runner, other = clone(origin, "runner"), clone(origin, "other")
    git(runner, "checkout", "--quiet", "--detach")
    for id in ("one", "two"):
        LedgerBranch(other, "main").take()
        publish_video(other, "svm", id)
        LedgerBranch(other, "main").keep()
        git(runner, "checkout", "--quiet", "--force", "HEAD")
        git(runner, "clean", "--quiet", "--force")
        LedgerBranch(runner, "main").take()
        publish_video(runner, f"pca-{id}", "three")
        LedgerBranch(runner, "main").keep()
    assert published(origin) == {"svm": "two", "pca-one": "three", "pca-two": "three"}


def test_a_ledger_that_was_committed_and_not_pushed_is_kept(origin: Path) -> None:
    one, other = clone(origin, "one"), clone(origin, "other")
    publish_video(one, "svm", "one")
    git(one, "add", NAME)
    git(one, "-c", "user.name=A", "-c", "user.email=a@b.org", "commit", "--quiet", "-m", "Published")
    publish_video(other, "pca", "two")
    LedgerBranch(other, "main").keep()
    LedgerBranch(one, "main").take()
    assert {*LedgerFile(one).read().youtube.videos} == {"svm", "pca"}
    LedgerBranch(one, "main").keep()
    assert published(origin) == {"svm": "one", "pca": "two"}


def test_who_has_pushed_meanwhile_loses_nothing(origin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = clone(origin, "one"), clone(origin, "other")
    for folder in (one, other):
        LedgerBranch(folder, "main").take()
    publish_video(one, "svm", "one")
    publish_video(other, "pca", "two")
    commit = LedgerBranch._commit

    def overtaken(self: LedgerBranch, tip: str | None) -> str:
        made = commit(self, tip)
        if self.root == one and not published(origin):
            LedgerBranch(other, "main").keep()
        return made

    monkeypatch.setattr(LedgerBranch, "_commit", overtaken)
    LedgerBranch(one, "main").keep()
    assert published(origin) == {"svm": "one", "pca": "two"}
    assert {*LedgerFile(one).read().youtube.videos} == {"svm", "pca"}


def test_a_push_that_is_always_overtaken_ends(origin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = clone(origin, "one")
    publish_video(one, "svm", "one")
    refused = subprocess.CompletedProcess([], 1, "!\tHEAD:refs/heads/main\t[rejected] (fetch first)\n", "")
    run = LedgerBranch._run
    monkeypatch.setattr(
        LedgerBranch, "_run", lambda self, *a, **n: refused if a[0] == "push" else run(self, *a, **n)
    )
    with pytest.raises(EnvironmentFault, match="others have pushed 5 times"):
        LedgerBranch(one, "main").keep()
    assert ledger_branch._TRIES == 5


def test_a_branch_of_its_own_holds_the_ledger_alone(origin: Path) -> None:
    one = clone(origin, "one")
    branch = LedgerBranch(one, "ledger")
    assert branch.take() == "origin has no branch ledger yet: the ledger stays as it is"
    publish_video(one, "svm", "one")
    branch.keep()
    assert git(origin, "ls-tree", "-r", "--name-only", "ledger") == NAME
    assert published(origin, "ledger") == {"svm": "one"}
    assert published(origin) == {}


def test_a_branch_that_takes_no_push_is_told(origin: Path) -> None:
    hook = origin / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho main is protected >&2\nexit 1\n")
    hook.chmod(0o755)
    one = clone(origin, "one")
    publish_video(one, "svm", "one")
    with pytest.raises(EnvironmentFault, match="let it stand on one of its own: --ledger NAME") as caught:
        LedgerBranch(one, "main").keep()
    assert "\n" not in str(caught.value)


def test_without_origin_or_git_it_is_told(
    origin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = clone(origin, "one")
    git(one, "remote", "set-url", "origin", str(tmp_path / "nowhere"))
    with pytest.raises(EnvironmentFault, match="git cannot ask origin for its branch main"):
        LedgerBranch(one, "main").take()
    (tmp_path / "bare").mkdir()
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    with pytest.raises(UsageFault, match="is not a git repository"):
        LedgerBranch(tmp_path / "bare", "main").take()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EnvironmentFault, match="git is not installed"):
        LedgerBranch(one, "main").take()


def test_a_broken_ledger_on_the_branch_is_told_with_its_place(origin: Path) -> None:
    one = clone(origin, "one")
    (one / NAME).write_text('{"version": 2}')
    git(one, "add", NAME)
    git(one, "-c", "user.name=A", "-c", "user.email=a@b.org", "commit", "--quiet", "-m", "Broken")
    git(one, "push", "--quiet", "origin", "main")
    with pytest.raises(UsageFault, match=rf"main:{NAME}:1:13: version: expected 1"):
        LedgerBranch(clone(origin, "other"), "main").take()


def test_the_command_takes_and_keeps(origin: Path, project: Project, publish: Publish) -> None:
    git(project.root, "init", "--quiet")
    git(project.root, "remote", "add", "origin", str(origin))
    publish_video(project.root, "lines", "one")
    environment = {**os.environ}
    done = publish("keep", "--ledger", "ledger", env=environment)
    assert (done.returncode, done.stderr) == (0, "")
    (project.root / NAME).unlink()
    assert publish("take", "--ledger", "ledger", env=environment).returncode == 0
    assert LedgerFile(project.root).read().youtube.videos["lines"].id == "one"


Sides = st.dictionaries(st.sampled_from("abc"), st.sampled_from(("1", "2", "3")))


def record(videos: dict[str, str]) -> dict[str, object]:
    return {"version": 1, "youtube": {"videos": {slug: {"id": id} for slug, id in videos.items()}}}


@given(Sides, Sides, Sides)
def test_each_video_is_that_of_the_side_that_changed_it(
    base: dict[str, str], theirs: dict[str, str], ours: dict[str, str]
) -> None:
    joined = join(record(base), record(theirs), record(ours))["youtube"]["videos"]
    for slug in {*base, *theirs, *ours}:
        before, there, here = base.get(slug), theirs.get(slug), ours.get(slug)
        wanted = there if here == before else here
        if there != before and here != before:
            wanted = here or there
        assert joined.get(slug) == ({"id": wanted} if wanted else None)


def test_playlists_of_both_sides_are_joined() -> None:
    def side(**playlists: str) -> dict[str, object]:
        made = {slug: Playlist(id=id, privacy="public").model_dump() for slug, id in playlists.items()}
        return {"youtube": {"id": "UC1", "playlists": made, "videos": {"svm": Video(id="x").model_dump()}}}

    joined = join(side(), side(basics="one"), side(beyond="two"))
    assert {slug: one["id"] for slug, one in joined["youtube"]["playlists"].items()} == {
        "basics": "one",
        "beyond": "two",
    }
