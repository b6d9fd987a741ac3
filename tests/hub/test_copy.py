"""A copy for the public in a real browser: every seek shows the very picture."""

from __future__ import annotations

import base64
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser

from render.encode import ffmpeg
from tests.hub.conftest import serving
from tests.render.film import SMALL, copy_film, luma, marks, picture, shoot, timeline

FILMS = [[(40, 50), (25, 3), (20, 22)], [(0, 130), (60, 0)]]
"""B-frames, and holds of more than eight seconds, from the first frame on too."""
LOOK = """async (at) => {
    const video = document.querySelector("video");
    const shown = new Promise(done => video.requestVideoFrameCallback((_, frame) => done(frame.mediaTime)));
    video.currentTime = at;
    const time = await shown;
    const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight).getContext("2d");
    canvas.drawImage(video, 0, 0);
    const { data } = canvas.getImageData(0, 0, video.videoWidth, video.videoHeight);
    let bytes = "";
    for (let k = 0; k < data.length; k += 32768) bytes += String.fromCharCode(...data.subarray(k, k + 32768));
    return [time, btoa(bytes)];
}"""


@pytest.fixture
def copy(tmp_path: Path) -> tuple[Path, list[int]]:
    """A joined copy in a folder with a page that shows it; and which picture each frame shows."""
    lesson = timeline(("One", 160), ("Two", 190))
    segments = [shoot(tmp_path / f"{k}.h264", parts)[0].path for k, parts in enumerate(FILMS)]
    ffmpeg.join(segments, tmp_path / "drawn.mp4", SMALL, title="T", chapters_ffmetadata=marks(lesson))
    shown: list[int] = []
    chapters = []
    for number, parts in enumerate(FILMS):
        chapter, own = copy_film(tmp_path / f"{number}.copy.h264", parts)
        chapters.append(chapter)
        shown += own
    ffmpeg.join_copies(chapters, tmp_path / "drawn.mp4", tmp_path / "copy.mp4", SMALL.fps)
    page = '<!doctype html><title>copy</title><video src="copy.mp4" muted preload="auto"></video>'
    (tmp_path / "index.html").write_text(page)
    return tmp_path, shown


def test_a_seek_into_a_copy_shows_the_picture_of_that_moment(
    browser: Browser, copy: tuple[Path, list[int]]
) -> None:
    folder, shown = copy
    with serving(folder) as address:
        page = browser.new_page()
        page.goto(address)
        page.wait_for_function("document.querySelector('video').readyState >= 2")
        assert page.evaluate("document.querySelector('video').duration") == pytest.approx(
            len(shown) / 15, abs=0.01
        )
        for frame in (7, 341, 41, 88, 89, 90, 100, 139, 159, 160, 161, 288, 289, 291, 300, 2, 349):
            time, data = page.evaluate(LOOK, (frame + 0.5) / 15)
            assert time == pytest.approx(frame / 15, abs=0.001)
            rgba = np.frombuffer(base64.b64decode(data), np.uint8).reshape(180, 320, 4)
            off = [
                np.abs(luma(rgba) - luma(picture(k))).mean()
                for k in {*shown[frame - 2 : frame + 3], shown[frame]}
            ]
            assert np.abs(luma(rgba) - luma(picture(shown[frame]))).mean() == min(off) < 2
        page.close()
