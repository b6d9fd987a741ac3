"""How words on plates come and go over a picture: the plate first, the words when nothing shows through any more."""

from __future__ import annotations

from collections.abc import Iterable

from manim import FadeIn, FadeOut, Mobject, VGroup, smooth

from scenes.kit.tag import Tag


def shown(*things: Mobject) -> list[FadeIn]:
    """Animations in which ``things`` come; of a :class:`Tag` first the plate, then the words."""
    found: list[FadeIn] = []
    for each in _single(things):
        if isinstance(each, Tag):
            found += [FadeIn(each.plate, rate_func=_first_half), FadeIn(each.text, rate_func=_second_half)]
        else:
            found.append(FadeIn(each))
    return found


def gone(*things: Mobject) -> list[FadeOut]:
    """Animations in which ``things`` leave; of a :class:`Tag` first the words, then the plate."""
    found: list[FadeOut] = []
    for each in _single(things):
        if isinstance(each, Tag):
            found += [FadeOut(each.text, rate_func=_first_half), FadeOut(each.plate, rate_func=_second_half)]
        else:
            found.append(FadeOut(each))
    return found


def _single(things: Iterable[Mobject]) -> list[Mobject]:
    """Things with their groups opened where tags are in them."""
    found: list[Mobject] = []
    for each in things:
        opened = type(each) is VGroup and any(isinstance(part, Tag) for part in each)
        found += _single(each.submobjects) if opened else [each]
    return found


def _first_half(share: float) -> float:
    return float(smooth(min(2 * share, 1.0)))


def _second_half(share: float) -> float:
    return float(smooth(max(2 * share - 1, 0.0)))
