"""What is on a channel, as far as a publication has to know it; looks only, and changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from publish.publication import Publication, read_mark
from publish.step import StepFault
from publish.youtube.api import Answer, Api
from render.core.catalog import ChannelSettings
from render.core.fault import EnvironmentFault
from render.store.ledger import Channel, Video

SKEW: Final = timedelta(minutes=5)
"""A clock may be so wrong."""
_SHORT: Final = 900
"""A channel whose phone number is not verified takes no longer videos, in seconds."""

_REJECTED: Final = {
    "duplicate": "it takes it for a copy of another video",
    "length": "it is too long for this channel",
    "conversion": "it could not be converted",
    "invalidFile": "it is no video that it can read",
    "codec": "its codec is not known there",
}


@dataclass(frozen=True, slots=True)
class Sight:
    """What was seen."""

    channel: str
    """Id of the channel."""
    title: str
    found: Mapping[str, Answer] = field(default_factory=dict)
    """By slug, videos that carry our mark and that the ledger does not know."""
    gone: frozenset[str] = frozenset()
    """Slugs of topics whose video, as the ledger has it, is not on the channel any more."""
    problems: Mapping[str, str] = field(default_factory=dict)
    """By slug, why nothing can be done for a topic."""
    doubles: Sequence[tuple[str, str]] = ()
    """Slugs of topics whose video is there twice, and a sentence on each."""


def look(
    api: Api, settings: ChannelSettings, known: Channel, publications: Sequence[Publication], *, replace: bool
) -> Sight:
    """Look at the channel of whoever gave consent.

    Raises :class:`EnvironmentFault` for a wrong clock, and for a channel that is not the catalog's or the ledger's.
    """
    channel = _channel(api, settings, known)
    _check_clock(api)
    ids = {p.slug: video.id for p in publications if (video := _video(known, p)).id}
    there = {item["id"]: item for item in api.by_id("videos.list", list(ids.values()), part="id,status")}
    gone = frozenset(slug for slug, id in ids.items() if id not in there)
    problems = {slug: words for slug, id in ids.items() if id in there and (words := _rejected(there[id]))}
    if not replace:
        problems |= {
            slug: f"its video https://youtu.be/{ids[slug]} is not on the channel any more: deleted by hand? "
            "--replace uploads it anew"
            for slug in gone
        }
    strange = [p for p in publications if p.slug in gone or _is_strange(_video(known, p), p, replace)]
    own = {id for video in known.videos.values() for id in (video.id, *video.replaced)}
    found, doubles, taken = _search(api, channel, strange, own) if strange else ({}, [], {})
    for publication in strange:
        if publication.slug not in found and (id := taken.get(publication.topic.title.casefold())):
            problems.setdefault(
                publication.slug,
                f"the channel has a video of this title already, https://youtu.be/{id}, without our mark: if it is "
                f"this lesson, mlhub publish adopt {publication.slug}={id}; otherwise rename one of them",
            )
    if channel["status"].get("longUploadsStatus") not in (None, "allowed"):
        for publication in strange:
            if publication.seconds > _SHORT and publication.slug not in found:
                problems.setdefault(
                    publication.slug,
                    "it is longer than 15 minutes, which the channel may not upload yet: verify a phone number at "
                    "youtube.com/verify",
                )
    return Sight(channel["id"], channel["snippet"]["title"], found, gone, problems, tuple(doubles))


def _video(known: Channel, publication: Publication) -> Video:
    return known.videos.get(publication.slug, Video())


def _is_strange(video: Video, publication: Publication, replace: bool) -> bool:
    """Whether a topic's video may be on the channel without the ledger's knowing."""
    return video.id is None or (replace and not video.is_of(publication.video.sha256))


def _channel(api: Api, settings: ChannelSettings, known: Channel) -> Answer:
    items = api.call("channels.list", part="id,snippet,status,contentDetails", mine=True).get("items", [])
    if not items:
        raise EnvironmentFault(
            "The Google account has no YouTube channel: make one at youtube.com, then run again."
        )
    channel: Answer = items[0]
    for place, id in (("catalog.yaml (hub.publish.youtube.id)", settings.id), ("publish.json", known.id)):
        if id and id != channel["id"]:
            raise EnvironmentFault(
                f"The consent is for the channel “{channel['snippet']['title']}” ({channel['id']}), and {place} says "
                f"{id}. Give consent with the right account: mlhub publish consent."
            )
    return channel


def _check_clock(api: Api) -> None:
    """:class:`EnvironmentFault` where this machine's clock is so wrong that dates and days would be."""
    server = api.server_time
    if server is None:
        return
    skew = api.now() - server
    if abs(skew) > SKEW:
        minutes = round(abs(skew).total_seconds() / 60)
        raise EnvironmentFault(
            f"This machine's clock is {minutes:,} minutes {'ahead of' if skew > timedelta() else 'behind'} Google's: "
            "dates of release and days of quota would be wrong. Set it (timedatectl set-ntp true) and run again."
        )


def _rejected(item: Answer) -> str:
    """Why YouTube does not show a video; empty where it does."""
    status = item.get("status", {})
    if status.get("uploadStatus") not in ("failed", "rejected"):
        return ""
    reason = status.get("rejectionReason") or status.get("failureReason") or "no reason given"
    why = _REJECTED.get(reason, reason)
    return (
        f"YouTube refuses its video https://youtu.be/{item['id']}: {why}. Look at it in Studio; when it is deleted "
        "there, --replace uploads it anew"
    )


def _search(
    api: Api, channel: Answer, strange: Sequence[Publication], own: Collection[str | None]
) -> tuple[dict[str, Answer], list[tuple[str, str]], dict[str, str]]:
    """Videos with the marks of these topics; sentences on those that are there twice; ids of all others by title.

    Those that are our ``own``, as the ledger knows them, are passed over.
    """
    wanted = {publication.slug: publication for publication in strange}
    marked: dict[str, list[Answer]] = {}
    titles: dict[str, str] = {}
    for item in _uploads(api, channel):
        if item["id"] in own:
            continue
        mark = read_mark(item["snippet"].get("tags", []))
        if mark and mark[0] in wanted and not _rejected(item):
            marked.setdefault(mark[0], []).append(item)
        elif mark is None:
            titles[item["snippet"]["title"].casefold()] = item["id"]
    found: dict[str, Answer] = {}
    doubles: list[tuple[str, str]] = []
    for slug, items in marked.items():
        sha256 = wanted[slug].video.sha256
        items.sort(key=lambda item: (_is_of(item, sha256), item["snippet"].get("publishedAt", "")))
        found[slug] = items[-1]
        same = [item for item in items[:-1] if _is_of(item, sha256)]
        doubles += [
            (slug, f"its video is there twice; delete https://youtu.be/{item['id']}") for item in same
        ]
    return found, doubles, titles


def _is_of(item: Answer, sha256: str) -> bool:
    mark = read_mark(item["snippet"].get("tags", []))
    return mark is not None and sha256.startswith(mark[1])


def _uploads(api: Api, channel: Answer) -> Iterator[Answer]:
    """All videos of a channel, with their tags, which only their owner sees."""
    playlist = channel["contentDetails"]["relatedPlaylists"]["uploads"]
    try:
        listed = api.listed("playlistItems.list", part="contentDetails", playlistId=playlist)
        ids = [item["contentDetails"]["videoId"] for item in listed]
    except StepFault as fault:
        if "playlistNotFound" not in str(fault):  # so an empty channel answers
            raise
        return
    yield from api.by_id("videos.list", ids, part="id,snippet,status")
