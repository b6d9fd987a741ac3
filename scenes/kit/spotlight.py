"""The spotlight: what is spoken of stays bright, and the rest of the stage steps back to a third.

Nothing on the stage changes: the rest is drawn first, a veil of the ground's colour over it, and what is lit on top.
So things may move, be redrawn and come while the light is on; what comes is lit.

    beat.at("support vectors", self.spotlight(rings))        # all but the rings steps back
    beat.at("margin", self.spotlight(self.street))           # the light goes over to the street
    self.play(self.lights_on())                              # all is bright again
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, Self

from manim import Animation, Mobject

DIM: Final = 2 / 3
"""Share of its light that the rest loses."""


class Dimming(Mobject):
    """Which parts of the stage are dimmed, and how much: :attr:`levels`, from 0 (bright) to 1 (gone)."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: dict[Mobject, float] = {}

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """No copy: there is one stage."""
        return self

    def layers(self, leaves: Sequence[Mobject]) -> list[tuple[float, list[Mobject]]]:
        """``leaves``, which are drawn in this order, parted by how much they are dimmed, the darkest first."""
        level: dict[int, float] = {}
        for root, share in self.levels.items():
            for member in root.get_family():
                level[id(member)] = max(share, level.get(id(member), 0.0))
        found: dict[float, list[Mobject]] = {}
        for leaf in leaves:
            found.setdefault(level.get(id(leaf), 0.0), []).append(leaf)
        return sorted(found.items(), key=lambda item: -item[0])

    def veiled(self, leaves: Sequence[Mobject]) -> list[tuple[list[Mobject], float]]:
        """``leaves`` as they are drawn: each layer with the opacity of the veil that is laid over it and all before.

        The last layer is what is lit, with no veil over it; nothing may be in it.
        """
        layers = self.layers(leaves)
        if not layers or layers[-1][0]:
            layers.append((0.0, []))
        after = [level for level, _ in layers[1:]] + [0.0]
        return [
            (layer, 1 - (1 - level) / (1 - less)) for (level, layer), less in zip(layers, after, strict=True)
        ]

    def is_dimmed(self, family: Iterable[int]) -> bool:
        """Whether a mobject has stepped back whose own identity or that of what it is part of is in ``family``."""
        members = frozenset(family)
        return any(share > DIM / 2 and id(root) in members for root, share in self.levels.items())


class Light(Animation):
    """The animation in which ``rest`` steps back and all else becomes bright."""

    def __init__(self, dimming: Dimming, rest: Sequence[Mobject], **timing: Any) -> None:
        self.dimming = dimming
        self.rest = tuple(rest)
        self._ways: list[tuple[Mobject, float, float]] = []
        # An introducer, or manim would put the dimming on the stage.
        super().__init__(dimming, introducer=True, **timing)

    def _setup_scene(self, scene: Any) -> None:
        """A dimming is no part of the stage."""

    def begin(self) -> None:
        """Start from how bright everything is when the play begins."""
        levels = self.dimming.levels
        dark = {member for root in self.rest for member in root.get_family()}
        now = {member: share for root, share in levels.items() for member in root.get_family()}
        roots = dict.fromkeys((*levels, *self.rest))
        self._ways = [(root, now.get(root, 0.0), DIM if root in dark else 0.0) for root in roots]
        self.interpolate(0.0)

    def finish(self) -> None:
        """Arrive; what is bright is forgotten."""
        self.dimming.levels = {root: end for root, _, end in self._ways if end}

    def clean_up_from_scene(self, scene: Any) -> None:
        """A dimming is no part of the stage."""

    def interpolate_mobject(self, alpha: float) -> None:
        """Set the levels after this share of the way."""
        share = self.rate_func(alpha)
        self.dimming.levels = {root: start + share * (end - start) for root, start, end in self._ways}

    def get_all_mobjects(self) -> tuple[Mobject, ...]:
        """The dimming alone."""
        return (self.dimming,)


def lights_in(animations: Iterable[object]) -> bool:
    """Whether a light changes in ``animations``, those in groups included."""
    return any(isinstance(one, Light) or lights_in(getattr(one, "animations", ())) for one in animations)
