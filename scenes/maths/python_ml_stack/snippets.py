"""The lines of program text that stand on screen from the table's groups on.  A test runs each of them.

``df`` is the table of birds, ``body`` and ``blood`` are the two tables that are merged, ``flipper`` and ``mass`` are
columns of the birds that were measured, ``four`` are the names of the four measures, ``birds`` those birds,
``masses`` the masses of each species.
"""

from __future__ import annotations

from typing import Final

GROUPBY: Final = 'df.groupby("species")["body_mass_g"].mean()'
TRANSFORM: Final = 'df.groupby("species")["body_mass_g"].transform("mean")'
PIVOT: Final = 'df.pivot_table(values="body_mass_g",\n               index="species", columns="sex")'
MELT: Final = 'wide.reset_index().melt("species",\n  value_name="mass (g)").sort_values("species")'
MERGE: Final = 'body.merge(blood, how="left",\n           on=["Species", "Sample Number"])'
VALIDATE: Final = 'body.merge(blood, on="Sample Number", validate="one_to_one")'
PLT: Final = "import matplotlib.pyplot as plt"
SUBPLOTS: Final = "fig, ax = plt.subplots(1, 2)"
SCATTER: Final = "dots = ax[0].scatter(length, depth)"
SECOND: Final = "ax[1].scatter(flipper, mass)"
RECOLOUR: Final = 'dots.set_color("yellow")'
LIMITS: Final = "ax[0].set_xlim(45, 60)"
HIST: Final = "fig, ax = plt.subplots()\nax.hist(flipper, bins=9)"
FEWER: Final = "fig, ax = plt.subplots()\nax.hist(flipper, bins=4)"
BOXED: Final = 'ax.boxplot(nine, orientation="horizontal")'
BOXES: Final = 'ax.boxplot(masses, orientation="horizontal")'
PAIRED: Final = "import seaborn as sns\nsns.pairplot(df[four])"
PEARSON: Final = "flipper.corr(mass)"
HEAT: Final = "sns.heatmap(df[four].corr(), annot=True)"
HUE: Final = 'sns.pairplot(df,\n  hue="species")'
FOUR: Final = "four = list(df.columns[2:6])"
BIRDS: Final = "birds = df.dropna(subset=four)"
FEATURES: Final = "X = birds[four].to_numpy()"
TARGET: Final = 'y = birds["species"].to_numpy()'
CENTRED: Final = "X - X.mean(axis=0)"
DOTS: Final = "ax.scatter(x, y)"
