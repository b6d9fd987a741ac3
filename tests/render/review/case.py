"""Scenes with one planted fault each, and sound scenes that look risky: what the picture gate is held to.

A case is a function of a scene and of a setter of texts.  It calls what every manim ``Scene`` has, so that other
tools can be shown the very same picture, with the kit's words or with manim's own.  A case that needs more of the
kit (a readout, an allowance, a rewrite) says so.

Cases called ``camera`` zoom or shift a whole group, which any scene can; those called ``frame`` go nearer by the frame
of a lesson, those called ``light`` have a spotlight, and those called ``pinned`` something that stays in the picture.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final, Protocol

import manimpango
import numpy as np
from manim import (
    DEGREES,
    DOWN,
    LEFT,
    ORIGIN,
    RIGHT,
    UP,
    Animation,
    Arrow,
    Circle,
    Create,
    DecimalNumber,
    Dot,
    FadeIn,
    FadeOut,
    FadeTransform,
    Group,
    ImageMobject,
    LaggedStart,
    Line,
    ManimColor,
    Mobject,
    Polygon,
    Rectangle,
    ReplacementTransform,
    RoundedRectangle,
    Scene,
    Square,
    Text,
    Transform,
    Triangle,
    ValueTracker,
    VGroup,
    VMobject,
    always_redraw,
    linear,
    there_and_back,
)

import scenes.kit
from scenes.kit import ink, shot, words
from scenes.kit.frame import Sight
from scenes.kit.gauge import Gauge
from scenes.kit.lesson import Lesson, chapter
from scenes.kit.plane import Plane
from scenes.kit.readout import Readout
from scenes.kit.space import Space
from scenes.kit.value import Value

SHORT: Final = "Here is what the method makes of the data."
"""About three seconds."""
LONG: Final = (
    "The model starts from a guess, and every step takes it a little closer to the answer that fits."
)
"""About six seconds."""
SLOW: Final = (
    "A support vector is a point that touches the street. All the other points could move a little, "
    "or leave the room, and the answer would stay the same. That is why the model is so small in the end."
)
"""About twelve seconds in which nobody is asked to look."""
ASKING: Final = (
    "Look at these points for a while. Count the ones that lie on the wrong side of the line. "
    "Take your time, and compare the left half with the right half before we go on."
)
"""As long, and in it the viewer is asked to look."""


class Texts(Protocol):
    """Sets a text of one line; ``size`` is the height of its capitals in pixels of a 1080-line picture."""

    def __call__(self, text: str, color: ManimColor = ink.chalk, size: float = ink.LABEL) -> VMobject:
        """The text, centred on the origin."""


def kit_text(text: str, color: ManimColor = ink.chalk, size: float = ink.LABEL) -> VMobject:
    """The kit's words, set by Typst."""
    return words.label(text, color, size)


def manim_text(text: str, color: ManimColor = ink.chalk, size: float = ink.LABEL) -> VMobject:
    """Manim's own text, set by Pango in the same font."""
    return Text(text, font="Inter", color=color, font_size=size * ink.UNITS_PER_PIXEL / _capital())


@cache
def _capital() -> float:
    """Scene units of a capital of Pango's Inter, a point."""
    assert scenes.kit.__file__ is not None
    manimpango.register_font(str(Path(scenes.kit.__file__).parent / "fonts" / "Inter-Medium.ttf"))
    return float(Text("H", font="Inter", font_size=100).height) / 100


Tell = Callable[[Any, Texts], None]
"""Tells a case on a scene; ``Any`` because a case that ``needs`` the kit calls a lesson's own verbs."""


@dataclass(frozen=True, slots=True)
class Case:
    """A scene, and what there is to be found in it."""

    name: str
    tell: Tell
    kind: str = ""
    """The kind of the planted fault; empty in a sound scene."""
    way: str = ""
    """still, moving, transform, space, camera, image, wait, frame, light or pinned."""
    thing: tuple[str, ...] = ()
    """What a finding has to name one of: the text, or the variable of a mobject; empty for the whole picture."""
    also: frozenset[str] = field(default_factory=frozenset)
    """Kinds that rightly describe the same fault too."""
    needs: str = ""
    """What it needs of the kit; empty if any manim scene can tell it."""
    said: str = SHORT
    tells_beats: bool = False
    """Whether it says what it says by itself, and not while one beat is spoken."""
    fills: bool = False
    """Whether its picture fills the frame, or should; this is not asked of others, for most are small pictures."""

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong with it."""
        return not self.kind


CASES: Final[dict[str, Case]] = {}
"""All cases by name, in the order of this file."""


def fault(
    kind: str,
    way: str,
    *thing: str,
    also: tuple[str, ...] = (),
    needs: str = "",
    said: str = SHORT,
    fills: bool = False,
) -> Callable[[Tell], Tell]:
    """Enter a scene with a planted fault."""

    def enter(tell: Tell) -> Tell:
        name = f"{kind}-{way}"
        if name in CASES:
            raise ValueError(f"two cases are called {name}")
        CASES[name] = Case(name, tell, kind, way, thing, frozenset(also), needs, said, fills=fills)
        return tell

    return enter


def sound(
    *, needs: str = "", said: str = SHORT, tells_beats: bool = False, fills: bool = False
) -> Callable[[Tell], Tell]:
    """Enter a scene in which all is well."""

    def enter(tell: Tell) -> Tell:
        name = f"sound-{getattr(tell, '__name__', '').replace('_', '-')}"
        CASES[name] = Case(name, tell, needs=needs, said=said, tells_beats=tells_beats, fills=fills)
        return tell

    return enter


def lesson_of(case: Case, texts: Texts) -> type[Lesson]:
    """A lesson of one chapter ``tell`` in one beat."""

    class Told(Lesson):
        @chapter("A case")
        def tell(self) -> None:
            if case.tells_beats:
                case.tell(self, texts)
                return
            with self.beat(case.said):
                case.tell(self, texts)

    return Told


def scene_of(case: Case, texts: Texts) -> type[Scene]:
    """A plain manim scene of a case that needs nothing of the kit."""

    class Told(Scene):
        def construct(self) -> None:
            case.tell(self, texts)

    return Told


# -- what the cases are made of

DARK: Final = ManimColor("#39435A")
"""Contrast of 1.8 on the ground."""
DIM: Final = ManimColor("#2B3347")
"""Contrast of 1.4 on the ground."""
RED, GREEN = ManimColor("#E62E2E"), ManimColor("#389908")
"""Alike without the middle cones (deuteranopia)."""
AMBER, LEAF = ManimColor("#E6780B"), ManimColor("#089920")
"""Alike without the long cones (protanopia)."""
CORAL, ROSE = ManimColor("#E64C2E"), ManimColor("#E60B78")
"""Alike without the short cones (tritanopia)."""


def block(width: float, height: float, color: ManimColor = ink.first) -> Rectangle:
    """An opaque rectangle without an outline."""
    return Rectangle(width=width, height=height, fill_color=color, fill_opacity=1, stroke_width=0)


def disc(radius: float, color: ManimColor = ink.first) -> Circle:
    """An opaque disc without an outline."""
    return Circle(radius=radius, fill_color=color, fill_opacity=1, stroke_width=0)


def wave(height: float = 1.0, color: ManimColor = ink.second, width: float = 8.0) -> VMobject:
    """A smooth curve around the origin."""
    xs = np.linspace(-width / 2, width / 2, 41)
    points = np.column_stack([xs, height * np.sin(xs * 1.3), np.zeros(41)])
    return VMobject(stroke_color=color, stroke_width=4).set_points_smoothly(points)


def plane(width: float = 6.0, height: float = 4.2, **options: Any) -> Plane:
    """A bare plane from 0 to 10 both ways, on the left of the stage."""
    made = Plane((0, 10), (0, 10), width, height, **{"numbers": False, **options})
    return made.move_to((-2.6, -0.3, 0))


def spots(count: int = 24, seed: int = 3, low: float = 1.0, high: float = 9.0) -> np.ndarray:
    """Data points (n, 2) within the plane."""
    return np.random.default_rng(seed).uniform(low, high, (count, 2))


def photo(
    paint: Callable[[np.ndarray, np.ndarray], np.ndarray], height: float = 3.0, aspect: float = 1.5
) -> ImageMobject:
    """An image whose grey (0 to 255) ``paint`` says for x and y from 0 to 1."""
    rows, columns = 240, round(240 * aspect)
    y, x = np.mgrid[0 : 1 : rows * 1j, 0 : 1 : columns * 1j]
    grey = np.clip(paint(x, y), 0, 255).astype(np.uint8)
    image = ImageMobject(np.dstack([grey, grey, grey, np.full_like(grey, 255)]))
    image.height = height
    return image


def calm(level: float = 45.0, height: float = 3.0) -> ImageMobject:
    """A dark image that changes softly."""
    return photo(lambda x, y: level + 12 * x + 8 * y, height)


def room(**options: Any) -> Space:
    """A space over a bare plane in the middle of the left two thirds."""
    floor = Plane((-1, 1), (-1, 1), 4.2, 4.2, numbers=False, **options).move_to((-2.2, -0.3, 0))
    space = Space(floor, (0, 2), 2.4)
    space.carry(floor)
    return space


def lean(
    space: Space,
    tilt: float = 62 * DEGREES,
    turn: float = 25 * DEGREES,
    lift: float = 1.0,
    zoom: float = 1.0,
) -> Animation:
    """Look at the space from the side."""
    return space.turning(tilt, turn, lift, zoom, run_time=2.0)


# -- covered: something lies over a text


@fault("covered", "still", "support vector")
def _(scene: Any, text: Texts) -> None:
    label, box = text("support vector"), block(1.4, 1.0).shift(0.9 * RIGHT)
    scene.add(label, box)
    scene.wait(3)


@fault("covered", "moving", "gradient descent")
def _(scene: Any, text: Texts) -> None:
    label, ball = text("gradient descent"), disc(0.45).shift(4 * LEFT)
    scene.add(label, ball)
    scene.wait(1)
    scene.play(ball.animate.shift(8 * RIGHT), run_time=2)
    scene.wait(1)


@fault("covered", "transform", "hidden layer")
def _(scene: Any, text: Texts) -> None:
    label, ball, box = text("hidden layer"), disc(0.5).shift(3.5 * LEFT), block(1.2, 1.2).shift(3.5 * RIGHT)
    scene.add(label, ball)
    scene.wait(1)
    scene.play(ReplacementTransform(ball, box), run_time=2)
    scene.wait(1)


@fault("covered", "space", "a new flower", needs="a label that stands in a space")
def _(scene: Any, text: Texts) -> None:
    space = room()
    label = words.label("a new flower").move_to(space.plane.at(0.0, 0.35))
    dots = space.dots([[-0.2, -0.62, 1.2], [0.25, -0.62, 1.2]], ink.first, radius=0.4)
    space.carry(label)
    scene.add(space.plane, label, dots)
    scene.wait(1)
    scene.play(lean(space, turn=0.0))
    scene.wait(1.5)


@fault("covered", "camera", "decision tree")
def _(scene: Any, text: Texts) -> None:
    label = text("decision tree").shift(3.6 * RIGHT)
    region = block(2.4, 2.0, ink.second).shift(0.8 * RIGHT)
    picture = VGroup(region, block(1.2, 1.2).shift(1.8 * LEFT))
    scene.add(label, picture)
    scene.wait(1)
    scene.play(picture.animate.scale(2.0, about_point=1.5 * LEFT), run_time=1.5)
    scene.wait(1)


@fault("covered", "image", "the true label")
def _(scene: Any, text: Texts) -> None:
    label, image = text("the true label").shift(2 * RIGHT), calm(120).shift(3.5 * LEFT)
    scene.add(label, image)
    scene.wait(1)
    scene.play(image.animate.shift(4.5 * RIGHT), run_time=1.5)
    scene.wait(1.5)


@fault("covered", "wait", "learning rate")
def _(scene: Any, text: Texts) -> None:
    label, ball = text("learning rate"), disc(0.35, ink.second).shift(2 * UP)
    ball.add_updater(lambda mobject, dt: mobject.rotate(dt * 1.6, about_point=1.0 * UP))
    scene.add(label, ball)
    scene.wait(4)


@fault("covered", "text", "old weight", "new weight", also=("crossed",))
def _(scene: Any, text: Texts) -> None:
    one, other = text("old weight").shift(3 * LEFT), text("new weight", ink.second).shift(3 * RIGHT)
    scene.add(one, other)
    scene.wait(1)
    scene.play(one.animate.shift(6 * RIGHT), other.animate.shift(6 * LEFT), run_time=2)
    scene.wait(1)


# -- crossed: something runs under a text


@fault("crossed", "still", "margin of error", also=("contrast",))
def _(scene: Any, text: Texts) -> None:
    line, label = Line(3 * LEFT, 3 * RIGHT, color=ink.second), text("margin of error")
    scene.add(line, label)
    scene.wait(3)


@fault("crossed", "moving", "training loss", also=("contrast",))
def _(scene: Any, text: Texts) -> None:
    curve, label = wave(), text("training loss").shift(2.2 * DOWN + 0.3 * LEFT)
    scene.add(curve, label)
    scene.wait(1)
    scene.play(label.animate.shift(4 * UP), run_time=2)
    scene.wait(1)


@fault("crossed", "transform", "test error", also=("contrast",))
def _(scene: Any, text: Texts) -> None:
    low, high = wave(0.3).shift(1.8 * DOWN), wave(0.5).shift(1.6 * UP)
    label = text("test error")
    scene.add(low, label)
    scene.wait(1)
    scene.play(ReplacementTransform(low, high), run_time=2)
    scene.wait(1)


@fault("crossed", "space", "a saddle point", also=("contrast",))
def _(scene: Any, text: Texts) -> None:
    space = room()
    ts = np.linspace(-1, 1, 60)
    curve = space.curve(np.column_stack([ts, 0 * ts - 0.9, 1 - 0.9 * np.cos(7 * ts)]), ink.second)
    label = text("a saddle point").move_to((-2.2, -1.25, 0))
    scene.add(space.plane, curve, label)
    scene.wait(1)
    scene.play(lean(space, turn=0.0))
    scene.wait(1.5)


@fault("crossed", "camera", "best so far", also=("contrast",))
def _(scene: Any, text: Texts) -> None:
    picture = VGroup(wave(0.9, width=5), disc(0.15, ink.focus)).shift(2.5 * LEFT)
    label = text("best so far").shift(2.9 * RIGHT + 0.6 * UP)
    scene.add(picture, label)
    scene.wait(1)
    scene.play(picture.animate.scale(2.3, about_point=4 * LEFT), run_time=1.5)
    scene.wait(1)


@fault("crossed", "image", "seven or one", also=("contrast",))
def _(scene: Any, text: Texts) -> None:
    image = photo(lambda x, y: 40 + 110 * (np.sin(60 * x) > 0.3) + 0 * y)
    label = text("seven or one")
    scene.add(image, label)
    scene.wait(3)


@fault("crossed", "wait", "nearest centre", also=("contrast",))
def _(scene: Any, text: Texts) -> None:
    hand = (
        Line(0.4 * RIGHT, 3 * RIGHT, color=ink.first, stroke_width=5)
        .shift(2 * LEFT)
        .rotate(-80 * DEGREES, about_point=2 * LEFT)
    )
    hand.add_updater(lambda mobject, dt: mobject.rotate(dt * 0.7, about_point=2 * LEFT))
    label = text("nearest centre")
    scene.add(hand, label)
    scene.wait(4)


# -- outside: a text leaves the frame


@fault("outside", "still", "probability of rain")
def _(scene: Any, text: Texts) -> None:
    label = text("probability of rain").move_to(6.5 * RIGHT)
    scene.add(disc(0.6), label)
    scene.wait(3)


@fault("outside", "moving", "random forest")
def _(scene: Any, text: Texts) -> None:
    label = text("random forest").shift(4 * LEFT)
    scene.add(disc(0.6), label)
    scene.wait(1)
    scene.play(label.animate.shift(2.6 * LEFT), run_time=2, rate_func=there_and_back)
    scene.wait(1)


@fault("outside", "transform", "bias and variance in balance", "bias")
def _(scene: Any, text: Texts) -> None:
    short = text("bias").move_to(5.6 * RIGHT)
    long = text("bias and variance in balance").move_to(5.6 * RIGHT)
    scene.add(disc(0.6), short)
    scene.wait(1)
    scene.play(ReplacementTransform(short, long), run_time=1)
    scene.wait(2.5)


@fault("outside", "space", "far corner", needs="a label that stands in a space")
def _(scene: Any, text: Texts) -> None:
    space = room()
    label = words.label("far corner").move_to(space.plane.at(-1.7, 0.3))
    space.carry(label)
    scene.add(space.plane, label)
    scene.wait(1)
    scene.play(lean(space, zoom=1.5, tilt=50 * DEGREES, turn=0.0, lift=0.0))
    scene.wait(1)


@fault("outside", "camera", "class boundary")
def _(scene: Any, text: Texts) -> None:
    label = text("class boundary").shift(4.2 * RIGHT + 0.8 * UP)
    picture = VGroup(disc(0.5).shift(RIGHT), label)
    scene.add(picture)
    scene.wait(1)
    scene.play(picture.animate.scale(1.6, about_point=ORIGIN), run_time=1.5)
    scene.wait(1.5)


@fault("outside", "wait", "the ball")
def _(scene: Any, text: Texts) -> None:
    ball = disc(0.3).shift(5.6 * RIGHT)
    ball.add_updater(lambda mobject, dt: mobject.shift(0.6 * dt * RIGHT))
    label = text("the ball").next_to(ball, DOWN)
    label.add_updater(lambda mobject: mobject.next_to(ball, DOWN))
    scene.add(ball, label)
    scene.wait(3)


# -- margin: a text rests too close to the edge


@fault("margin", "still", "true positives")
def _(scene: Any, text: Texts) -> None:
    label = text("true positives").to_edge(RIGHT, buff=0.2)
    scene.add(disc(0.6), label)
    scene.wait(3)


@fault("margin", "moving", "one epoch later")
def _(scene: Any, text: Texts) -> None:
    label = text("one epoch later").shift(3 * RIGHT + UP)
    scene.add(disc(0.6), label)
    scene.wait(1)
    scene.play(label.animate.move_to(3 * RIGHT + 3.65 * UP), run_time=1.5)
    scene.wait(2)


@fault("margin", "transform", "validation and test", "validation")
def _(scene: Any, text: Texts) -> None:
    short = text("validation").to_edge(LEFT, buff=1.2)
    long = text("validation and test").to_edge(LEFT, buff=0.22)
    scene.add(disc(0.6), short)
    scene.wait(1)
    scene.play(ReplacementTransform(short, long), run_time=1)
    scene.wait(2.5)


@fault("margin", "camera", "a cluster")
def _(scene: Any, text: Texts) -> None:
    label = text("a cluster").to_edge(RIGHT, buff=1.8)
    picture = VGroup(disc(0.5).shift(RIGHT), label)
    scene.add(picture)
    scene.wait(1)
    scene.play(picture.animate.shift(1.62 * RIGHT), run_time=1.5)
    scene.wait(2)


# -- caption: something stands where captions are


@fault("caption", "still", "panel", said=LONG)
def _(scene: Any, text: Texts) -> None:
    panel = block(3.0, 1.6).move_to(2.9 * DOWN)
    scene.add(panel, text("input").shift(UP))
    scene.wait(4)


@fault("caption", "moving", "ball", said=LONG)
def _(scene: Any, text: Texts) -> None:
    ball = disc(0.5, ink.second)
    scene.add(ball, text("start").shift(1.5 * UP))
    scene.wait(1)
    scene.play(ball.animate.shift(3.1 * DOWN), run_time=3, rate_func=there_and_back)
    scene.wait(1)


@fault("caption", "transform", "low", "tall", said=LONG)
def _(scene: Any, text: Texts) -> None:
    low, tall = block(1.2, 1.0).shift(0.5 * DOWN), block(1.2, 4.6).shift(1.4 * DOWN)
    scene.add(low, text("weight").shift(1.8 * UP))
    scene.wait(1)
    scene.play(Transform(low, tall), run_time=1.5)
    scene.wait(2.5)


@fault("caption", "space", "dots", said=LONG)
def _(scene: Any, text: Texts) -> None:
    space = room()
    space.plane.shift(0.8 * DOWN)
    space = Space(space.plane, (0, 2), 2.4)
    dots = space.dots([[-0.5, -0.9, 0.1], [0.0, -0.9, 0.0], [0.4, -0.9, 0.1]], ink.first, radius=0.14)
    scene.add(dots, text("height").shift(3 * RIGHT))
    scene.wait(1)
    scene.play(lean(space, turn=0.0, zoom=1.25))
    scene.wait(2)


@fault("caption", "camera", "square", "picture", said=LONG)
def _(scene: Any, text: Texts) -> None:
    square = Square(2.2, color=ink.first).shift(0.8 * DOWN)
    picture = VGroup(square, disc(0.2, ink.second))
    scene.add(picture, text("zoom").shift(4 * RIGHT))
    scene.wait(1)
    scene.play(picture.animate.scale(2.0, about_point=ORIGIN), run_time=1.5)
    scene.wait(2.5)


@fault("caption", "image", "image", said=LONG)
def _(scene: Any, text: Texts) -> None:
    image = calm(130).shift(0.6 * UP)
    scene.add(image, text("a digit").shift(4 * RIGHT))
    scene.wait(1)
    scene.play(image.animate.shift(2.6 * DOWN), run_time=1.5)
    scene.wait(2.5)


@fault("caption", "text", "three of ten", said=LONG)
def _(scene: Any, text: Texts) -> None:
    label = text("three of ten").move_to(3.4 * DOWN)
    scene.add(disc(0.8), label)
    scene.wait(4)


# -- contrast: a text that hardly differs from its ground


@fault("contrast", "still", "a weak label")
def _(scene: Any, text: Texts) -> None:
    label = text("a weak label", DARK).shift(1.5 * UP)
    scene.add(disc(0.6), label)
    scene.wait(3)


@fault("contrast", "moving", "stepped back")
def _(scene: Any, text: Texts) -> None:
    label = text("stepped back").shift(1.5 * UP)
    scene.add(disc(0.6), label)
    scene.wait(1)
    scene.play(label.animate.set_color(DARK), run_time=1)
    scene.play(label.animate.shift(2 * RIGHT), run_time=1)
    scene.wait(1)


@fault("contrast", "transform", "a fine result", "a poor result")
def _(scene: Any, text: Texts) -> None:
    fine, poor = text("a fine result").shift(1.5 * UP), text("a poor result", DARK).shift(1.5 * UP)
    scene.add(disc(0.6), fine)
    scene.wait(1.2)
    scene.play(ReplacementTransform(fine, poor), run_time=1)
    scene.wait(2)


@fault("contrast", "space", "on the floor")
def _(scene: Any, text: Texts) -> None:
    space = room()
    sheet = space.sheet(0.0, color=ink.quiet, fill=1.0)
    label = text("on the floor").move_to(space.plane.at(0.0, 0.0))
    scene.add(space.plane, sheet, label)
    scene.wait(1)
    scene.play(lean(space, tilt=25 * DEGREES, turn=0.0))
    scene.wait(1.5)


@fault("contrast", "camera", "zoomed in")
def _(scene: Any, text: Texts) -> None:
    label = text("zoomed in").shift(3 * RIGHT).set_opacity(0.3)
    picture = VGroup(disc(0.6), Square(1.8, color=ink.first)).shift(2 * LEFT)
    scene.add(picture, label)
    scene.wait(1)
    scene.play(picture.animate.scale(1.5), run_time=1.5)
    scene.wait(1)


@fault("contrast", "image", "bright as snow")
def _(scene: Any, text: Texts) -> None:
    image, label = calm(190), text("bright as snow")
    scene.add(image, label)
    scene.wait(3)


@fault("contrast", "wait", "cooling down")
def _(scene: Any, text: Texts) -> None:
    label = text("cooling down").shift(1.5 * UP)
    heat = ValueTracker(1.0)
    heat.add_updater(lambda mobject, dt: mobject.set_value(max(0.0, mobject.get_value() - dt / 2)))
    label.add_updater(
        lambda mobject: mobject.set_color(
            ManimColor(heat.get_value() * ink.chalk.to_rgb() + (1 - heat.get_value()) * DARK.to_rgb())
        )
    )
    scene.add(heat, disc(0.6), label)
    scene.wait(4)


# -- faint: a mark that hardly differs from its ground


@fault("faint", "still", "self.curve")
def _(scene: Any, text: Texts) -> None:
    axes = plane()
    xs = np.linspace(0, 10, 50)
    scene.curve = curve = axes.curve(xs, 5 + 3 * np.sin(xs), DIM)
    scene.add(axes, curve, text("sine").shift(3 * RIGHT))
    scene.wait(3)


@fault("faint", "moving", "self.ball")
def _(scene: Any, text: Texts) -> None:
    axes = plane()
    scene.ball = ball = axes.dots([(1.5, 3.0)], DIM, radius=0.3)
    scene.add(axes, ball, text("rolling").shift(3 * RIGHT))
    scene.wait(1)
    scene.play(ball.animate.shift(4 * RIGHT + UP), run_time=2)
    scene.wait(1)


@fault("faint", "transform", "self.square")
def _(scene: Any, text: Texts) -> None:
    ring = Circle(1.0, color=ink.first)
    scene.square = square = Square(2.2, color=DIM, stroke_width=4)
    scene.add(ring, text("shape").shift(1.8 * UP))
    scene.wait(1)
    scene.play(ReplacementTransform(ring, square), run_time=1)
    scene.wait(2.5)


@fault("faint", "space", "self.curve")
def _(scene: Any, text: Texts) -> None:
    space = room()
    ts = np.linspace(-1, 1, 60)
    scene.curve = curve = space.curve(np.column_stack([ts, np.cos(3 * ts), 1 + ts]), DIM)
    scene.add(space.plane, curve, text("orbit").shift(3 * RIGHT))
    scene.wait(1)
    scene.play(lean(space))
    scene.wait(1.5)


@fault("faint", "camera", "self.ring")
def _(scene: Any, text: Texts) -> None:
    scene.ring = ring = Circle(0.7, color=DIM, stroke_width=5)
    picture = VGroup(disc(0.15), ring).shift(1.5 * LEFT)
    scene.add(picture, text("radius").shift(3 * RIGHT))
    scene.wait(1)
    scene.play(picture.animate.scale(2.2), run_time=1.5)
    scene.wait(1.5)


@fault("faint", "image", "self.curve")
def _(scene: Any, text: Texts) -> None:
    image = calm(150)
    scene.curve = curve = wave(0.6, ManimColor("#B4B4B4"), 3.4)
    scene.add(image, curve, text("border").shift(2.2 * UP))
    scene.wait(3)


# -- small: letters too small to read


@fault("small", "still", "a footnote")
def _(scene: Any, text: Texts) -> None:
    label = text("a footnote", size=14.0).shift(1.5 * DOWN)
    scene.add(disc(0.8), label)
    scene.wait(3)


@fault("small", "transform", "shrinking")
def _(scene: Any, text: Texts) -> None:
    label = text("shrinking").shift(1.5 * UP)
    scene.add(disc(0.8), label)
    scene.wait(1)
    scene.play(label.animate.scale(0.55), run_time=1)
    scene.wait(2)


@fault("small", "space", "lower floor", needs="a label that stands in a space")
def _(scene: Any, text: Texts) -> None:
    space = room()
    label = words.label("lower floor").move_to(space.plane.at(0.0, 0.3)).scale(0.6)
    space.carry(label)
    dots = space.dots([[-0.5, -0.5, 0.5], [0.5, 0.2, 1.5]], ink.first)
    scene.add(space.plane, label, dots)
    scene.wait(1)
    scene.play(lean(space))
    scene.wait(1.5)


@fault("small", "camera", "leaf", "root")
def _(scene: Any, text: Texts) -> None:
    picture = VGroup(text("root").shift(UP), disc(0.4), text("leaf").shift(DOWN))
    scene.add(picture)
    scene.wait(1.2)
    scene.play(picture.animate.scale(0.5), run_time=1)
    scene.wait(2)


@fault("small", "image", "a caption")
def _(scene: Any, text: Texts) -> None:
    scene.add(calm(60), text("a caption", size=15.0))
    scene.wait(3)


@fault("small", "wait", "steps", needs="Readout")
def _(scene: Any, text: Texts) -> None:
    clock = ValueTracker(0)
    clock.add_updater(lambda mobject, dt: mobject.increment_value(5 * dt))
    count = Readout(clock, decimals=0, label="steps", size=14.0, digits=2).shift(1.5 * DOWN)
    scene.add(clock, disc(0.8), count)
    scene.wait(3)


# -- hurry: too many words at once

_PARAGRAPH: Final = (
    "Every tree votes for itself",
    "and the forest counts votes",
    "because many weak judges",
    "know more than one alone",
    "if their mistakes differ",
)


def _rows(text: Texts) -> list[VMobject]:
    rows = [text(row) for row in _PARAGRAPH]
    for index, row in enumerate(rows):
        row.move_to((0, 1.6 - 0.8 * index, 0))
    return rows


@fault("hurry", "still", *_PARAGRAPH)
def _(scene: Any, text: Texts) -> None:
    ball = disc(0.3).move_to((-1, 2.4, 0))
    scene.add(ball)
    scene.wait(1)
    scene.play(*(FadeIn(row) for row in _rows(text)), run_time=0.6)
    scene.wait(2.5)


@fault("hurry", "moving", *_PARAGRAPH)
def _(scene: Any, text: Texts) -> None:
    ball = disc(0.3).move_to((-1, 2.4, 0))
    scene.add(ball)
    scene.wait(1)
    scene.play(LaggedStart(*(FadeIn(row, shift=RIGHT) for row in _rows(text)), lag_ratio=0.2), run_time=1.4)
    scene.wait(2.5)


@fault("hurry", "transform", *_PARAGRAPH)
def _(scene: Any, text: Texts) -> None:
    ball = disc(0.3).move_to((-1, 2.4, 0))
    rows = _rows(text)
    boxes = [block(2, 0.4).move_to(row) for row in rows]
    scene.add(ball, *boxes)
    scene.wait(1)
    scene.play(*(ReplacementTransform(box, row) for box, row in zip(boxes, rows, strict=True)), run_time=1)
    scene.wait(2.5)


@fault("hurry", "image", *_PARAGRAPH)
def _(scene: Any, text: Texts) -> None:
    ball = disc(0.3).move_to((-1, 2.5, 0))
    image = calm(35, 4.3).stretch_to_fit_width(9)
    scene.add(image, ball)
    scene.wait(1)
    scene.play(*(FadeIn(row) for row in _rows(text)), run_time=0.6)
    scene.wait(2.5)


# -- unread: a text that is gone too soon


@fault("unread", "still", "only the nearest five neighbours vote")
def _(scene: Any, text: Texts) -> None:
    label = text("only the nearest five neighbours vote").shift(1.5 * UP)
    scene.add(disc(0.6))
    scene.wait(1)
    scene.play(FadeIn(label), run_time=0.3)
    scene.wait(0.3)
    scene.play(FadeOut(label), run_time=0.3)
    scene.wait(1)


@fault("unread", "moving", "each tree asks other questions")
def _(scene: Any, text: Texts) -> None:
    label = text("each tree asks other questions").shift(1.5 * UP + 1.5 * LEFT)
    scene.add(disc(0.6))
    scene.wait(1)
    scene.play(FadeIn(label, shift=RIGHT), run_time=0.3)
    scene.play(label.animate.shift(RIGHT), run_time=0.3)
    scene.play(FadeOut(label, shift=RIGHT), run_time=0.3)
    scene.wait(1)


@fault("unread", "transform", "errors that the next tree repairs")
def _(scene: Any, text: Texts) -> None:
    label, bar = text("errors that the next tree repairs").shift(1.5 * UP), block(4, 0.5).shift(1.5 * UP)
    scene.add(disc(0.6))
    scene.wait(1)
    scene.play(FadeIn(label), run_time=0.3)
    scene.wait(0.2)
    scene.play(ReplacementTransform(label, bar), run_time=0.5)
    scene.wait(1.5)


@fault("unread", "camera", "a valley between two walls")
def _(scene: Any, text: Texts) -> None:
    label = text("a valley between two walls").shift(1.2 * UP)
    ball = disc(0.6)
    scene.add(ball)
    scene.wait(1)
    scene.play(FadeIn(label), run_time=0.3)
    picture = VGroup(ball, label)
    scene.play(picture.animate.scale(1.3), run_time=0.4)
    scene.play(FadeOut(label), ball.animate.scale(1.2), run_time=0.3)
    scene.wait(1)


# -- alike: colours that some viewers cannot tell apart


@fault("alike", "still", "self.cats")
def _(scene: Any, text: Texts) -> None:
    axes = plane()
    scene.cats, scene.dogs = cats, dogs = (
        axes.dots(spots(14, 1), RED, radius=0.11),
        axes.dots(spots(14, 2), GREEN, radius=0.11),
    )
    scene.add(axes, cats, dogs)
    scene.wait(3)


@fault("alike", "moving", "self.low")
def _(scene: Any, text: Texts) -> None:
    axes = plane()
    xs = np.linspace(0, 10, 60)
    low, high = axes.curve(xs, 3 + np.sin(xs), AMBER), axes.curve(xs, 6 + np.cos(xs), LEAF)
    scene.low, scene.high = low, high
    scene.add(axes)
    scene.wait(0.5)
    scene.play(Create(low), Create(high), run_time=1.5)
    scene.wait(1.5)


@fault("alike", "transform", "self.left")
def _(scene: Any, text: Texts) -> None:
    left = VGroup(*(disc(0.3, ink.quiet).move_to((-4 + x, 0, 0)) for x in range(3)))
    right = VGroup(*(disc(0.3, ink.quiet).move_to((1 + x, 0, 0)) for x in range(3)))
    scene.left, scene.right = left, right
    scene.add(left, right)
    scene.wait(1)
    scene.play(left.animate.set_color(CORAL), right.animate.set_color(ROSE), run_time=1)
    scene.wait(2)


@fault("alike", "space", "self.ones")
def _(scene: Any, text: Texts) -> None:
    space = room()
    rng = np.random.default_rng(4)
    corner, size = [-0.9, -0.9, 0.1], [1.8, 1.8, 1.8]
    ones = space.dots(corner + rng.random((12, 3)) * size, RED, radius=0.12)
    twos = space.dots(corner + rng.random((12, 3)) * size, GREEN, radius=0.12)
    scene.ones, scene.twos = ones, twos
    scene.add(space.plane, ones, twos)
    scene.wait(1)
    scene.play(lean(space))
    scene.wait(1)


# -- flash: the picture flashes


def _blink(mobject: Mobject, hertz: float) -> None:
    """Let a mobject go fully on and off."""
    clock = ValueTracker(0)

    def tick(mobject: Mobject, dt: float) -> None:
        clock.increment_value(dt)
        mobject.set_opacity(float(clock.get_value() * hertz % 1 < 0.5))

    mobject.add_updater(tick)


@fault("flash", "still", also=("pop",))
def _(scene: Any, text: Texts) -> None:
    panel = block(7, 4, ink.chalk)
    _blink(panel, 5)
    scene.add(panel)
    scene.wait(2.4)


@fault("flash", "moving")
def _(scene: Any, text: Texts) -> None:
    panel = block(5, 4, ink.chalk).shift(1.5 * LEFT)
    scene.add(panel)
    scene.wait(1)
    scene.play(
        panel.animate.set_fill(ink.ground),
        run_time=1,
        rate_func=lambda share: (1 - np.cos(10 * np.pi * share)) / 2,
    )
    scene.wait(1)


@fault("flash", "transform")
def _(scene: Any, text: Texts) -> None:
    panel = block(6, 4, ink.chalk)
    scene.add(panel)
    scene.wait(1)
    for _ in range(6):
        scene.play(Transform(panel, block(6.4, 4.2, DARK)), run_time=2 / 15)
        scene.play(Transform(panel, block(6, 4, ink.chalk)), run_time=2 / 15)
    scene.wait(1)


@fault("flash", "image", also=("pop",))
def _(scene: Any, text: Texts) -> None:
    image = calm(210, 4.6)
    _blink(image, 4)
    scene.add(disc(0.3), image)
    scene.wait(2.4)


@fault("flash", "space", also=("pop",))
def _(scene: Any, text: Texts) -> None:
    space = room()
    sheet = space.sheet(1.0, color=ink.focus, fill=1.0)
    scene.add(space.plane, sheet)
    scene.wait(0.5)
    scene.play(lean(space, tilt=25 * DEGREES, turn=0.0), run_time=1)
    _blink(sheet, 5)
    scene.wait(2)
    sheet.clear_updaters()
    sheet.set_opacity(1)
    scene.wait(0.6)


# -- frozen: nothing moves for long, and nobody is asked to look


@fault("frozen", "still", said=SLOW)
def _(scene: Any, text: Texts) -> None:
    scene.add(disc(0.8), text("nothing moves").shift(1.5 * UP))
    scene.wait(11)


@fault("frozen", "moving", said=SLOW)
def _(scene: Any, text: Texts) -> None:
    value = ValueTracker(0)
    scene.add(disc(0.8), text("nobody follows").shift(1.5 * UP))
    scene.wait(1)
    scene.play(value.animate.set_value(5), run_time=10)


@fault("frozen", "wait", said=SLOW)
def _(scene: Any, text: Texts) -> None:
    ball = disc(0.8)
    ball.add_updater(lambda mobject, dt: mobject.move_to(ORIGIN))
    scene.add(ball, text("kept in place").shift(1.5 * UP))
    scene.wait(11)


@fault("frozen", "space", said=SLOW)
def _(scene: Any, text: Texts) -> None:
    space = room()
    dots = space.dots([[-0.5, -0.5, 0.5], [0.5, 0.2, 1.5], [0.1, 0.6, 1.0]], ink.first)
    scene.add(space.plane, dots, text("from above").shift(3 * RIGHT))
    scene.wait(0.5)
    scene.play(lean(space), run_time=1)
    scene.play(space.turning(zoom=1.0), run_time=9.5)


# -- empty: nothing on the stage


@fault("empty", "still")
def _(scene: Any, text: Texts) -> None:
    scene.wait(2.6)
    scene.play(FadeIn(disc(0.8)), run_time=0.6)
    scene.wait(1)


@fault("empty", "moving")
def _(scene: Any, text: Texts) -> None:
    ball = disc(0.8)
    scene.add(ball)
    scene.wait(1)
    scene.play(ball.animate.shift(9 * RIGHT), run_time=1)
    scene.wait(2.6)
    scene.play(ball.animate.shift(9 * LEFT), run_time=1)
    scene.wait(0.6)


@fault("empty", "transform")
def _(scene: Any, text: Texts) -> None:
    ball = disc(0.8)
    scene.add(ball)
    scene.wait(1)
    scene.play(FadeOut(ball), run_time=0.6)
    scene.wait(2.6)
    scene.play(FadeIn(block(2, 1)), run_time=0.6)
    scene.wait(0.6)


@fault("empty", "camera")
def _(scene: Any, text: Texts) -> None:
    picture = VGroup(disc(0.8), Square(2.4, color=ink.second))
    scene.add(picture)
    scene.wait(1)
    scene.play(picture.animate.scale(0.001), run_time=1)
    scene.wait(2.6)


@fault("empty", "image")
def _(scene: Any, text: Texts) -> None:
    image = calm(120)
    scene.add(image)
    scene.wait(1)
    scene.play(image.animate.set_opacity(0), run_time=0.6)
    scene.wait(2.6)


# -- pop: something comes or goes between two frames


@fault("pop", "still", "box")
def _(scene: Any, text: Texts) -> None:
    box = block(2.5, 2)
    scene.add(disc(0.6).shift(3 * LEFT))
    scene.wait(1.5)
    scene.add(box)
    scene.wait(2)


@fault("pop", "moving", "box")
def _(scene: Any, text: Texts) -> None:
    ball, box = disc(0.6).shift(3 * LEFT), block(2.5, 2)
    scene.add(ball, box)
    scene.wait(1)
    scene.remove(box)
    scene.play(ball.animate.shift(2 * LEFT), run_time=1.5)
    scene.wait(1)


@fault("pop", "transform", "ring", "box")
def _(scene: Any, text: Texts) -> None:
    ring, box = disc(1.0, ink.second).shift(2 * LEFT), block(2.5, 2).shift(2 * LEFT)
    scene.add(disc(0.5).shift(3 * RIGHT), ring)
    scene.wait(1)
    scene.play(Transform(ring, box), run_time=1)
    scene.remove(ring)
    scene.wait(1.5)


@fault("pop", "space", "sheet")
def _(scene: Any, text: Texts) -> None:
    space = room()
    dots = space.dots([[-0.5, -0.5, 0.5], [0.5, 0.2, 1.5]], ink.first)
    scene.add(space.plane, dots)
    scene.wait(0.5)
    scene.play(lean(space), run_time=1)
    sheet = space.sheet(1.0, fill=0.6)
    scene.add(sheet)
    scene.wait(1.5)


@fault("pop", "image", "image")
def _(scene: Any, text: Texts) -> None:
    image = calm(120).shift(2 * RIGHT)
    scene.add(disc(0.6).shift(3 * LEFT))
    scene.wait(1.2)
    scene.add(image)
    scene.wait(2)


@fault("pop", "wait", "box")
def _(scene: Any, text: Texts) -> None:
    box, clock = block(2.5, 2).shift(2 * RIGHT), ValueTracker(0)
    clock.add_updater(lambda mobject, dt: mobject.increment_value(dt))
    box.add_updater(lambda mobject: mobject.set_opacity(float(clock.get_value() < 1.5)))
    scene.add(clock, disc(0.6).shift(3 * LEFT), box)
    scene.wait(3)


@fault("pop", "text", "all of a sudden")
def _(scene: Any, text: Texts) -> None:
    label = text("all of a sudden", size=ink.HEADLINE).shift(UP)
    scene.add(disc(0.6).shift(3 * LEFT))
    scene.wait(1)
    scene.add(label)
    scene.wait(2.5)


@fault("pop", "swap", "the first half", "second thoughts")
def _(scene: Any, text: Texts) -> None:
    one, other = text("the first half", size=ink.HEADLINE), text("second thoughts", size=ink.HEADLINE)
    scene.add(disc(0.6).shift(2 * DOWN), one)
    scene.wait(1.5)
    scene.remove(one)
    scene.add(other)
    scene.wait(2)


# -- digits: more digits than are meant


@fault("digits", "still", "0.947368421")
def _(scene: Any, text: Texts) -> None:
    scene.add(disc(0.6), text("accuracy 0.947368421").shift(1.5 * UP))
    scene.wait(3)


@fault("digits", "transform", "0.693147", "loss")
def _(scene: Any, text: Texts) -> None:
    vague, exact = text("loss").shift(1.5 * UP), text("loss = 0.693147").shift(1.5 * UP)
    scene.add(disc(0.6), vague)
    scene.wait(1)
    scene.play(ReplacementTransform(vague, exact), run_time=1)
    scene.wait(2.5)


@fault("digits", "wait", "error", needs="Readout")
def _(scene: Any, text: Texts) -> None:
    clock = ValueTracker(0.91234)
    clock.add_updater(lambda mobject, dt: mobject.increment_value(-dt * 0.1))
    scene.add(clock, disc(0.6), Readout(clock, decimals=6, label="error").shift(1.5 * UP))
    scene.wait(3)


@fault("digits", "axis", "0.30000000000000004")
def _(scene: Any, text: Texts) -> None:
    axis = Line(3 * LEFT, 3 * RIGHT, color=ink.quiet)
    ticks = VGroup(*(text(str(0.1 * n), ink.quiet).move_to((3 * n - 6, -0.5, 0)) for n in (1, 2, 3)))
    scene.add(axis, ticks, disc(0.2))
    scene.wait(3)


@fault("digits", "image", "-3.14159265", "−3.14159265")
def _(scene: Any, text: Texts) -> None:
    scene.add(calm(40), text("weight −3.14159265"))
    scene.wait(3)


# -- allowance: something is allowed that does not happen


@fault("allowance", "still", "apart", needs="allow")
def _(scene: Any, text: Texts) -> None:
    label, box = text("apart").shift(1.5 * UP), block(2, 1)
    scene.allow(label, box, "the label lies on the box")
    scene.add(label, box)
    scene.wait(3)


@fault("allowance", "moving", "slowly", needs="allow")
def _(scene: Any, text: Texts) -> None:
    label = text("slowly").shift(1.5 * UP)
    scene.allow(label, "pop", "it comes with a bang")
    scene.add(disc(0.6))
    scene.wait(1)
    scene.play(FadeIn(label), run_time=1)
    scene.play(label.animate.shift(RIGHT), run_time=1)
    scene.wait(1)


@fault("allowance", "transform", "self.box", needs="allow")
def _(scene: Any, text: Texts) -> None:
    label = text("below").shift(1.6 * DOWN)
    scene.box = box = block(2, 1)
    scene.allow(box, "caption", "it falls for a moment")
    scene.add(label, box)
    scene.wait(1)
    scene.play(Transform(box, disc(0.7).shift(0.3 * UP)), run_time=1)
    scene.wait(1.5)


@fault("allowance", "space", "beside", needs="allow")
def _(scene: Any, text: Texts) -> None:
    space = room()
    label = text("beside").shift(3 * RIGHT)
    dots = space.dots([[-0.5, -0.5, 0.5], [0.5, 0.2, 1.5]], ink.first)
    scene.allow(label, dots, "the dots pass under it")
    scene.add(space.plane, dots, label)
    scene.wait(0.6)
    scene.play(lean(space))
    scene.wait(1)


# -- the frame, the spotlight, and what is pinned


def looking(scene: Any, x: float, y: float, zoom: float) -> None:
    """Open on a part of the stage."""
    scene.frame.look(Sight(x, y, zoom))


@fault("covered", "frame", "a pinned word", needs="a frame and pins")
def _(scene: Any, text: Texts) -> None:
    label, box, ball = text("a pinned word").shift(2 * UP), block(0.8, 0.8).shift(UP), disc(0.2)
    scene.pin(label)
    scene.add(label, box, ball)
    scene.wait(1)
    scene.play(scene.frame.to_region((-3.55, 3.55), (-1.5, 2.0)), run_time=1.2)
    scene.wait(1)


@fault("covered", "light", "a word", needs="a spotlight")
def _(scene: Any, text: Texts) -> None:
    label, box, rest = text("a word").shift(UP), block(0.5, 0.5).shift(UP), disc(0.7).shift(DOWN)
    scene.add(label, box, rest)
    scene.play(scene.spotlight(label, box), run_time=0.8)
    scene.wait(1.5)


@fault("crossed", "frame", "what it costs", also=("contrast",), needs="a frame and pins")
def _(scene: Any, text: Texts) -> None:
    label, curve = text("what it costs").shift(2.25 * UP), wave(0.9).shift(1.2 * LEFT)
    scene.pin(label)
    scene.add(curve, label)
    scene.wait(1)
    scene.play(scene.frame.to_region((-3.2, 3.2), (-1.2, 1.3)), run_time=1.2)
    scene.wait(1)


@fault("outside", "frame", "half of it", needs="a frame")
def _(scene: Any, text: Texts) -> None:
    label, ball = text("half of it").shift(2 * RIGHT), disc(0.4).shift(LEFT)
    scene.add(label, ball)
    scene.wait(1)
    scene.play(scene.frame.to(ball, share=0.3), run_time=1)
    scene.wait(1)


@fault("outside", "unseen", "nobody reads it", needs="a frame")
def _(scene: Any, text: Texts) -> None:
    label, ball = text("nobody reads it").shift(4 * RIGHT + 2 * UP), disc(0.4).shift(3 * LEFT)
    scene.add(ball)
    scene.play(scene.frame.to(ball, share=0.3), run_time=1)
    scene.play(FadeIn(label), run_time=0.6)
    scene.wait(1.5)


@fault("outside", "pinned", "off the picture", needs="a frame and pins")
def _(scene: Any, text: Texts) -> None:
    label, ball = text("off the picture").shift(6.5 * RIGHT), disc(0.4).shift(5 * RIGHT)
    scene.pin(label)
    looking(scene, 4.0, 0.0, 2.0)
    scene.add(label, ball)
    scene.wait(3)


@fault("margin", "frame", "close to the edge", needs="a frame")
def _(scene: Any, text: Texts) -> None:
    label, ball = text("close to the edge").shift(2.6 * UP), disc(0.4)
    scene.add(label, ball)
    scene.wait(1)
    scene.play(scene.frame.to_region((-4.9, 4.9), (-2.2, 2.9)), run_time=1)
    scene.wait(1)


@fault("caption", "frame", "a word below", also=("margin",), said=LONG, needs="a frame")
def _(scene: Any, text: Texts) -> None:
    label, ball = text("a word below").shift(1.7 * DOWN), disc(0.4).shift(0.5 * UP)
    scene.add(label, ball)
    scene.wait(1)
    scene.play(scene.frame.to_region((-4.3, 4.3), (-1.5, 2.5)), run_time=1)
    scene.wait(1)


@fault("caption", "wide", "petals", also=("margin",), said=LONG, needs="a shot")
def _(scene: Any, text: Texts) -> None:
    scene.shot(shot.wide())
    scene.add(disc(1.5).shift(3 * DOWN + 4 * LEFT), text("petals").shift(3.4 * DOWN))
    scene.wait(3)


@fault("caption", "pinned", "panel", said=LONG, needs="a frame and pins")
def _(scene: Any, text: Texts) -> None:
    panel, ball = block(4, 1.4).shift(3.2 * DOWN), disc(0.4)
    scene.pin(panel)
    scene.add(panel, ball)
    scene.play(scene.frame.to(ball, share=0.4), run_time=1)
    scene.wait(2)


@fault("contrast", "light", "hardly there", needs="a spotlight")
def _(scene: Any, text: Texts) -> None:
    label, rest = text("hardly there", DARK).shift(UP), text("all the rest").shift(DOWN)
    scene.add(rest, disc(0.4).shift(2 * DOWN))
    scene.play(FadeIn(label), scene.spotlight(disc_of(scene)), run_time=0.8)
    scene.wait(2)


def disc_of(scene: Any) -> Mobject:
    """The last thing on the stage."""
    return scene.mobjects[-1]  # type: ignore[no-any-return]


@fault("faint", "frame", "self.curve", needs="a frame")
def _(scene: Any, text: Texts) -> None:
    scene.untitled()
    scene.curve = wave(color=DARK)
    scene.add(scene.curve, disc(0.3).shift(UP))
    scene.play(scene.frame.to(scene.curve, share=1.4), run_time=1)
    scene.wait(2)


@fault("faint", "light", "self.curve", needs="a spotlight")
def _(scene: Any, text: Texts) -> None:
    scene.curve = wave(color=DARK)
    scene.add(scene.curve, disc(0.3).shift(2 * UP))
    scene.play(scene.spotlight(scene.curve), run_time=0.8)
    scene.wait(2)


@fault("small", "frame", "from afar", needs="a frame")
def _(scene: Any, text: Texts) -> None:
    scene.add(text("from afar"), disc(0.4).shift(DOWN))
    scene.play(scene.frame.to_region((-10, 10), (-4, 6)), run_time=1)
    scene.wait(2)


@fault("small", "pinned", "fine print", needs="a frame and pins")
def _(scene: Any, text: Texts) -> None:
    label, ball = text("fine print", size=20.0).shift(2 * UP), disc(0.4)
    scene.pin(label)
    looking(scene, 0.0, 0.0, 2.0)
    scene.add(label, ball)
    scene.wait(3)


@fault("pop", "frame", "box", needs="a frame")
def _(scene: Any, text: Texts) -> None:
    ball, box = disc(0.3), block(0.4, 0.4).shift(RIGHT)
    scene.add(ball)
    scene.play(scene.frame.to(ball, share=0.15), run_time=1)
    scene.wait(0.5)
    scene.add(box)
    scene.wait(1.5)


@fault("alike", "light", "self.cats", needs="a spotlight")
def _(scene: Any, text: Texts) -> None:
    axes = plane()
    scene.cats = axes.dots(spots(14, 1), RED, "disc", 0.11)
    scene.dogs = axes.dots(spots(14, 2), GREEN, "disc", 0.11)
    scene.add(axes, scene.cats, scene.dogs)
    scene.play(scene.spotlight(scene.cats, scene.dogs), run_time=0.8)
    scene.wait(2)


# -- sound scenes that look risky


@sound()
def scatter_over_axes(scene: Any, text: Texts) -> None:
    axes = plane(numbers=True, x_label="petal (cm)")
    dots = axes.classes(spots(60), np.arange(60) % 2)
    scene.add(axes)
    scene.wait(0.5)
    scene.play(LaggedStart(*(FadeIn(dot) for dot in dots), lag_ratio=0.05), run_time=1.5)
    scene.wait(2)


@sound()
def text_in_a_card(scene: Any, text: Texts) -> None:
    card = RoundedRectangle(
        width=4.4, height=1.6, fill_color=DIM, fill_opacity=1, stroke_color=ink.quiet, stroke_width=2
    )
    filled = RoundedRectangle(width=2.4, height=0.9, fill_color=ink.focus, fill_opacity=1, stroke_width=0)
    dark = text("attention", ink.ground).shift(1.9 * UP)
    scene.add(card, text("inside the card"), filled.shift(1.9 * UP), dark)
    scene.wait(3)


@sound()
def a_card_that_moves_with_its_text(scene: Any, text: Texts) -> None:
    card = RoundedRectangle(
        width=3.4, height=1.2, fill_color=DIM, fill_opacity=1, stroke_color=ink.quiet, stroke_width=2
    )
    group = VGroup(card, text("key and value")).shift(3 * LEFT)
    scene.add(group)
    scene.wait(1)
    scene.play(group.animate.shift(5 * RIGHT), run_time=1.5)
    scene.play(group.animate.scale(1.2), run_time=1)
    scene.wait(1)


@sound()
def text_that_fades(scene: Any, text: Texts) -> None:
    label = text("come and go").shift(UP)
    scene.add(disc(0.5).shift(DOWN))
    scene.wait(0.6)
    scene.play(FadeIn(label), run_time=1)
    scene.wait(2)
    scene.play(FadeOut(label), run_time=1)
    scene.wait(0.5)


@sound(needs="allow")
def dimmed_on_purpose(scene: Any, text: Texts) -> None:
    label = text("no longer asked").shift(UP)
    scene.allow(label, "contrast", "it has been read, and has stepped back")
    scene.add(disc(0.5).shift(DOWN), label)
    scene.wait(2)
    scene.play(label.animate.set_opacity(0.3), run_time=0.6)
    scene.wait(2)


@sound(needs="allow")
def a_label_on_its_bar(scene: Any, text: Texts) -> None:
    bar, label = Line(3 * LEFT, 3 * RIGHT, color=ink.second), text("half way")
    scene.allow(label, bar, "the label marks the line's middle")
    scene.add(bar, label)
    scene.wait(3)


@sound(needs="allow", said=LONG)
def a_ball_that_may_fall(scene: Any, text: Texts) -> None:
    ball = disc(0.4, ink.second)
    scene.allow(ball, "caption", "it falls out of the picture")
    scene.add(ball, text("let go").shift(1.5 * UP))
    scene.wait(1)
    scene.play(ball.animate.shift(3.1 * DOWN), run_time=2.5, rate_func=there_and_back)
    scene.wait(1.5)


@sound(needs="allow")
def a_switch_that_may_pop(scene: Any, text: Texts) -> None:
    lamp = block(2.5, 2)
    scene.allow(lamp, "pop", "a lamp goes on at once")
    scene.add(text("click").shift(2 * UP))
    scene.wait(1)
    scene.add(lamp)
    scene.wait(2)


@sound(needs="allow")
def a_constant_with_all_its_digits(scene: Any, text: Texts) -> None:
    label = text("π = 3.14159265").shift(UP)
    scene.allow(label, "digits", "the digits are the point")
    scene.add(disc(0.5).shift(DOWN), label)
    scene.wait(3)


@sound(needs="allow")
def a_mark_that_is_hardly_there(scene: Any, text: Texts) -> None:
    ring = Circle(1.0, color=DIM, stroke_width=5)
    scene.allow(ring, "faint", "it is a shadow of what was")
    scene.add(ring, disc(0.3), text("before").shift(2 * UP))
    scene.wait(3)


@sound()
def a_cross_fade(scene: Any, text: Texts) -> None:
    one, other = text("before training").shift(UP), text("after training").shift(UP)
    scene.add(disc(0.5).shift(DOWN), one)
    scene.wait(2)
    scene.play(FadeOut(one), FadeIn(other), run_time=0.8)
    scene.wait(2)


@sound(needs="rewrite")
def a_formula_rewritten(scene: Any, text: Texts) -> None:
    one = words.formula("y = w x + b", size=ink.HEADLINE)
    other = words.formula("w = (y - b) / x", size=ink.HEADLINE)
    scene.add(one)
    scene.wait(1.5)
    scene.play(words.rewrite(one, other), run_time=1.2)
    scene.wait(2)


@sound(needs="light, tint and mark")
def words_that_are_pointed_at(scene: Any, text: Texts) -> None:
    label = words.note("the widest street wins", size=ink.NOTE).shift(UP)
    line = words.mark(label.part("widest"))
    goal = words.note("no slack", size=ink.NOTE).shift(2 * UP)
    box = words.mark(goal, "box")
    scene.add(disc(0.5).shift(DOWN), label, goal)
    scene.wait(1)
    scene.play(words.light(label.part("street")), run_time=1)
    scene.play(Create(line), Create(box), run_time=0.8)
    scene.play(words.tint(label.part("widest"), ink.focus))
    scene.wait(1.5)


@sound(needs="write")
def a_note_that_is_written(scene: Any, text: Texts) -> None:
    label = words.note("margins are votes").shift(UP)
    scene.add(disc(0.5).shift(DOWN))
    scene.wait(0.5)
    scene.play(words.write(label))
    scene.wait(2)


@sound()
def a_shape_that_becomes_another(scene: Any, text: Texts) -> None:
    ring, triangle = (
        Circle(1.0, color=ink.first, fill_opacity=0.5),
        Triangle(color=ink.second, fill_opacity=0.8),
    )
    triangle.shift(2 * RIGHT)
    scene.add(ring, text("a shape").shift(1.8 * UP))
    scene.wait(1)
    scene.play(ReplacementTransform(ring, triangle), run_time=1.2)
    scene.play(Transform(triangle, Polygon(LEFT, UP, 2 * RIGHT, color=ink.third)), run_time=1.2)
    scene.wait(1)


@sound()
def a_band_behind_dots(scene: Any, text: Texts) -> None:
    axes = plane()
    street = axes.band((1.0, -0.6), -2.0, 2.0, fill=0.15)
    scene.add(street, axes, axes.classes(spots(30), np.arange(30) % 2))
    scene.wait(3)


@sound()
def a_band_behind_text(scene: Any, text: Texts) -> None:
    band = Rectangle(width=8, height=1.5, fill_color=ink.first, fill_opacity=0.2, stroke_width=0)
    scene.add(band, text("in the street"))
    scene.wait(3)


@sound()
def a_label_on_a_field(scene: Any, text: Texts) -> None:
    axes = plane()
    mesh = axes.mesh(48, 32)
    field = axes.field((mesh[..., 0] - 5) / 5, opacity=0.3)
    label = text("one class").move_to(axes.at(2.2, 7.5))
    scene.add(field, axes, label)
    scene.wait(3)


@sound()
def text_on_a_calm_image(scene: Any, text: Texts) -> None:
    scene.add(calm(45), text("a quiet corner"))
    scene.wait(3)


@sound()
def tick_numbers_beside_grid_lines(scene: Any, text: Texts) -> None:
    axes = plane(numbers=True, grid=True, x_label="week", y_label="sales")
    xs = np.linspace(0, 10, 40)
    scene.add(axes, axes.curve(xs, 1 + 0.8 * xs, ink.first))
    scene.wait(3.5)


@sound()
def a_curve_close_to_its_label(scene: Any, text: Texts) -> None:
    axes = plane()
    xs = np.linspace(0, 10, 60)
    curve = axes.curve(xs, 4 + 2 * np.sin(xs), ink.second)
    label = text("the tide", ink.second).next_to(axes.at(1.6, 6.0), UP, buff=0.16)
    scene.add(axes)
    scene.wait(0.5)
    scene.play(Create(curve), run_time=1)
    scene.play(FadeIn(label), run_time=0.5)
    scene.wait(2)


@sound()
def many_small_things_that_come(scene: Any, text: Texts) -> None:
    cells = VGroup(
        *(
            block(0.3, 0.3, ink.third).move_to((-5 + 0.45 * (n % 12), 1 - 0.45 * (n // 12), 0))
            for n in range(60)
        )
    )
    rings = VGroup(
        *(
            Circle(0.2, color=ink.first).move_to((1.5 + 0.6 * (n % 6), 1 - 0.6 * (n // 6), 0))
            for n in range(24)
        )
    )
    scene.wait(0.4)
    scene.play(LaggedStart(*(FadeIn(cell, scale=0.5) for cell in cells), lag_ratio=0.03), run_time=1.5)
    scene.play(LaggedStart(*(Create(ring) for ring in rings), lag_ratio=0.05), run_time=1.5)
    scene.wait(1)


@sound()
def an_opening_with_everything(scene: Any, text: Texts) -> None:
    axes = plane(numbers=True, x_label="age", y_label="height")
    dots = axes.classes(spots(40), np.arange(40) % 2)
    notes = [text("blue: trained").move_to((3.6, 1.5, 0)), text("orange: new").move_to((3.6, 0.7, 0))]
    scene.add(axes, dots, *notes)
    scene.wait(4)


@sound()
def a_picture_that_is_drawn_anew(scene: Any, text: Texts) -> None:
    value = ValueTracker(1.0)
    bars = always_redraw(
        lambda: VGroup(*(block(0.8, n * value.get_value()).move_to((1.2 * n - 3, 0, 0)) for n in (1, 2, 3)))
    )
    scene.add(bars, text("three bars").shift(2.4 * UP))
    scene.wait(1)
    scene.play(value.animate.set_value(0.4), run_time=1.5)
    scene.wait(1)


@sound()
def a_fade_from_one_text_to_another(scene: Any, text: Texts) -> None:
    one, other = text("a rough guess").shift(UP), text("a better guess").shift(UP)
    scene.add(disc(0.5).shift(DOWN), one)
    scene.wait(2)
    scene.play(FadeTransform(one, other), run_time=1)
    scene.wait(2)


@sound()
def a_fast_motion(scene: Any, text: Texts) -> None:
    ball = disc(0.4).shift(5 * LEFT + DOWN)
    scene.add(ball, text("quick").shift(1.5 * UP))
    scene.wait(1)
    scene.play(ball.animate.shift(10 * RIGHT), run_time=0.4)
    scene.play(ball.animate.shift(10 * LEFT), run_time=0.3, rate_func=linear)
    scene.wait(1.5)


@sound(needs="Readout")
def a_counting_readout(scene: Any, text: Texts) -> None:
    value = ValueTracker(0.0)
    loss = Readout(value, decimals=2, label="loss", unit="nats", digits=2).shift(UP)
    scene.add(disc(0.5).shift(DOWN), loss)
    scene.wait(0.6)
    scene.play(value.animate.set_value(12.5), run_time=2.5)
    scene.wait(1)


@sound()
def a_decimal_number_that_counts(scene: Any, text: Texts) -> None:
    value = ValueTracker(0.0)
    count = DecimalNumber(0, num_decimal_places=1, mob_class=Text, color=ink.chalk).shift(UP)  # type: ignore[arg-type]
    count.add_updater(lambda mobject: mobject.set_value(value.get_value()))
    scene.add(disc(0.5).shift(DOWN), count)
    scene.wait(0.6)
    scene.play(value.animate.set_value(9.5), run_time=2)
    scene.wait(1)


@sound()
def a_space_turned_beside_labels(scene: Any, text: Texts) -> None:
    space = room()
    bowl = space.surface(lambda x, y: x**2 + y**2, ink.chalk)
    rng = np.random.default_rng(5)
    dots = space.dots([-0.9, -0.9, 0.2] + rng.random((14, 3)) * [1.8, 1.8, 1.6], ink.second)
    scene.add(space.plane, bowl, dots, text("a bowl of loss").shift(3.6 * RIGHT))
    scene.wait(0.8)
    scene.play(lean(space))
    scene.play(space.turning(turn=70 * DEGREES), run_time=1.5)
    scene.wait(0.6)


@sound(said=ASKING)
def a_long_look_that_is_asked_for(scene: Any, text: Texts) -> None:
    axes = plane()
    scene.add(axes, axes.classes(spots(30), np.arange(30) % 2))
    scene.wait(11)


@sound()
def a_bright_picture_that_fades_in(scene: Any, text: Texts) -> None:
    image = calm(215, 4.6)
    scene.add(disc(0.3).shift(5 * LEFT))
    scene.wait(0.6)
    scene.play(FadeIn(image), run_time=1.5)
    scene.wait(1)
    scene.play(FadeOut(image), run_time=1)
    scene.wait(0.5)


@sound()
def a_small_dot_that_blinks(scene: Any, text: Texts) -> None:
    lamp = Dot(radius=0.1, color=ink.focus).shift(2 * RIGHT)
    _blink(lamp, 4)
    scene.add(disc(0.5).shift(2 * LEFT), lamp, text("a spike").shift(2 * RIGHT + 0.6 * UP))
    scene.wait(3)


@sound()
def classes_of_two_shapes(scene: Any, text: Texts) -> None:
    axes = plane()
    reds, greens = axes.dots(spots(14, 1), RED, "disc", 0.11), axes.dots(spots(14, 2), GREEN, "square", 0.11)
    scene.add(axes, reds, greens)
    scene.wait(3)


@sound()
def curves_told_apart_by_a_dash(scene: Any, text: Texts) -> None:
    axes = plane()
    xs = np.linspace(0, 10, 60)
    scene.add(axes, axes.curve(xs, 3 + np.sin(xs), AMBER), axes.curve(xs, 6 + np.cos(xs), LEAF, dashed=True))
    scene.wait(3)


@sound()
def many_axis_numbers(scene: Any, text: Texts) -> None:
    axes = plane(8.4, 4.4, numbers=True, x_ticks=range(11), y_ticks=range(0, 11, 2)).shift(1.4 * RIGHT)
    scene.add(axes, axes.dots(spots(20), ink.third))
    scene.wait(3.5)


@sound()
def a_plane_that_is_zoomed(scene: Any, text: Texts) -> None:
    axes = plane(4.5, 3.2, numbers=True)
    dots = axes.dots(spots(20), ink.first)
    group = Group(axes, dots)
    scene.add(group, text("nearer").shift(4 * RIGHT))
    scene.wait(1)
    scene.play(group.animate.scale(1.25), run_time=1.5)
    scene.wait(1)


@sound()
def a_text_that_makes_room(scene: Any, text: Texts) -> None:
    label, box = text("first this"), block(2.6, 1.2)
    scene.add(label, disc(0.4).shift(2 * DOWN))
    scene.wait(2)
    scene.play(FadeOut(label), run_time=0.6)
    scene.play(FadeIn(box), run_time=0.6)
    scene.wait(1)


@sound()
def an_arrow_at_a_label(scene: Any, text: Texts) -> None:
    label = text("the outlier").shift(2.5 * RIGHT + UP)
    ball = disc(0.25).shift(LEFT + 0.5 * DOWN)
    arrow = Arrow(label.get_left(), ball.get_right(), color=ink.focus, buff=0.2)
    scene.add(ball, label)
    scene.wait(0.6)
    scene.play(Create(arrow), run_time=0.8)
    scene.wait(2)


@sound()
def a_quick_row_of_single_words(scene: Any, text: Texts) -> None:
    rows = [text(word).move_to((0, 1.4 - 0.8 * n, 0)) for n, word in enumerate(("fit", "score", "choose"))]
    scene.add(disc(0.5).shift(3 * LEFT))
    scene.wait(0.5)
    for row in rows:
        scene.play(FadeIn(row, shift=0.2 * UP), run_time=0.5)
        scene.wait(0.4)
    scene.wait(2)


@sound(needs="a frame")
def a_frame_that_goes_and_comes_back(scene: Any, text: Texts) -> None:
    axes = plane(8.4, 4.4, numbers=True, x_label="week", y_label="sales").shift(1.4 * RIGHT + 0.2 * UP)
    dots = axes.classes(spots(40), np.arange(40) % 2)
    scene.add(axes, dots)
    scene.wait(0.6)
    scene.play(scene.frame.to(dots[7], dots[12], share=0.7), run_time=1.2)
    scene.wait(1)
    scene.play(scene.frame.back(), run_time=1)


@sound(needs="a frame")
def a_small_word_that_is_gone_to(scene: Any, text: Texts) -> None:
    label, ball = text("a leaf", size=18.0).shift(RIGHT), disc(0.15)
    looking(scene, 0.6, 0.0, 3.0)
    scene.add(label, ball)
    scene.wait(3)


@sound(needs="a frame and pins")
def a_pinned_word_before_the_stage(scene: Any, text: Texts) -> None:
    """On the stage they would lie on each other; in the picture they do not."""
    label, curve = text("the loss").shift(2.6 * UP + 4 * RIGHT), wave(0.4).shift(2.6 * UP + 4 * RIGHT)
    scene.pin(label)
    looking(scene, 3.0, 4.0, 1.5)
    scene.add(curve, label)
    scene.wait(3)


@sound(needs="a frame")
def a_word_that_is_left_behind(scene: Any, text: Texts) -> None:
    label, ball = text("left behind").shift(4 * RIGHT + 2 * UP), disc(0.4).shift(3 * LEFT)
    scene.add(label, ball)
    scene.wait(1)
    scene.play(scene.frame.to(ball, share=0.3), run_time=1)
    scene.wait(1)


@sound(needs="a spotlight")
def words_that_step_back(scene: Any, text: Texts) -> None:
    """A curve is drawn over them, and they are small and faint, while something else is spoken of."""
    label, small, ball = text("stepped back"), text("a footnote", size=ink.LABEL).shift(DOWN), disc(0.6)
    ball.shift(3 * LEFT + UP)
    curve = wave(0.2, width=3.0)
    scene.add(label, small, ball)
    scene.wait(1)
    scene.play(scene.spotlight(ball), small.animate.scale(0.4), run_time=0.8)
    scene.play(Create(curve), run_time=0.8)
    scene.wait(0.8)
    scene.play(FadeOut(curve), run_time=0.5)
    scene.play(scene.lights_on(), small.animate.scale(2.5), run_time=0.8)
    scene.wait(0.5)


@sound(needs="a spotlight")
def a_light_that_goes_over(scene: Any, text: Texts) -> None:
    one, other = text("first this").shift(UP), text("then that").shift(DOWN)
    scene.add(one, other, disc(0.5).shift(3 * LEFT), wave(0.3).shift(2 * DOWN))
    for lit in (one, other):
        scene.play(scene.spotlight(lit), run_time=0.8)
        scene.wait(0.5)
    scene.play(scene.lights_on(), run_time=0.6)


@sound(needs="a spotlight")
def a_part_of_a_formula_in_the_light(scene: Any, text: Texts) -> None:
    formula = words.formula("{{ w x : score }} + b", size=ink.POINT)
    scene.add(formula, disc(0.5).shift(2 * DOWN))
    scene.wait(0.5)
    scene.play(scene.spotlight(*formula.part("score")), run_time=0.8)
    scene.wait(1.5)


@sound(needs="a shot", said=LONG)
def a_picture_that_runs_to_the_edges(scene: Any, text: Texts) -> None:
    scene.untitled()
    scene.shot(shot.wide())
    axes = Plane((0, 10), (0, 10), 14.6, 8.4, numbers=False).move_to(ORIGIN)
    scene.add(
        axes,
        axes.classes(spots(60, low=0.3, high=7.5), np.arange(60) % 2),
        text("every one of them").shift(3.2 * UP),
    )
    scene.wait(3)


@sound(needs="a frame", said=LONG)
def what_lies_around_under_the_captions(scene: Any, text: Texts) -> None:
    scene.untitled()
    axes = plane()
    dots = axes.dots(spots(40), ink.second)
    scene.add(axes, dots)
    scene.play(scene.frame.to(dots, share=1.5), run_time=1)
    scene.wait(2)


@sound(needs="a pause", tells_beats=True)
def a_pause_to_think(scene: Any, text: Texts) -> None:
    axes = plane()
    scene.add(axes, axes.classes(spots(30), np.arange(30) % 2))
    with scene.beat("Every one of these points has a class."):
        pass
    scene.think(6.0)
    with scene.beat("The blue one is a disc."):
        pass


@sound(needs="write")
def a_headline_that_is_written(scene: Any, text: Texts) -> None:
    scene.add(disc(0.5).shift(DOWN))
    scene.play(words.write(words.headline("margin").shift(UP)), run_time=0.6)
    scene.wait(2)


@sound()
def a_line_that_comes_under_another(scene: Any, text: Texts) -> None:
    line, trace = (
        Line(5 * LEFT + UP, 5 * RIGHT, color=ink.focus),
        Line(5 * LEFT + UP, 5 * RIGHT, color=ink.quiet),
    )
    scene.add(disc(0.5).shift(DOWN), line)
    scene.wait(0.5)
    scene.add(trace, line)
    scene.play(line.animate.rotate(50 * DEGREES), run_time=0.4, rate_func=linear)
    scene.wait(1.5)


# -- direction


def corners(scene: Any, *, titled: bool = False) -> None:
    """Discs in four corners: a box that fills the frame, and room in the middle."""
    if not titled:
        scene.untitled()
    scene.add(
        *(disc(0.4).shift(x * RIGHT + y * UP) for x in (-6.4, 6.4) for y in (-2.4, 2.6 if titled else 3.2))
    )


def scatter(scene: Any, **options: Any) -> Plane:
    """A plane that fills the frame below the title, with dots to its edges."""
    axes = Plane((0, 10), (0, 10), 13.0, 5.4, numbers=False, **options).move_to((0, 0, 0))
    scene.add(axes, axes.classes(spots(60, low=0.3, high=9.7), np.arange(60) % 2))
    return axes


@fault("unfilled", "still", fills=True)
def _(scene: Any, text: Texts) -> None:
    axes = plane()
    scene.add(axes, axes.classes(spots(40), np.arange(40) % 2))
    scene.wait(3)


@fault("unfilled", "frame", needs="a frame", fills=True)
def _(scene: Any, text: Texts) -> None:
    ball = disc(0.6)
    corners(scene)
    scene.add(ball)
    scene.play(scene.frame.to(ball, share=0.7), run_time=1)
    scene.wait(2)


@fault("unfilled", "light", needs="a spotlight", fills=True)
def _(scene: Any, text: Texts) -> None:
    corners(scene)
    ball = disc(0.5, ink.focus)
    scene.play(FadeIn(ball), run_time=0.6)
    scene.play(scene.spotlight(ball), run_time=0.8)
    scene.wait(1.5)


@fault("unfilled", "pinned", needs="pins", fills=True)
def _(scene: Any, text: Texts) -> None:
    panel, ball = block(13, 5.4, ManimColor("#1B2436")).shift(0.2 * DOWN), disc(0.6)
    scene.pin(panel)
    scene.add(panel, ball)
    scene.wait(3)


@fault("stale", "still", "steps", needs="Readout", fills=True)
def _(scene: Any, text: Texts) -> None:
    """It reads a value, and a list that changes beside it."""
    corners(scene)
    done, count = [3.0], Value(0.0)
    scene.add(Readout(count.of(lambda _: done[0]), decimals=0, label="steps", digits=2))
    done[0] = 8.0
    scene.wait(3)


@fault("stale", "moving", "#.##", needs="Gauge", fills=True)
def _(scene: Any, text: Texts) -> None:
    """The ball is moved on when the value has come to its end."""
    corners(scene)
    ball, at = disc(0.4, ink.focus).shift(3 * LEFT), Value(0.0)
    far = at.of(lambda _: abs(ball.get_x()))
    scene.add(ball, Gauge("error", far).move_to(1.5 * UP))
    scene.play(at.to(1.0), ball.animate.shift(2 * RIGHT), run_time=1)
    scene.play(ball.animate.shift(0.6 * RIGHT), run_time=0.6)
    scene.wait(1)


@fault("stale", "frame", "width", needs="Readout", fills=True)
def _(scene: Any, text: Texts) -> None:
    """Pinned, over a frame that has gone nearer; what it reads of a reading has changed unseen."""
    corners(scene)
    state, at = {"width": 1.1}, Value(0.0)
    width = Readout(at.of(lambda _: state["width"]).of(lambda w: 2 * w), 2, "cm", "width")
    scene.pin(width)
    scene.add(width)
    scene.play(scene.frame.to_region((-6.6, 6.6), (-2.8, 3.6)), run_time=1)
    state["width"] = 1.4
    scene.wait(1)


@fault("title", "still", "A case", needs="a title", fills=True)
def _(scene: Any, text: Texts) -> None:
    corners(scene, titled=True)
    scene.play(FadeIn(disc(0.4).shift(3.3 * UP)), run_time=0.6)
    scene.wait(2)


@fault("title", "frame", "A case", also=("crossed", "covered", "contrast"), needs="a frame", fills=True)
def _(scene: Any, text: Texts) -> None:
    axes = scatter(scene)
    scene.wait(0.6)
    scene.play(scene.frame.to(axes, share=1.3), run_time=1.2)
    scene.wait(1)


@fault("title", "image", "A case", needs="a title", fills=True)
def _(scene: Any, text: Texts) -> None:
    scene.shot(shot.wide())
    picture = calm(40, 7.8)
    scene.add(picture, scene.title_words)
    scene.wait(2)


@fault("small", "between", "between the two", fills=True)
def _(scene: Any, text: Texts) -> None:
    corners(scene)
    scene.add(text("between the two", size=30.0))
    scene.wait(2)


@sound(fills=True)
def words_in_the_roles_of_type(scene: Any, text: Texts) -> None:
    corners(scene)
    scene.add(text("a label").shift(UP), words.tick("12.5").shift(DOWN), words.headline("42"))
    scene.wait(3)


@sound(needs="a title", fills=True)
def a_title_above_its_picture(scene: Any, text: Texts) -> None:
    scatter(scene)
    scene.wait(3)


@sound(needs="a title", fills=True)
def a_title_that_leaves(scene: Any, text: Texts) -> None:
    axes = scatter(scene)
    scene.wait(0.6)
    scene.play(scene.frame.to(axes, share=1.2), scene.title_leaves(), run_time=1)
    scene.wait(1)


@sound(needs="a frame", fills=True, tells_beats=True)
def one_small_picture_among_large_ones(scene: Any, text: Texts) -> None:
    scatter(scene)
    ball = disc(0.5)
    with scene.beat("Here they all are."):
        scene.play(FadeIn(ball), run_time=0.6)
    with scene.beat("And one of them, for itself."):
        scene.play(scene.spotlight(ball), run_time=0.8)
    with scene.beat("Now all of them again."):
        scene.play(scene.lights_on(), run_time=0.8)


@sound(needs="Readout", fills=True)
def numbers_that_keep_up(scene: Any, text: Texts) -> None:
    """One follows a value, one a function, and one is frozen on purpose."""
    corners(scene)
    at, tracker = Value(0.0), ValueTracker(1.0)
    kept = Readout(at, 1, label="then").shift(1.5 * UP).freeze()
    scene.add(kept, Readout(at.of(lambda x: 2 * x), 1, label="twice"))
    scene.add(Readout(tracker, 1, label="once").shift(1.5 * DOWN))
    scene.play(at.to(3.0), tracker.animate.set_value(4.0), run_time=1)
    scene.wait(1)
