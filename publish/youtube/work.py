"""The steps of a publication, done.  Each may be begun again after a kill at any moment.

Before anything is made that could be made twice it is looked for, and what could have been done when a run ended is
noted in the ledger before it is begun.  What a step has done stands in the ledger when it returns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from publish.ledger import LedgerFile
from publish.publication import LANGUAGE, Payload, Publication, digest
from publish.report import moment
from publish.step import Listener, Step, StepFault
from publish.text import PlaylistText, Text, playlist_text, section_address, text_of
from publish.youtube.account import Account
from publish.youtube.api import Answer, Api, media
from publish.youtube.fault import Transient
from publish.youtube.patience import Patience
from publish.youtube.plan import LEAD, Wishes, longest_rising, playlist_privacy, status_settings, taken_dates
from publish.youtube.upload import SessionGone, Upload
from render.core.catalog import Catalog, ChannelSettings, Section
from render.store.ledger import CaptionTrack, Channel, Playlist, PlaylistEntry, Release, Video
from render.store.ledger import Upload as Underway

_ANEW: Final = 3
"""So often an upload is begun anew when its session is gone."""


@dataclass(slots=True)
class Work:
    """Does steps of a plan for ``publications`` on the channel that ``api`` speaks for."""

    api: Api
    catalog: Catalog
    settings: ChannelSettings
    ledger: LedgerFile
    account: Account
    wishes: Wishes
    publications: Mapping[str, Publication]
    """By slug."""
    find: Callable[[Publication], bool]
    """Looks on the channel for the video of a topic by its mark, and takes it over; whether it was there."""
    listener: Listener
    patience: Patience
    chunk: int
    """Bytes that are sent at once."""

    def do(self, step: Step) -> str:
        """Do a step, patiently; returns what came of it, in words."""
        if step.kind == "blocked":
            raise StepFault(step.reason)
        if step.kind == "upload":
            return self._upload(step, self.publications[step.subject])
        return self.patience.attempt(lambda: self._attempt(step))

    def _attempt(self, step: Step) -> str:
        if step.kind in ("playlist", "order"):
            return self._list(step, self.catalog.section(step.subject))
        publication = self.publications[step.subject]
        video = self._video(publication.slug)
        if video.id is None:
            raise StepFault("its video is not on the channel")
        match step.kind:
            case "text":
                return self._send_text(publication, video)
            case "thumbnail":
                return self._send_thumbnail(publication, video.id)
            case "captions":
                return self._send_captions(publication, video, step.part)
            case "entry":
                with self._forgetting(publication.section):
                    return self._enter(publication, video)
            case _:
                return self._release(publication, video.id)

    def _list(self, step: Step, section: Section) -> str:
        with self._forgetting(section):
            return self._make_playlist(section) if step.kind == "playlist" else self._order(section)

    @contextmanager
    def _forgetting(self, section: Section) -> Iterator[None]:
        """Take the playlist of a section out of the ledger when YouTube says that it is gone."""
        try:
            yield
        except StepFault as fault:
            if "playlistNotFound" in str(fault):
                self.ledger.change_channel(lambda channel: _without_playlist(channel, section.slug))
            raise

    def _channel(self) -> Channel:
        return self.ledger.read().youtube

    def _video(self, slug: str) -> Video:
        return self._channel().videos.get(slug, Video())

    def _change(self, slug: str, **changes: Any) -> None:
        self.ledger.change_video(slug, lambda video: video.model_copy(update=changes))

    # --- the video ---

    def _upload(self, step: Step, publication: Publication) -> str:
        """Send the bytes that have not arrived; the session stands in the ledger before the first of them."""
        payload, tried, best = publication.video, 0, -1
        arrived = 0

        def progress(count: int) -> None:
            nonlocal arrived
            arrived = count
            self.listener.sent(step, count, payload.bytes)

        upload = Upload(self.api, payload.path, payload.bytes, self.chunk, progress)
        for _ in range(_ANEW):
            while True:
                try:
                    return self._arrive(publication, upload.go_on(self._session(publication, upload)))
                except SessionGone:
                    self._forget_session(publication.slug)
                    if self.find(publication):  # the last byte had arrived, and only the answer was lost
                        return self._link(publication)
                    break
                except Transient as passing:
                    tried = 1 if arrived > best else tried + 1
                    best = max(best, arrived)
                    self.patience.wait(tried, passing)
        raise StepFault(f"YouTube has forgotten the upload {_ANEW} times: run again later")

    def _session(self, publication: Publication, upload: Upload) -> str:
        """The address of the upload's session, opened if there is none; :class:`SessionGone` for one that is lost."""
        underway = self._video(publication.slug).upload
        if underway and underway.sha256 == publication.video.sha256:
            address = self.account.session(underway.session)
            if address is None:  # it was begun on another machine
                raise SessionGone
            return address
        text = text_of(publication, self.settings)
        status = status_settings(self.catalog, self.settings)
        body = {"snippet": _snippet(text), "status": {**status, "privacyStatus": "private"}}
        address = upload.begin(body, "snippet,status")
        self._change(
            publication.slug,
            upload=Underway(
                session=self.account.open_session(address),
                sha256=publication.video.sha256,
                bytes=publication.video.bytes,
                cut=publication.cut,
                text=text.digest,
                settings=digest(status),
            ),
        )
        return address

    def _forget_session(self, slug: str) -> None:
        if underway := self._video(slug).upload:
            self._change(slug, upload=None)
            self.account.close_session(underway.session)

    def _arrive(self, publication: Publication, item: Answer) -> str:
        """Write down that a video is there, in place of an earlier one."""
        session = ""

        def arrived(video: Video) -> Video:
            nonlocal session
            underway = video.upload
            assert underway is not None
            session = underway.session
            return Video(
                id=item["id"],
                sha256=underway.sha256,
                cut=underway.cut,
                text=underway.text,
                playlist=video.playlist,
                release=Release(privacy="private", settings=underway.settings),
                replaced=(*video.replaced, *([video.id] if video.id else [])),
            )

        self.ledger.change_video(publication.slug, arrived)
        self.account.close_session(session)
        return self._link(publication)

    def _link(self, publication: Publication) -> str:
        return f"https://youtu.be/{self._video(publication.slug).id}"

    # --- what stands with it ---

    def _send_text(self, publication: Publication, video: Video) -> str:
        text = text_of(publication, self.settings, video.sha256)
        self.api.call("videos.update", part="snippet", body={"id": video.id, "snippet": _snippet(text)})
        self._change(publication.slug, text=text.digest)
        return "done"

    def _send_thumbnail(self, publication: Publication, id: str) -> str:
        thumbnail = publication.thumbnail
        assert thumbnail is not None
        self.api.call("thumbnails.set", videoId=id, media_body=media(thumbnail.path, "image/png"))
        self._change(publication.slug, thumbnail=thumbnail.sha256)
        return "done"

    def _send_captions(self, publication: Publication, video: Video, language: str) -> str:
        """Send captions in a language, in place of those that are there."""
        payload, track = publication.captions[language], video.captions.get(language)
        there = None
        if track is not None:
            there = track.id or self._find_track(video, language)
        if there is None:
            self._note_track(publication, language, CaptionTrack(begun=payload.sha256))
            there = self._insert_track(publication, video, language)
        elif track is None or track.begun != payload.sha256:  # else they had arrived when the run ended
            try:
                self._update_track(there, payload)
            except StepFault as fault:
                if "captionNotFound" not in str(fault):
                    raise
                # they were deleted by hand
                self._note_track(publication, language, CaptionTrack(begun=payload.sha256))
                there = self._insert_track(publication, video, language)
        self._note_track(publication, language, CaptionTrack(id=there, sha256=payload.sha256))
        return "done"

    def _note_track(self, publication: Publication, language: str, track: CaptionTrack) -> None:
        self.ledger.change_video(
            publication.slug,
            lambda video: video.model_copy(update={"captions": {**video.captions, language: track}}),
        )

    def _find_track(self, video: Video, language: str) -> str | None:
        answer = self.api.call("captions.list", part="id,snippet", videoId=video.id)
        for item in answer.get("items", []):
            if item["snippet"]["language"] == language and item["snippet"]["trackKind"] != "ASR":
                return str(item["id"])
        return None

    def _insert_track(self, publication: Publication, video: Video, language: str) -> str:
        payload = publication.captions[language]
        snippet = {"videoId": video.id, "language": language, "name": "", "isDraft": False}
        try:
            answer = self.api.call(
                "captions.insert",
                part="snippet",
                body={"snippet": snippet},
                media_body=media(payload.path, "application/octet-stream"),
            )
        except StepFault as fault:
            if "captionExists" not in str(fault) or (there := self._find_track(video, language)) is None:
                raise
            self._note_track(
                publication, language, CaptionTrack(id=there)
            )  # somebody has put them there by hand
            self._update_track(there, payload)
            return there
        return str(answer["id"])

    def _update_track(self, id: str, payload: Payload) -> None:
        self.api.call(
            "captions.update",
            part="id",
            body={"id": id},
            media_body=media(payload.path, "application/octet-stream"),
        )

    # --- playlists ---

    def _make_playlist(self, section: Section) -> str:
        """Make the playlist of a section where it is not there, or give it the words and openness it should have."""
        text = playlist_text(section, self.catalog.hub.address)
        known = self._channel().playlists.get(section.slug)
        id = known.id if known else self._find_playlist(section, text)
        privacy = playlist_privacy(self._channel(), section, self.publications.values(), self.wishes)
        body: Answer = {
            "snippet": {"title": text.title, "description": text.description, "defaultLanguage": LANGUAGE},
            "status": {"privacyStatus": privacy},
        }
        if id is None:
            id = self.api.call("playlists.insert", part="snippet,status", body=body)["id"]
        elif known is None or known.text != text.digest or known.privacy != privacy:
            self.api.call("playlists.update", part="snippet,status", body={"id": id, **body})
        playlist = Playlist(id=id, text=text.digest, privacy=privacy, order=known.order if known else ())
        self._note_playlist(section, playlist)
        return f"https://www.youtube.com/playlist?list={id}"

    def _find_playlist(self, section: Section, text: PlaylistText) -> str | None:
        """A playlist that leads to the section, or has its title."""
        address = section_address(section, self.catalog.hub.address)
        same = None
        for item in self.api.listed("playlists.list", part="id,snippet", mine=True):
            if item["snippet"].get("description", "").endswith(address):
                return str(item["id"])
            if item["snippet"]["title"] == text.title:
                same = str(item["id"])
        return same

    def _note_playlist(self, section: Section, playlist: Playlist) -> None:
        self.ledger.change_channel(
            lambda channel: channel.model_copy(
                update={"playlists": {**channel.playlists, section.slug: playlist}}
            )
        )

    def _enter(self, publication: Publication, video: Video) -> str:
        """Put a video into the playlist of its section, after those that the catalog has before it."""
        section, slug = publication.section, publication.slug
        playlist = self._playlist(section)
        entries = self._entries(playlist)
        mine = next((entry for entry in entries if _video_of(entry) == video.id), None)
        if mine is None:
            before = self._ids(topic.slug for topic in section.topics[: _index(section, slug)])
            places = [place for place, entry in enumerate(entries) if _video_of(entry) in before]
            position = places[-1] + 1 if places else 0
            mine = self._insert_entry(playlist, video, position)
            entries.insert(position, mine)
        old = video.playlist
        if old is not None and old.item != mine["id"]:
            self._delete_entry(old)
            entries = [entry for entry in entries if entry["id"] != old.item]
        assert video.id is not None
        entry = PlaylistEntry(section=section.slug, video=video.id, item=mine["id"])
        self._change(slug, playlist=entry)
        self._note_order(section, entries)
        return f"number {entries.index(mine) + 1} of {len(entries)}"

    def _playlist(self, section: Section) -> Playlist:
        """The playlist of a section; :class:`StepFault` where an earlier step has failed to make it."""
        playlist = self._channel().playlists.get(section.slug)
        if playlist is None:
            raise StepFault(f"the playlist of {section.slug} is not there: run again, and it is made")
        return playlist

    def _entries(self, playlist: Playlist) -> list[Answer]:
        return list(self.api.listed("playlistItems.list", part="id,snippet", playlistId=playlist.id))

    def _ids(self, slugs: Any) -> set[str | None]:
        videos = self._channel().videos
        return {videos[slug].id for slug in slugs if slug in videos}

    def _insert_entry(self, playlist: Playlist, video: Video, position: int) -> Answer:
        resource = {"kind": "youtube#video", "videoId": video.id}
        snippet = {"playlistId": playlist.id, "resourceId": resource, "position": position}
        return self.api.call("playlistItems.insert", part="snippet", body={"snippet": snippet})

    def _delete_entry(self, entry: PlaylistEntry) -> None:
        try:
            self.api.call("playlistItems.delete", id=entry.item)
        except StepFault as fault:
            # it may have been taken away by hand, or just before a run was killed
            if not re.search("playlist(Item)?NotFound", str(fault)):
                raise

    def _note_order(self, section: Section, entries: Sequence[Answer]) -> None:
        channel = self._channel()
        slugs = {video.id: slug for slug, video in channel.videos.items()}
        order = tuple(slugs[id] for entry in entries if (id := _video_of(entry)) in slugs)
        playlist = channel.playlists[section.slug]
        self._note_playlist(section, playlist.model_copy(update={"order": order}))

    def _order(self, section: Section) -> str:
        """Move entries until those of the catalog stand in its order; others stay among them."""
        entries = self._entries(self._playlist(section))
        videos = self._channel().videos
        wanted = [videos[t.slug].id for t in section.topics if t.slug in videos]
        ours = [entry for entry in entries if _video_of(entry) in wanted]
        rising = longest_rising([wanted.index(_video_of(entry)) for entry in ours])
        settled = [ours[index] for index in rising]
        moved = sorted(
            (entry for entry in ours if entry not in settled),
            key=lambda entry: wanted.index(_video_of(entry)),
        )
        for entry in moved:
            entries.remove(entry)
            rank = wanted.index(_video_of(entry))
            before = [e for e in settled if wanted.index(_video_of(e)) < rank]
            position = entries.index(before[-1]) + 1 if before else 0
            entries.insert(position, entry)
            settled.insert(len(before), entry)
            snippet = {key: entry["snippet"][key] for key in ("playlistId", "resourceId")}
            body = {"id": entry["id"], "snippet": {**snippet, "position": position}}
            self.api.call("playlistItems.update", part="snippet", body=body)
        self._note_order(section, entries)
        return f"{len(moved)} moved"

    # --- release ---

    def _release(self, publication: Publication, id: str) -> str:
        """Set who may see a video, and when; what is open already by the calendar's hand stays so."""
        items = self.api.call("videos.list", part="id,status", id=id).get("items", [])
        if not items:
            raise StepFault("its video is not on the channel any more")
        status, now = items[0]["status"], self.api.now()
        is_open = bool(status.get("publishAt")) or status["privacyStatus"] != "private"
        settings = status_settings(self.catalog, self.settings)
        wanted = {"privacyStatus": status["privacyStatus"]}
        if status.get("publishAt"):
            wanted["publishAt"] = status["publishAt"]
        if self.wishes.calendar and not is_open:
            date = next(self.wishes.calendar.dates(now + LEAD, set(taken_dates(self._channel()))))
            wanted = {"privacyStatus": "private", "publishAt": date.strftime("%Y-%m-%dT%H:%M:%SZ")}
        elif self.wishes.privacy and not self.wishes.calendar:
            wanted = {"privacyStatus": self.wishes.privacy}
        if {**status, **settings, **wanted} != status or (
            "publishAt" in status and "publishAt" not in wanted
        ):
            self.api.call("videos.update", part="status", body={"id": id, "status": {**settings, **wanted}})
        at = datetime.fromisoformat(wanted["publishAt"]) if "publishAt" in wanted else None
        release = Release.model_validate(
            {"privacy": wanted["privacyStatus"], "at": at, "settings": digest(settings)}
        )
        self._change(publication.slug, release=release)
        return f"public from {moment(at)}" if at else str(release.privacy)


def _without_playlist(channel: Channel, section: str) -> Channel:
    """What is known of a channel whose playlist of ``section`` is gone, and with it the entries there."""
    videos = {
        slug: video.model_copy(update={"playlist": None})
        if video.playlist and video.playlist.section == section
        else video
        for slug, video in channel.videos.items()
    }
    playlists = {slug: playlist for slug, playlist in channel.playlists.items() if slug != section}
    return channel.model_copy(update={"videos": videos, "playlists": playlists})


def _snippet(text: Text) -> dict[str, object]:
    """What the API is told of a video's words; all of it each time, because what is left out is emptied."""
    return {
        "title": text.title,
        "description": text.description,
        "tags": list(text.tags),
        "categoryId": str(text.category),
        "defaultLanguage": LANGUAGE,
        "defaultAudioLanguage": LANGUAGE,
    }


def _video_of(entry: Answer) -> str:
    return str(entry["snippet"]["resourceId"]["videoId"])


def _index(section: Section, slug: str) -> int:
    return [topic.slug for topic in section.topics].index(slug)
