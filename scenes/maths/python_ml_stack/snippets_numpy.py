"""The lines of program text that stand on screen in the chapters on arrays and tables.  A test runs each of them.

``a`` is the block 0 to 11, where it is looped over the numbers that are multiplied; ``v`` is a vector of three, ``x``
four numbers, ``m`` which of them are above four, ``photo`` the photograph, ``df`` the table of birds.
"""

from __future__ import annotations

from typing import Final

BRIGHTEN: Final = "photo * 1.5"
LOOP: Final = "for i in range(len(a)):\n    out[i] = a[i] * 1.5"
ONE_LINE: Final = "a * 1.5"
CREATE: Final = "import numpy as np\na = np.array([1.0, 2.0, 3.0, 4.0])"
COLUMN: Final = "a[:, 1]"
TURN: Final = "a.T"
LAKE: Final = "lake =\nphoto[::-1]"
REFUSED: Final = "a + v"
CURE: Final = "a + v[:, None]"
DUSK: Final = "dusk = photo * [1.1, 0.8, 0.6]"
CLIP: Final = "dusk.round().clip(0, 255).astype(np.uint8)"
MASK: Final = "mask = photo[:, :, 2] > 200"
ASSIGN: Final = "photo[mask] = [40, 70, 150]"
NUMBERS: Final = "x"
ABOVE: Final = "m = x > 4"
PICK: Final = "y = x[m]"
COUNT: Final = "m.sum()"
ZERO: Final = "x[m] = 0"
SUM_0: Final = "a.sum(axis=0)"
SUM_1: Final = "a.sum(axis=1)"
CENTRE: Final = "a - a.mean(axis=0)"
CLASH: Final = "a - a.mean(axis=1)"
KEEP: Final = "a - a.mean(axis=1, keepdims=True)"
MISSING: Final = "df.isna().sum()"
DROP: Final = "mass.dropna()"
FILL: Final = "mass.fillna(\n  mass.mean())"
READ: Final = 'import pandas as pd  # pandas 3\ndf = pd.read_csv("penguins.csv")'
SORT: Final = 's = df.head().sort_values("body_mass_g")'
LOC: Final = "s.loc[3]"
ILOC: Final = "s.iloc[3]"
PLAIN_MEAN: Final = "mass.to_numpy().mean()"
MEAN: Final = "mass.mean()"
