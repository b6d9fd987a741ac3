"""Who speaks a lesson, and when each word falls.

A voice turns the words of a beat into seconds.  :class:`SilentPace` has no sound at all: it keeps the time of
a calm reader, so that a lesson can be written, probed and captioned before anybody speaks it.  Kokoro speaks.
"""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Final

from render.core.fault import UsageFault
from render.core.speech import SilentPace, Speech, Voice
from render.core.syllable import spoken, syllables

__all__ = ["SILENT", "VOICES", "SilentPace", "Speech", "Voice", "spoken", "syllables", "voice_named"]

SILENT: Final = "silent"
"""The name of the voice without sound."""
VOICES: Final = {
    SILENT: None,
    "kokoro": "af_heart",
    "kokoro:af_heart": "af_heart",
    "kokoro:am_fenrir": "am_fenrir",
}
"""Names of all voices, and the style of Kokoro that each speaks in."""


def voice_named(name: str, build: Path | None = None, slug: str | None = None) -> Voice:
    """The voice called ``name``, which keeps what it has said in the folder ``build`` (the project's own by default).

    It knows the words that the lesson ``slug`` teaches it, beside those of all lessons.

    :raises UsageFault: for an unknown name (it names the nearest one), and for a mistake in ``scenes/lexicon``.
    :raises EnvironmentFault: if the voice's packages are not installed.
    """
    if name not in VOICES:
        near = difflib.get_close_matches(name.casefold(), VOICES, n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise UsageFault(f"VOICE={name}: expected one of {', '.join(VOICES)}.{hint}")
    style = VOICES[name]
    if style is None:
        return SilentPace()
    from render.voice.kokoro import kokoro  # late: who keeps time in silence needs none of it

    return kokoro(style, build, slug)
