"""A video that a person has uploaded by hand, taken into the ledger."""

from __future__ import annotations

from publish.ledger import LedgerFile
from publish.publication import Publication, digest
from publish.text import text_of
from publish.youtube.plan import status_settings
from render.core.catalog import Catalog, ChannelSettings
from render.store.ledger import CaptionTrack, Privacy, Release, Video


def adopt(
    ledger: LedgerFile,
    catalog: Catalog,
    settings: ChannelSettings,
    publication: Publication,
    id: str,
    privacy: Privacy,
) -> str:
    """Write down that the lesson, as it is rendered now, is on the channel under ``id``; returns a sentence on it.

    Texts, thumbnail and captions are taken to be those of the folder for Studio.
    """
    release = Release(privacy=privacy, settings=digest(status_settings(catalog, settings)))

    def adopted(video: Video) -> Video:
        before = [video.id] if video.id and video.id != id else []
        return Video(
            id=id,
            sha256=publication.video.sha256,
            cut=publication.cut,
            text=text_of(publication, settings).digest,
            thumbnail=publication.thumbnail.sha256 if publication.thumbnail else None,
            captions={
                language: CaptionTrack(sha256=payload.sha256)
                for language, payload in publication.captions.items()
            },
            playlist=video.playlist,
            release=release,
            replaced=(*video.replaced, *before),
        )

    ledger.change_video(publication.slug, adopted)
    return f"{publication.slug}: https://youtu.be/{id}, {privacy}"
