"""Whether a piece was drawn from what its key covers and from nothing else: otherwise it is not published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from render.core.fault import JobFault
from render.plan.dependencies import POSTER, Code
from render.plan.disk import names_of, state_of
from render.plan.fingerprint import Inputs
from render.plan.probe import Besides, Probe, reached_by, scene_of, sources_of
from render.plan.use import code_run, is_of_scenes, recalled, texts_loaded, unnamed_by
from render.store.digest import digest_bytes
from render.task.noting import noting
from render.task.task import Task


@dataclass(frozen=True, slots=True)
class Covered:
    """What of the project a piece of a lesson may use, as it was planned."""

    files: Mapping[str, str] = field(default_factory=dict)
    """Digests of the files that its lesson imports."""
    reads: Mapping[str, str] = field(default_factory=dict)
    """What else that reads, with its state (:mod:`render.plan.disk`)."""
    besides: Besides = field(default_factory=Besides)
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The functions and methods that the piece reaches, by file."""


def covered_by(probe: Probe, code: Code, module: str) -> dict[str, Covered]:
    """What the key of each piece of a lesson covers, by its name; ``code`` is that of the project now."""
    pieces = reached_by(code, scene_of(module), probe.files, probe.besides)
    return {
        name: Covered(probe.files, probe.reads, probe.besides.get(name, Besides()), reached.names)
        for name, reached in pieces.items()
    }


def check_use(task: Task, piece: str, inputs: Inputs, covered: Covered) -> None:
    """:class:`JobFault` where a ``piece``, just drawn in this process, used what its ``inputs`` do not cover.

    That is code or data that are not what they were when it was planned, and what no plan could see: then the message
    says how to make it seen.
    """
    if changed := sorted({*_changed_code(task, piece, inputs, covered), *_changed_data(task, covered)}):
        raise JobFault(
            f"{', '.join(changed)} changed while it was drawn, or is not here what it is where the run was planned; "
            "run the same command again"
        )
    with noting(task.root, task.build) as notes:
        asked = names_of(notes.take(), covered.files)
    _refuse(
        (name for name in asked if name not in covered.reads),
        "is read only while pictures are drawn, so that no plan knows of it: read it in stage, or before the play",
    )
    given = recalled()
    _refuse(
        (name for name in given if name not in inputs),
        "is computed only while pictures are drawn, so that no plan knows of it: ask for it in stage or before",
    )
    _refuse(
        (name for name, digest in given.items() if inputs[name] != digest),
        "gives another result here than where the run was planned: plan and draw on machines of one kind",
    )
    _refuse(
        unnamed_by(covered.names, code_run(task.root)),
        "ran while pictures were drawn, though neither the chapter's code nor a run without pictures leads there, so "
        "that no plan knows of it: call it by its name",
    )


def _refuse(found: Iterable[str], why: str) -> None:
    if names := ", ".join(found):
        raise JobFault(f"{names} {why}")


def _changed_code(task: Task, piece: str, inputs: Inputs, covered: Covered) -> set[str]:
    """The files whose code the piece reaches otherwise than its ``inputs`` say, by what was really imported."""
    texts = texts_loaded(task.root)
    used = {
        path: digest_bytes(text)
        for path, text in texts.items()
        if path in covered.files or is_of_scenes(path)
    }
    if all(covered.files.get(path) == digest for path, digest in used.items()):
        return set()
    files = {*covered.files, *used}
    sources = sources_of(
        Code(task.root, texts), scene_of(task.module), files, covered.reads, {piece: covered.besides}
    )
    now = sources.poster if piece == POSTER else sources.chapters.get(piece, {})
    return {name for name in now.keys() | inputs.keys() if "/" in name and now.get(name) != inputs.get(name)}


def _changed_data(task: Task, covered: Covered) -> set[str]:
    return {name for name, state in covered.reads.items() if state_of(task.root, name) != state}
