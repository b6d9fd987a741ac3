import numpy as np
from sklearn.datasets import load_digits

X = load_digits().data  # 1,797 digits of 64 pixels
mean = X.mean(axis=0)
C = (X - mean).T @ (X - mean) / (len(X) - 1)  # the covariance matrix
values, vectors = np.linalg.eigh(C)
values, V = values[::-1], vectors[:, ::-1]  # the greatest variance first
kept = values.cumsum() / values.sum()
enough = int(np.searchsorted(kept, 0.95)) + 1
print(f"ten components keep {kept[9]:.1%}, {enough} keep 95%")

z = (X - mean) @ V[:, :10]  # ten scores a digit
rebuilt = mean + z @ V[:, :10].T
error = ((X - rebuilt) ** 2).sum() / (len(X) - 1)
print(f"error {error:.1f}, dropped eigenvalues {values[10:].sum():.1f}")
