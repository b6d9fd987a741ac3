"""Maps of the plane against numpy's LAPACK, polygons, random matrices and numbers worked out on paper."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.linalg import polar
from scipy.spatial import ConvexHull

from scenes.maths.linear_algebra.linear import (
    PUSH,
    SIDEWAYS,
    UPWARD,
    arrow,
    circle,
    degrees_of,
    eigen,
    push_again,
    ring,
    rotation,
    shadow,
    signed_area,
    swing,
    take_apart,
    through_eigenbasis,
)

RNG = np.random.default_rng(11)
MATRICES = RNG.normal(size=(60, 2, 2))


def test_the_push_is_what_the_lesson_says_and_order_matters() -> None:
    assert PUSH.tolist() == [[1.0, 1.0], [0.5, 1.5]]
    assert (SIDEWAYS @ UPWARD).tolist() == [[1.5, 1.0], [0.5, 1.0]]
    assert (PUSH @ [2, 1]).tolist() == [3.0, 2.5]


def test_a_turn_turns_counter_clockwise_and_angles_come_back() -> None:
    np.testing.assert_allclose(rotation(90) @ [1, 0], [0, 1], atol=1e-15)
    angles = RNG.uniform(-179, 180, 40)
    np.testing.assert_allclose(degrees_of(3 * arrow(angles)), angles)


def test_the_shadow_is_the_nearest_point_of_the_line() -> None:
    for a, b in RNG.normal(size=(20, 2, 2)):
        way = np.linspace(-6, 6, 240_001)
        unit = b / np.linalg.norm(b)
        nearest = way[np.argmin(np.linalg.norm(a - way[:, None] * unit, axis=1))]
        assert shadow(a, b) == pytest.approx(nearest, abs=3e-5)
        assert shadow(a, b) * np.linalg.norm(b) == pytest.approx(a @ b)


def test_the_area_is_that_of_the_slanted_tile() -> None:
    square = np.array([(0, 0), (1, 0), (1, 1), (0, 1)])
    for matrix in MATRICES:
        corners = square @ matrix.T
        turned = float(degrees_of(corners[3]) - degrees_of(corners[1])) % 360
        sign = 1 if turned < 180 else -1
        assert signed_area(matrix) == pytest.approx(sign * ConvexHull(corners).volume)
    assert [signed_area(each) for each in (SIDEWAYS, UPWARD, PUSH)] == [1.0, 1.0, 1.0]


def test_eigenvectors_are_lapacks_and_keep_their_line() -> None:
    found = 0
    for matrix in MATRICES:
        values, vectors = np.linalg.eig(matrix)
        if np.iscomplexobj(values):
            with pytest.raises(ValueError, match="just two lines"):
                eigen(matrix)
            continue
        found += 1
        order = np.argsort(-np.abs(values))
        ours = eigen(matrix)
        np.testing.assert_allclose(ours.values, values[order])
        for vector, theirs in zip(ours.vectors, vectors.T[order], strict=True):
            np.testing.assert_allclose(vector, theirs * np.sign(vector @ theirs), atol=1e-9)
            assert vector[0] >= 0
            assert swing(matrix, vector[None])[0] == pytest.approx(0, abs=1e-6)
    assert 20 < found < 60


def test_the_pushs_eigenpairs_on_paper() -> None:
    found = eigen(PUSH)
    np.testing.assert_allclose(found.values, [2.0, 0.5])
    np.testing.assert_allclose(found.vectors * np.sqrt([[2], [5]]), [[1, 1], [2, -1]])
    assert found.values.prod() == pytest.approx(signed_area(PUSH))
    assert found.values.sum() == pytest.approx(np.trace(PUSH))


@pytest.mark.parametrize("matrix", [rotation(90), SIDEWAYS, 3 * np.eye(2)])
def test_a_matrix_without_just_two_lines_is_refused(matrix: np.ndarray) -> None:
    with pytest.raises(ValueError, match="just two lines"):
        eigen(matrix)


def test_swing_is_the_angle_between_two_lines() -> None:
    for matrix in MATRICES[:20]:
        vectors = RNG.normal(size=(15, 2))
        images = vectors @ matrix.T
        along = np.abs((vectors * images).sum(1))
        along /= np.linalg.norm(vectors, axis=1) * np.linalg.norm(images, axis=1)
        np.testing.assert_allclose(swing(matrix, vectors), np.degrees(np.arccos(along)), atol=1e-5)


def test_pushing_again_is_the_power_of_the_matrix() -> None:
    way = push_again(PUSH, (1, 0), 8)
    for times, vector in enumerate(way):
        image = np.linalg.matrix_power(PUSH, times) @ [1, 0]
        np.testing.assert_allclose(vector, image / np.linalg.norm(image))
    assert degrees_of(way[1:5]).round(1).tolist() == [26.6, 39.8, 43.7, 44.7]


def test_turn_stretch_turn_is_the_matrix_and_lapacks_stretch() -> None:
    for matrix in [*MATRICES, PUSH, SIDEWAYS, np.diag([1.0, -3.0])]:
        steps = take_apart(matrix)
        np.testing.assert_allclose(steps.reach(3), matrix, atol=1e-12)
        theirs = np.linalg.svd(matrix, compute_uv=False)
        np.testing.assert_allclose(np.abs(steps.stretch), theirs)
        assert steps.stretch[0] > 0
        assert (steps.stretch[1] < 0) == (np.linalg.det(matrix) < 0)
        assert -180 <= min(steps.first, steps.last) <= max(steps.first, steps.last) < 180
        assert steps.longest[0] >= 0
        assert np.linalg.norm(matrix @ steps.longest) == pytest.approx(theirs[0])


def test_the_pushs_steps_on_paper() -> None:
    steps = take_apart(PUSH)
    np.testing.assert_allclose(steps.stretch**2, (4.5 + np.array([1, -1]) * np.sqrt(16.25)) / 2)
    turn, _ = polar(PUSH)
    assert steps.first + steps.last == pytest.approx(float(degrees_of(turn[:, 0])))
    assert (round(steps.first, 2), round(steps.last, 2)) == (-59.87, 48.56)


def test_turns_keep_every_length_until_the_stretch_begins() -> None:
    steps = take_apart(PUSH)
    for step in (0.0, 0.3, 1.0):
        np.testing.assert_allclose(np.linalg.norm(circle() @ steps.reach(step).T, axis=1), 1.0)
    lengths = [np.linalg.norm(circle() @ steps.reach(step).T, axis=1) for step in (2.0, 2.6, 3.0)]
    np.testing.assert_allclose(lengths[1:], [lengths[0]] * 2)


def test_the_ring_holds_the_kept_lines_and_no_arrow_twice() -> None:
    arrows = ring()
    assert arrows.shape == (24, 2)
    angles = degrees_of(arrows) % 360
    assert np.diff(angles).min() > 1
    assert int((swing(PUSH, arrows) < 1e-6).sum()) == 4
    assert len(ring(np.diag([2.0, 1.0]))) == 20


def test_the_way_through_the_eigenbasis_ends_at_the_matrix_and_never_falls_flat() -> None:
    rest, onto, stretched, whole = through_eigenbasis(PUSH)
    np.testing.assert_allclose(whole, PUSH)
    np.testing.assert_allclose(stretched @ np.linalg.inv(onto), np.diag(eigen(PUSH).values), atol=1e-12)
    np.testing.assert_allclose(np.abs(onto @ eigen(PUSH).vectors.T), np.eye(2), atol=1e-12)
    ways = ((rest, onto), (onto, stretched), (stretched, whole))
    for start, end in ways:
        areas = [np.linalg.det((1 - share) * start + share * end) for share in np.linspace(0, 1, 50)]
        assert min(areas) > 0.3
