"""The lines of program text that stand on screen from the table's groups on.  A test runs each of them.

``df`` is the table of birds, ``body`` and ``blood`` are the two tables that are merged, ``key`` is their key.
"""

from __future__ import annotations

from typing import Final

GROUPBY: Final = 'df.groupby("species")["body_mass_g"].mean()'
MEDIAN: Final = 'df.groupby("species")["body_mass_g"].median()'
TRANSFORM: Final = 'df.groupby("species")["body_mass_g"].transform("mean")'
PIVOT: Final = 'df.pivot_table(values="body_mass_g",\n               index="species", columns="sex")'
MELT: Final = 'wide.reset_index().melt("species",\n  value_name="mass (g)").sort_values("species")'
MERGE: Final = 'body.merge(blood, on=key, how="left")'
VALIDATE: Final = 'body.merge(blood, on="Sample Number", validate="one_to_one")'
BOTH: Final = 'on=["Species", "Sample Number"]'
SUBPLOTS: Final = "fig, ax = plt.subplots(1, 2)"
SCATTER: Final = "ax[0].scatter(length, depth)"
SECOND: Final = "ax[1].scatter(flipper, mass)"
LIMITS: Final = "ax[0].set_xlim(45, 60)"
