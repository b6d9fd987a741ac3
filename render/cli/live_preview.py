"""``mlhub watch``: draws the edited chapter of a lesson in draft as files are saved, and shows it in the browser.

It has a manifest and a site of its own in ``build/watch/``, so that what is published keeps its last good video; what
it draws goes into the common store.
"""

from __future__ import annotations

import argparse
import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from queue import Queue
from typing import Final, Self

import watchfiles

from hub.live import Live, LiveHandler, News
from hub.serve import open_server
from hub.site import build_site
from render.cli.options import add_workers, build_of, parse_port
from render.core.catalog import Catalog, Topic, load_catalog
from render.core.fault import EnvironmentFault, Exit, Fault
from render.core.profile import PROFILES
from render.core.timeline import Chapter, Timeline
from render.plan.lesson_plan import LessonPlan
from render.plan.planner import Planner
from render.plan.rehearsal import Rehearsal
from render.review.finding_record import chapter_starts
from render.run.batch import Batch
from render.run.progress import PlainLines, doing
from render.run.reporter import Reporter, Reporters
from render.run.review_goal import NarrationGoal
from render.run.tasks import ChapterTask
from render.run.video_goal import VideoGoal
from render.store.digest import digest_file, digest_text
from render.store.store import Record, Store, environment_faults
from render.task.executor import Event, Executor, Progressed, Started
from render.task.pool import Pool
from render.task.task import Failure, Task, failure_of
from render.voice import VOICES, voice_named

ALWAYS: Final = ("catalog.yaml", "scenes/lexicon/")
"""What matters to every lesson, whatever it imports: a mistake in one lexicon stops them all."""

_SETTLED: Final = 300
"""Milliseconds in which several saves count as one."""


def watch(
    root: Path,
    build: Path,
    slug: str,
    *,
    voice: str | None = None,
    workers: int | None = None,
    port: int = 8000,
    opens: bool = False,
) -> Exit:
    """Draw the topic ``slug`` now and whenever a file that it reads is saved, until Ctrl-C; show it on ``port``.

    With ``opens`` its page is opened in the browser.  Returns :data:`Exit.INTERRUPTED`.
    :class:`render.core.fault.UsageFault` for a topic that has no lesson, :class:`EnvironmentFault` for what the machine
    lacks; what is wrong with the lesson is told, and the next save tries again.
    """
    load_catalog(root / "catalog.yaml").lesson(slug)
    view = _open_view(build)
    live = Live(News(page=f"/{slug}/"))
    with open_server(view / "site", port=port, handler=partial(LiveHandler, live)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}/{slug}/"
        print(f"{address}  (Ctrl-C ends)", flush=True)
        studio = Studio(root, view, slug, voice or PROFILES["draft"].voice, live, workers)
        try:
            with Saves(root, studio.reads, studio.hurry) as saves:
                if opens:
                    webbrowser.open(address)
                while True:
                    studio.draw()
                    print(f"{', '.join(saves.wait())} saved", flush=True)
        except KeyboardInterrupt:
            print()
            return Exit.INTERRUPTED
        finally:
            live.close()
            server.shutdown()


def _open_view(build: Path) -> Path:
    """The folder ``build/watch``, whose store is that of ``build``."""
    view = build / "watch"
    with environment_faults(build):
        (build / "store").mkdir(parents=True, exist_ok=True)
        (view / "site").mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            (view / "store").symlink_to(Path("..") / "store", target_is_directory=True)
    return view


class Studio(Reporter):
    """Draws one lesson whenever it is asked to, and tells the pages that listen to ``live`` how that goes.

    It is a reporter of its own runs.
    """

    def __init__(
        self, root: Path, view: Path, slug: str, voice: str, live: Live, workers: int | None
    ) -> None:
        self._root, self._view, self._slug, self._voice = root, view, slug, voice
        self._live, self._workers = live, workers
        self._files: frozenset[str] | None = None
        """The files that the lesson reads; None while they are not known."""
        self._shown: Timeline | None = None
        self._redrawn: set[str] = set()
        """Chapters that were to be drawn since ``_shown``, by several runs where some failed or were interrupted."""
        self._plan: LessonPlan | None = None
        self._entry: Record | None = None
        self._failure: Failure | None = None
        self._executor: Executor | None = None

    def reads(self, path: str) -> bool:
        """Whether a file (relative to the project) matters; after an error any file of ``scenes`` does."""
        files = self._files
        if path.startswith(ALWAYS) or (files is not None and path in files):
            return True
        return (files is None or self._failure is not None) and path.startswith("scenes/")

    def hurry(self) -> None:
        """A file was saved while a run is at work: let it finish the running tasks and start no others."""
        if self._executor is not None:
            self._executor.finish()

    def draw(self) -> None:
        """Bring the lesson up to date and show it, or tell why not.  :class:`EnvironmentFault` is raised."""
        self._begin()
        try:
            catalog = _ready(load_catalog(self._root / "catalog.yaml"), self._slug)
            self._batch().run([catalog.lesson(self._slug)])
            if self._failure is None and self._entry is not None:
                self._show(catalog)
        except EnvironmentFault:
            raise
        except Fault as fault:
            self._failure = Failure(str(fault), None, "")
            print(fault, flush=True)
        except Exception as error:  # whatever it was, the next save may mend it
            self._failure = failure_of(error, self._root, self._view)
            print(self._failure.message, flush=True)
        finally:
            self._executor = None
        if self._failure is not None:
            told, place = self._failure.message, self._failure.place or ""
            self._live.tell(state="failed", told=told, place=place, trace=self._failure.trace.strip())

    def _batch(self) -> Batch:
        store, reporter = Store(self._view), Reporters(PlainLines(self._view), self)
        planner = Planner(store, PROFILES["draft"])
        goals = (
            NarrationGoal(self._root, reporter),
            VideoGoal(self._root, planner, self._voice, reporter),
        )
        rehearsal = Rehearsal(self._root, store, self._voice)
        return Batch(rehearsal, goals, reporter, self._workers, self._open)

    def _begin(self) -> None:
        self._plan, self._entry, self._failure = None, None, None
        self._live.tell(state="drawing", told="Looking what has changed", place="", trace="")

    def _open(self, workers: int | None) -> Executor:
        self._executor = Pool(workers)
        return self._executor

    def _show(self, catalog: Catalog) -> None:
        """Build the site anew and let the pages know."""
        assert self._entry is not None and self._plan is not None
        build_site(catalog, self._view, self._view / "site")
        version = digest_text(f"{self._entry['key']} {catalog!r}")[:12]
        timeline = self._plan.probe.timeline
        second = edited_second(self._shown, timeline, self._redrawn)
        self._shown, self._redrawn = timeline, set()
        if version != self._live.news.version:
            self._live.tell(version=version, second=second, state="shown", told="")
            print(f"{self._slug}: shown", flush=True)
        else:
            self._live.tell(state="shown", told="")

    # What the batch tells.

    def planned(self, plan: LessonPlan) -> None:
        self._plan = plan
        self._files = frozenset(plan.probe.files)
        self._redrawn |= {job.piece.name for job in plan.jobs}

    def happened(self, event: Event) -> None:
        match event:
            case Started(task):
                self._live.tell(told=_told(task))
            case Progressed(ChapterTask(piece=piece) as task, _, moving, _) if piece.moving:
                self._live.tell(told=f"{_told(task)}: {moving / piece.moving:.0%}")

    def current(self, slug: str, entry: Record) -> None:
        self._entry = entry

    def failed(self, slug: str, task: str, failure: Failure) -> None:
        self._failure = self._failure or failure


def edited_second(before: Timeline | None, now: Timeline, drawn: set[str]) -> float | None:
    """The second at which the first chapter starts that was ``drawn`` anew or says something else than ``before``.

    None where there was nothing before, where no chapter has changed, and where all of several have: an edit of what
    they share is seen wherever the viewer looks.
    """
    if before is None:
        return None
    said = {chapter.name: _said(chapter) for chapter in before.chapters}
    changed = [
        chapter.name
        for chapter in now.chapters
        if chapter.name in drawn or said.get(chapter.name) != _said(chapter)
    ]
    if not changed or 1 < len(changed) == len(now.chapters):
        return None
    return chapter_starts(now)[changed[0]]


def _said(chapter: Chapter) -> tuple[str, ...]:
    return (chapter.title, *(beat.text for beat in chapter.beats))


def _told(task: Task) -> str:
    chapter, does = doing(task)
    return f"{does.capitalize()} {chapter}".strip()


def _ready(catalog: Catalog, slug: str) -> Catalog:
    """The catalog with the lesson of ``slug`` shown, a draft too."""

    def shown(topic: Topic) -> Topic:
        draft = topic.slug == slug and topic.status == "draft"
        return topic.model_copy(update={"status": "ready"}) if draft else topic

    sections = tuple(
        section.model_copy(update={"topics": tuple(shown(topic) for topic in section.topics)})
        for section in catalog.sections
    )
    return catalog.model_copy(update={"sections": sections})


class Saves:
    """Watches the files of the project ``root``, in a thread of its own.

    ``matters`` says of a path relative to ``root`` whether its changes count; ``heard`` is called when some have
    changed.  A file that is written with the content that it had has not changed.
    """

    def __init__(self, root: Path, matters: Callable[[str], bool], heard: Callable[[], None]) -> None:
        self._root, self._matters, self._heard = root.resolve(), matters, heard
        self._saved: Queue[str] = Queue()
        self._digests: dict[str, str] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)

    def __enter__(self) -> Self:
        scenes = self._root / "scenes"
        # Single folders: an editor replaces files, and the project holds thousands that nobody edits.
        self._folders = [self._root, scenes, *(path for path in scenes.rglob("*") if path.is_dir())]
        for path in (self._root / "catalog.yaml", *scenes.rglob("*.py"), *scenes.rglob("*.toml")):
            self._is_new(path.relative_to(self._root).as_posix())
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def wait(self) -> list[str]:
        """Wait until a file was saved; returns those that were saved since the last call, relative to ``root``."""
        saved = {self._saved.get()}
        while not self._saved.empty():
            saved.add(self._saved.get())
        return sorted(saved)

    def _listen(self) -> None:
        for changes in watchfiles.watch(
            *self._folders,
            recursive=False,
            debounce=_SETTLED,
            stop_event=self._ended,
            raise_interrupt=False,
            rust_timeout=500,
        ):
            paths = {Path(path).relative_to(self._root).as_posix() for _, path in changes}
            saved = [path for path in sorted(paths) if self._matters(path) and self._is_new(path)]
            for path in saved:
                self._saved.put(path)
            if saved:
                self._heard()

    def _is_new(self, path: str) -> bool:
        """Whether a file has another content than at the last call."""
        try:
            digest = digest_file(self._root / path)
        except OSError:
            digest = ""  # gone, or gone for a moment
        changed = self._digests.get(path) != digest
        self._digests[path] = digest
        return changed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``mlhub watch``."""
    parser.add_argument("topic", metavar="TOPIC")
    parser.add_argument("--voice", help=f"{', '.join(VOICES)} (default: silent)")
    parser.add_argument(
        "--port", type=parse_port, default=8000, help="the first that is free from here on (default: 8000)"
    )
    parser.add_argument("--open", action="store_true", help="open the page in the browser")
    add_workers(parser)


def run(options: argparse.Namespace) -> int:
    """Watch until Ctrl-C."""
    build = build_of(options)
    if options.voice:
        voice_named(options.voice, build, options.topic)
    return watch(
        options.root,
        build,
        options.topic,
        voice=options.voice,
        workers=options.workers,
        port=options.port,
        opens=options.open,
    )
