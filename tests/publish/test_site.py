"""In which order a site is published, and what a kill leaves."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

from publish.site.content import Wave, content_of, read_site, release_of, write_headers
from publish.site.record import Record, Release, read_record
from render.core.web_file import digits_of
from tests.publish.memory_host import MemoryHost, broken
from tests.publish.site_project import SiteProject


def paths(site: SiteProject) -> set[str]:
    return set(read_site(site.site))


def test_files_with_a_digest_come_first_and_the_worker_last(site: SiteProject) -> None:
    host = MemoryHost()
    site.publish(host)
    assert host.done[0] == host.done[-1] == "release.json"
    order = host.done[1:-1]
    assert sorted(order) == sorted(paths(site))
    waves = [content_of(path, b"").wave for path in order]
    assert waves == sorted(waves)
    assert set(waves) == set(Wave)
    assert order[-1] == "sw.js"
    assert order.index("lines/index.html") < order.index("index.html")
    assert all(digits_of(path) for path in order[: waves.count(Wave.NAMED)])


def test_what_is_there_already_is_not_sent_again(site: SiteProject) -> None:
    host = MemoryHost()
    site.publish(host)
    host.done.clear()
    outcome = site.publish(host)
    assert (outcome.done, host.done) == ([], [])
    site.paint("#FF0000")
    site.publish(host)
    sent = [path for path in host.done if path != "release.json"]
    assert [re.sub(r"\.[0-9a-f]{12}", "", path) for path in sent] == [
        "media/lines.webp", "lines/index.html", "index.html", "sw.js",
    ]  # fmt: skip


def test_the_files_of_the_release_before_stay_and_older_ones_go(site: SiteProject) -> None:
    host = MemoryHost()
    posters = []
    for colour in ("#110000", "#220000", "#330000"):
        site.paint(colour)
        site.publish(host)
        (poster,) = site.site.glob("media/lines.????????????.webp")
        posters.append(f"media/{poster.name}")
    assert posters[0] not in host.files
    assert posters[1] in host.files
    assert posters[2] in host.files
    assert host.done[-1] == f"-{posters[0]}"


def test_going_back_keeps_what_was_gone_back_from(site: SiteProject) -> None:
    host = MemoryHost()
    states = []
    for colour in ("#110000", "#220000", "#110000"):
        site.paint(colour)
        site.publish(host)
        states.append(set(host.files))
    assert states[1] == states[2]


def test_a_page_that_is_no_more_goes_at_the_end(site: SiteProject) -> None:
    host = MemoryHost()
    site.publish(host)
    site.plan_only_lines()
    site.rebuild()
    outcome = site.publish(host)
    assert "streets/index.html" not in host.files
    assert host.done.index("-streets/index.html") > max(
        number for number, what in enumerate(host.done) if not what.startswith("-")
    )
    assert outcome.done[-1].kind == "prune"
    assert any(path.startswith("media/streets.") for path in host.files), "of the release before"


def test_what_is_not_ours_is_left_alone(site: SiteProject) -> None:
    mine = {"CNAME": b"mine", "media/mine.0123456789ab.mp4": b"mine"}
    host = MemoryHost(dict(mine), dict.fromkeys(mine, "1"))
    for colour in ("#110000", "#220000", "#330000"):
        site.paint(colour)
        site.publish(host)
    assert mine.items() <= host.files.items()


def test_a_file_that_somebody_has_changed_or_removed_comes_back(site: SiteProject) -> None:
    host = MemoryHost()
    site.publish(host)
    whole = dict(host.files)
    host.files["index.html"], host.tagged["index.html"] = b"other", "other"
    del host.files["robots.txt"]
    plan = site.target(host).plan([])
    assert {(step.part, step.reason) for step in plan.steps if step.kind == "put"} == {
        ("index.html", "changed"),
        ("robots.txt", "missing"),
    }
    site.publish(host)
    assert {path for path in whole if host.files.get(path) != whole[path]} <= {"release.json"}


def test_a_kill_at_any_moment_leaves_a_site_that_works_and_the_next_run_goes_on(site: SiteProject) -> None:
    first = MemoryHost()
    site.publish(first)
    site.paint("#220000")
    site.publish(first)
    site.plan_only_lines()
    site.paint("#330000")
    calm = replace(first, files=dict(first.files), tagged=dict(first.tagged), done=[])
    site.publish(calm)
    assert len(calm.done) > 10
    for moment in range(len(calm.done)):
        host = replace(first, files=dict(first.files), tagged=dict(first.tagged), done=[], left=moment)
        seen: list[str] = []
        host.watch = lambda host=host, seen=seen: seen.extend(broken(host.files))  # type: ignore[misc]
        outcome = site.run(host)
        assert str(outcome.halted) == "killed"
        assert not seen
        host.left = 1_000
        site.publish(host)
        assert not seen
        assert content(host) == content(calm)
        assert len(host.done) <= len(calm.done) + 2, "what had arrived is not sent again"


def test_a_release_that_was_never_whole_takes_nothing_from_the_one_before(site: SiteProject) -> None:
    """Pages of the last whole release are open somewhere, and so are some of the half one."""
    host = MemoryHost()
    site.publish(host)
    before = {path for path in host.files if digits_of(path)}
    site.paint("#220000")
    host.left = 4  # begins, puts the poster and two pages
    site.run(host)
    half = {path for path in host.files if digits_of(path)}
    host.left = 1_000
    site.paint("#330000")
    site.publish(host)
    assert before <= half < {path for path in host.files if digits_of(path)}
    site.paint("#440000")
    site.publish(host)
    assert not half <= set(host.files)


def content(host: MemoryHost) -> dict[str, object]:
    """What a host holds; of the record what does not change with the number of tries."""
    record = json.loads(host.files["release.json"])
    told = {path: held[:2] for path, held in record["files"].items() if path in host.files}
    return {**host.files, "release.json": (record["releases"], told)}


def test_a_damaged_site_is_not_published(site: SiteProject) -> None:
    video = next(site.site.glob("media/lines.????????????.mp4"))
    video.unlink()
    video.write_bytes(b"cut short")
    host = MemoryHost()
    outcome = site.run(host)
    assert "the site is damaged. `make hub`" in str(outcome.halted)
    assert not any(path.endswith(".html") for path in host.files)


def test_a_record_that_cannot_be_read_is_told_and_costs_nothing(site: SiteProject) -> None:
    host = MemoryHost()
    site.publish(host)
    for text in (b"<html>", b"[]", b'{"version": 2}', b'{"version": 1, "releases": 1}'):
        host.files["release.json"], host.tagged["release.json"] = text, "other"
        assert any("release.json cannot be read" in str(objection) for objection in site.check(host))
        host.done.clear()
        site.publish(host)
        assert host.done == ["release.json", "release.json"]


def test_a_record_is_read_as_it_was_written() -> None:
    record = Record().begin("one", frozenset({"a"}), frozenset({"a", "b"})).finish({})
    assert read_record(record.to_json()) == record
    assert record.releases == (Release("one", True, frozenset({"a"})),)
    assert read_record(None) == Record()


def test_videos_in_a_bucket_of_their_own_are_there_before_pages_and_go_after_them(site: SiteProject) -> None:
    site.site_settings = (
        '{branch: gh-pages, bucket: "s3://lessons/hub", media_base: "https://media.small-hub.org/hub"}'
    )
    site.write()
    pages, media = MemoryHost(settles="push"), MemoryHost(name="media")
    both: list[str] = []
    pages.watch = media.watch = lambda: both.extend(broken(pages.files, media.files))
    site.publish(pages, media)
    assert not both
    assert all(path.endswith(".mp4") or path == "release.json" for path in media.files)
    assert not any(path.endswith(".mp4") for path in pages.files)
    fresh = site.publish(MemoryHost(settles="push"), MemoryHost(name="media"))
    order = [(step.subject, step.kind) for step in fresh.done]
    assert order[-2:] == [("memory", "settle"), ("media", "finish")]
    pages_are_put = [number for number, step in enumerate(fresh.done) if step.part.endswith(".html")]
    assert (
        max(number for number, step in enumerate(fresh.done) if step.part.endswith(".mp4")) < pages_are_put[0]
    )


def test_headers_for_hosts_that_read_them_fit_each_file_once(site: SiteProject) -> None:
    written = write_headers(read_site(site.site), "/hub/").read().decode()
    rules = re.findall(r"^(/\S+)\n((?:  .+\n)+)", written, flags=re.MULTILINE)
    assert "".join(f"{path}\n{lines}" for path, lines in rules) == written
    for path in read_site(site.site):
        fitting = [
            lines
            for rule, lines in rules
            if f"/hub/{path}" == rule or (rule.endswith("*") and f"/hub/{path}".startswith(rule[:-1]))
        ]
        assert len(fitting) <= 1
        assert bool(fitting and "immutable" in fitting[0]) == bool(digits_of(path)), path


def test_the_same_site_is_the_same_release_and_another_one_is_not(site: SiteProject) -> None:
    one = release_of(read_site(site.site))
    site.rebuild()
    assert release_of(read_site(site.site)) == one
    site.paint("#123456")
    assert release_of(read_site(site.site)) != one


def test_a_site_that_is_not_there_is_planned_as_such(tmp_path: Path, site: SiteProject) -> None:
    import shutil

    shutil.rmtree(site.site)
    plan = site.target(MemoryHost()).plan([])
    assert plan.steps == ()
    assert "`make hub` builds it" in plan.notices[0]
    assert [str(objection) for objection in site.check(MemoryHost())] == [
        f"error: site: {site.site} has no site: `make hub` builds it"
    ]
