"""A wall of images in motion: mistakes fill the frame, part into groups, and one group comes near."""

import numpy as np
from manim import FadeIn
from scipy.spatial.distance import cdist
from sklearn.datasets import load_digits
from sklearn.model_selection import StratifiedKFold, train_test_split

from scenes.kit import ink, pace, shot
from scenes.kit.image_grid import ImageGrid
from scenes.kit.lesson import Lesson, chapter

DIGITS = load_digits()
DEV, _ = train_test_split(np.arange(1797), test_size=0.5, stratify=DIGITS.target, random_state=16)


def mistakes() -> np.ndarray:
    """The development digits that lie nearer to the mean of another digit, by means of the other four folds."""
    wrong = []
    for train, held in StratifiedKFold(5, shuffle=True, random_state=0).split(DEV, DIGITS.target[DEV]):
        known, rows = DEV[train], DEV[held]
        means = [DIGITS.data[known[DIGITS.target[known] == digit]].mean(axis=0) for digit in range(10)]
        guesses = cdist(DIGITS.data[rows], means).argmin(axis=1)
        wrong.append(rows[DIGITS.target[rows] != guesses])
    return np.sort(np.concatenate(wrong))


class Slices(Lesson):
    """As *bias-variance*, chapter 9, has it: 88 mistakes of a classifier of 898 digits, sliced by what they show."""

    @chapter("An average hides who is failed", "slicing errors")
    def an_average_hides_who_is_failed(self) -> None:
        self.shot(shot.gallery(8, 11))
        room = shot.safe()
        wrong = mistakes()
        truth = DIGITS.target[wrong]
        wall = ImageGrid(DIGITS.images[wrong] / 16, width=room.width, height=room.height)
        room.put(wall)
        rows = wall.groups(truth)
        heads = wall.headings(rows)
        ones = np.flatnonzero(truth == 1)

        with self.beat("Here are all eighty-eight mistakes, as pictures.") as beat:
            beat.over(FadeIn(wall, lag_ratio=0.02))
        with self.beat("Slice them by digit, and each subgroup has an error rate of its own.") as beat:
            beat.over("Slice", wall.animate.redraw(rows), until="subgroup")
            beat.over(FadeIn(heads))
        with self.beat("Ones and eights fail most. Look at the ones.") as beat:
            names = [head for head, digit in zip(heads, np.unique(truth), strict=True) if digit in (1, 8)]
            beat.over(self.spotlight(*names, wall.subset(np.isin(truth, (1, 8)))), until="Look")
            wall.frame(ones, ink.focus)
            beat.over(self.lights_on(), wall.animate.shade(np.where(truth == 1, 1.0, 0.2)))
        self.remove(heads)
        with self.beat("There are two ways to write a one, and one mean for both.") as beat:
            beat.over(wall.animate.redraw(wall.grid(ones)), until="mean", least=pace.LONG)
            beat.over(wall.animate.enlarge(int(ones[0])))
