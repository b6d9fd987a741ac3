"""Bad command lines."""

from __future__ import annotations

from render.core.fault import Exit
from tests.bad_input.row import Row, leave, write

_COUNT = "expected a whole number from"

# The words given, and those of the line.
_LINES: list[tuple[tuple[str, ...], str]] = [
    ((), "mlhub: the following arguments are required: command"),
    (("nonsense",), "mlhub: argument command: invalid choice: 'nonsense'"),
    (("rendr", "moving-dot"), "mlhub: argument command: invalid choice: 'rendr'"),
    (("",), "mlhub: argument command: invalid choice: ''"),
    (("--nonsense", "gc"), "unrecognized arguments: --nonsense"),
    (("gc", "--nonsense"), "unrecognized arguments: --nonsense"),
    (("gc", "moving-dot"), "unrecognized arguments: moving-dot"),
    (("gc", "--keep"), "--keep: expected one argument"),
    (("gc", "--keep", "-1"), f"--keep: '-1': {_COUNT} 0"),
    (("gc", "--keep=-1"), f"--keep: '-1': {_COUNT} 0"),
    (("gc", "--keep", "two"), f"--keep: 'two': {_COUNT} 0"),
    (("gc", "--keep", "1.5"), f"--keep: '1.5': {_COUNT} 0"),
    (("gc", "--keep", ""), f"--keep: '': {_COUNT} 0"),
    (("gc", "--keep", "9" * 5000), _COUNT),
    (("gc", "--keep", "²"), _COUNT),
    (("verify", "--workers", "0"), f"--workers: '0': {_COUNT} 1"),
    (("verify", "--workers=-3"), f"--workers: '-3': {_COUNT} 1"),
    (("verify", "--workers", "100000"), f"--workers: '100000': {_COUNT} 1 to 1024"),
    (("verify", "--mend=yes"), "--mend: ignored explicit argument 'yes'"),
    *(
        ((command, *topic, *option), words)
        for command, topic in (("render", ()), ("review", ()), ("sheet", ("moving-dot",)))
        for option, words in (
            (("--workers", "0"), f"--workers: '0': {_COUNT} 1"),
            (("--workers", "two"), f"--workers: 'two': {_COUNT} 1"),
            (("--memory", "0"), f"--memory: '0': {_COUNT} 100"),
            (("--memory", "1"), f"--memory: '1': {_COUNT} 100"),
            (("--memory", "lots"), f"--memory: 'lots': {_COUNT} 100"),
            (("--patience", "0"), "--patience: '0': expected seconds, more than 0"),
            (("--patience", "nan"), "--patience: 'nan': expected seconds, more than 0"),
            (("--patience=-inf",), "--patience: '-inf': expected seconds, more than 0"),
        )
    ),
    (("plan", "--workers", "0"), f"--workers: '0': {_COUNT} 1"),
    (("watch", "moving-dot", "--workers", "0"), f"--workers: '0': {_COUNT} 1"),
    (("watch", "moving-dot", "--port", "65536"), f"--port: '65536': {_COUNT} 0 to 65535"),
    (("watch", "moving-dot", "--port=-1"), f"--port: '-1': {_COUNT} 0 to 65535"),
    (("watch",), "the following arguments are required: TOPIC"),
    (("watch", "nowhere"), "TOPIC=nowhere: the catalog has no such topic"),
    (("watch", "someday"), "TOPIC=someday: this topic is planned and has no lesson yet"),
    (("watch", "moving-dot", "--voice", "nobody"), "VOICE=nobody: expected one of silent, kokoro"),
    (("serve", "--port", "http"), f"--port: 'http': {_COUNT} 0 to 65535"),
    (("serve", "--port", "99999"), f"--port: '99999': {_COUNT} 0 to 65535"),
    (("serve",), "there is no site to serve. Make it first with `make hub`"),
    (("sheet",), "the following arguments are required: TOPIC"),
    (("sheet", "someday"), "TOPIC=someday: this topic is planned and has no lesson yet"),
    (("sheet", "nowhere"), "TOPIC=nowhere: the catalog has no such topic"),
    (("sheet", "moving-dot", "--every", "-1"), "--every: '-1': expected seconds, more than 0"),
    (("sheet", "moving-dot", "--every=-1"), "--every: '-1': expected seconds, more than 0"),
    (("sheet", "moving-dot", "--every", "nan"), "--every: 'nan': expected seconds, more than 0"),
    (("sheet", "moving-dot", "--every", "inf"), "--every: 'inf': expected seconds, more than 0"),
    (("sheet", "moving-dot", "--every", "0"), "--every: '0': expected seconds, more than 0"),
    (("sheet", "moving-dot", "--chapter", ""), "--chapter: '': expected the name of a chapter"),
    (("sheet", "moving-dot", "--chapter", "../../x"), "--chapter: '../../x': expected the name of a chapter"),
    (("review", "--chapter", "a b"), "--chapter: 'a b': expected the name of a chapter"),
    (("review", "nowhere"), "TOPIC=nowhere: the catalog has no such topic"),
    (("review", "--voice", "kokro"), "VOICE=kokro: expected one of silent, kokoro"),
    (("render", "moving-dto"), "TOPIC=moving-dto: the catalog has no such topic. Did you mean moving-dot?"),
    (("render", ""), "TOPIC=: the catalog has no such topic"),
    (("render", "../../etc/passwd"), "TOPIC=../../etc/passwd: the catalog has no such topic"),
    (("render", "someday"), "TOPIC=someday: this topic is planned and has no lesson yet"),
    (("render", "--quality", "wbe"), "QUALITY=wbe: expected one of draft, web, full. Did you mean web?"),
    (("render", "--quality", ""), "QUALITY=: expected one of draft, web, full"),
    (("render", "--quality", "draft", "--voice", "nobody"), "VOICE=nobody: expected one of"),
    (
        ("plan", "--voice", "Kokoro"),
        "VOICE=Kokoro: expected one of silent, kokoro, kokoro:af_heart, kokoro:am_fenrir. Did you mean kokoro?",
    ),
    (("plan", "--quality", "4k"), "QUALITY=4k: expected one of draft, web, full"),
    (("plan", "--quality", "draft", "--section", "two"), "section two: expected one of one"),
    (("plan", "--quality", "draft", "--section", ""), "section : expected one of one"),
    (("plan", "--quality", "draft", "--changed-since", "--all"), "--changed-since: expected one argument"),
    (
        ("plan", "--quality", "draft", "--changed-since=--all"),
        "--changed-since --all: expected a revision of git",
    ),
    (
        ("plan", "--quality", "draft", "--changed-since", "HEAD"),
        "is not a git repository. Name topics or a section instead",
    ),
    (
        ("render", "--quality", "draft", "--scheduler", "nowhere"),
        "SCHEDULER=nowhere: expected tcp://host:port or tls://host:port",
    ),
    (
        ("render", "--quality", "draft", "--scheduler", "http://x:1"),
        "SCHEDULER=http://x:1: expected tcp://host:port or tls://host:port",
    ),
    (("--build=", "gc"), "--build: '': expected the path of a folder"),
    (("--build", " ", "gc"), "--build: ' ': expected the path of a folder"),
    (("--root=", "--build", "PROJECT/build", "gc"), "--root: '': expected the path of a folder"),
    (
        ("--root", "PROJECT/nowhere", "--build", "PROJECT/build", "gc"),
        "catalog.yaml: no such file. Run from the project's root",
    ),
    (("--root", "PROJECT/catalog.yaml", "--build", "PROJECT/build", "gc"), "cannot be read: Not a directory"),
    (("publish",), "the following arguments are required: action"),
    (("publish", "sing"), "argument action: invalid choice: 'sing'"),
    (("publish", "plan", "--to", "mars"), "--to: invalid choice: 'mars'"),
    (("publish", "plan", "--to", "youtube", "--privacy", "secret"), "--privacy: invalid choice: 'secret'"),
    (("publish", "run", "--to", "youtube", "--chunk", "100"), "--chunk"),
    (("publish", "plan", "nowhere", "--to", "folder"), "catalog.yaml: hub.publish.youtube is not written"),
]


def rows() -> list[Row]:
    """The rows of this kind."""
    told = [
        Row(" ".join(word[:40] or "''" for word in given) or "no word", leave, given, Exit.USAGE, (words,))
        for given, words in _LINES
    ]
    return [
        *told,
        Row(
            "a site that is a file",
            write("build/site", "x"),
            ("serve",),
            Exit.USAGE,
            ("there is no site to serve",),
        ),
    ]
