from itertools import permutations

import numpy as np
from sklearn.datasets import load_diabetes
from sklearn.ensemble import RandomForestRegressor
from sklearn.feature_selection import SelectKBest, f_classif
from sklearn.inspection import permutation_importance
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_score, train_test_split
from sklearn.pipeline import make_pipeline

X, y = load_diabetes(scaled=False, return_X_y=True)
rng = np.random.default_rng(100)  # a raffle ticket and a coin toss
X = np.c_[X, rng.permutation(len(X)), rng.integers(0, 2, len(X))]
seen, held, seen_y, held_y = train_test_split(X, y, test_size=0.3, random_state=0)
forest = RandomForestRegressor(100, random_state=0).fit(seen, seen_y)
print(f"baseline score {forest.score(held, held_y):.3f}")
lost = permutation_importance(forest, held, held_y, n_repeats=10, random_state=0)
for name, column in (("body mass", 2), ("s5", 8), ("ticket", 10)):
    impurity = forest.feature_importances_[column]
    shuffled = lost.importances_mean[column]
    less = [np.delete(rows, column, 1) for rows in (seen, held)]
    refitted = RandomForestRegressor(100, random_state=0).fit(less[0], seen_y)
    drop = forest.score(held, held_y) - refitted.score(less[1], held_y)
    figures = f"impurity {impurity:.2f}  permuted {shuffled:.2f}  dropped {drop:.2f}"
    print(f"{name:9} {figures}")

value = {"": 150, "m": 190, "p": 170, "mp": 230, "pm": 230}  # predicted, by what is known
shares = {player: [] for player in "mp"}
for order in permutations("mp"):  # Shapley: the mean over all orders
    for rank, player in enumerate(order):
        before = "".join(order[:rank])
        shares[player].append(value[before + player] - value[before])
print({player: np.mean(each).item() for player, each in shares.items()})

noise = np.random.default_rng(0).normal(size=(60, 2000))
labels, pick = np.repeat([0, 1], 30), SelectKBest(f_classif, k=20)
folds = StratifiedKFold(5, shuffle=True, random_state=0)
model = LogisticRegression(max_iter=1000)
chosen = pick.fit_transform(noise, labels)
first = cross_val_score(model, chosen, labels, cv=folds).mean()
whole = make_pipeline(pick, model)
inside = cross_val_score(whole, noise, labels, cv=folds).mean()
print(f"chance: selected first {first:.2f}, inside the folds {inside:.2f}")
