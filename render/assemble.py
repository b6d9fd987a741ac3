"""From drawn chapters to a published lesson: video, words, chapters, pictures, and the line in the manifest."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict
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
    "poster_small": "poster.small.webp",
    "preview": "preview.mp4",
    "storyboard_webp": "storyboard.webp",
    "storyboard_vtt": "storyboard.vtt",
    "timeline": "timeline.json",
}
"""What lies in ``build/out/<slug>/``, by its name in the manifest."""
SMALL = {"video_small": "{slug}.small.mp4"}
"""What is there as well where the quality has a copy in few pixels."""


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
    home = lesson_home(store, slug, key)
    with store.scratch() as scratch:
        record = find_lesson(home)
        if record is None:
            made = scratch / "lesson"
            made.mkdir()
            sound = _speak(timeline, voice, scratch / "sound.wav")
            _make_files(store, made, timeline, profile, pieces, poster, sound)
            record = {
                "slug": slug,
                "key": key,
                "profile": asdict(profile),
                "timeline": timeline.to_record(),
                "files": {name: _seen(path) for name, path in _paths(made, slug, profile).items()},
                "made_of": {
                    "segment": [piece.key for piece in pieces],
                    **({"small": [piece.key for piece in pieces]} if profile.small else {}),
                    "poster": [poster.key],
                    "speech": sorted(
                        {key for _, _, beat in timeline.beats() for key in voice.speak(beat.text).keys}
                    ),
                },
            }
            with store.locked():
                record = _publish(made, home, record, scratch)
        entry = _entry(record, timeline, profile)
        _point(store.build / "out" / slug, home, scratch)
        for file in entry["files"].values():
            store.trust.note(store.build / file["path"], file["sha256"])
    enter(store, slug, entry)
    return entry


def lesson_home(store: Store, slug: str, key: str) -> Path:
    """The folder of a lesson's files; its record lies beside it."""
    return store.root / "lesson" / slug / key[:16]


def find_lesson(home: Path) -> Record | None:
    """What the record of a published lesson says, if every file in ``home`` is what it says."""
    record = read_json(home.with_suffix(".json"))
    if record is None or any(lesson_faults(home, record)):
        return None
    return record


def lesson_faults(home: Path, record: Record) -> Iterator[tuple[Path, str]]:
    """Each file of a lesson that is not what its record says, and how."""
    for file in record["files"].values():
        path = home / file["name"]
        if not path.is_file():
            yield path, "is missing"
        elif path.stat().st_size != file["bytes"]:
            yield path, f"has {path.stat().st_size:,} bytes; expected {file['bytes']:,}"
        elif digest_file(path) != file["sha256"]:
            yield path, "has another SHA-256 than when it was published"


def _seen(path: Path) -> Record:
    return {"name": path.name, "bytes": path.stat().st_size, "sha256": digest_file(path)}


def _publish(made: Path, home: Path, record: Record, scratch: Path) -> Record:
    """Move the files ``made`` to ``home`` and write the record last; returns the record of what is there then."""
    if (there := find_lesson(home)) is not None:  # another run published the same lesson meanwhile
        return there
    home.parent.mkdir(parents=True, exist_ok=True)
    if home.is_dir():  # spoilt, or left by a run that was killed before it wrote the record
        os.rename(home, scratch / "spoilt")
    os.rename(made, home)
    write_json(home.with_suffix(".json"), record)
    return record


def _paths(folder: Path, slug: str, profile: Profile) -> dict[str, Path]:
    files = FILES | SMALL if profile.small else FILES
    return {name: folder / pattern.format(slug=slug) for name, pattern in files.items()}


def _make_files(
    store: Store,
    folder: Path,
    timeline: Timeline,
    profile: Profile,
    pieces: Sequence[Piece],
    poster: Piece,
    sound: Path | None,
) -> None:
    path = _paths(folder, timeline.slug, profile)
    cues = caption.cues(timeline)
    path["captions_vtt"].write_text(caption.to_vtt(cues), encoding="utf-8")
    path["captions_srt"].write_text(caption.to_srt(cues), encoding="utf-8")
    path["chapters_vtt"].write_text(caption.chapters_vtt(timeline), encoding="utf-8")
    path["transcript"].write_text(caption.transcript(timeline), encoding="utf-8")
    public = timeline.public_record(quality=profile.name, fps=profile.fps)
    path["timeline"].write_text(json.dumps(public, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for kind, quality, role in (("segment", profile, "video"), ("small", profile.small, "video_small")):
        if quality is None:
            continue
        segments = [_found(store, kind, piece, ".h264") for piece in pieces]
        encode.join(
            segments,
            path[role],
            quality,
            title=timeline.title,
            chapters_ffmetadata=caption.chapters_ffmetadata(timeline),
            captions_srt=caption.to_srt(cues),
            audio=sound,
        )
        verify_video(path[role], timeline, quality, segments)
    drawn = _found(store, "poster", poster, ".png")
    encode.poster(drawn, path["poster_png"], path["poster_webp"], path["poster_small"])
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


def _entry(record: Record, timeline: Timeline, profile: Profile) -> Record:
    slug = timeline.slug
    return {
        "slug": slug,
        "title": timeline.title,
        "key": record["key"],
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
                "path": f"out/{slug}/{file['name']}",
                "bytes": file["bytes"],
                "sha256": file["sha256"],
            }
            for name, file in record["files"].items()
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
