"""``mlhub publish --to site`` as a person, or a program, calls it."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from publish.ledger import LedgerFile
from publish.site.place import Place, find_place, open_hosts
from render.core.catalog import Hub, SiteSettings, parse_catalog
from render.core.fault import UsageFault
from tests.bucket import Server, open_client, open_to_the_public
from tests.hub.conftest import CATALOG, serving
from tests.publish.memory_host import MemoryHost, broken
from tests.publish.site_project import PUBLISH, ROOT, SiteProject


def test_from_the_plan_to_the_visit(site: SiteProject, tmp_path: Path) -> None:
    to = ("--to", "site", "--out", str(tmp_path / "www"))
    planned = site.command("plan", *to)
    assert (planned.returncode, planned.stderr) == (0, "")
    assert "50 files: 50 new (" in planned.stdout
    assert "named files: 38, " in planned.stdout
    assert not (tmp_path / "www").exists()
    assert site.command("check", *to).stdout == "checked: 0 errors, 0 warnings\n"
    done = site.command("run", *to)
    assert (done.returncode, done.stderr) == (0, "")
    assert "52 steps done, 0 failed, 0 left" in done.stdout
    assert "visited" not in done.stdout
    assert "up to date: nothing to do" in site.command("plan", *to).stdout
    with serving(tmp_path / "www") as address:
        seen = site.command("run", *to, "--address", address)
        assert (seen.returncode, seen.stderr) == (0, "")
        assert f"visited {address}: 52 questions asked: all as it was published" in seen.stdout
        (tmp_path / "www" / "lines" / "index.html").unlink()
        row = json.loads(site.command("visit", "--address", address, "--json").stdout.splitlines()[0])
        assert row["event"] == "difference"
        assert row["kind"] == "status"
        assert row["address"] == f"{address}lines/"
        differs = site.command("visit", "--address", address)
    assert differs.returncode == 3
    assert f"{address}lines/: it is answered with 404" in differs.stderr


def test_why_each_file_is_sent(site: SiteProject, tmp_path: Path) -> None:
    to = ("--to", "site", "--out", str(tmp_path / "www"))
    assert site.command("run", *to).returncode == 0
    site.paint("#FF0000")
    planned = site.command("plan", *to, "--why").stdout
    assert "50 files: 1 new (" in planned
    assert "3 changed (" in planned
    assert "46 the same (" in planned
    assert "  put lines/index.html: changed (19." in planned
    rows = [json.loads(line) for line in site.command("plan", *to, "--json").stdout.splitlines()]
    assert [row["part"] for row in rows if row["event"] == "step" and row["kind"] == "put"][1:] == [
        "lines/index.html", "index.html", "sw.js",
    ]  # fmt: skip
    assert rows[-1]["event"] == "total"


def test_a_run_into_a_bucket_is_visited_and_says_what_a_bucket_cannot(
    site: SiteProject, s3: Server, tmp_path: Path
) -> None:
    env = {**os.environ, **s3.environment}
    site.site_settings = f'{{bucket: "s3://lessons/{tmp_path.name}"}}'
    site.write()
    address = open_to_the_public(s3) + tmp_path.name
    done = site.command("run", "--to", "site", "--address", address, env=env)
    assert done.returncode == 3
    assert "51 steps done, 0 failed, 0 left" in done.stdout
    assert "a folder without its slash is answered with 404" in done.stderr
    again = site.command("run", "--to", "site", "--no-visit", env=env)
    assert (again.returncode, again.stdout) == (0, "up to date: nothing to do\n")


@pytest.mark.parametrize(
    "moments",
    [
        ("put index.html",),
        pytest.param(("put media/lines.", "put lines/index.html", "put sw.js"), marks=pytest.mark.slow),
    ],
)
def test_a_run_that_is_killed_leaves_a_site_that_works(
    site: SiteProject, s3: Server, tmp_path: Path, moments: tuple[str, ...]
) -> None:
    env, bucket = {**os.environ, **s3.environment}, f"s3://lessons/{tmp_path.name}"
    to = ("run", "--to", "site", "--bucket", bucket, "--no-visit")
    assert site.command(*to, env=env).returncode == 0
    site.paint("#FF0000")
    site.plan_only_lines()
    site.rebuild()
    command = [sys.executable, "-m", "render.cli", "--root", str(site.root), "publish", *to]
    for moment in moments:
        with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for said in process.stdout:
                if moment in said:
                    break
            process.send_signal(signal.SIGKILL)
        assert not broken(held(s3, f"lessons/{tmp_path.name}/"))
    assert site.command(*to, env=env).returncode == 0
    assert site.command(*to, env=env).stdout == "up to date: nothing to do\n"


def held(s3: Server, prefix: str) -> dict[str, bytes]:
    """The objects below a prefix, texts unpacked."""
    client = open_client(s3)
    found = {path.removeprefix(prefix): client.cat_file(path) for path in client.find(prefix)}
    return {
        path: gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
        for path, content in found.items()
    }


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("plan", "--to", "site"),
            "expected a place: --out DIR, --bucket s3://name/prefix or --branch gh-pages",
        ),
        (("plan", "lines", "--to", "site", "--out", "x"), "A site is published and visited as a whole"),
        (("visit", "lines"), "A site is published and visited as a whole"),
        (("plan", "--to", "site", "--bucket", "lessons"), "expected a bucket such as s3://lessons/hub"),
        (("plan", "--to", "site", "--out", "x", "--branch", "y"), "--out and --branch are two places"),
        (
            ("plan", "--to", "site", "--out", "x", "--bucket", "s3://abc"),
            "--bucket beside --out takes the videos",
        ),
        (("visit", "--to", "youtube"), "only a site can be visited"),
        (("visit", "--address", "learn"), "expected an address such as https://learn.example.org/"),
    ],
)
def test_what_is_called_wrongly_is_told(site: SiteProject, arguments: tuple[str, ...], words: str) -> None:
    done = site.command(*arguments)
    assert done.returncode == 2
    assert words in done.stderr


def test_two_publications_at_once_are_refused(site: SiteProject, tmp_path: Path) -> None:
    with LedgerFile(site.root).alone():
        done = site.command("run", "--to", "site", "--out", str(tmp_path / "www"))
    assert done.returncode == 4
    assert "Another publication of" in done.stderr


def test_nothing_is_sent_where_the_check_finds_an_error(site: SiteProject, tmp_path: Path) -> None:
    site.change_catalog("https://learn.small-hub.org", "https://learn.example")
    done = site.command("run", "--to", "site", "--out", str(tmp_path / "www"))
    assert done.returncode == 3
    assert "hub.site_url is the placeholder https://learn.example" in done.stderr
    assert not (tmp_path / "www").exists()


# --- what is checked ---


def told(site: SiteProject) -> str:
    return "\n".join(map(str, site.check(MemoryHost())))


def test_a_sound_site_is_not_objected_to(site: SiteProject) -> None:
    assert told(site) == ""


def test_a_site_older_than_its_lessons_is_told(site: SiteProject) -> None:
    for old, new, words in (
        (
            '"quality": "web"',
            '"quality": "draft"',
            "error: lines: it is rendered as a draft; `make render TOPIC=",
        ),
        ('"voice": "kokoro/1"', '"voice": "silent/1"', "warning: lines: nobody speaks in it"),
        ('"captions_srt": ', '"captions_other": ', "warning: lines: it has no captions"),
    ):
        text = (site.build / "manifest.json").read_text()
        site.change_manifest(old, new)
        assert words in told(site)
        (site.build / "manifest.json").write_text(text)
    film = site.build / "out" / "lines" / "lines.mp4"
    (digest,) = site.site.glob("media/lines.????????????.mp4")
    site.change_manifest(f'"sha256": "{digest.name.split(".")[1]}', f'"sha256": "{"0" * 12}')
    assert film.is_file()
    assert (
        f"error: lines: the site shows media/{digest.name}, and the lesson was rendered anew since"
        in told(site)
    )


def test_lessons_that_came_or_went_since_the_site_was_built_are_told(site: SiteProject) -> None:
    site.plan_only_lines()
    assert "no lesson of that name is ready: `make hub`" in told(site)
    site.rebuild()
    assert told(site) == ""
    site.change_catalog(
        "status: planned\n        explains: [the widest", "status: ready\n        explains: [the widest"
    )
    assert "error: streets: the site was built before this lesson was rendered" in told(site)


def test_pages_that_look_for_videos_elsewhere_are_told(site: SiteProject) -> None:
    text = (site.root / "catalog.yaml").read_text()
    settings = (
        '    site: {branch: gh-pages, bucket: "s3://lessons", media_base: "https://media.small-hub.org"}\n'
    )
    (site.root / "catalog.yaml").write_text(text.replace("sections:\n", settings + "sections:\n", 1))
    assert "looks for the video elsewhere than https://media.small-hub.org/: `make hub`" in told(site)
    site.rebuild()
    assert told(site) == ""
    (site.root / "catalog.yaml").write_text(text)
    assert "looks for the video elsewhere than beside the pages" in told(site)


# --- places ---


def hub_with(**settings: str) -> Hub:
    text = CATALOG.replace("sections:\n", PUBLISH + "sections:\n", 1)
    hub = parse_catalog(text).hub
    assert hub.publish
    return hub.model_copy(
        update={"publish": hub.publish.model_copy(update={"site": SiteSettings(**settings)})}
    )


MEDIA = "https://media.small-hub.org/hub"


def test_the_command_line_outranks_the_catalog_and_stands_alone(tmp_path: Path) -> None:
    hub = hub_with(branch="gh-pages", bucket="s3://lessons", media_base=MEDIA)
    assert find_place(Place(), hub) == Place(branch="gh-pages", bucket="s3://lessons")
    assert find_place(Place(out=tmp_path), hub) == Place(out=tmp_path)
    assert find_place(Place(bucket="s3://other"), hub) == Place(bucket="s3://other")
    assert find_place(Place(bucket="s3://other", out=tmp_path), hub) == Place(
        bucket="s3://other", out=tmp_path
    )
    with pytest.raises(UsageFault, match="name the bucket that is there"):
        find_place(Place(branch="pages"), hub)
    assert find_place(Place(branch="pages"), hub_with(bucket="s3://lessons")) == Place(branch="pages")
    assert hub.media_address == f"{MEDIA}/"
    assert hub_with(media_base=f"{MEDIA}//").media_address == f"{MEDIA}/"
    assert hub_with().media_address == ""


def test_videos_have_a_host_of_their_own_where_the_place_says_so(tmp_path: Path) -> None:
    hub = hub_with(media_base=MEDIA)
    pages, media = open_hosts(Place(branch="gh-pages", bucket="s3://lessons/x/"), hub, tmp_path, tmp_path)
    assert media is not None
    assert (pages.name, media.name) == ("branch gh-pages", "s3://lessons/x")
    pages, media = open_hosts(Place(bucket="s3://lessons"), hub, tmp_path, tmp_path)
    assert (pages.name, media) == ("s3://lessons", None)


def test_the_place_where_the_site_is_built_is_no_place_for_it(tmp_path: Path) -> None:
    for out in (tmp_path, tmp_path / "site", tmp_path / "site" / "www"):
        with pytest.raises(UsageFault, match="that is where the site is built"):
            open_hosts(Place(out=out), hub_with(), tmp_path, tmp_path)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("{bucket: lessons}", ":11:20: hub.publish.site.bucket: expected a bucket, and a prefix if you like"),
        ("{branch: -f}", ":11:20: hub.publish.site.branch: expected the name of a branch, such as gh-pages"),
        (
            "{media_base: media.org}",
            ":11:24: hub.publish.site.media_base: expected an address that starts with https://",
        ),
        (
            '{media_base: "http://media.org"}',
            "hub.publish.site.media_base: expected an address that starts with https",
        ),
        (
            "{bucket: s3://abc, branch: pages}",
            ":11:38: hub.publish.site.branch: expected a branch or a bucket, or",
        ),
        ("{buckets: s3://abc}", "hub.publish.site.buckets: "),
    ],
)
def test_mistakes_in_the_catalog_are_told_at_their_place(written: str, words: str) -> None:
    text = CATALOG.strip().replace("sections:\n", f"{PUBLISH}    site: {written}\nsections:\n", 1)
    with pytest.raises(UsageFault) as raised:
        parse_catalog(text)
    assert words in str(raised.value)
