"""Certificates: what the costly checks of a lesson found when they last ran clean, and the keys of its sources then.

A lesson's certificate is ``tests/scenes/certificates/<slug>.yaml``; ``make certify TOPIC=<slug>`` writes it.  It has an
entry for each *piece* (a chapter, or the poster), whose pictures were reviewed and held to its blessed stills, and one
for each *check* of the lesson as a whole (:data:`CHECKS`).  While a key is that of now, the check would find the same,
and is not done again.

What a key digests
------------------
Of a piece: the code that it reaches together with the code that reviews it and compares its stills, found as the keys
of pictures find it (:mod:`render.plan.dependencies`), in one walk, so that a method of a noun counts where the review
alone asks for it; its words; the files that its lesson reads; its blessed stills; the comments that say why a silence
is meant; how long the silent pace takes; the fonts.

Of a check of the lesson: all code that the lesson reaches, what it says and teaches, the code of that check, and
whatever else it looks at.  A rule of the review that changes has pictures looked at again, and no lesson told.

Nothing of the machine: versions are those of the lock, and not what is installed; results that are computed do not
count, but the code that computes them does.  So a certificate that one machine writes holds on all others.  Figures may
differ there in a last digit, for which :func:`differences` makes allowance; pictures are held to the blessed stills.

Reading code shows all that can run but what is found by other means than names, and no data.  That is what telling the
lesson was seen to use, and the certificate has it (``saw``).  It cannot change while the key is the same: who uses
something else has other code, or has read something else, and either is in the key.
"""

from __future__ import annotations

import ast
import math
import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Final

import yaml
from pydantic import Field

from render.core.catalog import Topic
from render.core.fault import UsageFault
from render.core.yaml_record import SHA256, Version, YamlRecord, read_sheet, read_text, refuse, shape
from render.plan.dependencies import POSTER, WHOLE, Code, Reference
from render.plan.disk import digest_now, state_of
from render.plan.fingerprint import SOFTWARE, Inputs, fonts, key_of
from render.plan.probe import Probe, reached_by, scene_of
from render.plan.use import is_of_scenes
from render.review.finding import Finding
from render.store.digest import digest_text, meaning_of
from tests import still
from tests.scenes.harness.titles import titles

ROOT: Final = Path(__file__).parents[3]
FOLDER: Final = ROOT / "tests" / "scenes" / "certificates"

PICTURES: Final[tuple[Reference, ...]] = (
    ("render/draw/renderer.py", "perform"),
    ("render/draw/renderer.py", "set_canvas"),
    ("render/review/observer.py", "observe"),
    ("render/review/finding.py", "RULES"),
    ("tests/still.py", "draw_here"),
    ("tests/still.py", "differences"),
)
"""What looks at the pictures of a piece."""
CHECKS: Final[Mapping[str, tuple[Reference, ...]]] = {
    "joins": (
        ("tests/scenes/test_lesson.py", WHOLE),
        ("tests/scenes/harness/telling.py", "NotingRenderer"),
        ("tests/scenes/harness/opening.py", WHOLE),
    ),
    "truth": (
        ("tests/scenes/test_lesson.py", WHOLE),
        ("tests/scenes/test_truth.py", WHOLE),
        ("tests/scenes/harness/rules.py", "RULES"),
        ("tests/scenes/harness/telling.py", "NotingRenderer"),
        ("render/review/narration.py", "review_words"),
        ("hub/note.py", "hear"),
    ),
    "pronounced": (("tests/render/voice/test_pronounce.py", "test_a_lesson_that_is_ready_is_pronounced"),),
    "tests": (),
    "maths": (),
    "figure": (
        ("tests/hub/topics/test_figure.py", WHOLE),
        ("tests/hub/topics/conftest.py", WHOLE),
        ("tests/hub/conftest.py", WHOLE),
    ),
}
"""The checks of a lesson as a whole, and the code that does them: tests that are marked ``certified`` by these names.

``joins``       it is told the same way dry and drawn, and chapters that are drawn alone have the pictures of the whole
``truth``       it keeps the rules, teaches what the catalog says, and says what its note says of it
``pronounced``  the voice can say all its words
``tests``       its own tests, ``tests/scenes/test_<topic>.py``, pass
``maths``       what it computes is right: ``tests/maths/<topic>`` pass
``figure``      the figure of its page works in a browser, and computes what it computes: ``tests/hub/topics`` pass
"""
EXPLAINED: Final[Mapping[Reference, str]] = {
    (
        "tests/scenes/harness/table.py",
        "test_of",
    ): "imports the lesson's test, whose tables are reached from themselves",
    ("tests/scenes/harness/claims.py", "_tests"): "looks for names and marks of tests, which are an input",
    ("tests/scenes/harness/constant.py", "is_constant"): "reads the code of figures, which is reached",
    ("render/review/stage.py", "_called"): "looks for the name by which a finding calls what it found",
}
"""Where these find code by other means than names, and why nothing is missed."""
_DRAWING: Final[tuple[Reference, ...]] = PICTURES[:2]
"""What tells and draws."""
_PACE: Final = ("speech", "syllable", "number", "timeline")
"""The modules of ``render/core`` that say how long the silent pace takes: pictures are not followed into them."""
_VOICE: Final = ("english", "homograph", "lexicon", "phrase", "pronounce", "spoken_text")
"""The modules of ``render/voice`` by which words are pronounced."""
_OF_SOME: Final = frozenset({"pandas"})
"""Packages whose versions count for those lessons alone whose code imports them."""
_PACKAGES: Final = (
    *(name for name in SOFTWARE if name not in _OF_SOME),
    "autograd",
    "misaki",
    "scikit-image",
)
_ENOUGH: Final = 0.05
"""Share by which a figure may differ from the certified one: processors differ in last digits."""
_NEAR: Final = 0.02
"""By how much a figure of the direction may differ: a half-second that stands on one processor stirs on another."""

Sha256 = Annotated[str, Field(pattern=SHA256)]


class Found(YamlRecord):
    """A finding of the review that is no error."""

    key: str = Field(description="Its name, which stays the same when lines move.")
    figure: float | None = Field(description="What was measured.")
    bound: float | None = Field(description="The bound that it was held to.")
    message: str = Field(description="The fault in words.")


class Directed(YamlRecord):
    """How a chapter is directed: see :class:`render.review.direction.Direction`."""

    box: float = Field(
        description="Median share of the frame that the box of the picture takes as a beat ends."
    )
    cells: float = Field(description="Median share of the cells of a 16 × 9 grid that it touches.")
    full: float = Field(description="Share of the beats whose box takes 60 % or more.")
    still: float = Field(description="Share of the half-seconds in which nothing stirs.")
    numbers: float = Field(description="Spoken numbers a minute, small counts aside.")
    moves: tuple[str, ...] = Field(default=(), description="Moves of the camera: target, and word.")
    shots: tuple[str, ...] = Field(default=(), description="Shots, in the order in which they are taken.")


class Piece(YamlRecord):
    """What was seen of a chapter or of the poster."""

    key: Sha256 = Field(description="Digest of all that it was made from and looked at with.")
    seconds: float | None = Field(default=None, description="Length of a chapter at the silent pace.")
    looks: int | None = Field(default=None, description="Pictures that were examined text by text.")
    direction: Directed | None = Field(default=None, description="How a chapter is directed.")
    findings: tuple[Found, ...] = Field(
        default=(), description="What the review found; errors are never kept."
    )
    stills: dict[str, Sha256] = Field(
        description="The blessed stills that it was held to, and their digests."
    )


class Check(YamlRecord):
    """What a check of the whole lesson found."""

    key: Sha256 = Field(description="Digest of all that it depends on.")
    findings: tuple[Found, ...] = Field(default=(), description="What the review of the words found.")


class Saw(YamlRecord):
    """What telling the lesson was seen to use beyond what its code shows."""

    reads: tuple[str, ...] = Field(default=(), description="Files and folders that it reads.")
    imported: tuple[str, ...] = Field(
        default=(), description="Files that it imports, though no line says so."
    )
    ran: dict[str, tuple[str, ...]] = Field(
        default={}, description="By piece, functions that ran though nothing names them."
    )


class Certificate(YamlRecord):
    """All that is certified of a lesson."""

    version: Version = Field(description="Version of this format.")
    saw: Saw = Field(description="What telling the lesson was seen to use beyond what its code shows.")
    checks: dict[str, Check] = Field(description="The checks of the lesson as a whole.")
    pieces: dict[str, Piece] = Field(description="The chapters in order, and the poster.")


# The file.


def path_of(slug: str) -> Path:
    """Where the certificate of a lesson is, if it has one."""
    return FOLDER / f"{slug}.yaml"


def remedy(slug: str) -> str:
    """What to do for a certificate that holds."""
    return f"make certify TOPIC={slug}"


def read(slug: str, path: Path | None = None) -> Certificate | None:
    """The certificate of a lesson; None where it has none.

    :class:`UsageFault` that tells each mistake at its line and column where somebody else has written in it.
    """
    path = path or path_of(slug)
    if not path.exists():
        return None
    told = f"Nobody but `{remedy(slug)}` writes it: delete it, and run that."
    try:
        text, name = read_text(path, told)
        sheet, data = read_sheet(text, name, "certificate", Certificate)
        certificate, mistakes = shape(Certificate, data, sheet)
        if certificate is None or sheet.mistakes or mistakes:
            raise refuse([*sheet.mistakes, *mistakes])
    except UsageFault as fault:
        raise UsageFault(f"{fault}\n{told}") from None
    return certificate


def write(slug: str, certificate: Certificate, path: Path | None = None) -> Path:
    """Write the certificate of a lesson, the same text for the same findings; it is there as a whole or not at all."""
    path = path or path_of(slug)
    path.parent.mkdir(parents=True, exist_ok=True)
    head = f"# What the costly checks of {slug} found when they last ran clean; `{remedy(slug)}` writes it.\n"
    record = certificate.model_dump(mode="json", exclude_defaults=True)
    told = yaml.safe_dump(record, sort_keys=False, allow_unicode=True, width=10_000)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_text(head + told, encoding="utf-8")
    part.replace(path)
    return path


# Keys.


@dataclass(slots=True)
class Keys:
    """The keys of a lesson as its sources are now, when telling it sees what it ``saw``."""

    topic: Topic
    saw: Saw
    _pieces: dict[str, str] = field(default_factory=dict)
    _lesson: Inputs = field(default_factory=dict)

    def names(self) -> tuple[str, ...]:
        """The lesson's pieces: its chapters in order, and the poster."""
        return (*code().chapters(scene_of(self.topic.module)), POSTER)

    def piece(self, name: str) -> str:
        """The key of a chapter, or of the poster."""
        if name not in self._pieces:
            self._pieces[name] = key_of(self._piece_inputs(name))
        return self._pieces[name]

    def check(self, name: str) -> str:
        """The key of one of :data:`CHECKS`."""
        match name:
            case "truth":
                more = self._truth_inputs()
            case "pronounced":
                more = self._pronounced_inputs()
            case "tests":
                return key_of(self._tests_inputs())
            case "maths":
                return key_of(self._maths_inputs())
            case "figure":
                return key_of(self._figure_inputs())
            case _:
                more = {}
        return key_of({**self._lesson_inputs(), **code().of_names(CHECKS[name]).files, **more, "check": name})

    def _lesson_inputs(self) -> Inputs:
        """What every check of the lesson depends on."""
        if not self._lesson:
            sources = sorted((ROOT / self.topic.folder).rglob("*.py"))
            own = [(path.relative_to(ROOT).as_posix(), WHOLE) for path in sources]
            more = [(path, WHOLE) for path in self.saw.imported]
            ran = [_reference(one) for names in self.saw.ran.values() for one in names]
            reached = code().of_names([*_DRAWING, *own, *more, *ran])
            told = self.topic.model_dump_json(include={"slug", "title", "explains", "terms"})
            self._lesson = {
                **surroundings(),
                **_versions(_OF_SOME & reached.packages),
                **{f"lesson: {path}": digest for path, digest in reached.files.items()},
                **{read: state_of(ROOT, read) for read in self.saw.reads},
                "packages": " ".join(sorted(reached.packages)),
                "topic": digest_text(told),
                **{f"source {path.relative_to(ROOT)}": meaning_of(path) for path in sources},
                "silences": digest_text("\n".join(line for path in sources for line in _silences(path))),
            }
        return self._lesson

    def _piece_inputs(self, name: str) -> Inputs:
        roots = [*PICTURES, *map(_reference, self.saw.ran.get(name, ()))]
        reached = code().of_chapter(scene_of(self.topic.module), name, roots, self.saw.imported)
        acts = [
            path
            for path, names in reached.names.items()
            if path.startswith(f"{self.topic.folder}/") and any(one.endswith(f".{name}") for one in names)
        ]
        return {
            **surroundings(),
            **_versions(_OF_SOME & reached.packages),
            **reached.files,
            **{read: state_of(ROOT, read) for read in self.saw.reads},
            "piece": name,
            "said": reached.said,
            "packages": " ".join(sorted(reached.packages)),
            "silences": digest_text("\n".join(line for path in acts for line in _silences(ROOT / path))),
            **{f"still {moment}": digest for moment, digest in stills_of(self.topic.slug, name).items()},
        }

    def _truth_inputs(self) -> Inputs:
        name = self.topic.module.rpartition(".")[2]
        proofs: list[str | Path] = [
            own_test(self.topic.module),
            *sorted((ROOT / "tests" / "maths" / name).glob("test_*.py")),
        ]
        marks = [mark for file in proofs for mark in _tests_of(ROOT / file)]
        return {
            **code().of_names([(own_test(self.topic.module), WHOLE)]).files,
            f"hub/notes/{name}.yaml": digest_now(ROOT / f"hub/notes/{name}.yaml"),
            "tests": digest_text("\n".join(marks)),
        }

    def _pronounced_inputs(self) -> Inputs:
        name = self.topic.module.rpartition(".")[2]
        lexicons = [f"scenes/lexicon/{one}.toml" for one in ("shared", name)]
        return {
            **{
                f"render/voice/{one}.py": meaning_of(ROOT / "render" / "voice" / f"{one}.py")
                for one in _VOICE
            },
            **{file: digest_now(ROOT / file) for file in lexicons},
        }

    def _tests_inputs(self) -> Inputs:
        """Tests that never ask how the lesson is told depend on what they compute with alone."""
        reached = code().of_names([(own_test(self.topic.module), WHOLE)])
        asks = "telling" in reached.names.get("tests/scenes/harness/telling.py", ())
        read = {name: state_of(ROOT, name) for name in self.saw.reads}
        return {**surroundings(), **read, **reached.files, **(self._lesson_inputs() if asks else {})}

    def _figure_inputs(self) -> Inputs:
        """All code that the tests reach, what the page is made of, its chapters' titles, and what is locked."""
        name = self.topic.module.rpartition(".")[2]
        own = figure_tests(self.topic.module)
        roots = [*CHECKS["figure"], (f"scenes/figure/{name}.py", WHOLE), (own, WHOLE)]
        told = self.topic.model_dump_json(exclude={"status", "published"})
        return {
            **code().of_names([root for root in roots if (ROOT / root[0]).exists()]).files,
            **{file: digest_now(ROOT / file) for file in page_files()},
            **{
                f"hub/demos/{self.topic.slug}{kind}": digest_now(ROOT / f"hub/demos/{self.topic.slug}{kind}")
                for kind in (".ts", ".css")
            },
            **{read: state_of(ROOT, read) for read in self.saw.reads if "scenes/maths" in read},
            **{file: digest_now(ROOT / file) for file in ("requirements.lock", "package-lock.json")},
            "topic": digest_text(told),
            "titles": digest_text("\n".join(map(" ".join, titles(self.topic.module)))),
        }

    def _maths_inputs(self) -> Inputs:
        """All code that the tests reach, all files of theirs and of the mathematics, and what is locked."""
        folder = maths_tests(self.topic.module)
        files = sorted(path for path in (ROOT / folder).rglob("*") if path.is_file())
        files = [path for path in files if "__pycache__" not in path.parts]
        tests = [path.relative_to(ROOT).as_posix() for path in files if path.suffix == ".py"]
        return {
            **code().of_names([(test, WHOLE) for test in tests]).files,
            **{str(path.relative_to(ROOT)): digest_now(path) for path in files if path.suffix != ".py"},
            **{read: state_of(ROOT, read) for read in self.saw.reads if "scenes/maths" in read},
            "requirements.lock": digest_now(ROOT / "requirements.lock"),
        }


@cache
def code() -> Code:
    """The project's code; a process that lives while it changes does not see that."""
    return Code(ROOT, explained=EXPLAINED)


def saw_of(probe: Probe, topic: Topic) -> Saw:
    """What a probe saw its lesson use beyond what its code shows."""
    reached = reached_by(code(), scene_of(topic.module), probe.files, probe.besides)
    always = frozenset[str].intersection(*(one.imported for one in reached.values()))
    return Saw(
        reads=tuple(sorted(probe.reads)),
        imported=tuple(path for path in sorted(probe.files) if is_of_scenes(path) and path not in always),
        ran={name: one.code for name, one in probe.besides.items() if one.code},
    )


@cache
def pinned() -> Inputs:
    """Versions by the names of packages, as they are locked."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9.-]+)==([^\s;\\]+)", lock, re.M):
        found.setdefault(name, set()).add(version)
    return {name: " or ".join(sorted(versions)) for name, versions in found.items()}


def _versions(names: Iterable[str]) -> Inputs:
    return {f"version of {name}": pinned()[name] for name in names if name in pinned()}


@cache
def surroundings() -> Inputs:
    """What every check depends on, whatever it looks at: versions as they are locked, fonts, our own compiled code."""
    native = sorted(path for path in (ROOT / "native").iterdir() if path.suffix in (".c", ".py"))
    return {
        **_versions(_PACKAGES),
        **{f"native/{path.name}": digest_now(path) for path in native},
        **{f"render/core/{one}.py": meaning_of(ROOT / "render" / "core" / f"{one}.py") for one in _PACE},
        "fonts": fonts(ROOT),
    }


def stills_of(slug: str, piece: str) -> dict[str, str]:
    """The digests of the blessed stills of a piece, by their names."""
    chapter = "" if piece == POSTER else piece
    return {
        str(moment): digest_now(path)
        for moment, path in still.blessed(slug).items()
        if moment.chapter == chapter
    }


def own_test(module: str) -> str:
    """The file of the own tests of a lesson, such as ``scenes.svm``."""
    return f"tests/scenes/test_{module.rpartition('.')[2]}.py"


def figure_tests(module: str) -> str:
    """The file of the tests of the figure of a lesson, such as ``scenes.svm``."""
    return f"tests/hub/topics/test_{module.rpartition('.')[2]}.py"


@cache
def page_files() -> tuple[str, ...]:
    """What pages with figures are made of, the code in Python and what is a lesson's own aside."""
    folders = ("assets", "templates", "web", "worker", "demos/frame", "demos/maths")
    files = [path for folder in folders for path in (ROOT / "hub" / folder).rglob("*") if path.is_file()]
    files += [
        path for path in (ROOT / "hub" / "demos").iterdir() if path.name in ("print.ts", "tsconfig.json")
    ]
    return tuple(sorted(path.relative_to(ROOT).as_posix() for path in files))


def maths_tests(module: str) -> str:
    """The folder of the tests of what a lesson, such as ``scenes.svm``, computes."""
    return f"tests/maths/{module.rpartition('.')[2]}"


@cache
def _silences(path: Path) -> tuple[str, ...]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if "# silence:" in line)


def _tests_of(path: Path) -> list[str]:
    """The tests of a file by name, with the marks that they have."""
    tree = ast.parse(path.read_text(encoding="utf-8")) if path.exists() else ast.Module([], [])
    return [
        f"{path.name} {node.name} {' '.join(map(ast.unparse, node.decorator_list))}"
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    ]


def _reference(name: str) -> Reference:
    path, _, inside = name.partition(":")
    return path, inside


# What a certificate is worth.


def stale(topic: Topic, certificate: Certificate) -> list[str]:
    """The pieces and checks of a lesson whose keys are not those of its certificate, in order."""
    keys = Keys(topic, certificate.saw)
    pieces = [
        name
        for name in keys.names()
        if name not in certificate.pieces or certificate.pieces[name].key != keys.piece(name)
    ]
    gone = [name for name in certificate.pieces if name not in keys.names()]
    checks = [
        name
        for name in CHECKS
        if name not in certificate.checks or certificate.checks[name].key != keys.check(name)
    ]
    return [*pieces, *gone, *checks]


def kept(finding: Finding) -> Found:
    """A finding as a certificate has it."""
    return Found(
        key=finding.key,
        figure=_rounded(finding.figure),
        bound=_rounded(finding.bound),
        message=finding.message,
    )


def _rounded(value: float) -> float | None:
    """With three digits, which all processors agree on but for the last."""
    return float(f"{value:.3g}") if math.isfinite(value) else None


def differences(certified: Piece, seen: Piece) -> list[str]:
    """What was ``seen`` of a piece otherwise than its certificate says, in words."""
    found = []
    if certified.seconds != seen.seconds:
        found.append(f"it lasts {seen.seconds} s; certified are {certified.seconds} s")
    if not _alike(certified.looks, seen.looks):
        found.append(f"{seen.looks} pictures were examined; certified are {certified.looks}")
    then, now = ({one.key: one for one in piece.findings} for piece in (certified, seen))
    found += [f"{one.message} ({key}): this is not certified" for key, one in now.items() if key not in then]
    found += [
        f"{one.message} ({key}): certified, and not there" for key, one in then.items() if key not in now
    ]
    for key in then.keys() & now.keys():
        for name in ("figure", "bound"):
            one, other = getattr(then[key], name), getattr(now[key], name)
            if not _alike(one, other):
                found.append(f"{now[key].message} ({key}): the {name} is {other}; certified is {one}")
    found += _otherwise_directed(certified.direction, seen.direction)
    if certified.stills != seen.stills:
        found.append("its blessed stills are not those that are certified")
    return found


def _otherwise_directed(certified: Directed | None, seen: Directed | None) -> Iterator[str]:
    if certified is None or seen is None:
        if certified is not seen:
            yield (
                "its direction is certified, and was not measured"
                if certified
                else "its direction is not certified"
            )
        return
    for name in Directed.model_fields:
        one, other = getattr(certified, name), getattr(seen, name)
        if one != other and not (isinstance(one, float) and math.isclose(one, other, abs_tol=_NEAR)):
            yield f"direction, {name}: {other}; certified is {one}"


def _alike(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=_ENOUGH)


# Those that are looked at again.


def drawn(pieces: Iterable[tuple[str, str]], seed: str, count: int = 2) -> list[tuple[str, str]]:
    """So many of ``pieces`` (lesson and chapter) as ``seed`` chooses: the same for the same seed and pieces."""
    return sorted(pieces, key=lambda piece: digest_text(f"{seed} {'/'.join(piece)}"))[:count]


def drawn_lesson(slugs: Iterable[str], seed: str) -> str:
    """The one of some lessons whose mathematics ``seed`` chooses to be tested whatever is certified."""
    return min(slugs, key=lambda slug: digest_text(f"{seed} {slug}"), default="")


def commit(root: Path = ROOT, certificates: Sequence[Path] | None = None) -> str:
    """What chooses them: the hash of the commit that is checked out.

    Where there is no git, or no commit yet, it is the digest of all certificates: then the choice changes whenever one
    of them does.
    """
    try:
        told = subprocess.run(
            ["git", "rev-parse", "--verify", "HEAD"], cwd=root, capture_output=True, text=True, check=True
        )
        return told.stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        files = sorted(FOLDER.glob("*.yaml")) if certificates is None else certificates
        return digest_text("".join(f"{path.name} {digest_now(path)}\n" for path in files))
