"""Small moving pictures with holds, and what decoders make of them."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from render.core.copy_form import CopyForm
from render.core.profile import TICKS_PER_SECOND, Profile
from render.core.timeline import Beat, Chapter, Timeline
from render.encode.public_copy import CopySink, CopyWriter
from render.encode.segment import Picture, Segment, SegmentWriter

FILE = "scenes/film/__init__.py"
SMALL = Profile("small", 320, 180, 15, 26)
FORM = CopyForm("public", 320, 180, 20)
GROUND = (15, 20, 32, 255)

Part = tuple[int, int]
"""Frames that move, then frames that the next picture stands."""


def picture(k: int, profile: Profile = SMALL) -> Picture:
    """The ``k``-th picture: a coloured block that wanders, over lines of noise that stand still."""
    height, width = profile.height, profile.width
    rgba = np.full((height, width, 4), GROUND, np.uint8)
    noise = np.random.default_rng(7).integers(0, 2, (height // 9, width // 2, 1), np.uint8) * 190
    rgba[height // 2 : height // 2 + height // 9, width // 8 : width // 8 + width // 2, :3] = noise
    x, y = k * 7 % (width - width // 5), height // 8 + k * 3 % (height // 5)
    rgba[y : y + height // 6, x : x + width // 5, :3] = (90 + k % 50, 169, 230 - k % 90)
    return rgba


def shoot(path: Path, parts: Sequence[Part], profile: Profile = SMALL) -> tuple[Segment, list[int]]:
    """Write ``parts`` to ``path``; also which picture each frame shows."""
    shown: list[int] = []
    picture_number = 0
    with SegmentWriter(path, profile) as writer:
        for moving, held in parts:
            for repeat in [1] * moving + [held] * (held > 0):
                writer.show(picture(picture_number, profile), repeat)
                shown += [picture_number] * repeat
                picture_number += 1
        return writer.close(), shown


def copy_film(path: Path, parts: Sequence[Part], form: CopyForm = FORM) -> tuple[Path, list[int]]:
    """Write ``parts`` to ``path`` as the public gets them; also which picture each frame shows."""
    shown: list[int] = []
    picture_number = 0
    with CopySink([CopyWriter(path, form, SMALL.fps)], SMALL.width, SMALL.height) as sink:
        for moving, held in parts:
            for repeat in [1] * moving + [held] * (held > 0):
                sink.show(picture(picture_number), repeat)
                shown += [picture_number] * repeat
                picture_number += 1
        sink.close()
    return path, shown


def decode(path: Path, profile: Profile = SMALL) -> NDArray[np.uint8]:
    """Every frame as the ffmpeg command decodes it, shape (frames, lines of all planes, width), 4:2:0.

    The least irregularity of the stream is an error.
    """
    command = ["ffmpeg", "-nostdin", "-v", "warning", "-err_detect", "explode", "-i", str(path)]
    command += ["-map", "0:v", "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    said = [line for line in done.stderr.decode().splitlines() if "Unsupported codec" not in line]
    assert not said, said
    return np.frombuffer(done.stdout, np.uint8).reshape(-1, profile.height * 3 // 2, profile.width)


def luma(rgba: Picture) -> NDArray[np.float64]:
    """Exact BT.709 luma of a picture in limited range."""
    weights = np.array([0.2126, 0.7152, 0.0722])
    return np.asarray(16 + 219 / 255 * (rgba[..., :3] @ weights), np.float64)


def rgb(frame: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Exact red, green, blue of the samples of a BT.709 frame, at the positions of its chroma samples."""
    height = len(frame) * 2 // 3
    y = (frame[:height:2, ::2] - 16.0) / 219
    cb, cr = ((plane - 128.0) / 224 for plane in frame[height:].reshape(2, height // 2, -1))
    red, blue = y + 1.5748 * cr, y + 1.8556 * cb
    return 255 * np.stack([red, (y - 0.2126 * red - 0.0722 * blue) / 0.7152, blue], axis=-1)


def timeline(*chapters: tuple[str, int], said: str = "Look here.", voice: str = "silent/1") -> Timeline:
    """A lesson of chapters with a title and a length in ticks, each one beat long."""
    return Timeline(
        "film",
        "A small film",
        voice,
        tuple(
            Chapter(f"part_{k}", title, (), ticks, (Beat(said, 0, ticks, 0.5, (), FILE, 1),), FILE, 1)
            for k, (title, ticks) in enumerate(chapters)
        ),
    )


def marks(lesson: Timeline) -> str:
    """The lesson's chapters as ffmpeg's metadata text."""
    lines = [";FFMETADATA1"]
    for start, chapter in lesson.starts():
        times = [f"TIMEBASE=1/{TICKS_PER_SECOND}", f"START={start}", f"END={start + chapter.ticks}"]
        lines += ["[CHAPTER]", *times, "title=" + re.sub(r"([=;#\\])", r"\\\1", chapter.title)]
    return "\n".join(lines) + "\n"


def packets(path: Path) -> list[tuple[bool, int]]:
    """Whether each coded picture is a key picture, and its bytes."""
    with av.open(path) as container:
        return [(packet.is_keyframe, packet.size) for packet in container.demux(video=0) if packet.size]
