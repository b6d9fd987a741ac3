"""A matrix as a sum of rank-one pieces, and a photograph of which a few are enough."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, FadeIn, FadeOut, Group, Mobject, VGroup
from manim import linear as evenly

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.dot import Dots
from scenes.kit.drive import drive
from scenes.kit.glide import blend, glide
from scenes.kit.lesson import chapter
from scenes.kit.matrix import Matrix
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.photo import Photo
from scenes.kit.readout import Readout
from scenes.kit.tag import Tag
from scenes.linear_algebra.stage import LinearAlgebraStage
from scenes.maths.linear_algebra import picture
from scenes.maths.linear_algebra.linear import PUSH

COLUMN: Final = np.array([2.0, 1.0])
ROW: Final = np.array([1.0, 3.0])
"""Of the table that is multiplied by hand."""
CELL: Final = 1.75
"""Scene units of a cell of it."""
SMALL: Final = (1.65, 1.3)
"""Scene units across and up of a cell of the tables of our matrix."""
WIDE: Final = ink.FRAME_HEIGHT
"""Scene units of the photograph's height where it is seen whole, from top to bottom."""
THICK: Final = 27
"""Cells of the photograph as wide as a column or a row of a piece is drawn."""
LAYERS: Final = 5
"""Pieces that are stacked."""
CARD: Final = 4.6
"""Scene units of the height of the first layer of the stack."""
INSET: Final = 2.0
"""Scene units of the photograph's height over the chart of its singular values."""
FARTHER: Final = 0.9
"""Size of a layer as a share of the one before it."""
SIGNED: Final = 0.35
"""Entry at which a signed piece is at its brightest."""
CONTRAST: Final = 1.6
"""By how much what is left out is brightened, so that it can be seen."""
SEEN: Final = 100
"""Singular values that are drawn."""
SHARES: Final = 0.82
"""Size of the shares below them as a share of what is the point."""
GROUND: Final = 0.5
"""The singular value at the foot of their chart."""
SPOT: Final = 0.065
"""Scene units of the dot that is one of them."""
FEW: Final = 20
"""Pieces of the photograph that are kept."""
COUNTS: Final = np.arange(1, FEW + 1)
LOW: Final = shot.Region(-5.6, shot.SAFE.bottom, 5.6, shot.SAFE.top)
"""The part of the photograph on which words stand."""


def our_pieces() -> picture.Pieces:
    """Those of the lesson's matrix."""
    return picture.take_to_pieces(PUSH)


class Pieces(LinearAlgebraStage):
    """A matrix as a sum of rank-one pieces, and a photograph of which a few are enough."""

    @chapter("How many pieces make a picture?", "low-rank approximation of a real image")
    def how_many_pieces(self) -> None:
        self.untitled()
        self.multiply_by_hand()
        self.add_two_pieces()
        self.measure_what_is_left()
        self.show_the_photograph()
        self.stack_in_depth()
        self.plot_the_values()
        self.keep_more()
        self.show_what_is_left()

    def multiply_by_hand(self) -> None:
        """A column times a row is a multiplication table, of rank one."""
        self.shot(shot.formula(titled=False))
        whole = np.outer(COLUMN, ROW)
        table = Matrix(np.full_like(whole, np.nan), CELL, largest=10.0, decimals=0, size=ink.HEADLINE)
        column = Matrix(COLUMN[:, None], CELL, largest=10.0, decimals=0, size=ink.HEADLINE)
        row = Matrix(ROW[None], CELL, largest=10.0, decimals=0, size=ink.HEADLINE)
        column.next_to(table, LEFT, buff=0.4)
        row.next_to(table, UP, buff=0.4)
        room = shot.safe(titled=False)
        left, right = room.columns(2, 1)
        shown = room.put(Group(column, row, table))

        self.add(column, row)
        self.allow(table, "pop", "a product stands in its cell as soon as it has been multiplied")

        def fill(share: float) -> Changed:
            come = np.clip(share * whole.size - np.arange(whole.size).reshape(whole.shape), 0.0, 1.0)
            return (table.shade(come).redraw(np.where(come > 0.5, whole, np.nan)),)

        with self.beat("Take a column times a row: a multiplication table.") as beat:
            self.play(FadeIn(table), run_time=pace.QUICK)
            beat.over(drive(fill, rate_func=evenly), until="multiplication", least=pace.LONG)
            beat.over(words.light(table.lines))
        names = words.note(
            "rows: multiples\nof one row\n\n[rank-one matrix:chalk]\n(outer product)", size=ink.POINT
        )
        right.put(names)
        with self.beat(
            "Its rows are multiples of one, so its rank is one. This is a rank-one matrix, or outer product."
        ) as beat:
            self.play(shown.animate.move_to(left.middle), words.write(names), run_time=pace.SLOW)
            frame = table.frame(0, color=ink.chalk)
            self.play(FadeIn(frame), run_time=pace.QUICK)
            beat.over(glide(frame.redraw, 0.0, 1.0), until="This")
            beat.over(words.light(names))
        self.multiplied = [column, row, table, frame, names]

    def add_two_pieces(self) -> None:
        """Our matrix is two such pieces, the first of them near it already."""
        self.shot(shot.formula(titled=False))
        whole = shot.safe(titled=False)
        pieces = our_pieces()
        tables = [
            Matrix(values, SMALL, largest=1.6, decimals=2, size=ink.POINT)
            for values in (PUSH, pieces.piece(0), pieces.piece(1))
        ]
        signs = [words.headline(sign) for sign in ("=", "+")]
        line = Group(tables[0], signs[0], tables[1], signs[1], tables[2]).arrange(RIGHT, buff=0.42)
        names = [
            words.caption(table, text, DOWN, gap=0.25, size=ink.POINT)
            for table, text in zip(
                tables,
                ("$A$", "$sigma_1 bold(u)_1 bold(v)_1^T$", "$sigma_2 bold(u)_2 bold(v)_2^T$"),
                strict=True,
            )
        ]
        shown = whole.put(Group(line, *names), UP)
        below = self.below = shot.Region(
            whole.left, whole.bottom, whole.right, float(shown.get_bottom()[1]) - 2 * words.GAP
        )
        alone = Group(tables[0], names[0])
        left = alone.get_center()
        alone.set_x(0)
        law = words.formula(
            "A = {{ sum_i sigma_i bold(u)_i bold(v)_i^T : sum }}", {"sum": ink.chalk}, size=ink.HEADLINE
        )
        below.put(law)
        with self.beat(
            "The decomposition splits A into such pieces: sigma times u times v transposed, and again."
        ) as beat:
            self.play(FadeOut(*self.multiplied), FadeIn(alone), run_time=pace.BRISK)
            beat.over("splits", alone.animate.move_to(left), until="pieces")
            beat.over("pieces", FadeIn(signs[0], tables[1], names[1]), until="and")
            beat.over("and", FadeIn(signs[1], tables[2], names[2]))
        with self.beat("The larger is near A already. The sum of all pieces is the matrix.") as beat:
            beat.over(self.spotlight(tables[0], tables[1], names[0], names[1]), until="The sum")
            beat.over(self.lights_on(), words.write(law), until="pieces")
            beat.over(words.light(law.part("sum"), ink.chalk))
        self.leave(law)
        self.tables = tables

    def measure_what_is_left(self) -> None:
        """How near the larger piece is: the Frobenius norm, by hand."""
        squares = our_pieces().squares
        total = float(squares.sum())
        region = self.below
        norm = words.formula(
            f"norm(A)_F = sqrt({{{{ inline(sum_(i j)) a_(i j)^2 : sum }}}}) = sqrt({total:g})",
            {"sum": ink.chalk},
            size=ink.POINT,
        )
        name = words.label("[Frobenius norm:chalk]", size=ink.POINT)
        VGroup(norm, name).arrange(RIGHT, buff=0.7)
        high, low = region.rows(1, 1, gap=0.2)
        low.put(VGroup(norm, name))
        longer, shorter = our_pieces().values
        texts = (
            f"$1 + 1 + 0.25$\n$+ 2.25 = {total:g}$",
            f"$sigma_1^2 = {longer:.3f}^2$",
            f"$sigma_2^2 = {shorter:.3f}^2$",
        )
        sums = [words.label(text, size=ink.POINT) for text in texts]
        for each, table in zip(sums, self.tables, strict=True):
            high.put(each)
            each.set_x(float(table.get_x()))
        with self.beat(
            "How near? Add up the squares of A's entries. The root of that is the Frobenius norm."
        ) as beat:
            beat.over("Add", words.write(sums[0]), until="root")
            beat.over("root", words.write(norm), until="Frobenius")
            beat.over("Frobenius", words.write(name))
        share = words.label(
            f"left out: ${shorter:.3f} \\/ sqrt({total:g}) =$ [{100 * our_pieces().error[1]:.0f} %:chalk]",
            size=ink.HEADLINE,
        )
        low.put(share)
        with self.beat(
            "Squared, both singular values add up to the same. "
            "So the second one tells what is missing without its piece."
        ) as beat:
            beat.over("singular", words.write(sums[1]), words.write(sums[2]), until="So")
            beat.over(self.spotlight(self.tables[2], sums[2]), FadeOut(norm, name), until="tells")
            beat.over("tells", words.write(share), until="without")
            beat.over("without", words.light(share), self.lights_on())

    def show_the_photograph(self) -> None:
        """A grey photograph, and its largest piece: a column times a row."""
        self.shot(shot.wide())
        grey = picture.photograph()
        self.grey, self.pieces = grey, picture.take_to_pieces(grey)
        photo = self.photo = Photo(grey, WIDE)
        size = Tag(words.headline(f"{grey.shape[0]} rows × {grey.shape[1]} columns"))
        LOW.put(size, UP + LEFT)
        credit = LOW.put(Tag(words.label("photo: vultilion, CC BY 2.0", ink.quiet)), DOWN + RIGHT)
        with self.beat("A grey photograph is a matrix too.") as beat:
            self.play(FadeOut(*self.mobjects), FadeIn(photo), run_time=pace.BRISK)
            self.play(FadeIn(credit), run_time=pace.QUICK)
            beat.over("matrix", FadeIn(size))
        first = self.pieces.keep(1)
        side, top = self.strips()
        with self.beat("Keep its largest piece alone: one column, times one row.") as beat:
            beat.over(
                FadeOut(size, credit),
                drive(lambda share: photo.redraw(blend(grey, first, share))),
                until="one",
                least=pace.SLOW,
            )
            beat.over("one column", FadeIn(side, shift=place.NUDGE * LEFT), until="times")
            beat.over("times", FadeIn(top, shift=place.NUDGE * UP))
        self.play(FadeOut(side, top), run_time=pace.QUICK)

    def strips(self) -> tuple[Photo, Photo]:
        """The column and the row of the largest piece, along two edges of the photograph."""
        column, row = self.pieces.columns[:, :1], self.pieces.rows[:1]
        side = Photo(np.repeat(column / column.max(), THICK, axis=1), WIDE)
        top = Photo(np.repeat(row / row.max(), THICK, axis=0), THICK * WIDE / len(self.grey))
        return side.align_to(self.photo, LEFT), top.align_to(self.photo, UP)

    def stack_in_depth(self) -> None:
        """The first pieces as layers, one behind the other, that become one picture."""
        cards: list[Mobject] = []
        for number in range(LAYERS):
            piece = self.pieces.piece(number)
            card = (
                Matrix(piece, CARD / len(piece), largest=SIGNED, lines=False)
                if number
                else Photo(piece, CARD)
            )
            cards.append(card.scale(FARTHER**number))
        near, far = (
            shot.SAFE.put(card, corner).get_center()
            for card, corner in ((cards[0], DOWN + LEFT), (cards[-1], UP + RIGHT))
        )
        for number, layer in enumerate(cards):
            layer.move_to(blend(near, far, number / (LAYERS - 1)))
        photo = self.photo
        whole, small = (WIDE, ORIGIN), (CARD, near)

        def stand(height: float, middle: Floats) -> Mobject:
            photo.set_height(height).move_to(middle)
            return photo

        with self.beat("The next ones add, in blue, and take away, in red, ever less.") as beat:
            beat.over(glide(stand, whole, small), until="add", least=pace.CALM)
            for number, word in enumerate(("add", "take", "red", "ever"), 1):
                beat.until(word)
                self.add(cards[number], *reversed(cards[1:number]), photo)
                self.play(FadeIn(cards[number], shift=0.4 * (RIGHT + UP)), run_time=pace.QUICK)
        self.cards, self.small = cards, small

    def plot_the_values(self) -> None:
        """The singular values fall, those of the shuffled pixels hardly, and the small ones make the error."""
        self.shot(shot.wide())
        photo, pieces = self.photo, self.pieces
        mixed = picture.shuffled(self.grey)
        others = picture.take_to_pieces(mixed)
        room = shot.safe(titled=False)
        wide = INSET * self.grey.shape[1] / self.grey.shape[0]
        insets = [
            shot.Region(right - wide, room.top - INSET, right, room.top)
            for right in (room.right - number * (wide + 2 * words.GAP) for number in (2, 1, 0))
        ]
        chart = room.plane(
            (-2, SEEN),
            (GROUND, 300),
            log_y=True,
            x_label=f"number of the piece, to {SEEN} of {len(pieces.values)}",
            y_label="singular value",
            x_ticks=(20, 40, 60, 80, 100),
            y_ticks=(1, 10, 100),
        )
        numbers = np.arange(1, SEEN + 1)
        dots, slow = (
            chart.dots(np.column_stack([numbers, each.values[:SEEN]]), color, radius=SPOT)
            for each, color in ((pieces, ink.chalk), (others, ink.quiet))
        )
        shuffled = Photo(mixed, INSET).move_to(insets[1].middle)
        plain = Photo(np.full_like(self.grey, self.grey.mean()), INSET).move_to(insets[2].middle)
        sweep = self.sweep = ParameterSweep(COUNTS)

        def cut(count: float) -> Changed:
            for number, dot in enumerate(dots, 1):
                dot.set_fill(ink.chalk if number <= max(1, round(count)) else ink.error)
            return (dots, photo.redraw(pieces.keep(count)), shuffled.redraw(others.keep(count)))

        left_out = [
            Readout(
                sweep.score([100 * float(each.error[int(count)]) for count in COUNTS]),
                0,
                "%",
                label="left out:",
                size=SHARES * ink.pixels(ink.POINT),
                digits=2,
                color=color,
            )
            for each, color in ((pieces, ink.error), (others, ink.quiet))
        ]
        plates = [
            shot.Region(region.left, room.bottom, region.right, region.bottom - words.GAP).put(Tag(read), UP)
            for read, region in zip(
                (
                    *left_out,
                    words.label(
                        f"left out: {100 * picture.left_by_grey(self.grey):.0f}%",
                        ink.quiet,
                        SHARES * ink.pixels(ink.POINT),
                    ),
                ),
                insets,
                strict=True,
            )
        ]
        many = Tag(Readout(sweep.score(COUNTS), 0, label="kept:", size=ink.POINT, digits=2, color=ink.chalk))
        many.next_to(insets[0].middle, LEFT, buff=wide / 2 + 2 * words.GAP)

        def stand(height: float, middle: Floats) -> Mobject:
            photo.set_height(height).move_to(middle)
            return photo

        def arrive(share: float) -> Mobject:
            stand(
                blend(self.small[0], INSET, share),
                blend(self.small[1], insets[0].middle, share),
            )
            return photo.redraw(blend(pieces.keep(1), self.grey, share))

        def start(share: float) -> Changed:
            photo.redraw(blend(self.grey, pieces.keep(1), share))
            return (photo, shuffled.redraw(blend(mixed, others.keep(1), share)))

        def come(series: Dots, share: float) -> Mobject:
            return series.redraw(radius=SPOT * np.clip(share * SEEN - numbers + 1, 0.001, 1.0))

        with self.beat(
            "Here are its singular values: they fall fast. Shuffle its pixels: "
            "after the first, they hardly fall."
        ) as beat:
            self.play(
                drive(arrive),
                FadeOut(*self.cards[1:]),
                FadeIn(chart),
                run_time=pace.CALM,
            )
            come(dots, 0.0)
            self.add(dots)
            beat.over(drive(lambda share: come(dots, share)), until="Shuffle", least=pace.SLOW)
            come(slow, 0.0)
            self.add(slow)
            beat.over(FadeIn(shuffled), drive(lambda share: come(slow, share)), least=pace.SLOW)
        with self.beat(
            "Keep twenty: 12 percent of the norm is left out. Of the shuffled picture, 58 percent. "
            "Plain grey leaves out 62, hardly more."
        ) as beat:
            self.play(drive(start), FadeIn(*plates[:2], many), run_time=pace.QUICK)
            sweep.draws(cut)
            beat.over(sweep.to(FEW, rate_func=evenly), until="Of", least=pace.LONG)
            beat.over(words.light(left_out[1]), until="Plain")
            beat.over(FadeIn(plain, plates[2]), until="hardly")
            beat.over(words.light(left_out[1]), words.light(plates[2].text))
        self.plotted = Group(chart, dots, slow, shuffled, plain, *plates, many)

    def keep_more(self) -> None:
        """Twenty pieces are a flower, and more come nearer."""
        self.shot(shot.wide())
        pieces, photo = self.pieces, self.photo
        small = (photo.height, photo.get_center())

        def stand(height: float, middle: Floats) -> Mobject:
            photo.set_height(height).move_to(middle)
            return photo

        rows, columns = self.grey.shape
        share = 100 * pieces.stored(FEW) / self.grey.size
        count = LOW.put(
            Tag(
                words.note(
                    f"{FEW} × ({rows} + {columns} + 1) numbers\n= [{share:.0f} %:chalk] of {rows} × {columns}",
                    size=ink.POINT,
                )
            ),
            UP + LEFT,
        )
        error = pieces.error[FEW]
        name = LOW.put(
            Tag(
                words.note(
                    f"[low-rank approximation:chalk]\nleft out: {100 * error:.0f} % of the norm, "
                    f"{100 * error**2:.1f} % of its square",
                    ink.quiet,
                    SHARES * ink.pixels(ink.POINT),
                )
            ),
            DOWN + LEFT,
        )
        with self.beat(
            "The kept pieces are a flower, in 8 percent of the numbers. This is a low-rank approximation."
        ) as beat:
            self.play(FadeOut(self.plotted), run_time=pace.QUICK)
            beat.over(glide(stand, small, (WIDE, ORIGIN)), until="8")
            beat.over("8", FadeIn(count), until="This")
            beat.over("low-rank", FadeIn(name))
        self.name, self.count = name, count

    def show_what_is_left(self) -> None:
        """What twenty pieces leave out, and that no other twenty leave out less."""
        photo, pieces = self.photo, self.pieces
        few = pieces.keep(FEW)
        rest = 0.5 + CONTRAST * (self.grey - few)
        closest = LOW.put(
            Tag(words.note("closest of its rank:\nEckart and Young, 1936", size=ink.POINT)), DOWN + LEFT
        )
        raised = LOW.put(Tag(words.note(f"left out, contrast × {CONTRAST:g}", size=ink.POINT)), DOWN + LEFT)
        with self.beat(
            "This is what they leave out, its contrast raised. "
            "No matrix of this rank or less leaves out less in the Frobenius norm."
        ) as beat:
            beat.over(
                FadeOut(self.count, self.name),
                FadeIn(raised),
                drive(lambda share: photo.redraw(blend(few, rest, share))),
                until="No",
                least=pace.SLOW,
            )
            beat.over(
                FadeOut(raised),
                FadeIn(closest),
                drive(lambda share: photo.redraw(blend(rest, few, share))),
                until="Frobenius",
                least=pace.SLOW,
            )
            beat.over(words.light(closest.text))
        self.play(FadeOut(closest), run_time=pace.QUICK)
