"""Where the numbers are kept from which the interactive figures of the site start."""

from __future__ import annotations

from pathlib import Path


def figure_file(build: Path, slug: str) -> Path:
    """The JSON file with the numbers of a topic's figure; ``build`` is the output folder."""
    return build / "figures" / f"{slug}.json"
