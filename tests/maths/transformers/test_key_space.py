"""The key space of the searching head: one point before layer 1, the owners' clusters after it."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from sklearn.decomposition import PCA
from sklearn.neighbors import NearestCentroid

from scenes.maths.transformers import key_space, toy, trained, transformer, transformers
from scenes.maths.transformers.transformer import Tokens, Trained


@cache
def learnt() -> Trained:
    return trained.train_model()


@cache
def things() -> tuple[np.ndarray, Tokens]:
    return key_space.first_things(learnt())


@cache
def flight() -> key_space.Flight:
    return key_space.fly(learnt())


def test_keys_are_those_of_the_model_and_belong_to_their_owners() -> None:
    text = transformers.fresh_rounds()[:3]
    done = transformer.run(learnt().weights, learnt().shape, text)
    layer, head = key_space.SEARCHER
    np.testing.assert_array_equal(key_space.keys_of(learnt(), text), done.looked[layer].key[:, head])
    keys, owners = things()
    assert keys.shape == (4000, learnt().shape.head_width)
    np.testing.assert_array_equal(keys[:4], done.looked[layer].key[0, head, 1:8:2])
    assert owners[:4].tolist() == text[0, :8:2].tolist()


def test_the_view_is_that_of_a_principal_component_analysis_of_the_owners_means() -> None:
    keys, owners = things()
    view = key_space.best_view(keys, owners)
    known = PCA(3).fit(view.means)
    np.testing.assert_allclose(np.abs(view.ways @ known.components_.T), np.eye(3), atol=1e-9)
    np.testing.assert_allclose(view.ways @ view.ways.T, np.eye(3), atol=1e-12)


def test_three_directions_part_the_owners_better_than_two() -> None:
    keys, owners = things()
    found = {
        count: key_space.nearest_own(key_space.best_view(keys, owners, count), keys, owners)
        for count in (2, 3)
    }
    seen = key_space.best_view(keys, owners).seen(keys)
    assert found[3] == pytest.approx(NearestCentroid().fit(seen, owners).score(seen, owners))
    assert found[3] == pytest.approx(0.977, abs=0.005)
    assert found[2] == pytest.approx(0.82, abs=0.01)


def test_all_hats_are_one_point_before_layer_one_and_end_nearest_their_owners() -> None:
    start, end = flight().places[0], flight().places[-1]
    assert np.ptp(start, axis=0).max() < 1e-9
    view = key_space.best_view(*things())
    apart = np.linalg.norm(end[:, None] - view.seen(view.means), axis=2)
    assert (apart.argmin(axis=1) == flight().owners).mean() > 0.9


def test_the_query_of_the_last_ben_grows_towards_bens_hats() -> None:
    along = flight().places[-1] @ flight().query
    owners = flight().owners
    mean = [along[owners == owner].mean() for owner in range(len(toy.NAMES))]
    assert toy.NAMES[int(np.argmax(mean))] == "Ben"
    assert along[owners == 1].min() > along[owners != 1].max()
