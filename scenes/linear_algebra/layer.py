"""A layer of a network is a matrix; and the end of the lesson."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, Group, LaggedStart, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import blend, glide
from scenes.kit.lesson import chapter
from scenes.kit.matrix import Matrix
from scenes.kit.noun import LINE, THIN
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats
from scenes.kit.readout import Readout
from scenes.kit.tag import Tag
from scenes.kit.tile import Tiles
from scenes.kit.value import Value
from scenes.linear_algebra.eigen import line_of
from scenes.linear_algebra.ground import BOLD, basis, ghost, grid, move, ring, wide_plane
from scenes.linear_algebra.listing import HOOK, RADIUS
from scenes.linear_algebra.stage import REST, THREE, TILE, LinearAlgebraStage, digit
from scenes.linear_algebra.wide import looked_at
from scenes.maths.linear_algebra import exclusive, linear, picture, solving
from scenes.maths.linear_algebra.linear import PUSH, SIDEWAYS, UPWARD

KINDS: Final = 10
LARGE: Final = 2.4
"""Times as large as a picture of the gallery is the three with which the chapter opens."""
CELL: Final = 0.285
"""Scene units of a cell of a row of W, drawn as a picture."""
STRONG: Final = 0.6
"""Share of the largest weight at which a cell is at its brightest."""
CLAMPED: Final = ((2.6, 1.3), 1.75)
"""Middle and unit of the plane on which two layers run."""
PARTED: Final = ((0.6, 0.25), 2.5)
"""Middle and unit of the plane of exclusive or."""
CENTRE: Final = np.array([0.5, 0.5])
"""Around it turns a line that does not part."""
CUTS: Final = (90.0, 250.0)
"""Degrees of its normal, from and to."""
FAR: Final = 9.0
"""Units along the null space that are drawn."""
NAMED: Final = 0.75
"""Units along it at which its name stands."""
MARK: Final = 0.26
"""Scene units of the four points."""
LAST: Final = (-1.75, 0.0)
"""Middle of the last picture: words stand at its left."""
UNDER: Final = shot.Region(shot.SAFE.left, shot.SAFE.bottom, 0.0, shot.SAFE.top - 0.65)
"""Where they stand, under the line of the weaker eigenvector."""
FADED: Final = 0.25
NUDGED: Final = 0.3
"""What one entry of the matrix becomes for a while."""
SHIFTS: Final = np.array([[-0.4, 0.3], [0.3, 0.2]])
"""Biases of the two layers in a row."""
APART: Final = "{{ W_2 : W2 }} ({{ W_1 : W1 }} bold(x) + bold(b)_1) + bold(b)_2"
MERGED: Final = (
    "= {{ {{ W_2 : W2 }} {{ W_1 : W1 }} : matrix }} bold(x) "
    "+ {{ ({{ W_2 : W3 }} bold(b)_1 + bold(b)_2) : bias }}"
)


def nudged(entry: float) -> Floats:
    """Our matrix (2, 2) with another number at its upper right."""
    return np.array([[PUSH[0, 0], entry], PUSH[1]])


class Layer(LinearAlgebraStage):
    """A layer of a network is a matrix; and the end of the lesson."""

    @chapter("A layer is a matrix", "why a neural layer is a matrix")
    def a_layer_is_a_matrix(self) -> None:
        self.untitled()
        self.ask_ten_rows()
        self.look_at_the_loudest()
        self.stack_two()
        self.bend_the_plane()
        self.remember()

    def ask_ten_rows(self) -> None:
        """A digit passes over the rows of a fitted layer, and each answers."""
        cells = self.shot(shot.gallery(2, 5, titled=False, gap=0.12))
        layer = self.fitted = picture.fit_layer()
        three = self.values = picture.digits().values[THREE]
        scores = self.scores = layer.scores(three)
        largest = STRONG * float(np.abs(layer.weights).max())
        rows = self.rows = [
            cell.put(Matrix(row.reshape(picture.SIDE, picture.SIDE), CELL, largest=largest, lines=False), UP)
            for row, cell in zip(layer.weights, cells, strict=True)
        ]
        names = [
            words.caption(row, str(kind), LEFT, ink.quiet, gap=0.04, size=ink.POINT).align_to(row, UP)
            for kind, row in enumerate(rows)
        ]
        for name, row in zip(names, rows, strict=True):
            name.next_to(row.box()[0], RIGHT + DOWN, buff=0.08)
        plates = [Tag(name, 0.6) for name in names]
        looked_at(*rows)
        self.answers = [
            words.caption(row, f"{score:.2f}".replace("-", "−"), DOWN, ink.chalk, gap=0.12, size=ink.POINT)
            for row, score in zip(rows, scores, strict=True)
        ]
        asked = self.asked = digit(THREE, CELL)
        asked.scale(LARGE).move_to(shot.safe(titled=False).middle)
        self.add(asked)
        with self.beat("Back to our three. What does a network do with it?") as beat:
            beat.over(
                "does",
                asked.animate.scale(1 / LARGE).move_to(rows[0]),
                LaggedStart(*(FadeIn(row) for row in rows), lag_ratio=pace.LAG),
                least=pace.SLOW,
            )
        with self.beat("These pictures were learnt, one for each digit. Blue adds, red takes away.") as beat:
            self.play(FadeOut(asked), FadeIn(*plates), run_time=pace.QUICK)
            beat.over(*(words.light(plate.text) for plate in plates[:5]), until="Blue")
            beat.over(*(words.light(plate.text) for plate in plates[5:]))
        stops = np.array([row.get_center() for row in rows])

        def pass_over(number: float) -> Changed:
            here = int(min(number, KINDS - 1))
            there = min(here + 1, KINDS - 1)
            return (asked.move_to(blend(stops[here], stops[there], number - here)),)

        with self.beat(
            "Our three is new to them. It passes over them, "
            "and each gives a score: a dot product plus a constant."
        ) as beat:
            asked.cells.set_opacity(0.8)
            self.play(FadeIn(asked), run_time=pace.QUICK)
            self.play(FadeIn(self.answers[0]), run_time=pace.QUICK)
            for number in range(1, KINDS):
                if number == KINDS // 2:
                    self.play(FadeOut(asked), run_time=pace.QUICK)
                    pass_over(float(number))
                    self.play(FadeIn(asked, self.answers[number]), run_time=pace.QUICK)
                else:
                    self.play(
                        glide(pass_over, float(number - 1), float(number), asked),
                        FadeIn(self.answers[number]),
                        run_time=pace.BRISK,
                    )
        self.plates = plates

    def look_at_the_loudest(self) -> None:
        """Row three over the three, cell by cell."""
        rows, scores, answers = self.rows, self.scores, self.answers
        best = int(np.argmax(scores))
        start = rows[best].values
        products = start * self.values.reshape(start.shape) / picture.WHITE
        with self.beat(
            "Multiply cell by cell, add up, add its constant b three: 2.96, the highest score."
        ) as beat:
            self.play(FadeOut(self.asked), run_time=pace.QUICK)
            near = self.frame.to(rows[best], answers[best], share=0.8)
            beat.over(self.spotlight(rows[best], answers[best]), near, until="cell", least=pace.SLOW)
            summed = words.formula(
                f"bold(w)_{best} dot bold(x) + b_{best} = {scores[best]:.2f}",
                size=ink.pixels(ink.HEADLINE) / self.frame.sight.zoom,
                symbols={},
            ).move_to(answers[best])
            beat.over(glide(rows[best].redraw, start, products), until="add", least=pace.SLOW)
            beat.over("add", FadeOut(answers[best]), FadeIn(summed), until="2.96")
            beat.over(words.light(summed))
        right = 100 * picture.unseen_accuracy(self.fitted)
        tested = shot.safe(titled=False).put(
            words.note(
                f"unseen half: [{right:.0f} %:chalk] right, guessing: {100 // KINDS} %",
                ink.quiet,
                size=ink.POINT,
            ),
            DOWN,
        )
        with self.beat(
            "It was picked: of unseen digits, this logistic regression names 90 percent right."
        ) as beat:
            beat.over(
                FadeOut(summed),
                FadeIn(answers[best]),
                self.frame.back(),
                glide(rows[best].redraw, products, start),
                until="unseen",
            )
            beat.over(self.lights_on(), FadeOut(*answers), until="names")
            beat.over("names", FadeIn(tested))
        self.play(FadeOut(tested), run_time=pace.QUICK)
        self.write_the_layer()

    def write_the_layer(self) -> None:
        """The pictures are read out into the rows of W, and the layer stands there in numbers."""
        layer, rows = self.fitted, self.rows
        largest = rows[0].largest
        wide, high = 7.2 / layer.weights.shape[1], 4.4 / KINDS
        parts = (
            Matrix(
                layer.weights,
                (wide, high),
                largest=largest,
                rows=[str(kind) for kind in range(KINDS)],
                lines=False,
            ),
            Matrix(
                self.values[:, None],
                (0.5, 4.4 / len(self.values)),
                heat=ink.chalk,
                largest=picture.WHITE,
                lines=False,
            ),
            Matrix(layer.bias[:, None], (0.5, high), largest=1.0),
            Matrix(self.scores[:, None], (1.35, high), largest=4.0, decimals=2),
        )
        signs = [words.headline(sign) for sign in ("+", "=")]
        line = Group(parts[0], parts[1], signs[0], parts[2], signs[1], parts[3]).arrange(RIGHT, buff=0.35)
        names = [
            words.caption(part, text, DOWN, color, gap=0.2, size=ink.HEADLINE)
            for part, text, color in zip(
                parts,
                ("[$W$:third]", "[$bold(x)$:chalk]", "[$bold(b)$:chalk]", "[$bold(y)$:chalk]"),
                [ink.chalk] * len(parts),
                strict=True,
            )
        ]
        head, body, foot = shot.safe(titled=False).rows(1, 8, 1, gap=0.2)
        body.put(Group(line, *names))
        looked_at(*parts)
        title = words.headline(
            "[a layer, affine:chalk] [$W$:third][$bold(x) + bold(b)$:chalk]", size=ink.POINT
        )
        head.put(title)
        tiles = Tiles(layer.weights, CELL, largest=largest)
        start = np.concatenate([[row.at(*cell) for cell in np.ndindex(row.values.shape)] for row in rows])
        end = np.array([parts[0].at(*cell) for cell in np.ndindex(layer.weights.shape)])
        tiles.put(start)
        with self.beat(
            "Read out, they are the rows of one matrix, W. It meets the digit as a column, x."
        ) as beat:
            self.play(
                self.lights_on(),
                FadeOut(*rows, *self.plates),
                FadeIn(tiles),
                run_time=pace.QUICK,
            )
            beat.over(glide(tiles.put, (start, CELL), (end, wide)), until="W", least=pace.SLOW)
            self.play(FadeOut(tiles), FadeIn(parts[0], names[0]), run_time=pace.QUICK)
            beat.over("digit", FadeIn(parts[1], names[1]))
        count = words.note(
            f"{layer.weights.shape[1]} × {KINDS} weights + {KINDS} biases = {layer.weights.size + KINDS}",
            size=ink.POINT,
        )
        foot.put(count)
        best = int(np.argmax(self.scores))
        framed = [parts[0].frame(best, color=ink.chalk), parts[3].frame(best, color=ink.chalk)]
        with self.beat(
            "Add b, the bias, for the scores: this is a layer. It is affine: a linear map plus a shift."
        ) as beat:
            beat.over("b, the", FadeIn(signs[0], parts[2], names[2]), until="scores")
            beat.over("scores", FadeIn(signs[1], parts[3], names[3], *framed), until="this")
            beat.over("this", words.write(count), until="affine")
            beat.over("affine", FadeIn(title))

    def stack_two(self) -> None:
        """Two layers are one, unless something is clamped between them."""
        self.shot(shot.wide())
        plane = wide_plane(*CLAMPED)
        sheet = grid(plane)

        both, moved = SIDEWAYS @ UPWARD, SIDEWAYS @ SHIFTS[0] + SHIFTS[1]
        target = ghost(plane).redraw(both, moved)
        target.set_color(ink.chalk)
        arrows = basis(sheet)
        apart = Tag(
            words.formula(APART, dict.fromkeys(("W1", "W2"), ink.third), size=ink.HEADLINE, symbols={})
        )
        merged = Tag(
            words.formula(MERGED, dict.fromkeys(("W1", "W2", "W3"), ink.third), size=ink.HEADLINE, symbols={})
        )
        shot.safe(titled=False).put(apart, UP + RIGHT)
        merged.next_to(apart, DOWN, buff=words.GAP).align_to(apart, RIGHT)

        def first(share: float) -> Changed:
            return (sheet.redraw(blend(REST, UPWARD, share), share * SHIFTS[0]),)

        def second(share: float) -> Changed:
            last = blend(REST, SIDEWAYS, share)
            return (sheet.redraw(last @ UPWARD, last @ SHIFTS[0] + share * SHIFTS[1]), *sheet.pinned)

        def at_once(share: float) -> Changed:
            return (sheet.redraw(blend(REST, both, share), share * moved), *sheet.pinned)

        def back(share: float) -> Changed:
            return at_once(1 - share)

        part = apart.text.part
        origin = sheet.dots([(0.0, 0.0)], ink.chalk, radius=0.16)
        before = plane.dots([(0.0, 0.0)], ink.quiet, radius=0.12)
        with self.beat(
            "Put two layers in a row: W one and its bias move the plane, then W two and its bias."
        ) as beat:
            self.play(FadeOut(*self.mobjects), FadeIn(sheet, *arrows), run_time=pace.CALM)
            beat.over("layers", FadeIn(apart, origin, before), until="W one")
            beat.over("W one", sheet.drive(first), words.light(part("W1")), until="then", least=pace.SLOW)
            beat.over("then", sheet.drive(second), words.light(part("W2")), least=pace.SLOW)
        with self.beat("Multiply out: one matrix and one bias reach the same grid.") as beat:
            beat.over(FadeIn(merged, target), sheet.drive(back), until="one matrix", least=pace.SLOW)
            beat.over(
                "one matrix", sheet.drive(at_once), words.light(merged.text.part("matrix")), until="same",
                least=pace.SLOW,
            )  # fmt: skip
            beat.over(words.light(merged.text.part("bias")), words.light(sheet.axes, ink.chalk))
        self.leave(sheet, *arrows, target, apart, merged, origin, before)

    def bend_the_plane(self) -> None:
        """Exclusive or: no line parts it, no matrix helps, and ReLU does."""
        plane = wide_plane(*PARTED)
        sheet = grid(plane)
        alike = sheet.dots(exclusive.SAME, ink.quiet, "square", radius=MARK)
        unlike = sheet.dots(exclusive.UNLIKE, ink.chalk, "disc", radius=MARK)
        cut = plane.line((0.0, 1.0), -0.5, color=ink.error, width=2 * LINE)

        def lean(degrees: float) -> Changed:
            across = linear.arrow(degrees)
            return (cut.redraw(across, -float(across @ CENTRE)),)

        name = Tag(words.headline("XOR"))
        shot.safe(titled=False).put(name, UP + LEFT)
        lean(CUTS[0])
        diagonals = sheet.segments(
            [exclusive.SAME[0], exclusive.UNLIKE[0]],
            [exclusive.SAME[1], exclusive.UNLIKE[1]],
            ink.quiet,
            LINE,
        )
        with self.beat(
            "What can one such layer not do? Part dots from squares: XOR. "
            "Both pairs have one middle, so no line parts them."
        ) as beat:
            self.play(FadeIn(sheet, alike, unlike), run_time=pace.BRISK)
            beat.over("Part", Create(cut), until="XOR")
            beat.at("XOR", FadeIn(name))
            beat.over("Both", Create(diagonals), until="middle")
            beat.over(glide(lean, CUTS[0], CUTS[1]), least=pace.SLOW)
        shown = [
            words.note(
                '$W_1 bold(x), quad W_1 = mat(delim: "[", 1, -1; -1, 1)$',
                size=ink.HEADLINE,
                colors={"W_1": ink.third, "bold(x)": ink.chalk},
            ),
            words.note(
                '$"ReLU"(W_1 bold(x))$', size=ink.HEADLINE, colors={"W_1": ink.third, "bold(x)": ink.chalk}
            ),
            words.formula(
                '{{ W_2 : w2 }} "ReLU"({{ W_1 : w1 }} bold(x) + bold(b)_1) + bold(b)_2',
                dict.fromkeys(("w1", "w2"), ink.third),
                size=ink.HEADLINE,
                symbols={},
            ),
        ]
        formulas = [Tag(each) for each in shown]
        for each in formulas:
            shot.safe(titled=False).put(each, UP + RIGHT)
        weights = exclusive.WEIGHTS
        into = solving.null_space(weights)[0]
        lost = sheet.segments(-FAR * into, FAR * into, ink.quiet, 2 * LINE)
        called = Tag(words.note("[null space:chalk]", size=ink.POINT))
        called.next_to(plane.at(np.abs(NAMED * into)), DOWN + RIGHT, buff=words.GAP)

        def first(points: Floats) -> Floats:
            return np.asarray(points @ weights.T)

        def bend(share: float) -> Changed:
            sheet.warp(lambda points: exclusive.relu(first(points)), share, start=first)
            return (sheet,)

        with self.beat(
            "Choose W one with both squares in its null space. "
            "They go to zero, the dots to either side: still one line."
        ) as beat:
            self.play(FadeOut(cut, diagonals), FadeIn(formulas[0]), run_time=pace.QUICK)
            sheet.free(diagonals)
            beat.over(Create(lost), FadeIn(called), until="They")
            beat.over("They", FadeOut(called), move(sheet, REST, weights), until="still", least=pace.SLOW)
            beat.over("still", words.light(alike), words.light(unlike))
        self.remove(lost)
        sheet.free(lost)
        edge = plane.line(exclusive.OUT, exclusive.OFFSET, color=ink.third, width=2 * LINE)
        with self.beat(
            "Now set each negative entry to zero: ReLU. It bends the line, and one cut parts them."
        ) as beat:
            beat.over("negative", sheet.drive(bend), until="ReLU", least=pace.SLOW)
            beat.over("ReLU", FadeOut(formulas[0]), FadeIn(formulas[1]), until="one")
            beat.over("one", Create(edge))
        with self.beat("The cut is the second layer. Without the bend, many layers would be one.") as beat:
            beat.over(
                FadeOut(formulas[1]), FadeIn(formulas[2]), words.light(edge, ink.chalk), until="Without"
            )
            beat.over(words.light(formulas[2].text))

    # --- the end

    def remember(self) -> None:
        """The picture of the question, with the answer and the names in it."""
        plane = wide_plane(LAST, HOOK)
        sheet = grid(plane)
        arrows = ring(sheet, RADIUS)
        swung = linear.swing(PUSH, linear.ring()) > 1e-6
        kept = [arrow for arrow, off in zip(arrows, swung, strict=True) if not off]
        others = [arrow for arrow, off in zip(arrows, swung, strict=True) if off]
        lines = [line_of(plane, vector) for vector in self.kept.vectors]
        law = Tag(
            words.formula(
                "A {{ bold(x) : x }} = {{ lambda : l }} {{ bold(x) : x2 }}",
                {"x": ink.focus, "x2": ink.focus, "l": ink.focus},
                size=1.15 * ink.pixels(ink.HEADLINE),
            )
        )
        entry = Value(PUSH[0, 1])
        rows = self.rows_of(entry)
        UNDER.stack(law, *rows, gap=0.28)
        with self.beat(
            "So which arrows still point the way they did? Those on two lines: the eigenvectors."
        ) as beat:
            self.play(FadeOut(*self.mobjects), FadeIn(sheet, *arrows), run_time=pace.CALM)
            beat.over(move(sheet, REST, PUSH), until="Those", least=pace.SLOW)
            beat.over(
                *(Create(line) for line in lines),
                *(arrow.animate.set_fill(ink.focus) for arrow in kept),
                *(arrow.animate.set_fill(opacity=FADED) for arrow in others),
                FadeIn(law, rows[0]),
            )
        columns = basis(sheet)
        tile = sheet.polygon(TILE, ink.chalk, THIN, 0.25)
        rim = sheet.polygon(RADIUS * linear.circle(), ink.truth, LINE, 0.0)
        longest = plane.vector((0, 0), RADIUS * PUSH @ linear.take_apart(PUSH).longest, ink.truth, BOLD)
        sides = linear.ring()[~swung] @ self.kept.vectors.T
        sheet.free(*kept, *others)

        def nudge(now: float) -> Changed:
            matrix = nudged(now)
            found = linear.eigen(matrix)
            for line, vector in zip(lines, found.vectors, strict=True):
                line.redraw((-vector[1], vector[0]), 0.0)
            for arrow, side in zip(kept, sides, strict=True):
                own = int(np.argmax(np.abs(side)))
                tip = np.sign(side[own]) * found.values[own] * found.vectors[own]
                arrow.redraw((0, 0), RADIUS * tip)
            longest.redraw((0, 0), RADIUS * matrix @ linear.take_apart(matrix).longest)
            sheet.redraw(matrix)
            return (sheet, *sheet.pinned, *lines, *kept, longest)

        with self.beat("Two columns hold the map: determinant one, rank two.") as beat:
            beat.over(FadeIn(*columns, rows[1]), FadeOut(*others), until="determinant")
            beat.over("determinant", FadeIn(tile, rows[2]), until="rank")
            beat.over("rank", FadeIn(rows[3]))
        with self.beat(
            "Of arrows equally long, v one grows most. "
            "Nudge one number, and lines and ellipse move: learning chooses such numbers.",
            pause=pace.SLOW,
        ) as beat:
            beat.over(FadeIn(rim, longest, rows[4]), until="Nudge")
            entry.draws(nudge)
            beat.over("Nudge", entry.to(NUDGED), until="learning", least=pace.SLOW)
            beat.over("learning", entry.to(PUSH[0, 1]), least=pace.LONG)

    def rows_of(self, entry: Value) -> list[Tag]:
        """What the lesson has named of the matrix, live where it changes with its upper right ``entry``."""
        found = entry.of(lambda now: linear.eigen(nudged(now)).values)
        stretched = VGroup(
            Readout(
                found.of(lambda both: both[0]),
                2,
                label="[eigenvalues:focus]",
                color=ink.focus,
                size=ink.POINT,
            ),
            Readout(found.of(lambda both: both[1]), 2, label="[,:focus]", color=ink.focus, size=ink.POINT),
        ).arrange(RIGHT, buff=0.08, aligned_edge=UP)
        (a, _), (c, d) = PUSH
        columns = VGroup(
            words.note(f"[columns ({a:g}, {c:g}):first]", size=ink.POINT),
            Readout(
                entry, 2, label="[(:second]", unit=f"[, {d:g}):second]", color=ink.second, size=ink.POINT
            ),
        ).arrange(RIGHT, buff=0.25)
        area = Readout(
            entry.of(lambda now: linear.signed_area(nudged(now))), 2, label="determinant", size=ink.POINT
        )
        grown = Readout(
            entry.of(lambda now: linear.take_apart(nudged(now)).stretch[0]), 3,
            label="[longest: $sigma_1 =$:truth]", color=ink.truth, size=ink.POINT,
        )  # fmt: skip
        rank = words.note("[rank 2: one $bold(x)$ for each $bold(y)$:chalk]", size=ink.POINT)
        return [Tag(stretched), Tag(columns), Tag(area), Tag(rank), Tag(grown)]
