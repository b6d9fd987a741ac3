import numpy as np
from sklearn.feature_selection import SelectKBest, f_classif
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.pipeline import make_pipeline

y = np.repeat([0, 1], 30)  # sixty labels, dealt without regard to the noise
outside, inside = [], []
for seed in range(20):
    X = np.random.default_rng(seed).normal(size=(60, 5000))
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)
    best = SelectKBest(f_classif, k=20).fit(X, y).get_support()  # has seen all labels
    outside.append(cross_val_score(LogisticRegression(), X[:, best], y, cv=folds).mean())
    pipe = make_pipeline(SelectKBest(f_classif, k=20), LogisticRegression())
    inside.append(cross_val_score(pipe, X, y, cv=folds).mean())  # in each fold
print(f"chosen on all rows: {np.mean(outside):.0%} right")
print(f"chosen on the training folds: {np.mean(inside):.0%} right")
