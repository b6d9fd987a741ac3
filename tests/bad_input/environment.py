"""A machine that lacks something."""

from __future__ import annotations

from render.core.fault import Exit
from tests.bad_input.row import Row, both, leave, link, remove, write

_HERE = ("--root", "PROJECT", "--build")
_GC = ("gc", "--dry-run")
_DRAFT = ("render", "--quality", "draft", "--no-review")


def rows() -> list[Row]:
    """The rows of this kind."""
    return [
        Row(
            "a build folder that is a file",
            leave,
            (*_HERE, "PROJECT/catalog.yaml", *_GC),
            Exit.ENVIRONMENT,
            ("catalog.yaml", "cannot be written. Make", "writable and run again"),
        ),
        Row(
            "a build folder below a file",
            leave,
            (*_HERE, "PROJECT/catalog.yaml/build", *_GC),
            Exit.ENVIRONMENT,
            ("cannot be written. Make", "writable and run again"),
        ),
        Row(
            "a build folder that nobody can make",
            leave,
            (*_HERE, "/proc/mlhub", *_GC),
            Exit.ENVIRONMENT,
            ("/proc/mlhub",),
        ),
        Row(
            "a build folder of a name that is too long",
            leave,
            (*_HERE, "PROJECT/" + "b" * 300, *_GC),
            Exit.ENVIRONMENT,
            ("cannot be used: File name too long",),
        ),
        Row(
            "a build folder of links that lead round",
            link("round", "round"),
            (*_HERE, "PROJECT/round", *_GC),
            Exit.ENVIRONMENT,
            ("round",),
        ),
        Row(
            "a build folder that cannot be made, render",
            leave,
            (*_HERE, "/proc/mlhub", *_DRAFT),
            Exit.ENVIRONMENT,
            ("/proc/mlhub",),
            lines=2,
        ),
        Row(
            "a build folder that cannot be made, verify",
            leave,
            (*_HERE, "/proc/mlhub", "verify"),
            Exit.ENVIRONMENT,
            ("/proc/mlhub",),
        ),
        Row(
            "a build folder that cannot be made, watch",
            leave,
            (*_HERE, "/proc/mlhub", "watch", "moving-dot"),
            Exit.ENVIRONMENT,
            ("/proc/mlhub",),
        ),
        Row(
            "a build folder that cannot be made, sheet",
            leave,
            (*_HERE, "/proc/mlhub", "sheet", "moving-dot"),
            Exit.ENVIRONMENT,
            ("/proc/mlhub",),
        ),
        Row(
            "a build folder that cannot be made, review",
            leave,
            (*_HERE, "/proc/mlhub", "review"),
            Exit.ENVIRONMENT,
            ("/proc/mlhub",),
        ),
        Row(
            "a shared store of no kind",
            leave,
            _DRAFT,
            Exit.ENVIRONMENT,
            (
                "STORE=nonsense://x cannot be used",
                "Expected a folder, or an address such as s3://bucket/prefix",
            ),
            {"STORE": "nonsense://x"},
        ),
        Row(
            "a shared store that is a file",
            leave,
            _DRAFT,
            Exit.ENVIRONMENT,
            (
                "The shared store",
                "catalog.yaml cannot be written",
                "Make it reachable and run the same command again",
            ),
            {"STORE": "PROJECT/catalog.yaml"},
        ),
        Row(
            "a shared store below a file",
            leave,
            _DRAFT,
            Exit.ENVIRONMENT,
            ("The shared store", "cannot be written"),
            {"STORE": "PROJECT/catalog.yaml/store"},
        ),
        Row(
            "a shared store by option",
            leave,
            ("--store", "nonsense://x", *_DRAFT),
            Exit.ENVIRONMENT,
            ("STORE=nonsense://x cannot be used",),
            {"STORE": ""},
        ),
        Row(
            "a shared store with a password",
            leave,
            _DRAFT,
            Exit.ENVIRONMENT,
            ("STORE=nonsense://***@host/x cannot be used",),
            {"STORE": "nonsense://ann:hunter2@host/x"},
        ),
        Row(
            "a scheduler that is none",
            leave,
            _DRAFT,
            Exit.USAGE,
            ("SCHEDULER=nowhere: expected tcp://host:port",),
            {"SCHEDULER": "nowhere"},
        ),
        Row(
            "a scheduler of another kind",
            leave,
            _DRAFT,
            Exit.USAGE,
            ("SCHEDULER=http://host:1: expected tcp://host:port",),
            {"SCHEDULER": "http://host:1"},
        ),
        Row(
            "no git",
            leave,
            ("plan", "--quality", "draft", "--changed-since", "HEAD"),
            Exit.USAGE,
            ("--changed-since HEAD", "git"),
            {"PATH": "/nowhere"},
        ),
        Row(
            "no place for temporary files",
            remove("build/scratch"),
            ("gc",),
            Exit.DONE,
            ("freed",),
            {"TMPDIR": "/nowhere"},
        ),
        Row(
            "no catalog and no build",
            both(remove("build"), remove("catalog.yaml")),
            _GC,
            Exit.USAGE,
            ("catalog.yaml: no such file",),
        ),
        Row(
            "a site that is served and is a link to nowhere",
            link("build/site", "nowhere"),
            ("serve",),
            Exit.USAGE,
            ("build/site is not there: there is no site to serve. Make it first",),
        ),
        Row("a report that is a folder", write("build/report.json/x", "x"), ("gc",), Exit.DONE, ("freed",)),
    ]
