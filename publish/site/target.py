"""The site as a target: what its hosts lack is put in an order in which a kill at any moment leaves a site that works.

Files that are named by their content come first, then the pages that name them, then what leads to the pages, the
service worker last; what nobody names any more goes at the very end.  Named files of the release before stay, for
whoever has its pages open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from publish.limits import check_hub
from publish.publication import Publication
from publish.report import count, size
from publish.site.check import check_site
from publish.site.content import Content, Contents, Wave, content_of, is_medium, release_of
from publish.site.host import Held, Host
from publish.site.record import NAME, Record, read_record
from publish.step import Cost, Listener, Objection, Plan, Step
from render.core.catalog import Hub
from render.core.fault import EnvironmentFault


class Kind(StrEnum):
    """Kinds of steps."""

    BEGIN = "begin"
    PUT = "put"
    FINISH = "finish"
    PRUNE = "prune"
    SETTLE = "settle"


@dataclass(slots=True)
class _Share:
    """What of the site one host shall hold, and what it holds as far as it was asked."""

    host: Host
    contents: Contents
    record: Record | None = None
    held: Mapping[str, Held] | None = None
    is_lost: bool = False
    """Whether the host's record cannot be read."""

    @property
    def named(self) -> frozenset[str]:
        """Paths of the files that are named by their digest."""
        return frozenset(path for path, content in self.contents.items() if content.is_named)

    def look(self) -> tuple[Record, Mapping[str, Held]]:
        """The host's record and all that it holds; it is asked once."""
        if self.record is None or self.held is None:
            tags = self.host.tags()
            try:
                self.record = read_record(self.host.read(NAME) if NAME in tags else None)
            except ValueError:
                self.record, self.is_lost = Record(), True
            self.held = _join(self.host, tags, self.record.known)
        return self.record, self.held


class Site:
    """The site of the folder ``folder``, brought to one host, or to two of which one takes the videos."""

    def __init__(
        self,
        hub: Hub,
        folder: Path,
        contents: Contents,
        pages: Host,
        media: Host | None = None,
    ) -> None:
        """``contents`` are the folder's files; ``media`` is the host of the videos, where that is another one."""
        self._hub = hub
        self._folder = folder
        self._contents = contents
        self.release = release_of(contents)
        """Digits that name this site."""
        videos = {path: content for path, content in contents.items() if media and is_medium(path)}
        rest = {path: content for path, content in contents.items() if path not in videos}
        self._shares = {pages.name: _Share(pages, pages.prepare(rest))}
        if media:
            self._shares[media.name] = _Share(media, media.prepare(videos))
        self._steps: tuple[Step, ...] = ()

    def plan(self, publications: Sequence[Publication]) -> Plan:
        """What the hosts lack.  They are asked what they hold; nothing is written."""
        if not self._contents:
            return Plan((), (f"{self._folder}: there is no site; `make hub` builds it",))
        steps: list[Step] = []
        summary: list[str] = []
        for share in self._shares.values():
            mine = self._needs(share)
            summary += _sum_up(share, mine)
            steps += mine
        self._steps = tuple(sorted(steps, key=self._phase))
        return Plan(self._steps, summary=tuple(summary))

    def check(self, publications: Sequence[Publication]) -> Iterator[Objection]:
        """What would harm visitors or be refused; the hosts are asked what they hold."""
        yield from check_hub(self._hub)
        yield from check_site(self._folder, self._contents, publications, self._hub.media_address)
        for share in self._shares.values():
            yield from share.host.check(share.contents)
            record, held = share.look()
            if share.is_lost:
                yield Objection(
                    share.host.name,
                    f"its {NAME} cannot be read: what no page names any more is left there for you to remove",
                    fatal=False,
                )
            foreign = [
                path
                for path, content in share.contents.items()
                if path in held and path not in record.known and held[path].digest != content.digest
            ]
            if foreign:
                yield Objection(
                    share.host.name,
                    f"{foreign[0]} is there already, and was not put by this project: it will be replaced",
                    fatal=False,
                )

    @contextmanager
    def open(
        self, publications: Sequence[Publication], listener: Listener
    ) -> Iterator[Callable[[Step], str]]:
        """Look at the hosts anew; steps of one phase are under way side by side."""
        for share in self._shares.values():
            share.record = share.held = None
        with ExitStack() as stack:
            lanes = {}
            for name, share in self._shares.items():
                lanes[name] = ThreadPoolExecutor(share.host.lanes)
                stack.callback(lanes[name].shutdown, cancel_futures=True)
            under_way: dict[Step, Future[None]] = {}

            def do(step: Step) -> str:
                for other in self._steps if step not in under_way else ():
                    if self._phase(other) == self._phase(step):
                        under_way[other] = lanes[other.subject].submit(self._do, other, listener)
                under_way[step].result()
                return size(step.cost.bytes) if step.kind == Kind.PUT else "done"

            yield do

    # --- planning ---

    def _needs(self, share: _Share) -> list[Step]:
        """What brings a host up to date, in no order."""
        (record, held), name = share.look(), share.host.name
        puts = [
            Step(name, Kind.PUT, f"put {path}", why, Cost(bytes=content.size), path)
            for path, content in share.contents.items()
            if (why := _why(content, held.get(path), record.known.get(path)))
        ]
        coming = record.begin(self.release, share.named, frozenset(share.contents))
        stays = {*share.contents, *coming.keeps(self.release)}
        prunes = [
            Step(name, Kind.PRUNE, f"remove {path}", "no page names it since the release before", part=path)
            for path in sorted(coming.known.keys() & held.keys() - stays)
        ]
        is_there = record.is_whole(self.release)
        steps = [*puts, *prunes]
        if not is_there:
            steps.append(Step(name, Kind.BEGIN, f"write {NAME}", f"release {self.release} begins"))
        if puts or not is_there:
            steps.append(Step(name, Kind.FINISH, f"write {NAME}", f"release {self.release} is there"))
        if steps and share.host.settles:
            steps.append(Step(name, Kind.SETTLE, share.host.settles, "so that it is seen"))
        return steps

    def _phase(self, step: Step) -> tuple[int, int]:
        """When a step is done: those of one phase in any order, all of it before the next.

        A host whose files are seen as they are put finishes after one that has to settle: while the old pages are
        seen, no video of theirs is taken for old.
        """
        share = self._shares[step.subject]
        late = 0 if share.host.settles else 4
        match Kind(step.kind):
            case Kind.BEGIN:
                return 0, 0
            case Kind.PUT:
                return 1, share.contents[step.part].wave
            case Kind.FINISH:
                return 2 + late, 0
            case Kind.PRUNE:
                return 3 + late, 0
            case Kind.SETTLE:
                return 4, 0

    # --- doing ---

    def _do(self, step: Step, listener: Listener) -> None:
        share = self._shares[step.subject]
        record, _ = share.look()
        match Kind(step.kind):
            case Kind.BEGIN:
                self._note(share, record.begin(self.release, share.named, frozenset(share.contents)))
            case Kind.PUT:
                content = share.contents[step.part]
                if not content.is_whole():
                    raise EnvironmentFault(
                        f"{content.path} is not what its name says: the site is damaged. `make hub` builds it anew."
                    )
                share.host.put(content, lambda done, of: listener.sent(step, done, of))
            case Kind.FINISH:
                tags = share.host.tags()
                ours = {
                    path: Held(content.digest, content.headers, tags[path])
                    for path, content in share.contents.items()
                    if path in tags
                }
                others = {path: what for path, what in record.known.items() if path in tags}
                self._note(share, record.finish({**others, **ours}))
            case Kind.PRUNE:
                share.host.remove(step.part)
            case Kind.SETTLE:
                share.host.settle(f"Publish release {self.release}")

    def _note(self, share: _Share, record: Record) -> None:
        content = content_of(NAME, record.to_json())
        share.host.put(content, lambda done, of: None)
        share.record = record


def _join(host: Host, tags: Mapping[str, str], known: Mapping[str, Held]) -> Mapping[str, Held]:
    """What a host holds: what is known where the tag is still the same, else what the host says itself."""
    held = {path: known[path] for path, tag in tags.items() if path in known and known[path].tag == tag}
    unsure = [path for path in tags if path not in held and path != NAME]
    with ThreadPoolExecutor(host.lanes) as pool:
        held.update(zip(unsure, pool.map(host.ask, unsure), strict=True))
    return held


def _why(content: Content, held: Held | None, known: Held | None) -> str:
    """Why a file is put; empty where what is there is the same."""
    if held is None:
        return "missing" if known and known.digest else "new"
    if held.digest != content.digest:
        return "changed"
    return "its headers changed" if held.headers and held.headers != content.headers else ""


def _sum_up(share: _Share, steps: Sequence[Step]) -> Iterator[str]:
    """What a plan says of one host, file by file left out."""
    _, held = share.look()
    put = {step.part: step for step in steps if step.kind == Kind.PUT}
    prune = [step for step in steps if step.kind == Kind.PRUNE]
    kinds = {
        "new": [path for path, step in put.items() if step.reason in ("new", "missing")],
        "changed": [path for path, step in put.items() if step.reason not in ("new", "missing")],
        "the same": [path for path in share.contents if path not in put],
    }
    told = [
        f"{len(paths):,} {kind} ({size(sum(share.contents[path].size for path in paths))})"
        for kind, paths in kinds.items()
        if paths
    ]
    if prune:
        told.append(f"{len(prune):,} to remove")
    yield f"{share.host.name}: {count(len(share.contents), 'file')}: {', '.join(told)}"
    kept = sum(path not in share.contents and path != NAME for path in held) - len(prune)
    if kept:
        yield f"  {count(kept, 'file')} more stay there: of the release before, or not ours"
    for wave in Wave:
        waiting = [step for path, step in put.items() if share.contents[path].wave is wave]
        if waiting:
            yield f"  {wave.words}: {len(waiting):,}, {size(sum(step.cost.bytes for step in waiting))}"
