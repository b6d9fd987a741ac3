"""The places that a site is published to: a folder, a bucket at a real S3 server, a branch of a real repository."""

from __future__ import annotations

import errno
import gzip
import os
import subprocess
from pathlib import Path

import pytest

from publish.site.branch import BranchHost
from publish.site.bucket import BucketHost
from publish.site.content import content_of, read_site
from publish.site.folder import FolderHost
from publish.site.host import Held
from render.core.fault import EnvironmentFault
from render.core.web_file import digits_of, is_packed, lifetime_of, type_of
from tests.bucket import BUCKET, Server, open_client
from tests.publish.memory_host import broken
from tests.publish.site_project import SiteProject


def state(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git" not in path.parts
    }


# --- a folder ---


def test_a_folder_has_the_site_and_what_hosts_of_folders_read(site: SiteProject, tmp_path: Path) -> None:
    host = FolderHost(tmp_path / "www", "/")
    site.publish(host)
    held = state(tmp_path / "www")
    assert {path: held[path] for path in state(site.site)} == state(site.site)
    assert set(held) - set(state(site.site)) == {"_headers", "release.json"}
    assert site.publish(host).done == []


def test_a_folder_forgets_what_a_kill_left_and_what_is_old(site: SiteProject, tmp_path: Path) -> None:
    out = tmp_path / "www"
    for colour in ("#110000", "#220000"):
        site.paint(colour)
        site.publish(FolderHost(out, "/"))
    (out / "index.html.mlhub-part").write_text("half")
    (out / ".well-known").mkdir()
    (out / ".well-known" / "mine").write_text("mine")
    site.plan_only_lines()
    site.paint("#330000")
    site.publish(FolderHost(out, "/"))
    assert not (out / "streets").exists()
    assert not (out / "index.html.mlhub-part").exists()
    assert (out / ".well-known" / "mine").exists()
    assert len(list(out.glob("media/lines.????????????.webp"))) == 2
    assert not broken(state(out))


def test_a_folder_that_cannot_be_written_is_told(site: SiteProject, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    outcome = site.run(FolderHost(blocked / "www", "/"))
    assert isinstance(outcome.halted, EnvironmentFault)
    assert "cannot be written" in str(outcome.halted)


def test_a_disk_that_is_full_is_told(
    site: SiteProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))

    monkeypatch.setattr("publish.site.folder.os.replace", refuse)
    outcome = site.run(FolderHost(tmp_path / "www", "/"))
    assert f"The disk that holds {tmp_path / 'www'}/ is full." in str(outcome.halted)


def test_files_over_a_bound_of_hosts_are_told(tmp_path: Path) -> None:
    large = tmp_path / "large.0123456789ab.mp4"
    with large.open("wb") as file:
        file.truncate(101 * 2**20)
    contents = {f"media/{large.name}": content_of(f"media/{large.name}", large)}
    (warning,) = FolderHost(tmp_path, "/").check(contents)
    assert not warning.fatal
    assert "1 file over 25 MiB, such as media/large.0123456789ab.mp4 with 105.9 MB" in warning.words
    error, history = BranchHost("pages", tmp_path, tmp_path, "/").check(contents)
    assert error.fatal
    assert "GitHub takes 100 MiB: set hub.publish.site.media_base" in error.words
    assert "stay for good" in history.words
    with large.open("wb") as file:
        file.truncate(10**9 + 1)
    contents = {f"media/{large.name}": content_of(f"media/{large.name}", large)}
    assert any(
        "takes 1 GB" in str(objection)
        for objection in BranchHost("p", tmp_path, tmp_path, "/").check(contents)
    )


# --- a bucket ---


@pytest.fixture
def bucket(s3: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The address of an empty prefix at a real S3 server, which this process may write to."""
    for name, value in s3.environment.items():
        monkeypatch.setenv(name, value)
    return f"s3://{BUCKET}/{tmp_path.name}"


def test_a_bucket_has_each_file_with_its_headers(site: SiteProject, bucket: str, s3: Server) -> None:
    site.publish(BucketHost(bucket))
    client, prefix = open_client(s3), bucket.removeprefix("s3://")
    built = state(site.site)
    assert {path.removeprefix(f"{prefix}/") for path in client.find(prefix)} == {*built, "release.json"}
    for path, content in built.items():
        name, _, key = f"{prefix}/{path}".partition("/")
        head = client.call_s3("head_object", Bucket=name, Key=key)
        assert head["ContentType"] == type_of(path)
        assert head["CacheControl"] == lifetime_of(path)
        assert head.get("ContentEncoding") == ("gzip" if is_packed(path) else None)
        stored = client.cat_file(f"{prefix}/{path}")
        assert (gzip.decompress(stored) if is_packed(path) else stored) == content
    assert site.publish(BucketHost(bucket)).done == []


def test_another_machine_goes_on_from_what_lies_in_the_bucket(
    site: SiteProject, bucket: str, s3: Server, tmp_path: Path
) -> None:
    site.publish(BucketHost(bucket))
    clone = site.copy(tmp_path / "clone")
    clone.paint("#330000")
    outcome = clone.publish(BucketHost(bucket))
    sent = [step.part for step in outcome.done if step.kind == "put"]
    assert sent == [sent[0], "lines/index.html", "index.html", "sw.js"]
    clone.paint("#440000")
    removed = [step.part for step in clone.publish(BucketHost(bucket)).done if step.kind == "prune"]
    (first,) = site.site.glob("media/lines.????????????.webp")
    assert removed == [f"media/{first.name}"]


def test_without_a_record_what_was_put_is_known_by_its_own_word(
    site: SiteProject, bucket: str, s3: Server
) -> None:
    """As a kill leaves it that came before the record knew the tags."""
    site.publish(BucketHost(bucket))
    client, prefix = open_client(s3), bucket.removeprefix("s3://")
    client.rm_file(f"{prefix}/release.json")
    client.pipe_file(f"{prefix}/index.html", b"somebody else's")
    assert any(
        "index.html is there already" in str(objection) for objection in site.check(BucketHost(bucket))
    )
    outcome = site.publish(BucketHost(bucket))
    assert [step.part for step in outcome.done if step.kind == "put"] == ["index.html"]


def test_a_header_that_should_be_another_is_put_again(site: SiteProject, bucket: str, s3: Server) -> None:
    site.publish(BucketHost(bucket))
    client, prefix = open_client(s3), bucket.removeprefix("s3://")
    name, _, key = f"{prefix}/feed.atom".partition("/")
    digest = content_of("feed.atom", site.site / "feed.atom").digest
    client.call_s3(
        "put_object", Bucket=name, Key=key, Body=(site.site / "feed.atom").read_bytes(),
        ContentType="text/plain", Metadata={"sha256": digest},
    )  # fmt: skip
    plan = site.target(BucketHost(bucket)).plan([])
    assert [(step.part, step.reason) for step in plan.steps if step.kind == "put"] == [
        ("feed.atom", "its headers changed")
    ]


def test_a_large_video_goes_in_parts_and_tells_how_far_it_is(bucket: str, tmp_path: Path, s3: Server) -> None:
    large = tmp_path / "large.mp4"
    large.write_bytes(os.urandom(40 * 2**20))
    told: list[tuple[int, int]] = []
    host = BucketHost(bucket)
    content = content_of("media/large.mp4", large)
    host.put(content, lambda done, of: told.append((done, of)))
    assert told[-1] == (content.size, content.size)
    assert len(told) > 2
    assert host.ask("media/large.mp4") == Held(content.digest, "video/mp4; no-cache")
    assert open_client(s3).cat_file(f"{bucket.removeprefix('s3://')}/media/large.mp4") == large.read_bytes()


@pytest.mark.parametrize(
    ("address", "environment", "words"),
    [
        ("s3://nowhere-at-all/hub", {}, "there is no such bucket; make it, or mend the address"),
        (f"s3://{BUCKET}/hub", {"AWS_SECRET_ACCESS_KEY": "other"}, "does not belong to AWS_ACCESS_KEY_ID"),
        (f"s3://{BUCKET}/hub", {"AWS_ACCESS_KEY_ID": "other"}, "does not know AWS_ACCESS_KEY_ID"),
        (f"s3://{BUCKET}/hub", {"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}, "it does not answer"),
        (
            f"s3://{BUCKET}/hub",
            {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""},
            "there are no credentials",
        ),
    ],
)
def test_what_is_wrong_with_a_bucket_is_told_in_one_line(
    bucket: str,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
    environment: dict[str, str],
    words: str,
) -> None:
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    monkeypatch.setenv("HOME", "/nowhere")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
        if not value:
            monkeypatch.delenv(name)
    with pytest.raises(EnvironmentFault) as raised:
        BucketHost(address).tags()
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)


# --- a branch ---


@pytest.fixture
def origin(site: SiteProject, tmp_path: Path) -> Path:
    """A bare repository, of which the project is a clone."""
    bare = tmp_path / "origin.git"
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(bare))
    git(site.root, "init", "--quiet", "--initial-branch=main")
    (site.root / ".gitignore").write_text("build/\n")
    git(site.root, "add", "catalog.yaml", "hub", ".gitignore")
    git(site.root, "commit", "--quiet", "-m", "begin")
    git(site.root, "remote", "add", "origin", str(bare))
    git(site.root, "push", "--quiet", "origin", "main")
    return bare


def git(folder: Path, *arguments: str) -> str:
    name = ("-c", "user.name=Somebody", "-c", "user.email=somebody@small-hub.org")
    done = subprocess.run(["git", *name, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


def branch(site: SiteProject) -> BranchHost:
    return BranchHost("gh-pages", site.root, site.build, "/")


def checked_out(origin: Path, folder: Path) -> dict[str, bytes]:
    git(origin.parent, "clone", "--quiet", "--branch", "gh-pages", str(origin), str(folder))
    return state(folder)


def test_a_branch_has_the_site_as_one_commit(site: SiteProject, origin: Path, tmp_path: Path) -> None:
    outcome = site.publish(branch(site))
    assert outcome.done[-1].words == "push gh-pages to origin"
    held = checked_out(origin, tmp_path / "seen")
    assert {path: held[path] for path in state(site.site)} == state(site.site)
    assert held[".nojekyll"] == b""
    assert "Cache-Control" in held["_headers"].decode()
    message = git(origin, "log", "--format=%s", "gh-pages").splitlines()
    assert message == [f"Publish release {site.target(branch(site)).release}"]
    assert site.publish(branch(site)).done == []
    assert git(site.root, "status", "--porcelain") == ""


def test_a_fresh_clone_publishes_on_top_and_leaves_what_is_not_ours(
    site: SiteProject, origin: Path, tmp_path: Path
) -> None:
    site.publish(branch(site))
    work = tmp_path / "by-hand"
    git(tmp_path, "clone", "--quiet", "--branch", "gh-pages", str(origin), str(work))
    (work / "CNAME").write_text("learn.small-hub.org\n")
    git(work, "add", "CNAME")
    git(work, "commit", "--quiet", "-m", "Create CNAME")
    git(work, "push", "--quiet", "origin", "gh-pages")
    clone = SiteProject(tmp_path / "clone", site.film)
    git(tmp_path, "clone", "--quiet", str(origin), str(clone.root))
    site.copy(tmp_path / "aside").build.rename(clone.build)
    clone.paint("#330000")
    outcome = clone.publish(branch(clone))
    assert [step.part for step in outcome.done if step.kind == "put"][1:] == [
        "lines/index.html",
        "index.html",
        "sw.js",
    ]
    held = checked_out(origin, tmp_path / "seen")
    assert held["CNAME"] == b"learn.small-hub.org\n"
    assert len([path for path in held if digits_of(path)]) == len(
        [path for path in read_site(clone.site) if digits_of(path)]
    ) + 1  # fmt: skip
    assert len(git(origin, "log", "--format=%s", "gh-pages").splitlines()) == 3


def test_the_catalog_alone_says_where_pages_and_videos_go(
    site: SiteProject, origin: Path, bucket: str, s3: Server, tmp_path: Path
) -> None:
    site.site_settings = (
        f'{{branch: gh-pages, bucket: "{bucket}", media_base: "https://media.small-hub.org/hub"}}'
    )
    site.write()
    planned = site.command("plan", "--to", "site", env=os.environ)
    assert (planned.returncode, planned.stderr) == (0, "")
    assert f"{bucket}: 4 files: 4 new (" in planned.stdout
    assert "branch gh-pages: 47 files: 47 new (" in planned.stdout
    assert not open_client(s3).find(bucket.removeprefix("s3://"))
    done = site.command("run", "--to", "site", "--no-visit", env=os.environ)
    assert (done.returncode, done.stderr) == (0, "")
    held = checked_out(origin, tmp_path / "seen")
    assert not [path for path in held if path.endswith(".mp4")]
    media = open_client(s3).find(bucket.removeprefix("s3://"))
    assert sorted(path.rpartition(".")[2] for path in media) == ["json", "mp4", "mp4", "mp4", "mp4"]
    assert (
        site.command("run", "--to", "site", "--no-visit", env=os.environ).stdout
        == "up to date: nothing to do\n"
    )


def test_who_has_pushed_meanwhile_is_not_overwritten(site: SiteProject, origin: Path, tmp_path: Path) -> None:
    site.publish(branch(site))
    site.paint("#330000")
    host = branch(site)
    host.tags()  # looks at the branch, before somebody pushes
    work = tmp_path / "by-hand"
    git(tmp_path, "clone", "--quiet", "--branch", "gh-pages", str(origin), str(work))
    (work / "CNAME").write_text("mine\n")
    git(work, "add", "CNAME")
    git(work, "commit", "--quiet", "-m", "Create CNAME")
    git(work, "push", "--quiet", "origin", "gh-pages")
    outcome = site.run(host)
    assert isinstance(outcome.halted, EnvironmentFault)
    assert "cannot be pushed to origin" in str(outcome.halted)
    assert "\n" not in str(outcome.halted)
    site.publish(branch(site))
    assert checked_out(origin, tmp_path / "seen")["CNAME"] == b"mine\n"


def test_a_branch_that_may_not_be_pushed_is_told(site: SiteProject, origin: Path) -> None:
    hook = origin / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho 'this branch is protected' >&2\nexit 1\n")
    hook.chmod(0o755)
    outcome = site.run(branch(site))
    assert "this branch is protected" in str(outcome.halted)
    assert "Nothing is published" in str(outcome.halted)


def test_what_a_branch_needs_is_told(
    site: SiteProject, origin: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    git(site.root, "switch", "--quiet", "--create", "gh-pages")
    with pytest.raises(EnvironmentFault, match="branch gh-pages is checked out here"):
        branch(site).tags()
    git(site.root, "switch", "--quiet", "main")
    git(site.root, "remote", "set-url", "origin", str(tmp_path / "nowhere"))
    with pytest.raises(EnvironmentFault, match=r"origin cannot be asked for branch gh-pages: .*nowhere"):
        branch(site).tags()
    with pytest.raises(EnvironmentFault, match="is no repository of git"):
        BranchHost("gh-pages", tmp_path, site.build, "/").tags()
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(EnvironmentFault, match="git is not installed"):
        branch(site).tags()
