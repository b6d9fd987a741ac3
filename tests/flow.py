"""Runs the workflows of GitHub and GitLab on this machine, step by step, as far as they are commands.

A job has a clone of its own and a home of its own, as on the machines of both: what one leaves behind reaches the next
only by what the workflow says: the repository, the cache, the shared store.  What GitHub's own actions do is stood in
for (:data:`ACTIONS`); everything else is run as it is written, by bash, in the environment that is declared.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sysconfig
import venv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from scripts import chaos, setup
from tests.publish.project import SETTINGS

ROOT = Path(__file__).parents[1]
GITHUB = ROOT / "deploy" / "github" / "hub.yml"
GITLAB = ROOT / "deploy" / "gitlab" / "hub.yml"
SITE = "https://learn.tiny-hub.org"

Node = dict[str, Any]


def read_flow(path: Path) -> Node:
    """A workflow, with every scalar as text, because YAML 1.1 takes the key ``on`` for a truth value."""
    flow: Node = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    return flow


def git(folder: Path, *arguments: str) -> str:
    """What a command of git says."""
    known = ["-c", "user.name=A", "-c", "user.email=a@tiny-hub.org"]
    return subprocess.run(
        ["git", *known, *arguments], cwd=folder, capture_output=True, text=True, check=True
    ).stdout.strip()


def found(folder: Path) -> Path:
    """A bare repository in ``folder`` of this project, reduced to the tiny catalog; returns its path."""
    work = chaos.lay_out(folder / "work")
    (work / "node_modules").unlink()
    for name in ("publish", "native", "deploy"):
        shutil.copytree(ROOT / name, work / name, ignore=shutil.ignore_patterns("__pycache__", "build"))
    (work / "scripts").mkdir()
    for name in (
        *setup.WEB,
        "Makefile",
        ".gitignore",
        "pyproject.toml",
        "requirements.lock",
        "scripts/setup.py",
    ):
        shutil.copy(ROOT / name, work / name)
    catalog = (work / "catalog.yaml").read_text(encoding="utf-8")
    catalog = catalog.replace("https://tiny.example\n", f"{SITE}\n", 1)
    (work / "catalog.yaml").write_text(catalog.replace("sections:\n", f"{SETTINGS[1:]}sections:\n", 1))
    git(work, "init", "--quiet", "--initial-branch=main")
    git(work, "add", "--all")
    git(work, "commit", "--quiet", "--message=All")
    git(folder, "clone", "--quiet", "--bare", "work", "origin.git")
    return folder / "origin.git"


@dataclass
class Forge:
    """A place that keeps the repository ``origin`` and runs its workflow in folders of ``home``."""

    origin: Path
    home: Path
    variables: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    outside: dict[str, str] = field(default_factory=dict)
    """Variables of all machines by which they find the servers of the tests."""
    ran: set[str] = field(default_factory=set)
    """The text of each step that was run."""
    said: str = ""
    """What the jobs of the last event have said."""
    _number: int = 0

    def folder(self, job: str) -> Path:
        """A new folder for a job."""
        self._number += 1
        return self.home / f"{self._number:02}-{job}"

    def clone(self, folder: Path, revision: str, *, deep: bool) -> None:
        """Check a revision out as runners do: detached, with all branches of origin if it is ``deep``."""
        folder.mkdir(parents=True)
        git(folder, "init", "--quiet")
        git(folder, "remote", "add", "origin", f"file://{self.origin}")
        depth = [] if deep else ["--depth=1"]
        heads = ["+refs/heads/*:refs/remotes/origin/*"] if deep else []
        git(folder, "fetch", "--quiet", "--no-tags", *depth, "origin", revision, *heads)
        git(folder, "checkout", "--quiet", "--detach", git(folder, "rev-parse", "FETCH_HEAD"))
        furnish(folder)

    def run(self, step: str, folder: Path, environment: Mapping[str, str], *options: str) -> bool:
        """Run the text of a step; whether it went well."""
        self.ran.add(step)
        machine = {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "HOME": str(folder.parent / f"{folder.name}.home"),
            "CI": "true",
            "PYTHON": setup.interpreter(),
            "OPENBLAS_NUM_THREADS": "1",
            "OMP_NUM_THREADS": "1",
            **self.outside,
        }
        done = subprocess.run(
            ["bash", *options, "-c", step],
            cwd=folder, env={**machine, **environment}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        )  # fmt: skip
        self.said += f"[{folder.name}] $ {step}\n{done.stdout}"
        return done.returncode == 0

    def restore(self, name: str, paths: Sequence[str], folder: Path) -> None:
        """Bring back what was kept last under a name that begins so."""
        kept = [cache for cache in self.home.glob("cache-*") if cache.name.startswith(f"cache-{name}")]
        if kept:
            _copy(max(kept, key=lambda cache: cache.stat().st_mtime_ns), folder, paths)

    def keep(self, name: str, paths: Sequence[str], folder: Path) -> None:
        """Keep what there is of these paths."""
        cache = self.home / f"cache-{name}"
        shutil.rmtree(cache, ignore_errors=True)
        cache.mkdir()
        _copy(folder, cache, paths)
        os.utime(cache)


def furnish(folder: Path) -> None:
    """What `make setup` installs in a clone, from what the tests run with: it finds nothing to do afterwards."""
    environment = folder / ".venv"
    venv.create(environment, symlinks=True)
    packages = next((environment / "lib").glob("python*/site-packages"))
    (packages / "all.pth").write_text(f"{folder}\n{sysconfig.get_path('purelib')}\n")
    command = environment / "bin" / "mlhub"
    command.write_text(
        f"#!{environment}/bin/python\nfrom render.cli.__main__ import main\n"
        'if __name__ == "__main__":\n    raise SystemExit(main())\n'
    )
    command.chmod(0o755)
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    setup.Stamp.wanted(folder).write(folder)


def _copy(source: Path, target: Path, paths: Sequence[str], *, links: bool = True) -> None:
    for path in paths:
        there = source / path
        if there.is_dir():
            shutil.copytree(there, target / path, dirs_exist_ok=True, symlinks=links)
        elif there.is_file():
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(there, target / path)


# --- GitHub ---


@dataclass
class GitHub(Forge):
    """What GitHub does with ``deploy/github/hub.yml``."""

    def push(self, ref: str) -> dict[str, str]:
        """A push of a branch or a tag, such as ``refs/heads/main``; returns what came of each job."""
        return self._event("push", ref)

    def propose(self, branch: str) -> dict[str, str]:
        """A pull request of a branch to main, as from a fork: without secrets and variables."""
        return self._event("pull_request", f"refs/heads/{branch}", {"GITHUB_BASE_REF": "main"})

    def _event(self, event: str, ref: str, more: Mapping[str, str] | None = None) -> dict[str, str]:
        flow, self.said = read_flow(GITHUB), ""
        assert matches(flow["on"], event, ref)
        trusted = event != "pull_request"
        context: Node = {
            "github": {
                "event_name": event,
                "ref": ref,
                "run_id": str(len(self.ran)) + str(self._number),
                "run_attempt": "1",
                "event": {"repository": {"default_branch": "main"}},
            },
            "vars": self.variables if trusted else {},
            "secrets": self.secrets if trusted else {},
            "needs": {},
            "steps": {},
        }
        results: dict[str, str] = {}
        for name, job in flow["jobs"].items():
            needs = job.get("needs", [])
            needs = [needs] if isinstance(needs, str) else needs
            context["needs"] = {need: {"result": results[need]} for need in needs}
            went_well = all(results[need] == "success" for need in needs)
            if not holds(job.get("if", "success()"), context, went_well=went_well):
                results[name] = "skipped"
                continue
            results[name] = self._job(name, job, context, {"GITHUB_ACTIONS": "true", **(more or {})})
        return results

    def _job(self, name: str, job: Node, context: Node, environment: dict[str, str]) -> str:
        folder = self.folder(name)
        environment |= {key: fill(text, context) for key, text in job.get("env", {}).items()}
        context = {**context, "steps": {}}
        result = "success"
        for step in job["steps"]:
            if not holds(step.get("if", "success()"), context, went_well=result == "success"):
                continue
            own = {key: fill(text, context) for key, text in step.get("env", {}).items()}
            if "run" in step:
                went_well = self.run(step["run"], folder, environment | own, "-e")
            else:
                given = {key: fill(text, context) for key, text in step.get("with", {}).items()}
                ACTIONS[step["uses"]](self, folder, given, context)
                went_well = True
            if "id" in step:
                context["steps"][step["id"]] = {"outcome": "success" if went_well else "failure"}
            result = result if went_well else "failure"
        return result


def _check_out(forge: Forge, folder: Path, given: Mapping[str, str], context: Node) -> None:
    revision = given.get("ref") or context["github"]["ref"]
    forge.clone(folder, revision, deep=given.get("fetch-depth") == "0")


def _restore(forge: Forge, folder: Path, given: Mapping[str, str], _: Node) -> None:
    for name in (given["key"], given["restore-keys"]):
        forge.restore(name, given["path"].split(), folder)


def _save(forge: Forge, folder: Path, given: Mapping[str, str], _: Node) -> None:
    forge.keep(given["key"], given["path"].split(), folder)


def _upload(forge: Forge, folder: Path, given: Mapping[str, str], _: Node) -> None:
    paths = given["path"].split()
    assert any((folder / path).exists() for path in paths), f"{paths}: none of them is there"
    target = forge.home / given.get("name", "github-pages")
    shutil.rmtree(target, ignore_errors=True)
    _copy(folder, target, paths, links=False)


def _deploy(forge: Forge, _folder: Path, _given: Mapping[str, str], _: Node) -> None:
    shutil.copytree(
        forge.home / "github-pages" / "build" / "pages", forge.home / "deployed", dirs_exist_ok=True
    )


Action = Callable[[Forge, Path, Mapping[str, str], Node], None]

ACTIONS: Mapping[str, Action] = {
    "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1": _check_out,
    "actions/cache/restore@27d5ce7f107fe9357f9df03efb73ab90386fccae": _restore,
    "actions/cache/save@27d5ce7f107fe9357f9df03efb73ab90386fccae": _save,
    "actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f": _upload,
    "actions/upload-pages-artifact@fc324d3547104276b827a68afc52ff2a11cc49c9": _upload,
    "actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128": _deploy,
}
"""The actions that may be used, and what stands in for them: only GitHub can reach its cache, artifacts and Pages."""


def matches(on: Node, event: str, ref: str) -> bool:
    """Whether an event starts the workflow."""
    if event != "push":
        return event in on
    _, kind, name = ref.split("/", 2)
    wanted = on["push"]["tags" if kind == "tags" else "branches"]
    return any(re.fullmatch(re.escape(glob).replace(r"\*", "[^/]*"), name) for glob in wanted)


_TOKEN = re.compile(r"'(?:[^']|'')*'|&&|\|\||[!=]=|!|[A-Za-z_][\w-]*(?:\.[\w-]+)*|[(),]|\s+")


def value_of(expression: str, context: Node, *, went_well: bool = True) -> Any:
    """What an expression of GitHub's is in a context: comparisons, ``&&``, ``||``, ``!`` and five functions."""
    functions = {
        "success": lambda: went_well,
        "failure": lambda: not went_well,
        "always": lambda: True,
        "cancelled": lambda: False,
        "startsWith": lambda text, start: text.startswith(start),
    }
    words = {"&&": " and ", "||": " or ", "!": " not "}

    def look(name: str) -> Any:
        node: Any = context
        for part in name.split("."):
            node = node.get(part, "") if isinstance(node, Mapping) else ""
        return node

    def told() -> Iterator[str]:
        place = 0
        for token in _TOKEN.finditer(expression):
            assert token.start() == place, f"{expression}: what is {expression[place:]}?"
            place = token.end()
            if token[0].startswith("'"):
                yield repr(token[0][1:-1].replace("''", "'"))
            elif token[0] in functions:
                yield f"functions[{token[0]!r}]"
            else:
                yield words.get(token[0], token[0] if not token[0][0].isalpha() else f"look({token[0]!r})")
        assert place == len(expression), f"{expression}: what is {expression[place:]}?"

    return eval("".join(told()), {"functions": functions, "look": look})


def holds(condition: str, context: Node, *, went_well: bool) -> bool:
    """Whether a job or a step is run; one that names no status is run only if all went well before."""
    inner = re.fullmatch(r"\$\{\{(.*)\}\}", condition.strip())
    text = (inner[1] if inner else condition).strip()
    if not re.search(r"\b(success|failure|always|cancelled)\(\)", text):
        text = f"success() && ({text})"
    return bool(value_of(text, context, went_well=went_well))


def fill(text: str, context: Node) -> str:
    """A text with its expressions filled in."""
    return re.sub(r"\$\{\{(.*?)\}\}", lambda found: str(value_of(found[1].strip(), context)), text)


# --- GitLab ---


@dataclass
class GitLab(Forge):
    """What GitLab does with ``deploy/gitlab/hub.yml``."""

    def push(self, ref: str) -> dict[str, str]:
        """A pipeline for a branch or a tag; one that it starts comes after it.  Returns what came of each job."""
        kind, name = ref.removeprefix("refs/").split("/", 1)
        told = {"CI_COMMIT_TAG": name} if kind == "tags" else {"CI_COMMIT_BRANCH": name}
        self.said = ""
        return self._pipeline(ref, {"CI_PIPELINE_SOURCE": "push", **told}, trusted=True)

    def propose(self, branch: str) -> dict[str, str]:
        """A merge request of a branch to main, whose pipeline has no protected variables."""
        self.said = ""
        base = git(self.origin, "merge-base", "main", branch)
        told = {"CI_PIPELINE_SOURCE": "merge_request_event", "CI_MERGE_REQUEST_DIFF_BASE_SHA": base}
        return self._pipeline(f"refs/heads/{branch}", told, trusted=False)

    def _pipeline(self, ref: str, told: dict[str, str], *, trusted: bool) -> dict[str, str]:
        flow = read_flow(GITLAB)
        variables = {"CI_DEFAULT_BRANCH": "main", "CI_PROJECT_PATH": "tiny/hub", **told}
        if trusted:
            variables |= self.variables | self.secrets
        assert is_meant(flow["workflow"]["rules"], variables)
        results: dict[str, str] = {}
        for stage in flow["stages"]:
            for name, job in flow.items():
                if not isinstance(job, dict) or job.get("stage") != stage:
                    continue
                if not is_meant(job["rules"], variables):
                    continue
                if "failure" in results.values():
                    results[name] = "skipped"
                elif "trigger" in job:
                    assert job["trigger"] == {"project": "$CI_PROJECT_PATH", "branch": "$CI_DEFAULT_BRANCH"}
                    pipeline = {"CI_PIPELINE_SOURCE": "pipeline", "CI_COMMIT_BRANCH": "main"}
                    started = self._pipeline("refs/heads/main", pipeline, trusted=trusted)
                    results |= {f"{name}:{job}": result for job, result in started.items()}
                else:
                    results[name] = self._job(name, {**flow["default"], **job}, ref, variables)
        return results

    def _job(self, name: str, job: Node, ref: str, variables: Mapping[str, str]) -> str:
        folder = self.folder(name)
        environment = {**variables, **job.get("variables", {})}
        self.clone(folder, ref, deep=environment.get("GIT_DEPTH") == "0")
        cache = (
            f"{job['cache']['key']}-{'protected' if self.variables.items() <= variables.items() else 'open'}"
        )
        paths = job["cache"]["paths"]
        self.restore(cache, paths, folder)
        lines = [*job["before_script"], *job["script"]]
        went_well = self.run("\n".join(lines), folder, environment, "-eo", "pipefail")
        self.ran |= {*lines, *job.get("after_script", [])}
        self.run("\n".join(job.get("after_script", [])), folder, environment, "-eo", "pipefail")
        self.keep(cache, paths, folder)
        if "artifacts" in job:
            target = self.home / name
            shutil.rmtree(target, ignore_errors=True)
            _copy(folder, target, job["artifacts"]["paths"])
        return "success" if went_well else "failure"


def is_meant(rules: Sequence[Mapping[str, str]], variables: Mapping[str, str]) -> bool:
    """Whether GitLab's rules take a job, or a pipeline."""
    for rule in rules:
        if _is_true(rule.get("if", "'yes'"), variables):
            return rule.get("when") != "never"
    return False


def _is_true(condition: str, variables: Mapping[str, str]) -> bool:
    """Whether a condition of GitLab's is true: variables, texts, ``==``, ``!=``, ``=~ /…/``, ``&&``, ``||``."""
    text = re.sub(r"(\$\w+) =~ /(.*?)/", r'match(r"\2", \1)', condition)
    text = re.sub(r"\$(\w+)", lambda name: repr(variables.get(name[1], "")), text)
    text = text.replace("&&", " and ").replace("||", " or ")
    return bool(eval(text, {"match": re.search}))


def steps_of(flow: Node) -> Iterator[tuple[str, Node]]:
    """Each step of a workflow of GitHub's, with the name of its job."""
    for name, job in flow["jobs"].items():
        for step in job["steps"]:
            yield name, step


def lines_of(flow: Node) -> Iterator[str]:
    """Each line of a script in a pipeline of GitLab's."""
    for job in flow.values():
        if isinstance(job, dict):
            yield from job.get("before_script", [])
            yield from job.get("script", [])
            yield from job.get("after_script", [])
