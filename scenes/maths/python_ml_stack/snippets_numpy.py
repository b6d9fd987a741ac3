"""The lines of program text that stand on screen in the chapters on arrays and tables.  A test runs each of them.

``a`` is the block 0 to 11, ``v`` a vector of three, ``x`` four numbers, ``photo`` the photograph, ``df`` the table
of birds.
"""

from __future__ import annotations

from typing import Final

BRIGHTEN: Final = "photo * 1.5"
LOOP: Final = "flat = photo.ravel()\nfor i in range(flat.size):\n    out[i] = flat[i] * 1.5"
CREATE: Final = "import numpy as np\na = np.array([1, 2, 3, 4])"
TENS: Final = "a * 1000"
SLOW_TENS: Final = "for x in a:\n    x * 1000"
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
ABOVE: Final = "x > 4"
PICK: Final = "y = x[x > 4]"
COUNT: Final = "(x > 4).sum()"
ZERO: Final = "x[x > 4] = 0"
SUM_0: Final = "a.sum(axis=0)"
SUM_1: Final = "a.sum(axis=1)"
SQUARE: Final = "a = np.arange(9).reshape(3, 3)"
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
