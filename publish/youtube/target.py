"""The YouTube channel as a target: planned from the ledger, checked, and brought up to date step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from publish.ledger import LedgerFile
from publish.limits import check_declarations, check_hub, check_publications
from publish.publication import Publication, digest, read_mark
from publish.quota import Meter, Spent
from publish.report import moment
from publish.step import Listener, Objection, Plan, Step
from publish.text import text_of
from publish.youtube.account import AGAIN, TESTING_DAYS, Account, Token
from publish.youtube.patience import Patience
from publish.youtube.plan import Planner, Wishes, status_settings
from render.core.catalog import Catalog, ChannelSettings
from render.core.fault import EnvironmentFault, Fault
from render.store.ledger import CaptionTrack, Release, Video

if TYPE_CHECKING:
    from publish.youtube.api import Answer, Api
    from publish.youtube.look import Sight


@dataclass(slots=True)
class YouTube:
    """The channel of whoever gave consent."""

    catalog: Catalog
    settings: ChannelSettings
    ledger: LedgerFile
    account: Account
    wishes: Wishes = field(default_factory=Wishes)
    chunk: int = 8 * 1024 * 1024
    """Bytes sent at once; a multiple of 256 KiB."""
    patience: Patience = field(default_factory=Patience)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    looks: bool = True
    """Whether :meth:`check` looks at the channel as well; a run looks at it in any case."""
    _sight: Sight | None = None
    """What :meth:`open` has seen, while it is open."""

    # --- plan and check ---

    def plan(self, publications: Sequence[Publication]) -> Plan:
        """What would be done; knows of the channel what the ledger says, and what :meth:`open` has seen."""
        planner = Planner(
            self.catalog,
            self.settings,
            self.ledger.read().youtube,
            self.wishes,
            self.now(),
            self._sight.problems if self._sight else {},
            has_looked=self._sight is not None,
        )
        return planner.plan(publications, self._spent())

    def _spent(self) -> Spent:
        try:
            return self._meter(self.account.token()).spent()
        except EnvironmentFault:
            return Spent()  # nobody has given consent yet: nothing was spent

    def _meter(self, token: Token) -> Meter:
        return Meter(self.account.meter_file(token), self.settings.units_a_day, self.now)

    def check(self, publications: Sequence[Publication]) -> Iterator[Objection]:
        """What YouTube would refuse or punish; asks the channel too, where there is a consent."""
        yield from check_hub(self.catalog.hub)
        yield from check_declarations(self.settings, {one.voice for one in publications})
        yield from check_publications(publications, self.settings)
        yield from self._check_audit()
        try:
            token = self.account.token()
        except EnvironmentFault as fault:
            yield Objection("consent", str(fault))
            return
        yield from self._check_token(token)
        if self.looks:
            yield from self._check_channel(token, publications)

    def _check_audit(self) -> Iterator[Objection]:
        if self.settings.audited:
            return
        opens = self.wishes.calendar is not None or self.wishes.privacy in ("public", "unlisted")
        yield Objection(
            "audit",
            "catalog.yaml says that Google has not audited the API project (hub.publish.youtube.audited): what it "
            "uploads stays private, and nobody can open it afterwards, not in Studio either. Upload by hand "
            "(--to folder), or apply for the audit (docs/publish.md)",
            fatal=opens,
        )

    def _check_token(self, token: Token) -> Iterator[Objection]:
        now = self.now()
        if token.expires is not None and token.expires - now < timedelta(days=1):
            over = token.expires <= now
            words = f"it {'ended' if over else 'ends'} {moment(token.expires)}. {AGAIN}"
            yield Objection("consent", words, fatal=over)
        elif token.expires is None and token.age(now) > timedelta(days=TESTING_DAYS - 1):
            yield Objection(
                "consent",
                f"it was given {token.age(now).days} days ago; while the consent screen is in “Testing”, Google ends "
                f"it after {TESTING_DAYS} days",
                fatal=False,
            )

    def _check_channel(self, token: Token, publications: Sequence[Publication]) -> Iterator[Objection]:
        try:
            with self._api(token) as api:
                sight = self._look(api, publications)
        except Fault as fault:
            yield Objection("channel", str(fault))
            return
        for slug, words in sight.problems.items():
            yield Objection(slug, words)
        for slug, words in sight.doubles:
            yield Objection(slug, words, fatal=False)
        for slug, item in sight.found.items():
            words = f"its video is on the channel already, https://youtu.be/{item['id']}: a run takes it over"
            yield Objection(slug, words, fatal=False)

    # --- opening: look at what is there, and tell the ledger what it does not know ---

    @contextmanager
    def open(
        self, publications: Sequence[Publication], listener: Listener
    ) -> Iterator[Callable[[Step], str]]:
        """Look at the channel, and take over what is known by its mark."""
        from publish.youtube.work import Work

        with self._api(self.account.token()) as api:
            self._sight = self._look(api, publications)
            self._take_over(self._sight, publications, listener)
            try:
                yield Work(
                    api,
                    self.catalog,
                    self.settings,
                    self.ledger,
                    self.account,
                    self.wishes,
                    {publication.slug: publication for publication in publications},
                    lambda publication: self._find(api, publication),
                    listener,
                    self.patience,
                    self.chunk,
                ).do
            finally:
                self._sight = None

    @contextmanager
    def _api(self, token: Token) -> Iterator[Api]:
        from publish.youtube.api import Api

        api = Api(token, self._meter(token), self.account.environment)
        try:
            yield api
        finally:
            api.close()

    def _take_over(self, sight: Sight, publications: Sequence[Publication], listener: Listener) -> None:
        """Tell the ledger what was seen and is new to it."""
        listener.says("channel", f"{sight.title} (https://www.youtube.com/channel/{sight.channel})")
        self.ledger.change_channel(lambda channel: channel.model_copy(update={"id": sight.channel}))
        for slug, words in sight.doubles:
            listener.says(slug, words)
        for publication in publications:
            if self.wishes.replace and publication.slug in sight.gone:
                self.ledger.change_video(publication.slug, _without_id)
            if item := sight.found.get(publication.slug):
                self._adopt(publication, item)
                listener.says(publication.slug, f"found on the channel: https://youtu.be/{item['id']}")

    def _look(self, api: Api, publications: Sequence[Publication]) -> Sight:
        from publish.youtube.look import look

        known, replace = self.ledger.read().youtube, self.wishes.replace
        return self.patience.attempt(lambda: look(api, self.settings, known, publications, replace=replace))

    def _find(self, api: Api, publication: Publication) -> bool:
        """Take over the present video of a topic, if it is on the channel."""
        item = self._look(api, [publication]).found.get(publication.slug)
        if item is None or publication.mark not in item["snippet"].get("tags", []):
            return False
        self._adopt(publication, item)
        return True

    def _adopt(self, publication: Publication, item: Answer) -> None:
        """Write into the ledger what a video with our mark tells of itself."""
        mark = read_mark(item["snippet"]["tags"])
        assert mark is not None
        is_same = publication.video.sha256.startswith(mark[1])
        sha256 = publication.video.sha256 if is_same else mark[1]
        text = text_of(publication, self.settings, sha256)
        has_text = (
            item["snippet"]["title"],
            item["snippet"].get("description"),
            item["snippet"]["tags"],
        ) == (
            text.title,
            text.description,
            list(text.tags),
        )

        def taken_over(video: Video) -> Video:
            return Video(
                id=item["id"],
                sha256=sha256,
                cut=publication.cut if is_same else None,
                text=text.digest if has_text else None,
                captions=dict.fromkeys(publication.captions, CaptionTrack()),  # there may be some
                playlist=video.playlist,
                release=self._seen_release(item["status"]),
                replaced=(*video.replaced, *([video.id] if video.id else [])),
            )

        underway = self.ledger.read().youtube.videos.get(publication.slug, Video()).upload
        self.ledger.change_video(publication.slug, taken_over)
        if underway:
            self.account.close_session(underway.session)

    def _seen_release(self, status: Answer) -> Release:
        wanted = status_settings(self.catalog, self.settings)
        seen = {name: status.get(name) for name in wanted}
        return Release.model_validate(
            {"privacy": status["privacyStatus"], "at": status.get("publishAt"), "settings": digest(seen)}
        )


def _without_id(video: Video) -> Video:
    """A topic whose video is gone from the channel."""
    return Video(replaced=(*video.replaced, *([video.id] if video.id else [])), upload=video.upload)
