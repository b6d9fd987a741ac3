"""The workflows for GitHub and GitLab: held by their schemas, sparing with rights, and run here step by step."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from render.store.ledger import Ledger, parse_ledger
from tests.bucket import ACCESS, BUCKET, SECRET, Server, open_client, serve_s3
from tests.flow import (
    ACTIONS,
    GITHUB,
    GITLAB,
    ROOT,
    SITE,
    Forge,
    GitHub,
    GitLab,
    Node,
    fill,
    found,
    git,
    holds,
    is_meant,
    lines_of,
    matches,
    read_flow,
    steps_of,
)
from tests.limit import LONG
from tests.publish.youtube_server import YouTubeServer, serve_youtube, token_json

STORES = ("build/store", "build/memo")


@pytest.mark.parametrize(
    ("path", "schema"),
    [(GITHUB, "vendor.github-workflows"), (GITLAB, "vendor.gitlab-ci")],
    ids=["github", "gitlab"],
)
def test_a_workflow_fits_its_schema(path: Path, schema: str, tmp_path: Path) -> None:
    def check(file: Path) -> int:
        command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]
        return subprocess.run([*command, str(file)], capture_output=True, check=False).returncode

    assert check(path) == 0
    broken = tmp_path / "broken.yml"
    broken.write_text(
        path.read_text(encoding="utf-8").replace("make setup", "[]", 1).replace("run: []", "run: 7")
    )
    broken.write_text(broken.read_text().replace("- []", "- {}"))
    assert check(broken) == 1


# --- what is in them ---


def test_actions_are_pinned_to_a_commit_and_known_here() -> None:
    used = re.findall(r"uses: (\S+)( # v\d+\.\d+\.\d+)?", GITHUB.read_text(encoding="utf-8"))
    assert {action for action, _ in used} == set(ACTIONS)
    for action, version in used:
        assert re.fullmatch(r"actions/[a-z/-]+@[0-9a-f]{40}", action)
        assert version, f"{action}: say in a comment which version it is"


def test_steps_are_commands_of_the_project_and_take_nothing_but_variables() -> None:
    """An expression inside a script would let whoever names a branch write into it."""
    runs = [step["run"] for _, step in steps_of(read_flow(GITHUB)) if "run" in step]
    assert all(run.startswith("make ") and "${{" not in run and "\n" not in run for run in runs)
    glue = re.compile(r"export STORE=.*|exit \"\$\{failed:-0\}\"|cp .* build/out drafts|make .*")
    assert all(glue.fullmatch(line) for line in lines_of(read_flow(GITLAB)))


def test_rights_are_as_few_as_can_be() -> None:
    flow = read_flow(GITHUB)
    assert flow["permissions"] == {"contents": "read"}
    assert {name: job["permissions"] for name, job in flow["jobs"].items() if "permissions" in job} == {
        "youtube": {"contents": "write"},
        "pages": {"contents": "read", "pages": "write", "id-token": "write"},
    }
    keeping = {name for name, step in steps_of(flow) if "DO=keep" in step.get("run", "")}
    assert keeping == {"youtube"}
    for name in ("review", "render"):
        checkout = flow["jobs"][name]["steps"][0]
        assert checkout["with"]["persist-credentials"] == "false"


def test_a_proposal_sees_no_secret() -> None:
    flow = read_flow(GITHUB)
    assert "secrets." not in str(flow["jobs"]["review"])
    proposal: Node = {"github": {"event_name": "pull_request", "ref": "refs/pull/1/merge"}, "needs": {}}
    for name, job in flow["jobs"].items():
        context = {**proposal, "needs": {need: {"result": "skipped"} for need in ("render", "youtube")}}
        meant = holds(job.get("if", "success()"), context, went_well=name in ("review", "render"))
        assert meant == (name == "review")
    assert "pull_request_target" not in flow["on"]


def test_jobs_end_and_publications_wait_for_each_other() -> None:
    github, gitlab = read_flow(GITHUB), read_flow(GITLAB)
    for job in github["jobs"].values():
        assert int(job["timeout-minutes"]) < 360, "GitHub ends a job after six hours, and then keeps no cache"
    for name in ("youtube", "site", "pages"):
        assert github["jobs"][name]["concurrency"] == {"group": f"hub-{name}"}
        assert gitlab[name]["resource_group"] == f"hub-{name}"
    assert gitlab["default"]["timeout"] == "6h"


def test_both_caches_hold_the_same() -> None:
    kept = [step["with"]["path"].split() for _, step in steps_of(read_flow(GITHUB)) if "cache/" in str(step)]
    assert all(paths == [*STORES] for paths in kept)
    assert read_flow(GITLAB)["default"]["cache"]["paths"] == [*STORES]


def test_the_guide_names_all_variables_and_secrets() -> None:
    guide = (ROOT / "docs" / "publish.md").read_text(encoding="utf-8")
    section = guide.partition("## On a farm of others")[2].partition("\n## ")[0]
    told = dict(re.findall(r"^\| `(\w+)` \| (variable|secret) \|", section, re.MULTILINE))
    github = GITHUB.read_text(encoding="utf-8")
    used = dict.fromkeys(re.findall(r"vars\.(\w+)", github), "variable")
    used |= dict.fromkeys(re.findall(r"secrets\.(\w+)", github), "secret")
    assert told == used
    gitlab = set(re.findall(r"\$\{?((?:MLHUB|AWS)_\w+)", GITLAB.read_text(encoding="utf-8")))
    assert gitlab - {"AWS_DEFAULT_REGION"} <= set(used)


def test_one_command_switches_it_on(tmp_path: Path) -> None:
    for name in ("Makefile", "deploy"):
        (tmp_path / name).symlink_to(ROOT / name)
    done = subprocess.run(["make", "flow"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert (tmp_path / ".github/workflows/hub.yml").read_bytes() == GITHUB.read_bytes()
    assert "Commit .github/workflows/hub.yml" in done.stdout


# --- when they run ---


@pytest.mark.parametrize(
    ("event", "ref", "started"),
    [
        ("push", "refs/heads/main", True),
        ("push", "refs/heads/an-idea", False),
        ("push", "refs/tags/publish-2026-12", True),
        ("push", "refs/tags/v1.0", False),
        ("pull_request", "refs/pull/1/merge", True),
        ("pull_request_target", "refs/heads/main", False),
        ("workflow_dispatch", "refs/heads/main", True),
    ],
)
def test_what_starts_the_workflow(event: str, ref: str, started: bool) -> None:
    assert matches(read_flow(GITHUB)["on"], event, ref) == started


@pytest.mark.parametrize(
    ("told", "jobs"),
    [
        ({"CI_PIPELINE_SOURCE": "merge_request_event"}, {"review"}),
        ({"CI_COMMIT_BRANCH": "main"}, {"render"}),
        ({"CI_COMMIT_BRANCH": "main", "MLHUB_SITE": "--bucket s3://a"}, {"render", "site"}),
        ({"CI_COMMIT_BRANCH": "main", "MLHUB_PAGES": "on"}, {"render", "pages"}),
        ({"CI_COMMIT_TAG": "publish-1"}, {"render", "youtube"}),
        ({"CI_COMMIT_TAG": "publish-1", "MLHUB_PAGES": "on"}, {"render", "youtube", "again"}),
        ({"CI_COMMIT_TAG": "v1"}, None),
        ({"CI_COMMIT_BRANCH": "an-idea"}, None),
    ],
)
def test_which_jobs_a_pipeline_has(told: dict[str, str], jobs: set[str] | None) -> None:
    flow = read_flow(GITLAB)
    variables = {"CI_DEFAULT_BRANCH": "main", "CI_PIPELINE_SOURCE": "push", **told}
    assert is_meant(flow["workflow"]["rules"], variables) == (jobs is not None)
    if jobs is not None:
        named = {name: job for name, job in flow.items() if isinstance(job, dict) and "stage" in job}
        assert {name for name, job in named.items() if is_meant(job["rules"], variables)} == jobs


def test_expressions_are_read_as_github_reads_them() -> None:
    context: Node = {"vars": {"A": "x"}, "github": {"ref": "refs/tags/publish-1"}}
    assert fill("${{ vars.A }}-${{ vars.B || 'none' }}", context) == "x-none"
    assert holds("startsWith(github.ref, 'refs/tags/')", context, went_well=True)
    assert not holds("github.ref != ''", context, went_well=False)
    assert holds("${{ !cancelled() && (vars.A == 'x' || vars.B) }}", context, went_well=False)
    with pytest.raises(AssertionError, match="what is"):
        fill("${{ vars.A + 1 }}", context)


# --- their steps, run ---


@dataclass(frozen=True)
class World:
    """What is outside of the machines of CI."""

    bucket: Server
    youtube: YouTubeServer
    origin: Path

    def forge(self, kind: type[Forge], home: Path) -> Forge:
        """A forge whose variables and secrets are those that docs/publish.md asks for.

        Nobody visits the site in the bucket afterwards: a bare S3 server leads no folder to its page.
        """
        home.mkdir()
        return kind(
            self.origin,
            home,
            variables={
                "MLHUB_STORE": f"s3://{BUCKET}/{home.name}/store",
                "MLHUB_SITE": f"--bucket s3://{BUCKET}/{home.name}/site --no-visit",
                "MLHUB_PAGES": "on",
                "MLHUB_YOUTUBE": "--privacy unlisted",
                "AWS_ENDPOINT_URL": self.bucket.address,
                "AWS_REGION": "us-east-1",
            },
            secrets={
                "AWS_ACCESS_KEY_ID": ACCESS,
                "AWS_SECRET_ACCESS_KEY": SECRET,
                "YOUTUBE_TOKEN": token_json(self.youtube),
            },
            outside={"YOUTUBE_API_ROOT": self.youtube.address},
        )

    def stored(self, home: str) -> set[str]:
        """Files of the site in the bucket."""
        start = f"{BUCKET}/{home}/site/"
        return {path.removeprefix(start) for path in open_client(self.bucket).find(start)}

    def page(self, home: str, path: str) -> str:
        """A page of the site in the bucket."""
        stored = open_client(self.bucket).cat_file(f"{BUCKET}/{home}/site/{path}")
        return gzip.decompress(stored).decode()

    def ledger(self) -> Ledger:
        """The ledger on main."""
        return parse_ledger(git(self.origin, "show", "main:publish.json"))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with serve_s3(tmp_path / "s3") as bucket, serve_youtube() as youtube:
        yield World(bucket, youtube, found(tmp_path))
        assert not youtube.refused


def edit_square(world: World, branch: str) -> None:
    """Other words in one of the two lessons, on a branch."""
    work = world.origin.parent / "work"
    git(work, "switch", "--quiet", "--create", branch, "main")
    file = work / "scenes" / "still_square" / "__init__.py"
    file.write_text(file.read_text(encoding="utf-8").replace('"It stands."', '"There it stands."'))
    git(work, "commit", "--quiet", "--all", "--message=Edit")
    git(work, "push", "--quiet", "../origin.git", branch)


def tag(world: World, name: str) -> None:
    git(world.origin, "tag", name, "main")


@pytest.mark.slow
@pytest.mark.end_to_end
@pytest.mark.timeout(LONG)
@pytest.mark.parametrize("kind", [GitHub, GitLab], ids=["github", "gitlab"])
def test_after_all_steps_site_and_channel_are_there(
    world: World, tmp_path: Path, kind: type[GitHub | GitLab]
) -> None:
    forge = world.forge(kind, tmp_path / "forge")
    assert isinstance(forge, GitHub | GitLab)

    # a push of main: rendered, and on the site
    results = forge.push("refs/heads/main")
    assert {name for name, result in results.items() if result == "success"} == {"render", "site", "pages"}, (
        f"{results}\n{forge.said}"
    )
    assert {"index.html", "moving-dot/index.html", "sw.js"} <= world.stored("forge")
    assert not world.youtube.videos
    assert "youtube.com" not in world.page("forge", "moving-dot/index.html")

    # a proposal: what it touches, in draft
    edit_square(world, "an-idea")
    assert {n: r for n, r in forge.propose("an-idea").items() if r != "skipped"} == {"review": "success"}, (
        forge.said
    )
    drafts = forge.home / ("drafts/build/out" if kind is GitHub else "review/drafts")
    # GitLab lets proposals see no cache of main's, so that nothing is known there yet of what lessons read
    drawn = ["still-square"] if kind is GitHub else ["moving-dot", "still-square"]
    assert sorted(path.name for path in drafts.iterdir()) == drawn
    assert (drafts / "still-square" / "still-square.mp4").is_file()

    # a push that touches no lesson: nothing is drawn
    assert "failure" not in forge.push("refs/heads/main").values(), forge.said
    assert "frames in" not in forge.said

    # a tag: on the channel, in the ledger, and the pages link to it
    tag(world, "publish-1")
    results = forge.push("refs/tags/publish-1")
    assert "failure" not in results.values(), f"{results}\n{forge.said}"
    titles = {video["snippet"]["title"] for video in world.youtube.snapshot()["videos"]}
    assert titles == {"A Dot & Its Way", "A Square"}
    videos = world.ledger().watchable(datetime.now(UTC))
    assert set(videos) == {"moving-dot", "still-square"}
    link = f'href="https://www.youtube.com/watch?v={videos["moving-dot"]}"'
    assert link in world.page("forge", "moving-dot/index.html")
    pages = forge.home / ("deployed" if kind is GitHub else "pages/public")
    assert link in (pages / "moving-dot/index.html").read_text(encoding="utf-8")

    # the same tag again, whose commit has no ledger: nothing is done twice
    uploads, revision = world.youtube.calls["videos.insert"], git(world.origin, "rev-parse", "main")
    assert "failure" not in forge.push("refs/tags/publish-1").values(), forge.said
    assert world.youtube.calls["videos.insert"] == uploads == 2
    assert git(world.origin, "rev-parse", "main") == revision

    flow = read_flow(GITHUB if kind is GitHub else GITLAB)
    steps = (
        {step["run"] for _, step in steps_of(flow) if "run" in step} if kind is GitHub else {*lines_of(flow)}
    )
    assert steps <= forge.ran, f"not run here: {steps - forge.ran}"
    assert SITE in world.page("forge", "moving-dot/index.html")


@pytest.mark.slow
@pytest.mark.end_to_end
@pytest.mark.timeout(LONG)
@pytest.mark.parametrize("kind", [GitHub, GitLab], ids=["github", "gitlab"])
def test_the_ledger_is_kept_when_a_publication_has_to_stop(
    world: World, tmp_path: Path, kind: type[GitHub | GitLab]
) -> None:
    forge = world.forge(kind, tmp_path / "forge")
    assert isinstance(forge, GitHub | GitLab)
    forge.variables |= {"MLHUB_SITE": "", "MLHUB_PAGES": ""}
    world.youtube.units_a_day = 500  # one lesson, and no more
    tag(world, "publish-1")
    assert forge.push("refs/tags/publish-1")["youtube"] == "failure"
    assert "stopped: Google says that today's quota is used" in forge.said
    assert [video.id for video in world.ledger().youtube.videos.values() if video.id]
    world.youtube.units_a_day = 10_000
    assert forge.push("refs/tags/publish-1")["youtube"] == "success", forge.said
    assert world.youtube.calls["videos.insert"] == 2
