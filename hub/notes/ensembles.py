import numpy as np
from sklearn.datasets import load_diabetes, make_moons
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.model_selection import KFold, cross_val_predict
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor


def adaboost(X, y, rounds, K=2):
    w, learners = np.full(len(y), 1 / len(y)), []
    for _ in range(rounds):
        h = DecisionTreeClassifier(max_depth=1, random_state=0).fit(X, y, sample_weight=w)
        wrong = h.predict(X) != y
        eps = w @ wrong
        alpha = np.log((1 - eps) / eps) + np.log(K - 1)
        w = w * np.exp(alpha * wrong)
        w /= w.sum()
        learners.append((alpha, h))
    return w, learners


X, y = make_moons(200, noise=0.25, random_state=0)
w, learners = adaboost(X, y, 4)
print("alpha:", *(f"{alpha:.2f}" for alpha, _ in learners))
print(f"heaviest point: {200 * w.max():.1f} times the mean")
new, true = make_moons(2000, noise=0.25, random_state=1)
_, learners = adaboost(X, y, 60)
vote = sum(alpha * (2 * h.predict(new) - 1) for alpha, h in learners)
print(f"60 stumps wrong on unseen points: {((vote > 0) != true).mean():.1%}")

X, y = load_diabetes(return_X_y=True)
X, y, new, true = X[:300], y[:300], X[300:], y[300:]
base = [DecisionTreeRegressor(random_state=0), Ridge(0.1)]
seen = np.column_stack([h.fit(X, y).predict(X) for h in base])
folds = KFold(5, shuffle=True, random_state=0)
honest = np.column_stack([cross_val_predict(h, X, y, cv=folds) for h in base])
asked = np.column_stack([h.predict(new) for h in base])
for name, columns in (("in-sample", seen), ("out-of-fold", honest)):
    meta = LinearRegression(positive=True).fit(columns, y)
    error = np.sqrt(((meta.predict(asked) - true) ** 2).mean())
    print(f"{name}: weights {meta.coef_.round(2) + 0.0}, error {error:.1f}")
