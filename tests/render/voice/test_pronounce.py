"""Whatever a lesson says is pronounced, in Kokoro's symbols, or an error says which word and what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from render.core.catalog import load_catalog
from render.core.fault import Exit, UsageFault
from render.voice.lexicon import SYMBOLS, Lexicon, read_lexicons
from render.voice.pronounce import UnknownWord, pronounce, unknown_words
from render.voice.spoken_text import entries_in, say
from tests.scenes.harness.telling import telling

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "scenes/lexicon"
LEXICON = Lexicon(
    {entry.key: entry for entries in read_lexicons(FOLDER).values() for entry in entries}.values()
)
"""The words of all lessons together."""
SENTENCES = (ROOT / "tests/fixtures/voice/sentences.txt").read_text(encoding="utf-8").splitlines()
TOPICS = load_catalog(ROOT / "catalog.yaml").topics
READY = [topic for topic in TOPICS if topic.status == "ready"]


def sound(text: str) -> str:
    return " ".join(said.phonemes for said in pronounce(text, LEXICON) if said.phonemes)


GOLDEN = {
    # The words that lean on their neighbours.
    "The apple, the pear.": "ði ˈæpᵊl, ðə pˈɛɹ.",
    "to go, to ask, to": "tə ɡˌO, tʊ ˈæsk, tu",
    "in it, in.": "ɪn ɪt, ˈɪn.",
    "a line": "ɐ lˈIn",
    "Can we? We can.": "kˌæn wi? wˌi kˈæn.",
    # One spelling, two words.
    "We use it.": "wˌi jˈuz ɪt.",
    "The use of it.": "ðə jˈus ʌv ɪt.",
    "Use the use.": "jˈuz ðə jˈus.",
    "It is used to sort.": "ˌɪt ɪz jˈuzd tə sˈɔɹt.",
    "We used to sort.": "wˌi jˈust tə sˈɔɹt.",
    "It has read it.": "ˌɪt hæz ɹˈɛd ɪt.",
    "Read the row.": "ɹˈid ðə ɹˈO.",
    "Pixels are read row by row.": "pˈɪksᵊlz ɑɹ ɹˈɛd ɹˈO bI ɹˈO.",
    "People live here.": "pˈipᵊl lˈɪv hˈɪɹ.",
    "Five lives.": "fˈIv lˈIvz.",
    "live data": "lˈIv dˈATə",
    "Close the gate.": "klˈOz ðə ɡˈAt.",
    "The close ones.": "ðə klˈOs wˈʌnz.",
    "Lines separate them.": "lˈInz sˈɛpəɹˌAt ðˌɛm.",
    "two separate lines": "tˈu sˈɛpəɹət lˈInz",
    "Project the points.": "pɹəʤˈɛkt ðə pˈYnts.",
    "the project": "ðə pɹˈɑʤˌɛkt",
    "the objects": "ði ˈɑbʤəkts",
    "to record": "tə ɹəkˈɔɹd",
    "one record": "wˈʌn ɹˈɛkəɹd",
    "to present": "tə pɹizˈɛnt",
    "the present state": "ðə pɹˈɛzᵊnt stˈAt",
    "an estimate": "ɐn ˈɛstəmət",
    "We estimate it.": "wˌi ˈɛstəmˌAt ɪt.",
    "the axes of": "ði ˈæksˌiz ʌv",
    "The street winds its way.": "ðə stɹˈit wˈIndz ɪts wˈA.",
    "the wind": "ðə wˈɪnd",
    "an invalid shape": "ɐn ɪnvˈælɪd ʃˈAp",
    "its lead": "ɪts lˈid",
    "in their own coordinates the": "ɪn ðɛɹ ˈOn kOˈɔɹdənəts ðə",
    "What does it say?": "wˌʌt dˈʌz ɪt sˈA?",
    "That price is that.": "ðˈæt pɹˈIs ɪz ðˈæt.",
    # Made from the dictionaries' words.
    "multiplied": "mˈʌltəplˌId",
    "optimisers'": "ˈɑptəmˌIzəɹz",
    "generalises": "ʤˈɛnəɹəlˌIzᵻz",
    "programmers’": "pɹˈOɡɹˌæməɹz",
    "kerbs": "kˈɜɹbz",
    "reweighted": "ɹˌiwˈATᵻd",
    "overfitting": "ˌOvəɹfˈɪTɪŋ",
    "ninety-seven": "nˈIndisˌɛvən",
    "UMAP's": "jˈumˌæps",
    # Abbreviations are spelled, or are words.
    "SVM.": "ˌɛsvˌiˈɛm.",
    "SVMs": "ˌɛsvˌiˈɛmz",
    "SVM's": "ˌɛsvˌiˈɛmz",
    "KNN": "kˌAˌɛnˈɛn",
    "RBF": "ˌɑɹbˌiˈɛf",
    "GPUs": "ʤˌipˌijˈuz",
    "ROC": "ɹˈɑk",
    "MA": "ˌɛmˈA",
    "GANs": "ɡˈænz",
    "L1": "ˈɛl wˈʌn",
    "F1": "ˈɛf wˈʌn",
    "R²,": "ˈɑɹ skwˈɛɹd,",
    "C4.5": "sˈi fˈɔɹ pˈYnt fˈIv",
    "t-SNE": "tˌisnˈi",
    "IoU": "ˌIˌOjˈu",
    "mAP": "mˈin ˌApˈi",
    "map": "mˈæp",
    "ReLU's": "ɹˈAlˌuz",
    "XGBoost": "ˌɛksʤˈi bˈust",
    "ResNet-50": "ɹˈɛznˌɛt fˈɪfti",
    "float16": "flˈOt sˌɪkstˈin",
    "ε-tube": "ˈɛpsɪlˌɑntˌub",
    "k nearest": "kˈA nˈɪɹᵻst",
    "softmax": "sˈɔftmˌæks",
    "so He puts a two": "sˌO hˈʌ pˌʊts ɐ tˈu",
    "He puts": "hˌi pˌʊts",
    "Bayes' theorem": "bˈAzᵻz θˈiəɹəm",
    # Numbers and formulas, in full.
    "1.397": "wˈʌn pˈYnt θɹˈi nˈIn sˈɛvən",
    "the 8th": "ði ˈAθ",
    "w·x + b = 1": "dˈʌbᵊlju dˈɑt ˈɛks plˈʌs bˈi ˈikwᵊlz wˈʌn",
}


@pytest.mark.parametrize(("text", "expected"), GOLDEN.items())
def test_it_sounds(text: str, expected: str) -> None:
    assert sound(text) == expected


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_of_the_hub_is_pronounced(text: str) -> None:
    said = pronounce(text, LEXICON)
    assert [one.shown for one in said] == text.split()
    assert set("".join(one.phonemes for one in said)) <= SYMBOLS
    silent = [one.shown for one in said if not any(sign.isalpha() for sign in one.phonemes)]
    assert silent == []


@pytest.mark.certified("pronounced")
@pytest.mark.parametrize("topic", READY, ids=lambda topic: topic.slug)
def test_a_lesson_that_is_ready_is_pronounced(topic) -> None:
    texts = [beat.text for _, beat in telling(topic.slug).beats()]
    assert texts
    lexicon = Lexicon.load(FOLDER, topic.module.rpartition(".")[2])
    assert {text: unknown for text in texts if (unknown := unknown_words(text, lexicon))} == {}
    own = read_lexicons(FOLDER).get(topic.module.rpartition(".")[2], ())
    assert set(own) <= set(entries_in("\n".join(texts), lexicon)), "its file has only words that it says"


@pytest.mark.parametrize("entry", LEXICON.entries, ids=lambda entry: entry.key)
def test_an_entry_of_the_lexicon_is_heard(entry) -> None:
    said = pronounce(entry.key, LEXICON)
    assert all(one.phonemes for one in said)
    assert LEXICON.find(entry.key) is entry


def test_every_lexicon_belongs_to_a_topic() -> None:
    modules = {topic.module.rpartition(".")[2] for topic in TOPICS}
    assert set(read_lexicons(FOLDER)) <= {"shared", *modules}


def test_an_unknown_word_says_what_to_do() -> None:
    with pytest.raises(UnknownWord) as caught:
        pronounce("We fit XGBost to it.", Lexicon.load(FOLDER, "linear_algebra"))
    fault = caught.value
    assert fault.exit is Exit.USAGE
    assert (fault.word, fault.text) == ("XGBost", "We fit XGBost to it.")
    assert fault.nearest[0] == "XGBoost"
    for part in (
        "'XGBost'",
        "We fit XGBost to it.",
        "XGBoost",
        "scenes/lexicon/linear_algebra.toml",
        "say",
        "phonemes",
    ):
        assert part in str(fault)


@pytest.fixture
def lay(tmp_path: Path) -> Callable[..., Path]:
    """A folder of lexicons, by the name and the text of each."""

    def lay(**files: str) -> Path:
        for name, text in files.items():
            (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        return tmp_path

    return lay


def test_a_lesson_is_said_by_its_own_words_and_those_of_all(lay: Callable[..., Path]) -> None:
    folder = lay(
        shared='[a]\n"foo" = { say = "one" }\n',
        pca='[a]\n"bar" = { say = "two" }\n',
        svm='[a]\n"brzzkthack" = { say = "three" }\n',
    )
    lexicon = Lexicon.load(folder, "pca")
    assert [entry.key for entry in lexicon.entries] == ["foo", "bar"]
    assert [entry.key for entry in Lexicon.load(folder, "trees").entries] == ["foo"], "no file, no own words"
    assert [entry.key for entry in Lexicon.load(folder).entries] == ["foo"]
    with pytest.raises(UnknownWord) as caught:
        pronounce("a brzzkthack", lexicon)
    assert str(caught.value).endswith(
        "scenes/lexicon/svm.toml says it for another lesson. Repeat its line in scenes/lexicon/pca.toml."
    )


def test_a_word_has_one_reading_in_all_files(lay: Callable[..., Path]) -> None:
    folder = lay(
        shared="[a]\n",
        pca='[a]\n\n"foo" = { say = "one two" }\n"Bar" = { say = "bar" }\n',
        svm='[a]\n"bar" = { say = "bear" }\n  "foo" = { say = "two" }\n',
    )
    with pytest.raises(UsageFault) as caught:
        Lexicon.load(folder, "trees")
    assert str(caught.value).startswith(
        "scenes/lexicon/svm.toml:3:3: foo is read otherwise at scenes/lexicon/pca.toml:3:1. Expected one reading"
    )
    lay(svm='[a]\n"foo" = { say = "one  two" }\n')
    assert [entry.key for entry in Lexicon.load(folder, "svm").entries] == ["foo"], (
        "said by both, the same way"
    )


def test_unknown_words_are_named_once_and_in_order() -> None:
    assert unknown_words("A blorft, a ☃ and a blorft of wugtest.", LEXICON) == ["blorft", "☃", "wugtest"]


@pytest.mark.parametrize(
    ("toml", "expected"),
    [
        ('[a]\n"x" = {{ say = "ex" }\n', "scenes/lexicon/pca.toml:2:8: "),
        ('[a]\n\n  "foo" = { speak = "bar" }\n', "scenes/lexicon/pca.toml:3:3: Expected { say ="),
        ('[a]\nfoo = "bar"\n', "scenes/lexicon/pca.toml:2:1: Expected { say ="),
        ('[a]\nfoo = { say = "" }\n', "scenes/lexicon/pca.toml:2:1: Expected { say ="),
        ('foo = { say = "bar" }\n', "scenes/lexicon/pca.toml:1:1: foo stands under no heading"),
        ('[a]\nfoo = { phonemes = "fˈ9" }\n', "scenes/lexicon/pca.toml:2:1: 9 in fˈ9 is no phoneme"),
        (
            '[a]\nfoo = { say = "no 9" }\n',
            "scenes/lexicon/pca.toml:2:1: say 'no 9' must be English words, without 9",
        ),
        (
            '[a]\n"foo  bar" = { say = "a b" }\n',
            "scenes/lexicon/pca.toml:2:1: 'foo  bar' must be words with single",
        ),
        (
            '[a]\n"foo bar" = { say = "one two three" }\n',
            "scenes/lexicon/pca.toml:2:1: foo bar has 2 words and 'one two three' has 3.",
        ),
        (
            '[a]\nfoo = { say = "bar" }\n[b]\nfoo = { say = "baz" }\n',
            "scenes/lexicon/pca.toml:4:1: foo is there already, at scenes/lexicon/pca.toml:2:1.",
        ),
    ],
)
def test_a_mistake_in_a_lexicon_has_its_place(lay: Callable[..., Path], toml: str, expected: str) -> None:
    with pytest.raises(UsageFault) as caught:
        Lexicon.load(lay(shared="[a]\n", pca=toml), "svm")
    assert str(caught.value).startswith(expected)


def test_missing_words_of_all_lessons_are_told(lay: Callable[..., Path]) -> None:
    with pytest.raises(UsageFault, match=r"scenes/lexicon/shared\.toml: No such file"):
        Lexicon.load(lay(pca="[a]\n"), "pca")


def test_without_entries_only_the_dictionaries_speak() -> None:
    assert [said.phonemes for said in pronounce("a line", Lexicon())] == ["ɐ", "lˈIn"]


ANY_TEXT = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="aAkxIRLe1 0123456789.,:;-–−—/×·²½%°()‖|'’s", max_size=40),
    st.lists(st.sampled_from(" ".join(SENTENCES).split()), max_size=12).map(" ".join),
)
NEAR_WORDS = st.lists(
    st.one_of(
        st.sampled_from([part for entry in LEXICON.entries for part in (entry.key, entry.key.upper())]),
        st.sampled_from([*"aAxkKſσςΣµ3½²ᵀ_-–.,'’ ()·\u0302\u2126", "s", "es", "'s", "..."]),
    ),
    max_size=6,
).map("".join)
"""Entries of the lexicon among signs that make and break them."""


@given(st.one_of(ANY_TEXT, NEAR_WORDS))
def test_no_entry_has_a_part_in_a_text_where_it_is_not_written(text: str) -> None:
    assert say(text, Lexicon(entries_in(text, LEXICON))) == say(text, LEXICON)


@pytest.mark.parametrize("text", SENTENCES)
def test_what_is_written_in_a_sentence_is_enough_to_say_it(text: str) -> None:
    assert say(text, Lexicon(entries_in(text, LEXICON))) == say(text, LEXICON)


def test_an_entry_inside_a_word_is_not_written_there() -> None:
    written = [entry.key for entry in entries_in("The umbrellas relearn (Softmaxes), L-BFGS’s.", LEXICON)]
    assert written == ["L-BFGS", "softmax"]


@given(ANY_TEXT)
def test_any_text_is_pronounced_in_the_symbols_of_the_model_or_has_an_unknown_word(text: str) -> None:
    unknown = unknown_words(text, LEXICON)
    if unknown:
        with pytest.raises(UnknownWord):
            pronounce(text, LEXICON)
    else:
        said = pronounce(text, LEXICON)
        assert [one.shown for one in said] == text.split()
        assert set("".join(one.phonemes for one in said)) <= SYMBOLS


def test_the_vocabulary_is_that_of_the_model() -> None:
    assert len(SYMBOLS) == 114
    assert {"T", "ᵻ", "ᵊ", "ɐ", "ˈ", "ˌ", "—", "…", "ʤ", "ʧ"} <= SYMBOLS
