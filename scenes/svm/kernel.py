"""Borders that bend: the lift, the kernel that makes it unnecessary, and how far a point reaches."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from manim import (
    DEGREES,
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    Group,
    LaggedStart,
    Mobject,
    VGroup,
    linear,
)

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.drive import appear, drive
from scenes.kit.frame import Sight
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE, THIN
from scenes.kit.parameter_sweep import ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.solid import SolidCurve
from scenes.kit.space import Space
from scenes.kit.tag import Tag
from scenes.maths.svm import kernel, svm, unseen
from scenes.svm.columns import columns_told, products
from scenes.svm.margin import LARGE
from scenes.svm.soft import beside
from scenes.svm.stage import BOUNDARY, SvmStage

RING = 3.0
"""Radius of the ring of the toy data, so that points of small whole numbers lie among them."""
SIDE_ON: dict[str, Any] = {"tilt": 68 * DEGREES, "turn": -24 * DEGREES, "lift": 1.0}
"""How the bowl is looked at."""
FLAT = "$bold(x) dot bold(z) + norm(bold(x))^2 norm(bold(z))^2$"
"""The kernel of the bowl, from the floor."""
RULE = "$f(bold(x)) =$\n$s limits(sum)_i alpha_i y_i med {} + b$"
"""The decision function, with the product of two points left open."""
LIFTED = (1.0, 2.0)
OTHER = (2.0, 2.0)
"""Two points that can be followed in the head."""
COLUMNS = ("1", "sqrt(2) x_1", "sqrt(2) x_2", "x_1^2", "sqrt(2) x_1 x_2", "x_2^2")
"""Those of the lift of degree 2, but for the factor √2 of some."""
RINGS = Sight(-2.6, 0.0, 1.0)
"""How the rings are looked at while f stands left of them."""
COLUMN = 5.0
"""Scene units of the words beside the moons."""
GHOST = 0.12
"""How bright what was the picture still is while the next one comes over it."""
BOWL_FILL = 0.17
BIG = 60.0
"""Pixels of the capitals of formulas that stand in the picture."""
PAIR = {"bold(x)": ink.chalk, "bold(z)": ink.chalk}
"""The two points of a kernel have no class, so they have no colour either."""
SYMBOLS = {**ink.SYMBOLS, **PAIR, "x": ink.chalk, "z": ink.chalk}
"""As the hub colours them, but for the points of a kernel."""


class Kernel(SvmStage):
    """Borders that bend: the lift, the kernel that makes it unnecessary, and how far a point reaches."""

    def lay_rings(self) -> None:
        """A core in a ring on a floor that runs to the edges, and the space over it."""
        self.toy = kernel.core_and_ring(RING)
        self.floor = shot.EDGES.plane((-6.84, 6.84), (-3.85, 3.85), equal=True, x_ticks=[], y_ticks=[])
        self.space = Space(self.floor, z=(0, 14.5), height=5.4)
        self.bowl_points = kernel.raise_bowl(self.toy.points)
        flat = self.bowl_points * (1, 1, 0)
        self.sets = [
            self.space.dots(flat[self.toy.sides < 0], ink.first, radius=0.1),
            self.space.dots(flat[self.toy.sides > 0], ink.second, "square", radius=0.1),
        ]
        self.space.look()
        self.cut = kernel.cut_flat(self.toy.points, self.toy.sides)

    def climb(self, share: float) -> None:
        """The points stand at this share of their heights."""
        for dots, side in zip(self.sets, (-1, 1), strict=True):
            dots.redraw(self.bowl_points[self.toy.sides == side] * (1, 1, share))

    def spot(self, x: float, y: float, z: float = 0.0) -> Floats:
        """Where a point of the space is seen now (3,)."""
        return np.asarray(self.space.at(np.array([[x, y, z]]))[0])

    def circles(self) -> list[SolidCurve]:
        """The cut of the plane and its margin sheets with the bowl, the border in the middle."""
        turn = np.linspace(0, 2 * np.pi, 121)
        drawn = []
        for level, width in ((-1, THIN), (0, 1.5 * LINE), (1, THIN)):
            centre, radius = self.cut.circle(level)
            rim = centre + radius * np.column_stack([np.cos(turn), np.sin(turn)])
            drawn.append(self.space.curve(np.column_stack([rim, (rim**2).sum(1)]), BOUNDARY, width))
        return drawn

    # --- the lift

    @chapter("Lift the points, then cut flat", "the kernel trick with the lift to 3-D")
    def lift_then_cut_flat(self) -> None:
        self.untitled()
        self.lay_rings()
        self.shot(shot.wide())
        self.turn_in_vain()
        self.lift_one()
        self.lift_all()
        self.cut_and_look_down()
        self.count_columns()

    def turn_in_vain(self) -> None:
        """The street turns over the rings, and parts nothing."""
        straight = svm.soft_street(self.toy.points, self.toy.sides, 1.0).street
        street = self.floor.band(straight.w, straight.b, color=BOUNDARY)

        def turned(degrees: float) -> Mobject:
            w = svm.normal(straight.degrees + degrees) * float(np.linalg.norm(straight.w))
            return street.redraw(w, straight.b)

        turned(-150.0)
        self.add(street, *self.sets)
        with self.beat(
            "Whatever C, a street is straight. Turn it: with one class inside the other, even a soft margin fails."
        ) as beat:
            beat.over(glide(turned, -150.0, 0.0, street))
        self.straight = street

    def lift_one(self) -> None:
        """One point goes up its dropline, by hand."""
        x, y = LIFTED
        height = float(kernel.raise_bowl(np.array([LIFTED]))[0, 2])
        self.grid = self.space.floor()
        steps = [
            self.space.curve([(0, 0, 0), (x, 0, 0)], ink.chalk, LINE),
            self.space.curve([(x, 0, 0), (x, y, 0)], ink.chalk, LINE),
        ]
        drop = self.space.curve([(x, y, 0), (x, y, height)], ink.focus, 1.5 * LINE)
        one = self.space.dots([(x, y, 0)], ink.focus, radius=0.13)
        one.set_opacity(1.0)
        ring = self.space.ring(one, 0)
        shadow = self.space.dots([(x, y, 0)], ink.quiet, "ring", radius=0.1)

        def rise(share: float) -> None:
            one.redraw([(x, y, share * height)])
            ring.project()
            drop.redraw([(x, y, 0), (x, y, share * height)])

        with self.beat(
            "Lift one point off the floor. It is one across and two up, so lift it to one plus four: five."
        ) as beat:
            self.play(
                self.space.turning(**SIDE_ON),
                FadeOut(self.straight),
                appear(self.grid),
                run_time=pace.SLOW,
            )
            target = VGroup(*steps, drop)
            at = [self.spot(x / 2, 0), self.spot(x, y / 2), self.spot(x, y, height)]
            labels = [
                Tag(words.caption(at[0], "1", DOWN)),
                Tag(words.caption(at[1], "2", RIGHT)),
                Tag(words.caption(at[2], "$1^2 + 2^2 = 5$", RIGHT, ink.focus, 2 * words.GAP)),
            ]
            self.play(self.frame.to(target, share=0.62), FadeIn(one, ring), run_time=pace.SLOW)
            beat.at("one across", Create(steps[0]), FadeIn(labels[0]))
            beat.at("two up", Create(steps[1]), FadeIn(labels[1]))
            self.add(shadow)
            beat.over(
                "lift it",
                self.space.drive(rise),
                appear(drop),
                until="one plus",
            )
            beat.at("one plus", FadeIn(labels[2]))
            beat.at("five", words.light(labels[2].text), run_time=pace.SLOW)
        self.lifted_one = VGroup(*steps, drop, one, ring, shadow, *labels)

    def lift_all(self) -> None:
        """All points rise, and lie in a bowl."""
        bowl = self.space.surface(lambda x, y: x**2 + y**2, fill=BOWL_FILL, shape=(37, 61))
        formula = words.formula(
            "phi.alt(bold(x)) = \\ (x_1, x_2, {{x_1^2 + x_2^2 : new}})", {"new": ink.focus}, size=ink.POINT
        )
        name = words.note("[feature map:focus] $phi.alt$:\nlifts each point", size=LARGE)
        aside = self.frame.to(bowl, share=0.9, at=(2.3, 0.3))
        shot.safe(titled=False).rows(2, 5)[1].stack(name, formula)
        with self.beat(
            "The rule that lifts a point into more dimensions is a feature map, phi. "
            "This one adds a coordinate, the sum of the squares."
        ) as beat:
            self.play(aside, FadeOut(self.lifted_one), self.lights_on(), run_time=pace.CALM)
            beside(self.frame.sight, VGroup(name, formula))
            beat.over(self.space.drive(self.climb), appear(bowl), until="feature map", least=pace.LONG)
            beat.at("feature map", FadeIn(name), words.write(formula))
            beat.at("the sum", words.light(formula.part("new")), run_time=pace.SLOW)
            self.play(self.space.turning(turn=4 * DEGREES), run_time=beat.fill())
        self.bowl, self.map_words = bowl, VGroup(formula, name)

    def cut_and_look_down(self) -> None:
        """A plane and its margin sheets slip in; from above their cut is a circle."""
        top, slope = self.cut.plane()
        sheet = self.space.sheet(0.0, color=BOUNDARY)
        turn = np.linspace(0, 2 * np.pi, 121)
        rim = np.column_stack([np.cos(turn), np.sin(turn)])
        cut = self.space.curve(np.zeros((2, 3)), BOUNDARY, 1.5 * LINE)

        def slice_at(share: float) -> None:
            sheet.redraw(share * top, *(share * slope))
            middle = share * slope / 2
            cut.redraw(kernel.raise_bowl(middle + np.sqrt(share * top + middle @ middle) * rim))

        with self.beat(
            "A flat plane slips in between, with its margin on either side: a hyperplane in three dimensions."
        ) as beat:
            self.play(FadeOut(self.map_words), run_time=pace.QUICK)
            beat.over(
                "flat",
                self.frame.to(self.bowl, share=0.9, at=(0.0, 0.3)),
                self.space.drive(slice_at),
                appear(sheet, cut),
                until="margin",
            )
            sides = [self.space.sheet(top, float(slope[0]), float(slope[1]), BOUNDARY, 0.1) for _ in (-1, 1)]

            def open_to(level: float) -> None:
                for side, end in zip(sides, (-1, 1), strict=True):
                    side.redraw(self.cut.plane(end * level)[0], *slope)

            beat.over("margin", self.space.drive(open_to), appear(*sides))
        circles = self.circles()
        with self.beat("Rise, and look from above. Flat up there, the border is a circle down here.") as beat:
            self.play(self.frame.to(self.bowl, share=0.9, at=(2.3, 0.3)), run_time=pace.CALM)
            self.remove(cut)
            self.add(circles[1])
            self.play(
                self.space.turning(tilt=0.0, turn=0.0),
                FadeOut(sheet, *sides, self.grid),
                run_time=beat.fill("circle", least=pace.LONG),
            )
            border = words.note("decision boundary:\n[a circle:truth]", size=LARGE)
            shot.safe(titled=False).put(border, LEFT)
            beside(self.frame.sight, border)
            beat.at(
                "circle",
                FadeIn(border),
                FadeOut(self.bowl),
                Create(circles[0]),
                Create(circles[2]),
                run_time=pace.CALM,
            )
        self.rest, self.border = VGroup(*circles), border

    def count_columns(self) -> None:
        """Products of two of a hundred features, a dot for each column."""
        plane, spots = products()
        cloud = plane.cloud(spots[:0], ink.quiet, radius=0.04)
        count, small = columns_told()
        self.pin(count, small)
        near = self.frame.to_region(
            *zip(
                plane.at(0, plane.limits[1][1] * 0.7)[:2],
                plane.at(plane.limits[1][0] * 0.3, plane.limits[1][1])[:2],
                strict=True,
            )
        )
        with self.beat(
            "This lift adds one column. With many features, all products of two make 5,050 columns. "
            "Who computes them?"
        ) as beat:
            few = len(spots) // 20
            self.play(FadeOut(self.border), run_time=pace.QUICK)  # before the frame goes
            self.play(
                FadeOut(self.rest, *self.sets),
                near,
                drive(lambda t: cloud.redraw(spots[: round(t * few / 3)]), cloud, rate_func=linear),
                run_time=pace.SLOW,
            )
            self.play(
                drive(lambda t: cloud.redraw(spots[: round((1 + 2 * t) * few / 3)]), cloud, rate_func=linear),
                run_time=beat.fill("many"),
            )
            beat.over(
                "many",
                drive(lambda t: cloud.redraw(spots[: few + round(t * (len(spots) - few))]), cloud),
                self.frame.back(),
                FadeIn(small),
                until="make",
                least=pace.LONG,
            )
            beat.at("make", FadeIn(count))
            beat.over("Who", words.light(count.text))

    # --- the trick

    @chapter("Nobody has to build the lift", "polynomial kernels", goes_on=True)
    def nobody_has_to_build_the_lift(self) -> None:
        self.untitled()
        self.lay_rings()
        self.multiply_up_there()
        self.multiply_down_here()
        self.put_the_kernel_in()
        self.bend_by_degrees()

    def multiply_up_there(self) -> None:
        """Two points of the bowl, and their dot product part by part."""
        self.shot(shot.close_up())
        plane, spots = products()
        cloud = plane.cloud(spots, ink.quiet, radius=0.04)
        self.space.look(**SIDE_ON)
        pair = kernel.raise_bowl(np.array([LIFTED, OTHER]))
        bowl = self.space.surface(lambda x, y: x**2 + y**2, fill=BOWL_FILL, shape=(37, 61))
        grid = self.grid = self.space.floor()
        drops = self.space.drop(pair, ink.quiet, THIN)
        ways = [self.space.curve([(0, 0, 0), tip], ink.chalk, 1.5 * LINE) for tip in pair]
        tips = [
            self.space.dots([pair[0]], ink.chalk, "disc", radius=0.16),
            self.space.dots([pair[1]], ink.chalk, "diamond", radius=0.16),
        ]
        for tip in tips:
            tip.set_opacity(1.0)
        halos = [self.space.ring(tip, 0, ink.chalk) for tip in tips]
        names = [
            Tag(
                words.note(
                    f"$phi.alt(bold({letter})) = {lifted}$", colors={f"bold({letter})": ink.chalk}, size=LARGE
                )
            )
            for letter, lifted in (("x", "(1, 2, 5)"), ("z", "(2, 2, 8)"))
        ]
        names[0].next_to(self.spot(*pair[0]), UP + LEFT, buff=words.GAP)
        names[1].next_to(self.spot(*pair[1]), RIGHT, buff=3 * words.GAP)
        told = columns_told()
        self.add(cloud, *told)
        for each in told:
            self.allow(each, "unread", "it is read as the chapter before ends")
        with self.beat(
            "Nobody. The machine asks for dot products alone. So take two points of the bowl, x and z.",
            pause=pace.BRISK,
        ) as beat:
            self.play(FadeOut(*told), cloud.animate.set_stroke(opacity=GHOST), run_time=pace.QUICK)
            aim = self.frame.to(bowl, share=0.95, at=(-2.4, 0.2))
            self.play(aim, FadeIn(bowl, grid, *tips, *halos, drops), run_time=pace.SLOW)
            self.play(FadeOut(cloud), self.space.orbit(-8 * DEGREES), run_time=beat.fill("take"))
            self.play(self.space.turning(**SIDE_ON), run_time=pace.CALM)
            beat.at("bowl", FadeIn(*names), *(Create(way) for way in ways), run_time=pace.CALM)
        corners = (0 * pair, pair * (1, 0, 0), pair * (1, 1, 0), pair)
        legs = [
            VGroup(*(self.space.curve(ends, ink.focus, 2 * LINE) for ends in zip(low, high, strict=True)))
            for low, high in pairwise(corners)
        ]
        what = words.note("$phi.alt(bold(x)) dot phi.alt(bold(z))$", colors=PAIR, size=BIG)
        product = words.formula(
            "& {{1 dot 2 : one}} + {{2 dot 2 : two}} \\ & + {{5 dot 8 : three}} = {{46 : value}}",
            {"value": ink.focus},
            size=BIG,
        )
        right = shot.safe(titled=False)
        right.put(product, RIGHT + UP)
        what.next_to(product, UP, buff=2 * words.GAP)
        right.put(VGroup(what, product), RIGHT + UP)
        beside(self.frame.sight, VGroup(what, product))
        with self.beat(
            "Multiply them up there, part by part, and add: their dot product is 46.", pause=pace.CALM
        ) as beat:
            beat.at("up", words.write(what), words.write(product))
            for word, part, leg in zip(("part", "and", "dot"), ("one", "two", "three"), legs, strict=True):
                beat.at(word, words.light(product.part(part)), Create(leg), run_time=pace.BRISK)
            beat.at("46", words.light(product.part("value")), FadeOut(*legs), run_time=pace.BRISK)
            self.play(words.light(what), run_time=pace.SLOW)
        self.bowl, self.product, self.product_name = bowl, product, what
        self.up_there, self.names_there = VGroup(*ways, *tips, *halos, drops, bowl), VGroup(*names)

    def multiply_down_here(self) -> None:
        """The same number from the floor, and its name."""
        rule = words.note(FLAT, colors=PAIR, size=BIG)
        flat = words.formula(
            "{{6 : one}} + {{5 dot 8 : two}} = {{46 : value}}", {"value": ink.focus}, size=BIG
        )
        flat.next_to(rule, DOWN, buff=2 * words.GAP)
        both = Tag(VGroup(rule, flat), opacity=1.0)
        shot.safe(titled=False).put(both, RIGHT + DOWN)
        beside(self.frame.sight, both)
        feet = [(*point, 0.0) for point in (LIFTED, OTHER)]
        shadows = [self.space.curve([(0, 0, 0), foot], ink.focus, 2 * LINE) for foot in feet]
        now = {name: getattr(self.space, name) for name in SIDE_ON}
        self.space.look(tilt=34 * DEGREES, turn=-10 * DEGREES)
        below = [
            Tag(
                words.note(f"$bold({letter}) = {at}$", colors={f"bold({letter})": ink.chalk}, size=LARGE)
            ).next_to(self.spot(*foot), side, buff=gap * words.GAP)
            for letter, at, foot, side, gap in zip(
                "xz", ("(1, 2)", "(2, 2)"), feet, (LEFT, RIGHT), (8, 3), strict=True
            )
        ]
        self.space.look(**now)
        with self.beat("Could the floor alone have told?") as beat:
            self.play(
                self.space.turning(tilt=34 * DEGREES, turn=-10 * DEGREES),
                FadeOut(self.names_there),
                appear(*shadows),
                run_time=beat.fill(least=pace.LONG),
            )
        self.play(FadeIn(*below), run_time=pace.QUICK)
        self.think()
        with self.beat(
            "Yes: the flat dot product is six; add the product of the squared lengths: 46 again.",
            pause=pace.CALM,
        ) as beat:
            self.play(FadeIn(both.plate), words.write(rule), words.write(flat), run_time=pace.BRISK)
            beat.at("six", words.light(flat.part("one")), run_time=pace.BRISK)
            beat.at("squared", words.light(flat.part("two")), run_time=pace.BRISK)
            beat.at("46", words.light(flat.part("value")), words.light(self.product.part("value")))
            self.play(*(words.light(each.text) for each in below), run_time=pace.SLOW)
        self.name_the_trick(VGroup(both.plate, rule, flat, self.product_name, *shadows, *below))

    def name_the_trick(self, flat: VGroup) -> None:
        """The floor on the left, the bowl on the right, and one number for both."""
        self.shot(shot.split())
        top, foot = shot.safe(titled=False).rows(2, 1)
        left, right = top.columns(1, 1, gap=1.2)
        aim = self.frame.to(
            self.bowl, share=0.62, at=(float(right.middle[0]), float(right.middle[1]) + words.GAP)
        )
        now = {name: getattr(self.space, name) for name in SIDE_ON}
        self.space.look(**SIDE_ON)
        there = aim.aim()
        self.space.look(**now)
        ground = left.plane(
            (0, 5.2), (0, 2.7), x_ticks=(0, 1, 2), y_ticks=(0, 1, 2), equal=True, tick_size=ink.LABEL
        )
        arrows = [ground.vector((0, 0), tip, ink.chalk) for tip in (LIFTED, OTHER)]
        letters = [
            words.note(f"$bold({letter})$", colors={f"bold({letter})": ink.chalk}, size=ink.POINT).next_to(
                ground.at(*tip), UP + RIGHT, buff=words.GAP
            )
            for tip, letter in ((LIFTED, "x"), (OTHER, "z"))
        ]
        trick = words.formula(
            "{{K(bold(x), bold(z)) : kernel}} quad = quad {{phi.alt(bold(x)) dot phi.alt(bold(z)) : lifted}}",
            symbols=SYMBOLS,
            size=1.3 * ink.pixels(ink.HEADLINE),
        )
        foot.put(trick)
        name = words.headline("the kernel trick", ink.focus, size=ink.POINT)
        foot.put(name, DOWN)
        trick.next_to(name, UP, buff=2 * words.GAP)
        below = words.note(FLAT, colors=PAIR, size=BIG)
        below.next_to(ground.at(1.15, 0.0), UP + RIGHT, buff=2 * words.GAP)
        floor_picture = VGroup(ground, *arrows, *letters, below)
        self.pin(name)
        for thing in (floor_picture, trick):
            beside(there, thing)
        with self.beat(
            "A kernel gives the dot product of two lifted points without lifting them: the kernel trick.",
            pause=pace.SLOW,
        ) as beat:
            self.play(
                FadeOut(self.product, flat, self.grid),
                self.space.turning(**SIDE_ON),
                run_time=pace.BRISK,
            )
            self.play(aim, FadeIn(floor_picture), run_time=pace.SLOW)
            beat.at("lifted", words.write(trick))
            beat.at("without", words.light(trick.part("kernel")), *(words.light(each) for each in letters))
            beat.at("kernel trick", FadeIn(name))
            self.play(words.light(trick), run_time=pace.SLOW)
        self.trick, self.trick_name, self.floor_picture = trick, name, floor_picture

    def put_the_kernel_in(self) -> None:
        """In f the kernel takes the dot product's place, and the border becomes the circle."""
        self.shot(shot.wide())
        before, after = (
            words.note(RULE.format(product), colors={"bold(x)": ink.chalk}, size=BIG)
            for product in ("bold(x)_i dot bold(x)", "K(bold(x)_i, bold(x))")
        )
        room = shot.safe(titled=False)
        for each in (before, after):
            beside(RINGS, room.put(each, UP + LEFT))
        mesh = self.floor.mesh(128, 72)
        straight = svm.soft_street(self.toy.points, self.toy.sides, 1.0).street
        flat = straight.level(mesh.reshape(-1, 2)).reshape(mesh.shape[:2])
        bent = kernel.level_by_kernel(self.cut, self.toy, mesh)
        street = self.floor.band((1, 0), 0, color=BOUNDARY).wind(flat)
        with self.beat(
            "Where does the machine use it? In the dual and in f, put the kernel where the dot product stood."
        ) as beat:
            self.play(
                FadeOut(self.trick_name, self.floor_picture, self.up_there, self.trick), run_time=pace.CALM
            )
            self.space.look(tilt=0, turn=0)
            self.frame.look(RINGS)
            self.play(FadeIn(street, *self.sets), words.write(before), run_time=pace.CALM)
            self.bring_to_front(before)
            beat.at("put", words.light(before), run_time=pace.CALM)
            beat.at("where", words.rewrite(before, after), run_time=pace.CALM)
        with self.beat(
            "The same circle appears, from products on the floor, and no bowl was built.", pause=pace.SLOW
        ) as beat:
            beat.over(glide(street.wind, flat, bent), until="no", least=pace.LONG)
            beat.over(words.light(after))
        self.circle, self.cut_line = Group(street, after, *self.sets), street.centre

    def bend_by_degrees(self) -> None:
        """The polynomial kernel, and its degree on two moons."""
        self.shot(shot.picture_and_column(side="left"))
        column = shot.Region(shot.SAFE.left, shot.SAFE.bottom, shot.SAFE.left + COLUMN, shot.SAFE.top)
        name = words.headline("polynomial kernel", ink.focus, size=ink.POINT)
        power = words.formula(
            "& K(bold(x), bold(z)) = \\ & (bold(x) dot bold(z) + 1)^{{d : degree}}",
            symbols=SYMBOLS,
            size=ink.HEADLINE,
        )
        second = words.note("degree 2: six columns", size=LARGE)
        rows = [
            VGroup(*(words.note(f"${each}$", size=ink.POINT).set_color(ink.chalk) for each in part)).arrange(
                RIGHT, buff=0.8
            )
            for part in (COLUMNS[:3], COLUMNS[3:])
        ]
        products = VGroup(*rows).arrange(DOWN, buff=0.5, aligned_edge=LEFT)
        column.stack(name, power, second, products)
        beside_moons = (name, power, second, products)
        moons = self.lay_moons()
        aim = self.frame.to(moons, share=0.8, at=(2.7, 0.2))
        for each in beside_moons:
            beside(aim.aim(), each)
        with self.beat(
            "Which lifts come as cheap? x dot z plus one, to the power d: the polynomial kernel."
        ) as beat:
            beat.over(words.light(self.cut_line), until="x dot")
            self.play(FadeOut(self.circle), run_time=pace.QUICK)
            self.frame.look(aim.aim())
            self.play(FadeIn(moons), run_time=pace.QUICK)
            beat.over(words.write(power), until="polynomial")
            beat.over(FadeIn(name))
            self.play(words.light(power), run_time=pace.SLOW)
        with self.beat("It stands for a lift to all products of up to d features.", pause=pace.SLOW) as beat:
            beat.over(FadeIn(second), until="all")
            beat.over(
                LaggedStart(
                    *(FadeIn(each, shift=place.NUDGE * UP) for row in rows for each in row),
                    lag_ratio=pace.LAG,
                ),
                until="d",
            )
            beat.over(words.light(power.part("degree")))
        self.shot(shot.wide())
        degrees = ParameterSweep([1, 3], value=1)
        axes = self.mesh[0, :, 0], self.mesh[:, 0, 1]
        wound = kernel.wind_by_degree(self.train, self.fresh, (1, 3), *axes)
        street = self.moor.band((1, 0), 0.0, color=BOUNDARY)
        field = self.moor.field(wound.level[0], largest=2.0)
        degrees.mixed(wound.level).draws(lambda level: (street.wind(level), field.redraw(level)))
        board = VGroup(
            words.Readout(degrees.score(degrees.stops), 0, "", "degree $d$ =", size=LARGE),
            words.Readout(degrees.score(100 * wound.test_accuracy), 0, "%", "unseen right:", size=LARGE),
            words.note("guessing: 50 %", ink.quiet, size=LARGE),
        ).arrange(DOWN, aligned_edge=LEFT)
        shot.safe(titled=False).put(board, UP + LEFT)
        plate = Tag(board, opacity=0.85)
        how = words.note(
            f"{len(self.train.points)} seen, {len(self.fresh.points):,} unseen\n{len(unseen.SEEDS)} draws alike"
        )
        how.next_to(board, RIGHT, buff=4 * words.GAP, aligned_edge=UP)
        with self.beat(
            "Two moons. Degree one is a straight line: 86 percent of unseen points are right.",
            pause=pace.SLOW,
        ) as beat:
            self.play(FadeOut(*beside_moons), run_time=pace.QUICK)
            self.play(self.frame.back(), run_time=pace.CALM)
            self.add(field, moons)
            self.play(FadeIn(field), run_time=pace.QUICK)
            beat.until("Degree")
            self.add(street, moons)
            self.play(appear(street), run_time=pace.CALM)
            self.play(FadeIn(plate.plate, board[0]), run_time=pace.QUICK)
            beat.at("86", FadeIn(*board[1:], how))
        with self.beat(
            "Degree three bends it, to 93: the same machine, another kernel.", pause=pace.SLOW
        ) as beat:
            beat.over(degrees.to(3), until="93", least=pace.LONG)
            beat.over(words.light(board[1]), least=pace.CALM)
        self.play(FadeOut(plate, how), run_time=pace.CALM)

    def lay_moons(self) -> Mobject:
        """Two moons on a floor that runs to the edges; returns their dots, seen from above."""
        self.train, self.fresh = kernel.moons(), kernel.moons(kernel.UNSEEN, 2)
        self.moor: Plane = shot.EDGES.plane((-2.0, 3.2), (-1.1, 1.83), equal=True, x_ticks=[], y_ticks=[])
        self.mesh = self.moor.mesh(125, 71)
        return self.moor.classes(self.train.points, self.train.sides > 0, radius=0.1)
