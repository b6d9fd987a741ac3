"""Where it is used: a photograph of low rank, and a layer of a network."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, LaggedStart, VGroup
from manim import linear as evenly

from scenes.kit import ink, place, words
from scenes.kit.drive import drive
from scenes.kit.gauge import Gauge
from scenes.kit.growing_curve import GrowingCurve
from scenes.kit.lattice import Lattice
from scenes.kit.lesson import chapter
from scenes.kit.matrix import Matrix
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.photo import Photo
from scenes.kit.plane import Plane
from scenes.linear_algebra.stage import REST, THREE, TILE, LinearAlgebraStage, blend, digit
from scenes.maths.linear_algebra import picture
from scenes.maths.linear_algebra.linear import PUSH, SIDEWAYS


class Applications(LinearAlgebraStage):
    """Where it is used: a photograph of low rank, and a layer of a network."""

    edition = 1

    # --- a photograph

    @chapter("A photograph is a stack of plaids", "low-rank approximation of a real image")
    def a_stack_of_plaids(self) -> None:
        grey = picture.photograph()
        self.plaids = picture.weave(grey)
        photo = Photo(grey, 4.5).move_to((-2.0, -0.25, 0.0))
        credit = words.label("photo: vultilion, CC BY 2.0", ink.quiet).next_to(photo, DOWN, buff=0.12)
        with self.beat("A grey photograph is a matrix too: 427 rows and 640 columns of brightness.") as beat:
            self.play(FadeIn(photo, credit), run_time=0.8)
            rows = VGroup(*(words.label(str(size)) for size in grey.shape))
            rows[0].next_to(photo, LEFT, buff=0.2)
            rows[1].next_to(photo, UP, buff=0.2)
            beat.at("427", FadeIn(rows[0]))
            beat.at("640", FadeIn(rows[1]))
        self.leave(rows, run_time=0.4)
        self.unweave(photo, grey)
        self.weave_again(photo)

    def unweave(self, photo: Photo, grey: Floats) -> None:
        """Only the strongest plaid is left: a column times a row."""
        first = self.plaids.keep(1)
        side, top = (self.strip(each) for each in (self.plaids.columns[:, :1], self.plaids.rows[:1]))
        side.next_to(photo, LEFT, buff=0.15)
        top.next_to(photo, UP, buff=0.15)
        with self.beat(
            "So it has singular values. Keep the strongest alone: one column times one row. That is a plaid."
        ) as beat:
            beat.until("strongest")
            self.play(drive(lambda t: photo.redraw(blend(grey, first, t))), run_time=1.2)
            beat.at("column", FadeIn(side, shift=0.2 * LEFT))
            beat.at("row", FadeIn(top, shift=0.2 * UP))
        self.strips = (side, top)

    def strip(self, values: Floats) -> Photo:
        """A column or a row of a plaid, wide enough to be seen."""
        thick = np.repeat(values / values.max(), 20, axis=0 if len(values) == 1 else 1)
        return Photo(thick, 4.5 * len(thick) / len(self.plaids.columns))

    def weave_again(self, photo: Photo) -> None:
        """Plaid after plaid is added, and the error falls."""
        counts = np.arange(1, 51)
        errors = 100 * self.plaids.error
        whole = photo.values.size
        reel = ParameterSweep(counts)
        trail = GrowingCurve(
            counts, errors[counts], (0, 52), (0, 42), x_label="plaids", y_label="error (%)",
            x_ticks=(1, 20, 50), y_ticks=(0, 20, 40),
        )  # fmt: skip
        gauges = [
            Gauge("plaids", lambda: counts[reel.row], 0, digits=2),
            Gauge(
                "numbers kept",
                lambda: 100 * self.plaids.stored(int(counts[reel.row])) / whole,
                1,
                "%",
                digits=2,
            ),
            Gauge("error", lambda: errors[counts[reel.row]], 1, "%", ink.focus, digits=2),
        ]
        place.aside(*gauges, trail, gap=0.33)

        def show() -> Changed:
            return (photo.redraw(self.plaids.keep(reel.value)), trail.reach(reel.value))

        with self.beat(
            "Add the second strongest, and the third. At five, something comes out of the weave."
        ) as beat:
            self.play(FadeIn(*gauges, trail), FadeOut(*self.strips), run_time=0.6)
            for count, word in ((2, "third"), (3, "five"), (5, "comes")):
                self.play(reel.run(count, show), run_time=beat.fill(word))
        with self.beat("At twenty it is a flower, and only 12 percent is missing.") as beat:
            self.play(reel.run(20, show, rate_func=evenly), run_time=beat.fill("12") + 0.6)
            self.play(gauges[2].light())
        with self.beat(
            "Fifty of its 427 plaids: a fifth of the numbers, and an error under 7 percent."
        ) as beat:
            self.play(reel.run(50, show, rate_func=evenly), run_time=beat.fill("fifth"))
            self.play(gauges[1].light())
            beat.at("error", gauges[2].light())
        with self.beat(
            "No other matrix of rank fifty comes closer in squared error. For the eye, JPEG does better."
        ) as beat:
            beat.at("closer", words.light(trail.tip), run_time=1.0)
        with self.beat(
            "Large tables are often like that: most of what they say lies in a few directions."
        ) as beat:
            self.play(reel.run(5, show), run_time=beat.fill("most"))
            self.play(reel.run(50, show), run_time=beat.fill())

    # --- a layer

    @chapter("A layer is a matrix", "why a neural layer is a matrix")
    def a_layer_is_a_matrix(self) -> None:
        self.ask_ten_questions()
        self.fold_the_sheet()
        self.remember()

    def ask_ten_questions(self) -> None:
        """A digit passes under the ten rows of a fitted layer."""
        layer, three = picture.fit_layer(), picture.digits().values[THREE]
        scores = layer.scores(three)
        strength = 0.6 * float(np.abs(layer.weights).max())
        chart = Plane(
            (-0.5, 9.5), (-1.4, 2.0), 12.6, 2.2, y_ticks=[], x_names={kind: str(kind) for kind in range(10)}
        ).move_to((0.0, -1.45, 0.0))
        bars = chart.bars(np.arange(10.0), 0.0, ink.positive, 0.35)
        below = chart.bars(np.arange(10.0), 0.0, ink.negative, 0.35)
        ground = chart.segment((-0.5, 0), (9.5, 0), ink.faint)
        rows = [
            Matrix(row.reshape(picture.SIDE, picture.SIDE), 0.14, largest=strength, lines=False).move_to(
                (chart.at(number, 0)[0], 1.95, 0.0)
            )
            for number, row in enumerate(layer.weights)
        ]
        asked = digit(THREE, 0.11)

        def ask(share: float) -> Changed:
            place_now = -0.9 + 10.2 * share
            asked.move_to((chart.at(place_now, 0)[0], 0.65, 0.0))
            grown = scores * np.clip((place_now - np.arange(10) + 0.25) / 0.5, 0, 1)
            return (asked, bars.redraw(np.maximum(grown, 0)), below.redraw(np.minimum(grown, 0)))

        with self.beat("Ten pictures, learned from all the digits: blue adds, red takes away.") as beat:
            self.play(LaggedStart(*(FadeIn(row) for row in rows), lag_ratio=0.15), run_time=beat.fill("blue"))
        with self.beat(
            "Our three passes under each, and each asks: how much do you look like me? "
            "The answer is a dot product and a small shift."
        ) as beat:
            ask(0.0)
            self.play(FadeIn(asked, ground, chart.numbers), run_time=0.5)
            self.add(bars, below)
            self.play(drive(ask, rate_func=evenly), run_time=beat.fill() - 0.3)
        best = int(np.argmax(scores))
        value = words.label(f"{scores[best]:.2f}", ink.focus).next_to(
            chart.at(best, scores[best]), RIGHT, buff=0.5
        )
        with self.beat("The loudest answer comes from number three: 1.67.") as beat:
            self.play(FadeOut(asked), run_time=0.4)
            frame = rows[best].frame()
            beat.at("three", FadeIn(frame))
            beat.at("1.67", FadeIn(value))
        rule = words.formula(
            "{{ W : w }} bold(x) + {{ bold(b) : b }}", {"w": ink.fourth, "b": ink.fourth}, size=ink.HEADLINE
        ).move_to((4.9, 0.55, 0.0))
        with self.beat(
            "Ten questions at once: a matrix of ten rows, times one arrow, plus a shift. That is a neural layer."
        ) as beat:
            beat.at("matrix", words.write(rule), run_time=1.0)
            beat.at("shift", words.light(rule.part("b")), run_time=0.8)
        self.play(FadeOut(*self.mobjects[1:]), run_time=0.5)

    def fold_the_sheet(self) -> None:
        """Two matrices in a row are one; a fold between them is more."""
        sheet = self.sheet
        tile = sheet.polygon(TILE - 0.5, fill=0.25)
        with self.beat("Two such layers in a row? Two matrices make only one.") as beat:
            self.play(FadeIn(sheet, tile), run_time=0.5)
            beat.until("row")
            self.play(self.lay(REST, SIDEWAYS), run_time=1.2)
            self.play(self.lay(SIDEWAYS, PUSH), run_time=1.2)

        def fold(points: Floats) -> Floats:
            return np.asarray(np.maximum(points @ PUSH.T, 0.0))

        with self.beat(
            "So a layer folds the sheet as well: whatever is negative becomes zero. "
            "Without that bend, depth would add nothing."
        ) as beat:
            beat.until("folds")
            self.play(
                sheet.drive(lambda t: sheet.warp(fold, t, start=lambda p: p @ PUSH.T)),
                run_time=beat.fill("Without"),
            )
        self.leave(sheet, tile)

    def remember(self) -> None:
        """The picture to keep: the sheet is pushed, and two arrows stay on their lines."""
        wide = place.picture(Plane((-6.6, 6.6), (-2.8, 2.8), 13.2, 5.6, x_ticks=[], y_ticks=[])).set_x(0)
        sheet = Lattice(wide, opacity=0.7)
        arrows, lines = self.ring(sheet), self.kept_lines(wide)
        self.allow(lines[0], "faint", "it runs along the very arrows that keep it, in their colour")

        def push(share: float) -> Changed:
            matrix = blend(REST, PUSH, share)
            sheet.redraw(matrix)
            return self.dye(arrows, matrix, share)

        with self.beat("A matrix moves the whole plane."):
            self.play(FadeIn(sheet, *arrows), run_time=0.6)
            self.play(sheet.drive(push), run_time=1.8)
        with self.beat("Eigenvectors keep their line, and singular vectors carry the stretch.") as beat:
            self.play(*(Create(line) for line in lines), run_time=0.9)
            self.play(sheet.drive(lambda t: push(1 - t)), run_time=beat.fill())
        with self.beat("Learning is choosing the matrix."):
            self.play(sheet.drive(push), run_time=1.8)
        with self.beat("Next: how to choose it when all you feel is a slope. That is calculus."):
            self.play(sheet.drive(lambda t: push((1 + np.cos(2 * np.pi * t)) / 2)), run_time=4.0)
