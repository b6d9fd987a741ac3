"""A table in motion: rows leave and come back, and holes are filled."""

from functools import partial
from statistics import mode

import numpy as np
from sklearn.impute import SimpleImputer

from scenes.kit import ink, shot
from scenes.kit.glide import glide
from scenes.kit.lesson import Lesson, chapter
from scenes.kit.table import Columns, Table

INCOMES = [20, 30, None, 100]
CITIES = ["Oslo", None, "Rome", "Rome"]
PEOPLE: Columns = {"age": [None, 34, 41, 58], "income": INCOMES, "city": CITIES}


def filled(strategy: str) -> list[float]:
    """The incomes, with the hole filled by scikit-learn."""
    column = np.array(INCOMES, dtype=float)[:, None]
    return [float(income) for income in SimpleImputer(strategy=strategy).fit_transform(column)[:, 0]]


class Imputation(Lesson):
    """As *feature-engineering*, chapter 3, has it: what dropping keeps, and what mean and median fill in."""

    @chapter("A filled hole is a guess", "simple imputation")
    def a_filled_hole_is_a_guess(self) -> None:
        self.shot(shot.wide())
        room = shot.safe()
        table = room.put(
            Table(
                PEOPLE,
                index=["1", "2", "3", "4"],
                width=room.width,
                row_height=room.height / 5,
                size=ink.POINT,
            )
        )
        self.add(table)

        with self.beat("Dropping every row with a missing value would keep one row in four.") as beat:
            beat.over("Dropping", table.animate.keep([3]))
        with self.beat("So guess: imputation. The mean of the known incomes is fifty.") as beat:
            beat.over(table.animate.keep([3], 0.0), until="mean")
            beat.at("known", glide(partial(table.light, column="income"), 0.0, 1.0))
            beat.over(table.animate.redraw({"income": filled("mean")}))
        with self.beat("One huge value drags the mean, but hardly the median: thirty.") as beat:
            beat.over(
                self.spotlight(table.column("income")),
                glide(
                    partial(table.light, row=3, column="income"), {"color": ink.focus}, {"color": ink.error}
                ),
                until="median",
            )
            beat.over(table.animate.redraw({"income": filled("median")}))
        with self.beat("For words, take the most frequent one.") as beat:
            beat.over(self.lights_on(), glide(partial(table.light, column="income"), 1.0, 0.0), until="most")
            beat.over(table.change(1, "city", mode(city for city in CITIES if city)))
