"""The sound of a whole lesson: each sentence at its sample, the whole at the loudness of videos, without clipping.

One pass over the whole track, because loudness belongs to the whole.  One voice makes one channel; a player gives
it to both speakers (:func:`render.encode.ffmpeg.join` writes it as two equal channels), and that is how its loudness is
counted here.  The same clips make the same bytes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.io import wavfile
from scipy.ndimage import minimum_filter1d, uniform_filter1d
from scipy.signal import resample_poly, sosfilt

from render.core.fault import JobFault
from render.encode.loudness import LOUDNESS, TOLERANCE, Loudness

RATE: Final = 48_000
"""Samples a second of a track."""
_CEILING: Final = -2.5
"""dBTP of the track.  The AAC encoder adds its own: speech gains 0.1 dB at 384 kbit/s, 0.5 at 128, 1.1 at 96."""
_FADE: Final = 0.005
"""Seconds in which a clip comes and goes."""
_SLACK: Final = 0.05
"""Seconds by which clips may overlap or pass the end: tails of breath, which do no harm."""
_LOOK_AHEAD: Final = 0.010
"""Seconds over which the limiter closes before a peak, and opens after it."""
_SQUEEZE: Final = 24.0
"""dB that the limiter may take off a peak; a track that needs more is no speech."""
_STEPS: Final = 20
_CLOSE: Final = 0.02
"""LU from the wanted loudness at which the search for the gain ends."""
_STRETCH: Final = 30 * RATE
"""Samples that are oversampled at a time."""
_REACH: Final = 64
"""Samples at each end of a stretch that the oversampling filter looks at."""

Sound = NDArray[np.float32]
"""Samples of one channel, full scale from -1 to 1."""


@dataclass(frozen=True, slots=True)
class Clip:
    """Something that sounds: a WAV file of one channel, and where its first sample falls."""

    sound: Path
    start: float
    """Seconds from the start of the video."""
    name: str = ""
    """What is said, for whoever reads a fault."""


def mix(placed: Sequence[Clip], seconds: float, out: Path) -> Loudness:
    """Write the clips as one WAV file ``out`` (float32, one channel) that lasts exactly ``seconds``.

    A clip's first sample is sample ``round(start × 48000)``.  The whole has one gain and a limiter: loudness
    -14 LUFS ± 0.5 LU heard from two speakers, true peak at most -2.5 dBTP.  :class:`JobFault` names
    clips that cannot be read, overlap by more than 50 ms, or stick out of the video, and a track that cannot be
    made loud enough.
    """
    track = _lay(sorted(placed, key=lambda clip: clip.start), round(seconds * RATE))
    if not track.any():
        raise JobFault(f"{out}: nothing sounds in the {len(placed)} clips of this lesson")
    level, found = _level(track)
    if abs(found.integrated - LOUDNESS) > TOLERANCE:
        raise JobFault(
            f"{out}: {found.integrated:.1f} LUFS is as near to {LOUDNESS:g} as it gets below {_CEILING:g} dBTP; "
            "expected speech: is it nearly silent, or all clicks?"
        )
    wavfile.write(out, RATE, level)
    return found


# Laying clips on the track.


def _lay(placed: Sequence[Clip], samples: int) -> Sound:
    """The clips in order of their starts on a silent track of ``samples``."""
    track = np.zeros(samples, np.float32)
    spans: list[tuple[Clip, int, int]] = []
    for clip in placed:
        sound, start = _read(clip), round(clip.start * RATE)
        spans.append((clip, start, start + len(sound)))
        if start < 0 or start + len(sound) > samples + _SLACK * RATE:
            raise JobFault(
                f"{_told(clip)} sticks out of the video: it sounds from {start / RATE:.3f} s "
                f"to {(start + len(sound)) / RATE:.3f} s; expected within 0 and {samples / RATE:.3f} s"
            )
        sound = sound[: samples - start]
        track[start : start + len(sound)] += _faded(sound)
    for (one, _, end), (other, start, _) in pairwise(spans):
        if end - start > _SLACK * RATE:
            raise JobFault(
                f"{_told(one)} and {_told(other)} speak at once for {(end - start) / RATE:.3f} s "
                f"from {start / RATE:.3f} s; expected one after the other"
            )
    return track


def _read(clip: Clip) -> Sound:
    """The clip's samples at :data:`RATE`."""
    try:
        own_rate, samples = wavfile.read(clip.sound)
    except (OSError, ValueError) as error:
        raise JobFault(f"{_told(clip)} cannot be read: {error}") from None
    if samples.ndim != 1:
        raise JobFault(f"{_told(clip)} has {samples.shape[1]} channels; expected one")
    if np.issubdtype(samples.dtype, np.signedinteger):
        samples = samples / -float(np.iinfo(samples.dtype).min)
    elif not np.issubdtype(samples.dtype, np.floating):
        raise JobFault(f"{_told(clip)} has samples of {samples.dtype}; expected signed integers or floats")
    common = math.gcd(RATE, own_rate)
    return np.asarray(resample_poly(samples, RATE // common, own_rate // common), np.float32)


def _faded(sound: Sound) -> Sound:
    length = min(round(_FADE * RATE), len(sound) // 2)
    ramp = (np.arange(length, dtype=np.float32) + 0.5) / max(length, 1)
    faded = sound.copy()
    faded[:length] *= ramp
    faded[len(faded) - length :] *= ramp[::-1]
    return faded


def _told(clip: Clip) -> str:
    return f"{clip.name!r} ({clip.sound.name})" if clip.name else str(clip.sound)


# Making it loud.


def _level(track: Sound) -> tuple[Sound, Loudness]:
    """``track`` with the gain, found step by step, at which it is as loud as wanted behind the limiter."""
    peaks = _true_peaks(track)
    ceiling = 10 ** (_CEILING / 20)
    most = ceiling / float(peaks.max()) * 10 ** (_SQUEEZE / 20)
    gain = min(most, 10 ** ((LOUDNESS - integrated_loudness(track)) / 20))
    for _ in range(_STEPS):
        level = track * (gain * _limit(peaks * np.float32(gain), ceiling))
        loudness = integrated_loudness(level)
        if abs(loudness - LOUDNESS) < _CLOSE:
            break
        gain = min(most, gain * 10 ** ((LOUDNESS - loudness) / 20))
    # The gain moves slowly, but between two samples it may leave a peak a hair above the ceiling.
    peak = float(_true_peaks(level).max())
    level *= np.float32(min(1.0, ceiling / peak))
    return level, Loudness(integrated_loudness(level), 20 * math.log10(min(peak, ceiling)))


def _limit(peaks: Sound, ceiling: float) -> Sound:
    """The gain at each sample, 1 at most, that keeps ``peaks`` under ``ceiling``: closes ahead, opens gently."""
    need = np.float32(ceiling) / np.maximum(peaks, np.float32(ceiling))
    half = round(_LOOK_AHEAD * RATE)
    # A weighted mean of smallest gains near n, none of which is above what n needs, is not above it either.
    # Two boxes make the weights a triangle as wide as the smallest were looked for.
    gain = minimum_filter1d(need, 2 * half + 1)
    for _ in range(2):
        gain = uniform_filter1d(gain, half + 1, origin=0)
    return np.asarray(gain, np.float32)


def _true_peaks(sound: Sound) -> Sound:
    """The highest of four values of the continuous sound at and after each sample (BS.1770-4, annex 2)."""
    peaks = np.empty(len(sound), np.float32)
    for begin in range(0, len(sound), _STRETCH):
        first = max(0, begin - _REACH)
        stretch = sound[first : begin + _STRETCH + _REACH]
        between = np.abs(resample_poly(stretch, 4, 1))
        fine = np.maximum(np.maximum(between[::4], between[1::4]), np.maximum(between[2::4], between[3::4]))
        peaks[begin : begin + _STRETCH] = fine[begin - first :][:_STRETCH]
    return peaks


# Measuring: Rec. ITU-R BS.1770-4, annex 1.

_K_WEIGHTING: Final = np.array(
    [
        # the head, then the low end that hardly counts (tables 1 and 2, for 48 kHz)
        [1.53512485958697, -2.69169618940638, 1.19839281085285, 1.0, -1.69065929318241, 0.73248077421585],
        [1.0, -2.0, 1.0, 1.0, -1.99004745483398, 0.99007225036621],
    ]
)
_OFFSET: Final = -0.691
_SPEAKERS: Final = 2
"""Speakers that play the one channel."""
_SILENT: Final = -70.0
_GATE: Final = -10.0


def integrated_loudness(sound: Sound) -> float:
    """LUFS of one channel at 48 kHz that two speakers play; minus infinity for silence."""
    powers = np.fromiter(_block_powers(sound), np.float64)
    loud = powers[_lufs(powers) > _SILENT]
    if not len(loud):
        return -math.inf
    return float(_lufs(loud[_lufs(loud) > _lufs(loud.mean()) + _GATE].mean()))


def _lufs(power: NDArray[np.float64] | np.float64) -> NDArray[np.float64]:
    return _OFFSET + 10 * np.log10(np.maximum(_SPEAKERS * power, 1e-30))


def _block_powers(sound: Sound) -> Iterator[float]:
    """Mean square of the weighted sound in blocks of 400 ms, one each 100 ms; whole blocks only."""
    hop = RATE // 10
    state = np.zeros((len(_K_WEIGHTING), 2))
    last: list[float] = []
    whole = len(sound) // hop * hop
    for begin in range(0, whole, _STRETCH):
        weighted, state = sosfilt(_K_WEIGHTING, sound[begin : min(begin + _STRETCH, whole)], zi=state)
        for power in np.square(weighted).reshape(-1, hop).mean(axis=1):
            last = [*last[-3:], float(power)]
            if len(last) == 4:
                yield sum(last) / 4
