"""From drawn chapters to a published lesson: video, words, chapters, pictures, and the line in the manifest."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path

from render.core.copy_form import COPIES
from render.core.fault import JobFault
from render.core.profile import Profile
from render.core.speech import Voice
from render.core.timeline import Timeline
from render.encode import caption, ffmpeg
from render.encode.verify import verify_copies, verify_video
from render.plan.copy_key import chapter_copy_key, copy_key
from render.plan.lesson_plan import Piece, lesson_key
from render.store.lesson import entry_of, find_lesson, lesson_home, list_entry, publish_lesson
from render.store.manifest import add_files
from render.store.store import Record, Store, Stored

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
"""The files of a lesson, by their roles in the manifest."""


def assemble(
    store: Store,
    timeline: Timeline,
    profile: Profile,
    pieces: Sequence[Piece],
    poster: Piece,
    voice: Voice,
) -> Record:
    """Make, verify and publish a lesson whose pieces are all in the store; returns its line in the manifest.

    :class:`JobFault` where a piece is missing or a file is not what the timeline promises, :class:`EnvironmentFault`
    where ffmpeg is missing or the disk is full.
    """
    slug, key = timeline.slug, lesson_key(timeline, profile, pieces, poster)
    record = find_lesson(lesson_home(store, slug, key))
    if record is None:
        with store.scratch() as scratch:
            made = scratch / "lesson"
            made.mkdir()
            sound = _speak(timeline, voice, scratch / "sound.wav")
            _make_files(store, made, timeline, profile, pieces, poster, sound)
            record = publish_lesson(
                store,
                made,
                {
                    "slug": slug,
                    "key": key,
                    "profile": asdict(profile),
                    "timeline": timeline.to_record(),
                    "files": {role: path.name for role, path in _paths(made, slug).items()},
                    "made_of": {
                        "segment": [piece.key for piece in pieces],
                        "poster": [poster.key],
                        "speech": sorted(
                            {key for _, _, beat in timeline.beats() for key in voice.speak(beat.text).keys}
                        ),
                    },
                },
            )
    entry = entry_of(record)
    entry["files"] |= _list_copies(store, slug, _copies_there(store, key, pieces, profile))
    return list_entry(store, entry)


def assemble_copies(
    store: Store, timeline: Timeline, profile: Profile, pieces: Sequence[Piece], entry: Record
) -> Record:
    """Join the copies of a lesson's chapters, which are all in the store, and list them; returns its line then.

    ``entry`` is the lesson's line in the manifest, and its video what sound, captions and chapters are taken from.
    :class:`JobFault` and :class:`EnvironmentFault` as for :func:`assemble`.
    """
    slug, video = timeline.slug, store.build / entry["files"]["video"]["path"]
    copies: dict[str, tuple[str, Stored]] = {}
    with store.scratch() as scratch:
        for form in COPIES:
            key = copy_key(entry["key"], pieces, form)
            stored = store.find(form.role, key, ".mp4")
            if stored is None:
                keys = [chapter_copy_key(piece, form) for piece in pieces]
                chapters = [
                    _found(store, form.chapter, key, piece, ".h264")
                    for key, piece in zip(keys, pieces, strict=True)
                ]
                made = scratch / f"{form.role}.mp4"
                ffmpeg.join_copies(chapters, video, made, profile.fps)
                seen = replace(profile, width=form.width, height=form.height)
                verify_copies(made, timeline, seen, chapters)
                record = {
                    "slug": slug,
                    "profile": profile.name,
                    "bytes": made.stat().st_size,
                    "seen": asdict(seen),
                    "timeline": timeline.to_record(),
                    "made_of": {form.chapter: keys},
                }
                stored = store.put(form.role, key, made, record)
            copies[form.role] = key, stored
    files = _list_copies(store, slug, copies)
    return add_files(store, slug, entry, files)


def _copies_there(
    store: Store, lesson: str, pieces: Sequence[Piece], profile: Profile
) -> dict[str, tuple[str, Stored]]:
    """Key and object of each copy of a lesson, by role; empty where not all of them are in the store."""
    if not profile.has_copies:
        return {}
    keys = {form.role: copy_key(lesson, pieces, form) for form in COPIES}
    found = {role: (key, store.glance(role, key, ".mp4")) for role, key in keys.items()}
    there = {role: (key, stored) for role, (key, stored) in found.items() if stored is not None}
    return there if len(there) == len(COPIES) else {}


def _list_copies(store: Store, slug: str, copies: Mapping[str, tuple[str, Stored]]) -> Record:
    """The lines for the manifest of a lesson's ``copies``, to which ``build/public/`` leads by plain names."""
    files = {}
    for form in COPIES:
        link = store.build / "public" / f"{slug}.{form.height}p.mp4"
        if form.role not in copies:
            link.unlink(missing_ok=True)
            continue
        key, stored = copies[form.role]
        _point(link, stored.path)
        files[form.role] = {
            "path": stored.path.relative_to(store.build).as_posix(),
            "bytes": stored.record["bytes"],
            "sha256": stored.record["sha256"],
            "key": key,
        }
    return files


def _paths(folder: Path, slug: str) -> dict[str, Path]:
    return {name: folder / pattern.format(slug=slug) for name, pattern in FILES.items()}


def _make_files(
    store: Store,
    folder: Path,
    timeline: Timeline,
    profile: Profile,
    pieces: Sequence[Piece],
    poster: Piece,
    sound: Path | None,
) -> None:
    path = _paths(folder, timeline.slug)
    cues = caption.cues(timeline)
    path["captions_vtt"].write_text(caption.to_vtt(cues), encoding="utf-8")
    path["captions_srt"].write_text(caption.to_srt(cues), encoding="utf-8")
    path["chapters_vtt"].write_text(caption.chapters_vtt(timeline), encoding="utf-8")
    path["transcript"].write_text(caption.transcript(timeline), encoding="utf-8")
    public = timeline.public_record(quality=profile.name, fps=profile.fps)
    path["timeline"].write_text(json.dumps(public, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    segments = [_found(store, "segment", piece.key, piece, ".h264") for piece in pieces]
    ffmpeg.join(
        segments,
        path["video"],
        profile,
        title=timeline.title,
        chapters_ffmetadata=caption.chapters_ffmetadata(timeline),
        captions_srt=caption.to_srt(cues),
        audio=sound,
    )
    verify_video(path["video"], timeline, profile, segments)
    drawn = _found(store, "poster", poster.key, poster, ".png")
    ffmpeg.poster(drawn, path["poster_png"], path["poster_webp"], path["poster_small"])
    ffmpeg.preview(path["video"], path["preview"])
    ffmpeg.storyboard(path["video"], path["storyboard_webp"], path["storyboard_vtt"])


def _speak(timeline: Timeline, voice: Voice, out: Path) -> Path | None:
    """Write the sound of the whole lesson to the WAV file ``out``; returns it, or None where the voice is silent."""
    said = [
        (speech.sound, start, beat.text)
        for start, _, beat in timeline.beats()
        if (speech := voice.speak(beat.text)).sound is not None
    ]
    if not said:
        return None
    from render.encode.mix import Clip, mix  # imports scipy.signal, which a silent lesson can do without

    mix([Clip(*one) for one in said], timeline.seconds, out)
    return out


def _found(store: Store, kind: str, key: str, piece: Piece, suffix: str) -> Path:
    stored = store.find(kind, key, suffix)
    if stored is None:
        raise JobFault(f"{piece.slug}: {piece.name} is gone from the store; run the same command again")
    return stored.path


def _point(link: Path, file: Path) -> None:
    """Let ``link`` lead to ``file``, in one step; it is for people, and what stands in its way is left alone."""
    fresh = link.with_name(f".{link.name}-{os.getpid()}")
    with suppress(OSError):
        link.parent.mkdir(parents=True, exist_ok=True)
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(os.path.relpath(file, link.parent))
        try:
            os.replace(fresh, link)
        except OSError:
            fresh.unlink()
