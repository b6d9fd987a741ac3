"""The box plot in motion."""

from manim import FadeIn
from sklearn.datasets import load_iris

from scenes.kit import ink, pace, shot
from scenes.kit.box_plot import BoxPlot
from scenes.kit.glide import glide
from scenes.kit.lesson import Lesson, chapter


class Boxes(Lesson):
    """As *python-ml-stack*, chapter 10, has it, with irises for its birds: one set of dots that never leaves."""

    @chapter("Four looks at the same flowers")
    def boxes(self) -> None:
        self.shot(shot.wide())
        place = shot.safe()
        flowers = load_iris()
        names = [str(name) for name in flowers.target_names]
        samples = [flowers.data[flowers.target == kind, 1] for kind in range(3)]
        plot = BoxPlot(
            names,
            samples,
            (1.8, 4.6),
            place.width,
            place.height,
            colors=ink.CLASSES[:3],
            label="sepal width (cm)",
        )
        place.put(plot)

        with self.beat("One dot for each flower, species by species.") as beat:
            beat.over(FadeIn(plot, lag_ratio=0.02))
        with self.beat(
            "The middle half of each crowd closes up into a box. The line in it is the median."
        ) as beat:
            beat.over(glide(plot.redraw, {"gathered": 0.0}, {"gathered": 0.5}), until="line")
            beat.over(plot.animate.only("virginica"))
        with self.beat("Whiskers reach the last flower within one and a half boxes.") as beat:
            beat.over(
                glide(plot.redraw, {"gathered": 0.5}, {"gathered": 1.0}), self.title_leaves(), until="within"
            )
            fences = plot.fences("virginica")
            beat.over(FadeIn(fences), self.frame.to(plot.group("virginica"), fences), least=pace.SLOW)
        with self.beat("What lies beyond the fences stays: outliers.") as beat:
            beat.over(self.spotlight(plot.beyond("virginica"), fences), until="outliers")
            beat.over(self.lights_on(), self.frame.back(), plot.animate.light(), least=pace.SLOW)
