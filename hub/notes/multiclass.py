import numpy as np
from sklearn.datasets import load_iris, make_blobs
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.multiclass import OneVsOneClassifier, OneVsRestClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

X, y = load_iris(return_X_y=True)
svm = SVC(kernel="linear", C=1)
for name, model in (
    ("one-vs-rest", OneVsRestClassifier(svm)),  # no line parts the middle class
    ("one-vs-one ", OneVsOneClassifier(svm)),
    ("softmax    ", LogisticRegression(C=10, max_iter=5000)),
):
    model = make_pipeline(StandardScaler(), model)
    folds = [StratifiedKFold(5, shuffle=True, random_state=s) for s in range(10)]
    means = [cross_val_score(model, X[:, 2:], y, cv=fold).mean() for fold in folds]
    print(f"irises, {name}: {np.mean(means):.3f}")

angle = 2 * np.pi * np.arange(5) / 5
centres = 3 * np.column_stack([np.cos(angle), np.sin(angle)])
points, labels = make_blobs(300, centers=centres, random_state=3)
rest = OneVsRestClassifier(svm).fit(points, labels)
pairs = OneVsOneClassifier(svm).fit(points, labels)
print(f"5 classes: {len(rest.estimators_)} curtains, {len(pairs.estimators_)} fences")
middle = [[0.3, 0.1]]  # who says yes, who scores highest, who gets most votes
claims = sum(int(each.predict(middle)[0]) for each in rest.estimators_)
names = rest.predict(middle)[0], pairs.predict(middle)[0]
print(f"claims {claims}, argmax {names[0]}, vote {names[1]}")

logits, true = np.log([6, 3, 1]), 0
p = np.exp(logits) / np.exp(logits).sum()  # softmax
print("probabilities", p.round(2), "loss", -np.log(p[true]).round(2))
print("gradient", (p - np.eye(3)[true]).round(2))
