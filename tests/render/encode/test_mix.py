"""Clips fall on their samples, and a lesson is as loud as it should be, whoever measures."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.io import wavfile

from render.core.fault import JobFault
from render.encode.mix import Clip, integrated_loudness, mix

RATE = 48_000
STEREO = "pan=stereo|c0=c0|c1=c0"
Wave = NDArray[np.float32]


def tone(seconds: float, hertz: float, decibel: float, rate: int = RATE) -> Wave:
    """A sine with its peak at ``decibel`` of full scale."""
    times = np.arange(round(seconds * rate)) / rate
    return (10 ** (decibel / 20) * np.sin(2 * np.pi * hertz * times)).astype(np.float32)


def babble(seconds: float, seed: int, rate: int = 24_000) -> Wave:
    """Noise that swells and falls about four times a second, as syllables do, with sharp peaks."""
    rng = np.random.default_rng(seed)
    times = np.arange(round(seconds * rate)) / rate
    noise = np.convolve(rng.standard_normal(len(times)), np.hanning(24), "same")
    loud = (
        np.sin(2 * np.pi * 2 * times + seed) ** 8
        * rng.uniform(0.3, 1.0, len(times) // 3000 + 1).repeat(3000)[: len(times)]
    )
    wave = noise * loud
    return np.asarray(0.5 * wave / np.abs(wave).max(), np.float32)


def ffmpeg_says(path: Path, *filters: str) -> tuple[float, float]:
    """Integrated loudness and true peak by ffmpeg's meter."""
    meter = ",".join([*filters, "ebur128=peak=true:framelog=verbose"])
    command = ["ffmpeg", "-nostdin", "-nostats", "-i", str(path), "-af", meter, "-f", "null", "-"]
    said = subprocess.run(command, capture_output=True, check=True, text=True).stderr
    found = [float(re.findall(rf"{name}: +(\S+)", said)[-1]) for name in ("I", "Peak")]
    return found[0], found[1]


@pytest.fixture
def clip(tmp_path: Path) -> Callable[..., Clip]:
    """Makes clips."""
    made = iter(range(1000))

    def make(wave: Wave, start: float, rate: int = 24_000, name: str = "") -> Clip:
        path = tmp_path / f"clip{next(made)}.wav"
        wavfile.write(path, rate, wave)
        return Clip(path, start, name)

    return make


def test_a_full_sine_has_the_loudness_of_the_standard() -> None:
    """Rec. ITU-R BS.1770-4, annex 1: 0 dBFS at 997 Hz in one of two channels is -3.01 LKFS; in both, 0.0."""
    assert integrated_loudness(tone(3, 997, 0)) == pytest.approx(0.0, abs=0.02)
    assert integrated_loudness(tone(3, 997, -23)) == pytest.approx(-23.0, abs=0.02)


def test_silence_and_pauses_do_not_count() -> None:
    assert integrated_loudness(np.zeros(RATE, np.float32)) == -np.inf
    pause = np.zeros(20 * RATE, np.float32)
    apart = np.concatenate([tone(10, 997, -20), pause, tone(10, 997, -20)])
    assert integrated_loudness(apart) == pytest.approx(-20.0, abs=0.1)
    # EBU Tech 3341, case 3: 10 s at -36, 60 s at -23, 10 s at -36 are -23.0 LUFS
    levels = [tone(10, 1000, -36), tone(60, 1000, -23), tone(10, 1000, -36)]
    assert integrated_loudness(np.concatenate(levels)) == pytest.approx(-23.0, abs=0.1)


@pytest.mark.parametrize("kind", ["low", "high", "noise", "babble"])
def test_loudness_agrees_with_ffmpeg(tmp_path: Path, kind: str) -> None:
    rng = np.random.default_rng(3)
    wave = {
        "low": lambda: tone(5, 60, -12),
        "high": lambda: tone(5, 5000, -12),
        "noise": lambda: (0.1 * rng.standard_normal(5 * RATE)).astype(np.float32),
        "babble": lambda: babble(8, 1, RATE),
    }[kind]()
    wavfile.write(tmp_path / "x.wav", RATE, wave)
    assert integrated_loudness(wave) == pytest.approx(ffmpeg_says(tmp_path / "x.wav", STEREO)[0], abs=0.1)


def test_clips_start_on_their_sample_and_the_track_ends_on_its_own(
    tmp_path: Path, clip: Callable[..., Clip]
) -> None:
    """A click at 1.000 s, one at a tick that is no millisecond, one in a file of another rate."""
    click = np.zeros(1200, np.float32)
    click[600] = 1.0
    ticks = (15, 37, 47)
    clips = [clip(tone(2, 997, -10), 4, RATE)]  # something with a loudness
    clips += [clip(click, tick / 15, rate) for tick, rate in zip(ticks, (RATE, RATE, 24_000), strict=True)]
    mix(clips, 91 / 15, tmp_path / "out.wav")
    rate, track = wavfile.read(tmp_path / "out.wav")
    assert (rate, track.dtype, track.shape) == (RATE, np.float32, (91 * 3200,))
    for tick, ratio in zip(ticks, (1, 1, 2), strict=True):
        around = track[tick * 3200 : tick * 3200 + 2400]
        assert int(np.abs(around).argmax()) == 600 * ratio


@pytest.mark.parametrize("seed", [0, 5])
def test_the_whole_is_loud_and_never_over_the_ceiling(
    tmp_path: Path, clip: Callable[..., Clip], seed: int
) -> None:
    quiet = [clip(0.05 * babble(2.5, seed + k), 3.0 * k) for k in range(4)]
    found = mix(quiet, 12.0, tmp_path / "out.wav")
    loudness, peak = ffmpeg_says(tmp_path / "out.wav", STEREO)
    assert loudness == pytest.approx(-14.0, abs=0.15)
    assert peak <= -2.4
    assert found.integrated == pytest.approx(loudness, abs=0.1)
    assert found.peak == pytest.approx(peak, abs=0.15)
    _, track = wavfile.read(tmp_path / "out.wav")
    assert np.abs(track).max() <= 10 ** (-2.5 / 20)


def test_a_very_quiet_recording_is_as_loud_in_the_end(tmp_path: Path, clip: Callable[..., Clip]) -> None:
    found = mix([clip(1e-5 * babble(2.5, 1), 0)], 2.5, tmp_path / "out.wav")
    assert found.integrated == pytest.approx(-14, abs=0.1)


def test_the_limiter_is_needed_in_this_test(tmp_path: Path, clip: Callable[..., Clip]) -> None:
    """The clips above are peaky: at the loudness wanted their peaks would be over full scale by far."""
    wave = babble(2.5, 0, RATE)
    peak = 20 * np.log10(np.abs(wave).max())
    assert peak - integrated_loudness(wave) > 15


def test_peaks_between_samples_count(tmp_path: Path, clip: Callable[..., Clip]) -> None:
    """A sine of a quarter of the rate, sampled 45 degrees off its peaks, is 3 dB higher than its samples."""
    loud = tone(1, 997, -14.5, RATE)
    ring = np.zeros(RATE, np.float32)
    ring[20_000:20_400] = np.tile([1, 1, -1, -1], 100) * np.hanning(400)
    mix([clip(loud, 0, RATE), clip(ring, 1, RATE), clip(loud, 2, RATE)], 3, tmp_path / "out.wav")
    assert ffmpeg_says(tmp_path / "out.wav")[1] <= -2.4


def test_clips_fade_in_and_out(tmp_path: Path, clip: Callable[..., Clip]) -> None:
    step = np.full(RATE, 0.5, np.float32) * tone(1, 997, 0, RATE)
    mix([clip(step + 0.2, 1, RATE)], 3, tmp_path / "out.wav")
    _, track = wavfile.read(tmp_path / "out.wav")
    middle = np.abs(track[RATE + 1000 : 2 * RATE - 1000]).max()
    for edge in (slice(RATE, RATE + 12), slice(2 * RATE - 12, 2 * RATE)):
        assert 0 < np.abs(track[edge]).max() < 0.06 * middle
    assert not track[:RATE].any()
    assert not track[2 * RATE :].any()


def test_the_same_clips_make_the_same_bytes(tmp_path: Path, clip: Callable[..., Clip]) -> None:
    clips = [clip(babble(1, 1), 0.2), clip(babble(1, 2), 1.4)]
    mix(clips, 3, tmp_path / "one.wav")
    mix(clips[::-1], 3, tmp_path / "other.wav")
    assert (tmp_path / "one.wav").read_bytes() == (tmp_path / "other.wav").read_bytes()


def test_a_16_bit_clip_is_as_loud_as_a_float_one(tmp_path: Path, clip: Callable[..., Clip]) -> None:
    wave = babble(1, 1)
    whole = (wave * 32768).round().astype(np.int16)
    mix([clip(wave, 0), clip(wave, 1.2)], 3, tmp_path / "one.wav")
    mix([clip(wave, 0), clip(whole, 1.2)], 3, tmp_path / "other.wav")
    one, other = (wavfile.read(tmp_path / name)[1] for name in ("one.wav", "other.wav"))
    assert np.abs(one - other).max() < 1e-3


def test_clips_that_speak_at_once_are_named(tmp_path: Path, clip: Callable[..., Clip]) -> None:
    wave = babble(1, 1)
    near = [clip(wave, 0, name="svm: One."), clip(wave, 0.96, name="svm: Two.")]
    mix(near, 3, tmp_path / "out.wav")
    far = [near[0], clip(wave, 0.94, name="svm: Two.")]
    with pytest.raises(
        JobFault, match=r"'svm: One\.' \(clip0\.wav\) and 'svm: Two\.' .* at once for 0\.060 s from 0\.940 s"
    ):
        mix(far, 3, tmp_path / "out.wav")


def test_clips_that_stick_out_are_named(tmp_path: Path, clip: Callable[..., Clip]) -> None:
    wave = babble(1, 1)
    mix([clip(wave, 1.04)], 2, tmp_path / "out.wav")
    assert len(wavfile.read(tmp_path / "out.wav")[1]) == 2 * RATE
    with pytest.raises(
        JobFault, match=r"'Late\.' .* sticks out of the video: it sounds from 1\.060 s to 2\.060 s"
    ):
        mix([clip(wave, 1.06, name="Late.")], 2, tmp_path / "out.wav")
    with pytest.raises(JobFault, match=r"clip\d\.wav sticks out"):
        mix([clip(wave, -0.1)], 2, tmp_path / "out.wav")


def test_what_cannot_be_mixed_is_named(tmp_path: Path, clip: Callable[..., Clip]) -> None:
    out = tmp_path / "out.wav"
    with pytest.raises(JobFault, match=r"nothing sounds in the 1 clips"):
        mix([clip(np.zeros(24_000, np.float32), 0)], 2, out)
    with pytest.raises(JobFault, match=r"gone\.wav cannot be read"):
        mix([Clip(tmp_path / "gone.wav", 0)], 2, out)
    with pytest.raises(JobFault, match="has 2 channels; expected one"):
        mix([clip(np.zeros((10, 2), np.float32), 0)], 2, out)
    click = np.zeros(24_000, np.float32)
    click[12_000] = 1
    with pytest.raises(JobFault, match=r"LUFS is as near to -14 as it gets below -2\.5 dBTP"):
        mix([clip(click, 0)], 2, out)
    assert not out.exists()
