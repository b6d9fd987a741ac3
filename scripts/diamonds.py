"""The table of diamonds that the lesson on partial dependence keeps, packed from the CSV file of a package.

usage: python scripts/diamonds.py DIAMONDS.csv OUT.xz

The file is ``plotnine/data/diamonds.csv`` of the wheel ``plotnine`` 0.15.9 (``pip download --no-deps plotnine==0.15.9``
and unzip), which has it from ggplot2.  Left out are stones whose length or width is not between 3 and 10 mm, and
repeated rows.  Written is an LZMA stream of 7 columns in the order of ``diamonds.PACKED`` of the mathematics, each of
unsigned 16-bit numbers, first the low bytes of all columns and then the high ones.
"""

from __future__ import annotations

import argparse
import lzma
from pathlib import Path

import numpy as np
import pandas as pd

from scenes.maths.partial_dependence import diamonds


def packed(file: Path) -> bytes:
    """The packed table of a CSV file."""
    whole = pd.read_csv(file)
    sound = (whole.x > 3) & (whole.x < 10) & (whole.y > 3) & (whole.y < 10)
    table = whole[sound].drop_duplicates()
    columns = (
        (100 * table.carat).round(),
        table.clarity.map(diamonds.CLARITIES.index),
        table.color.map(diamonds.COLOURS.index),
        table.cut.map(diamonds.CUTS.index),
        (10 * table.depth).round(),
        (100 * table.x).round(),
        table.price,
    )
    numbers = np.array([column.to_numpy() for column in columns]).astype(np.uint16)
    halves = np.stack([numbers & 255, numbers >> 8]).astype(np.uint8)
    return lzma.compress(halves.tobytes(), preset=9 | lzma.PRESET_EXTREME)


def main() -> None:
    """Pack the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("csv", type=Path)
    parser.add_argument("out", type=Path)
    asked = parser.parse_args()
    asked.out.write_bytes(packed(asked.csv))


if __name__ == "__main__":
    main()
