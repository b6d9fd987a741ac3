"""Who speaks a lesson, and when each word falls.

A voice turns the words of a beat into seconds.  :class:`SilentPace` has no sound at all: it keeps the time of
a calm reader, so that a lesson can be written, probed and captioned before anybody speaks it.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable

from render.fault import UsageFault
from render.voice.pace import SilentPace, spoken, syllables
from render.voice.speech import Speech, Voice

__all__ = ["SilentPace", "Speech", "Voice", "spoken", "syllables", "voice_named"]

_VOICES: dict[str, Callable[[], Voice]] = {"silent": SilentPace}


def voice_named(name: str) -> Voice:
    """The voice called ``name``; a :class:`UsageFault` that names the nearest one otherwise."""
    if name in _VOICES:
        return _VOICES[name]()
    near = difflib.get_close_matches(name.casefold(), _VOICES, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise UsageFault(f"VOICE={name}: expected one of {', '.join(_VOICES)}.{hint}")
