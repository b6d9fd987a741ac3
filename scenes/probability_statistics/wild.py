"""Wild numbers have a shape: the source pile, its mean and its spread."""

from __future__ import annotations

from manim import linear

from scenes.kit import shot
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.probability_statistics.stage import ProbabilityStatisticsStage, chart


class Wild(ProbabilityStatisticsStage):
    """The opening question, and what sums a distribution up."""

    @chapter("Wild numbers have a shape")
    def wild_numbers(self) -> None:
        """The pile of visits."""
        self.untitled()
        self.shot(shot.wide())
        plane = chart(
            shot.safe(titled=False), (-0.5, 40.5), (0, 0.34), x_label="visits to a doctor in a year"
        )
        pile = self.source(plane)
        self.add(plane, pile)
        with self.beat("Most of these people rarely see a doctor.") as beat:
            beat.over(glide(pile.redraw, 0.0, 1.0, rate_func=linear))
