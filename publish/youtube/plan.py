"""What would bring a channel up to date: the ledger held against the manifest, without asking anybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from publish.publication import Publication, digest
from publish.quota import COSTS, Spent, spread
from publish.release import Calendar
from publish.report import moment, size
from publish.step import Cost, Day, Plan, Step
from publish.text import playlist_text, text_of
from render.core.catalog import Catalog, ChannelSettings, Section
from render.store.ledger import CaptionTrack, Channel, Playlist, Privacy, Release, Video

LEAD: Final = timedelta(minutes=15)
"""A date of the calendar must be so far ahead, or it is taken by nobody."""
_OPENNESS: Final[tuple[Privacy, ...]] = ("private", "unlisted", "public")
_AFTER_UPLOAD: Final = frozenset({"upload"})
_BEFORE_RELEASE: Final = frozenset({"upload", "text", "thumbnail", "captions", "entry"})


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person asks for with this run."""

    replace: bool = False
    """Upload anew the videos that have changed, and those that are gone."""
    privacy: Privacy | None = None
    """Who may see the videos when all is there; by default nobody else, until that is decided."""
    calendar: Calendar | None = None
    """When they become public, one after the other."""


def status_settings(catalog: Catalog, settings: ChannelSettings) -> dict[str, object]:
    """What YouTube is told of every video besides who may see it."""
    publish = catalog.hub.publish
    is_open = publish is not None and publish.licence.is_creative_commons
    return {
        "selfDeclaredMadeForKids": settings.made_for_kids,
        "containsSyntheticMedia": settings.synthetic_media,
        "license": "creativeCommon" if is_open else "youtube",
        "embeddable": True,
    }


@dataclass(slots=True)
class Planner:
    """Plans for one channel.  ``problems`` are reasons not to touch a topic, by slug."""

    catalog: Catalog
    settings: ChannelSettings
    channel: Channel
    wishes: Wishes
    now: datetime
    problems: Mapping[str, str] = field(default_factory=dict)
    has_looked: bool = False
    """Whether the channel was looked at already."""
    _notices: list[str] = field(default_factory=list)

    def plan(self, publications: Sequence[Publication], spent: Spent) -> Plan:
        """All steps, in the catalog's order, spread over days."""
        steps: list[Step] = []
        listed: dict[str, list[str]] = {}
        for publication in publications:
            slug, section = publication.slug, publication.section
            if slug in self.problems:
                steps.append(Step(slug, "blocked", "publish", self.problems[slug]))
                continue
            own = list(self._topic(publication))
            if any(step.kind == "entry" for step in own):
                if section.slug not in listed:
                    steps += self._playlist(section, publications)
                listed.setdefault(section.slug, []).append(slug)
            steps += own
        touched = {publication.section.slug for publication in publications}
        for section in self.catalog.sections:
            if section.slug not in touched:
                continue
            if section.slug not in listed:
                steps += self._playlist(section, publications, only_known=True)
            steps += self._order(section, listed.get(section.slug, []))
        if steps and not self.has_looked:
            steps.insert(0, self._look(publications))
        days = spread(steps, spent, self.settings.units_a_day, self.now)
        days = self._dated(days)
        return Plan(tuple(step for day in days for step in day.steps), tuple(self._notices), days)

    def _look(self, publications: Sequence[Publication]) -> Step:
        """The calls by which a run sees what is there."""
        pages = 1 + len(self.channel.videos) // 50
        cost = _calls("channels.list", *["playlistItems.list", "videos.list"] * pages)
        if any(self._video(p.slug).id for p in publications):
            cost += _calls("videos.list")
        return Step("channel", "look", "look at what is there", "nothing is put there twice", cost)

    def _video(self, slug: str) -> Video:
        return self.channel.videos.get(slug, Video())

    # --- a topic ---

    def _topic(self, publication: Publication) -> Iterator[Step]:
        video = self._video(publication.slug)
        uploads = self._why_upload(publication, video)
        fresh = bool(uploads)
        if fresh:
            yield self._upload(publication, video, uploads)
        # The chapters and captions of another cut would not fit the video that is there.
        fits = fresh or video.cut == publication.cut
        if fits and not fresh and video.text != self._text_digest(publication, video):
            yield self._step(publication, "text", "title, description, tags", video.text, "videos.update")
        if publication.thumbnail and (fresh or video.thumbnail != publication.thumbnail.sha256):
            known = None if fresh else video.thumbnail
            sent = publication.thumbnail.bytes
            yield self._step(publication, "thumbnail", "thumbnail", known, "thumbnails.set", sent)
        for language, payload in publication.captions.items() if fits else ():
            track = None if fresh else video.captions.get(language)
            if track is None or track.sha256 != payload.sha256:
                yield self._captions(publication, language, track)
        yield from self._entry(publication, video, fresh)
        yield from self._release(publication, video, fresh)

    def _why_upload(self, publication: Publication, video: Video) -> str:
        """Why the video is to be uploaded; empty where it is not."""
        slug, sha256 = publication.slug, publication.video.sha256
        if video.upload and video.upload.sha256 == sha256 and (video.id is None or self.wishes.replace):
            return "it was begun"
        if video.id is None:
            return "the video has changed since it was begun" if video.upload else "new"
        if video.is_of(sha256):
            return ""
        if self.wishes.replace:
            return "the video has changed, and is to be replaced"
        rest = (
            "its texts go on"
            if video.cut == publication.cut
            else "its chapters and captions, which would not fit, wait with it"
        )
        self._notices.append(
            f"{slug}: the video has changed, and YouTube exchanges none: what is there stays, {rest}; "
            "--replace uploads it anew, under another address"
        )
        return ""

    def _upload(self, publication: Publication, video: Video, reason: str) -> Step:
        if video.id:
            self._notices.append(
                f"{publication.slug}: its earlier video stays at https://youtu.be/{video.id}: "
                "hide or delete it in Studio when the new one is to be seen"
            )
        return Step(
            publication.slug,
            "upload",
            f"upload the video ({size(publication.video.bytes)})",
            reason,
            COSTS["videos.insert"] + Cost(bytes=publication.video.bytes),
        )

    def _text_digest(self, publication: Publication, video: Video) -> str:
        return text_of(publication, self.settings, video.sha256).digest

    @staticmethod
    def _step(
        publication: Publication,
        kind: str,
        words: str,
        known: str | None,
        method: str,
        sent: int = 0,
    ) -> Step:
        reason = "changed" if known else "new"
        cost = COSTS[method] + Cost(bytes=sent)
        return Step(publication.slug, kind, words, reason, cost, needs=_AFTER_UPLOAD)

    @staticmethod
    def _captions(publication: Publication, language: str, track: CaptionTrack | None) -> Step:
        if track is None:
            reason, cost = "new", _calls("captions.insert")
        else:
            reason = "changed" if track.sha256 else "what is there is not known"
            cost = _calls("captions.update", *([] if track.id else ["captions.list"]))
        cost += Cost(bytes=publication.captions[language].bytes)
        words = f"captions in {language}"
        return Step(publication.slug, "captions", words, reason, cost, language, _AFTER_UPLOAD)

    def _entry(self, publication: Publication, video: Video, fresh: bool) -> Iterator[Step]:
        section, entry = publication.section, video.playlist
        cost = _calls("playlistItems.list", "playlistItems.insert")
        if entry is None:
            reason = "new"
        elif entry.section != section.slug:
            reason = f"it stood in the playlist of {entry.section}"
        elif fresh or entry.video != video.id:
            reason = "another video stood there"
        else:
            return
        if entry is not None:
            cost += _calls("playlistItems.delete")
        words = f"into the playlist “{section.title}”"
        yield Step(publication.slug, "entry", words, reason, cost, needs=_AFTER_UPLOAD)

    def _release(self, publication: Publication, video: Video, fresh: bool) -> Iterator[Step]:
        settings = digest(status_settings(self.catalog, self.settings))
        release = None if fresh else video.release
        wish = self.wishes
        if wish.calendar and (
            release is None or (release.at_time(self.now) == "private" and release.at is None)
        ):
            words, reason = "public by the calendar", "asked for"
        elif (
            wish.privacy
            and not self._is_released(release, wish.privacy)
            and not (fresh and wish.privacy == "private")
        ):
            words, reason = wish.privacy, "asked for"
        elif release is not None and release.settings != settings:
            words, reason = "settings", "changed"
        else:
            return
        cost = _calls("videos.list", "videos.update")
        yield Step(publication.slug, "release", words, reason, cost, needs=_BEFORE_RELEASE)

    def _is_released(self, release: Release | None, privacy: Privacy) -> bool:
        """Whether a video is seen by these already, and stays so."""
        if release is None or release.at_time(self.now) != privacy:
            return False
        return privacy == "public" or release.at is None

    # --- a section ---

    def _playlist(
        self, section: Section, publications: Sequence[Publication], *, only_known: bool = False
    ) -> Iterator[Step]:
        known: Playlist | None = self.channel.playlists.get(section.slug)
        privacy = playlist_privacy(self.channel, section, publications, self.wishes)
        words = f"the playlist “{section.title}”"
        if known is None:
            if not only_known:
                cost = _calls("playlists.list", "playlists.insert")
                yield Step(section.slug, "playlist", words, "new", cost)
            return
        changed = known.text != playlist_text(section, self.catalog.hub.address).digest
        opened = _OPENNESS.index(privacy) > _OPENNESS.index(known.privacy)
        if changed or opened:
            reason = "title or description changed" if changed else f"it is to be {privacy}"
            yield Step(section.slug, "playlist", words, reason, _calls("playlists.update"))

    def _order(self, section: Section, coming: Sequence[str]) -> Iterator[Step]:
        """Entries of a playlist that are there and not in the catalog's order."""
        known = self.channel.playlists.get(section.slug)
        if known is None:
            return
        wanted = [topic.slug for topic in section.topics]
        there = [slug for slug in known.order if slug in wanted and slug not in coming]
        moves = len(there) - len(longest_rising([wanted.index(slug) for slug in there]))
        if moves:
            cost = _calls("playlistItems.list", *["playlistItems.update"] * moves)
            yield Step(
                section.slug, "order", f"the order of “{section.title}”", "the catalog's has changed", cost
            )

    # --- dates ---

    def _dated(self, days: Sequence[Day]) -> tuple[Day, ...]:
        """The days with the dates of the calendar in the words of the releases."""
        calendar = self.wishes.calendar
        if calendar is None:
            return tuple(days)
        taken = set(taken_dates(self.channel))
        dated = []
        for day in days:
            steps = []
            for step in day.steps:
                if step.kind == "release" and step.words.endswith("calendar"):
                    date = next(calendar.dates(max(self.now, day.start) + LEAD, taken))
                    taken.add(date)
                    step = replace(step, words=f"public from {moment(date)}")
                steps.append(step)
            dated.append(Day(day.start, tuple(steps)))
        return tuple(dated)


def playlist_privacy(
    channel: Channel, section: Section, publications: Iterable[Publication], wishes: Wishes
) -> Privacy:
    """Who is to see the playlist of a section: whoever its most open video is, or will be, for."""
    found: list[Privacy] = ["private"]
    if known := channel.playlists.get(section.slug):
        found.append(known.privacy)
    for topic in section.topics:
        release = channel.videos.get(topic.slug, Video()).release
        if release is not None:
            found.append("public" if release.at else release.privacy)
    if any(publication.section.slug == section.slug for publication in publications):
        found.append("public" if wishes.calendar else wishes.privacy or "private")
    return max(found, key=_OPENNESS.index)


def taken_dates(channel: Channel) -> Iterator[datetime]:
    """Dates at which a video of the channel becomes public, or did."""
    for video in channel.videos.values():
        if video.release and video.release.at:
            yield video.release.at


def _calls(*methods: str) -> Cost:
    return sum((COSTS[method] for method in methods), Cost())


def longest_rising(values: Sequence[int]) -> list[int]:
    """Positions of a longest part of ``values`` (all different) that rises: what may stay where it is."""
    best: list[list[int]] = []
    for index, value in enumerate(values):
        before = [part for part in best if values[part[-1]] < value]
        best.append([*max(before, key=len, default=[]), index])
    return max(best, key=len, default=[])
