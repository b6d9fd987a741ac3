"""x264 by PyAV: what its encoders have in common here, whatever they are for."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import av

from render.core.fault import EnvironmentFault


def open_x264(
    width: int, height: int, fps: int, settings: Mapping[str, object], options: Mapping[str, str]
) -> av.VideoCodecContext:
    """An encoder of BT.709 4:2:0 in limited range, ``width`` × ``height`` pixels at ``fps`` frames a second.

    ``settings`` are x264's own, ``options`` those of ffmpeg's wrapper around it.  It has one thread and puts IDR
    pictures only where they are asked for.  :class:`EnvironmentFault` where PyAV comes without x264.
    """
    try:
        encoder = av.CodecContext.create("libx264", "w")
    except av.codec.codec.UnknownCodecError:
        raise EnvironmentFault(
            "PyAV has no libx264 here; install its wheel: pip install --force-reinstall av"
        ) from None
    encoder.width, encoder.height, encoder.pix_fmt = width, height, "yuv420p"
    encoder.framerate = Fraction(fps)
    encoder.time_base = Fraction(1, fps)
    encoder.thread_count = 1
    common = {
        "keyint": "infinite",
        "threads": 1,
        "colorprim": "bt709",
        "transfer": "bt709",
        "colormatrix": "bt709",
        "fullrange": "off",
    }
    told = ":".join(f"{name}={value}" for name, value in {**settings, **common}.items())
    encoder.options = {**options, "forced-idr": "1", "x264-params": told}
    encoder.open()
    return encoder
