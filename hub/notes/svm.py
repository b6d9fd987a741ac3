import numpy as np
from sklearn.datasets import load_iris
from sklearn.svm import SVC

flowers, kind = load_iris(return_X_y=True)
X, y = flowers[kind < 2][:, [2, 1]], kind[kind < 2]  # petal, sepal; two species
street = SVC(kernel="linear", C=1e8, tol=1e-10).fit(X, y)
width = 2 / np.linalg.norm(street.coef_)
few = street.support_  # the flowers on the kerb
again = SVC(kernel="linear", C=1e8, tol=1e-10).fit(X[few], y[few])
print(f"width {width:.3f} cm, held by {len(few)} of {len(X)} flowers")
print("the same street from those three:", np.allclose(street.coef_, again.coef_))
