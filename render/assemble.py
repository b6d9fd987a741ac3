"""From drawn chapters to a published lesson: video, words, chapters, pictures, and the line in the manifest."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from render import caption, encode
from render.fault import JobFault
from render.manifest import enter
from render.mix import Clip, mix
from render.plan import Piece, lesson_key
from render.profile import Profile
from render.store import Record, Store, digest_file, read_json, write_json
from render.timeline import Timeline
from render.verify import verify_video
from render.voice import Voice

FILES = {
    "video": "{slug}.mp4",
    "captions_vtt": "captions.en.vtt",
    "captions_srt": "captions.en.srt",
    "chapters_vtt": "chapters.vtt",
    "transcript": "transcript.txt",
    "poster_png": "poster.png",
    "poster_webp": "poster.webp",
    "preview": "preview.mp4",
    "storyboard_webp": "storyboard.webp",
    "storyboard_vtt": "storyboard.vtt",
    "timeline": "timeline.json",
}
"""What lies in ``build/out/<slug>/``, by its name in the manifest."""


def assemble(
    store: Store,
    timeline: Timeline,
    profile: Profile,
    pieces: Sequence[Piece],
    poster: Piece,
    voice: Voice,
) -> Record:
    """Make, verify and publish a lesson whose pieces are all in the store; returns its manifest entry."""
    slug, key = timeline.slug, lesson_key(timeline, profile, pieces, poster)
    home = store.root / "lesson" / slug / key[:16]
    with store.scratch() as scratch:
        if not _is_as_made(home):
            made = scratch / "lesson"
            made.mkdir()
            sound = _speak(timeline, voice, scratch / "sound.wav")
            _make_files(store, made, timeline, profile, pieces, poster, sound)
            _publish(made, home)
        entry = _entry(home, store.build, timeline, profile, key)
        _point(store.build / "out" / slug, home, scratch)
    enter(store, slug, entry)
    return entry


def _publish(made: Path, home: Path) -> None:
    """Move the files of ``made`` to ``home``, and write down beside it what they were."""
    digests = {file.name: digest_file(file) for file in made.iterdir()}
    home.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.rename(made, home)
    except OSError:
        if not home.is_dir():
            raise
        # Another run published the same lesson meanwhile, or a file of it was spoilt: the same inputs give the
        # same bytes, so each may take the place of its like, and a reader never meets a gap.
        for file in made.iterdir():
            os.replace(file, home / file.name)
    write_json(_digests(home), digests)


def _is_as_made(home: Path) -> bool:
    """Whether ``home`` has the very files that were published there."""
    digests = read_json(_digests(home))
    return digests is not None and all(
        (home / name).is_file() and digest_file(home / name) == digest for name, digest in digests.items()
    )


def _digests(home: Path) -> Path:
    return home.with_name(f"{home.name}.json")


def _make_files(
    store: Store,
    folder: Path,
    timeline: Timeline,
    profile: Profile,
    pieces: Sequence[Piece],
    poster: Piece,
    sound: Path | None,
) -> None:
    path = {name: folder / pattern.format(slug=timeline.slug) for name, pattern in FILES.items()}
    segments = [_found(store, "segment", piece, ".h264") for piece in pieces]
    cues = caption.cues(timeline)
    path["captions_vtt"].write_text(caption.to_vtt(cues), encoding="utf-8")
    path["captions_srt"].write_text(caption.to_srt(cues), encoding="utf-8")
    path["chapters_vtt"].write_text(caption.chapters_vtt(timeline), encoding="utf-8")
    path["transcript"].write_text(caption.transcript(timeline), encoding="utf-8")
    public = timeline.public_record(quality=profile.name, fps=profile.fps)
    path["timeline"].write_text(json.dumps(public, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    encode.join(
        segments,
        path["video"],
        profile,
        title=timeline.title,
        chapters_ffmetadata=caption.chapters_ffmetadata(timeline),
        captions_srt=caption.to_srt(cues),
        audio=sound,
    )
    verify_video(path["video"], timeline, profile)
    encode.poster(_found(store, "poster", poster, ".png"), path["poster_png"], path["poster_webp"])
    encode.preview(path["video"], path["preview"])
    encode.storyboard(path["video"], path["storyboard_webp"], path["storyboard_vtt"])


def _speak(timeline: Timeline, voice: Voice, out: Path) -> Path | None:
    """The whole lesson's sound in one file; none where the voice is silent."""
    clips = [
        Clip(speech.sound, start, beat.text)
        for start, _, beat in timeline.beats()
        if (speech := voice.speak(beat.text)).sound is not None
    ]
    if not clips:
        return None
    mix(clips, timeline.seconds, out)
    return out


def _found(store: Store, kind: str, piece: Piece, suffix: str) -> Path:
    stored = store.find(kind, piece.key, suffix)
    if stored is None:
        raise JobFault(f"{piece.slug}: {piece.name} is gone from the store; run the same command again")
    return stored.path


def _entry(home: Path, build: Path, timeline: Timeline, profile: Profile, key: str) -> Record:
    slug = timeline.slug
    files = {name: home / pattern.format(slug=slug) for name, pattern in FILES.items()}
    return {
        "slug": slug,
        "title": timeline.title,
        "key": key,
        "quality": profile.name,
        "voice": timeline.voice,
        "seconds": round(timeline.seconds, 3),
        "frames": round(timeline.seconds * profile.fps),
        "fps": profile.fps,
        "width": profile.width,
        "height": profile.height,
        "chapters": len(timeline.chapters),
        "folder": f"out/{slug}",
        "files": {
            name: {
                "path": f"out/{slug}/{path.name}",
                "bytes": path.stat().st_size,
                "sha256": digest_file(path),
            }
            for name, path in files.items()
        },
    }


def _point(link: Path, home: Path, scratch: Path) -> None:
    """Make ``link`` show ``home``, in one step: a reader sees the old lesson or the new one."""
    link.parent.mkdir(parents=True, exist_ok=True)
    if link.is_dir() and not link.is_symlink():
        raise JobFault(f"{link} is a folder of its own; move it away and run the same command again")
    fresh = scratch / "link"
    fresh.symlink_to(os.path.relpath(home, link.parent))
    os.replace(fresh, link)
