"""The bar chart in motion."""

import numpy as np
from sklearn.datasets import load_diabetes
from sklearn.ensemble import RandomForestRegressor
from sklearn.inspection import permutation_importance
from sklearn.model_selection import train_test_split

from scenes.kit import ink, pace, shot
from scenes.kit.bar_chart import BarChart
from scenes.kit.glide import glide
from scenes.kit.lesson import Lesson, chapter

SHOWN = {"age": 0, "sex": 1, "body mass": 2, "pressure": 3, "blood test": 8, "ticket": 10}


class Shuffled(Lesson):
    """As *feature-importance*, chapter 4, has it: what the score loses on rows seen in training, and on others."""

    def stage(self) -> None:
        X, y = load_diabetes(return_X_y=True)
        ticket = np.random.default_rng(0).permutation(len(X))
        seen, new, y_seen, y_new = train_test_split(
            np.column_stack([X, ticket]), y, test_size=0.3, random_state=0
        )
        forest = RandomForestRegressor(60, random_state=0).fit(seen, y_seen)
        losses = [
            permutation_importance(forest, *rows, random_state=0) for rows in ((seen, y_seen), (new, y_new))
        ]
        self.train, self.test = (loss.importances_mean[[*SHOWN.values()]] for loss in losses)
        self.train_spread, self.test_spread = (loss.importances_std[[*SHOWN.values()]] for loss in losses)

    @chapter("Shuffle a column, watch the score")
    def shuffle(self) -> None:
        self.shot(shot.wide())
        place = shot.safe()
        colors = [ink.second if name == "ticket" else ink.first for name in SHOWN]
        chart = BarChart(
            [*SHOWN],
            self.train,
            (-0.02, 0.46),
            place.width,
            place.height,
            colors=colors,
            decimals=2,
            label="R² lost",
        )
        place.put(chart)

        with self.beat(
            "Shuffle one column, and see what the score loses. Sorted, the largest loss is first."
        ) as beat:
            beat.over("Shuffle", glide(chart.redraw, 0 * self.train, self.train), until="Sorted")
            way = {"places": chart.places}, {"places": chart.sorted_places(self.train)}
            beat.over("Sorted", glide(chart.redraw, *way), least=pace.LONG)
        with self.beat("On training rows even the raffle ticket is paid.") as beat:
            ticket = chart.row("ticket")
            self.play(self.title_leaves(pace.QUICK))
            beat.over("training", self.frame.to(ticket, share=0.6), self.spotlight(ticket))
        with self.beat("On rows that it has never seen, the ticket is worth next to nothing.") as beat:
            beat.over(self.frame.back(), self.lights_on(), until="never")
            there = chart.sorted_places(self.test)
            beat.over(chart.change(self.test, there, self.test_spread), until="nothing", least=pace.LONG)
            beat.at("nothing", chart.animate.only("ticket"))
