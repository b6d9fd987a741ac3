import numpy as np
from sklearn.datasets import load_breast_cancer, load_diabetes

table = load_diabetes(scaled=False)
X = (table.data - table.data.mean(axis=0)) / table.data.std(axis=0)
y = table.target - table.target.mean()
ols = np.linalg.solve(X.T @ X, X.T @ y)  # the normal equations
ridge = np.linalg.solve(X.T @ X + 20 * np.eye(10), X.T @ y)
vif = np.diag(np.linalg.inv(np.corrcoef(X.T)))  # 1 / (1 - R²) of each feature
print(f"orthogonal: {np.abs(X.T @ (y - X @ ols)).max() < 1e-8}")
print(f"R² {1 - ((y - X @ ols) ** 2).sum() / (y**2).sum():.2f}, VIF of s1 {vif[4]:.0f}")
print(f"weight of s1: {ols[4]:.1f}, with ridge {ridge[4]:.1f}")

data = load_breast_cancer()
radius, malignant = data.data[:, 0], 1 - data.target
rows = np.column_stack([np.ones(len(radius)), (radius - radius.mean()) / radius.std()])
b = np.zeros(2)
for _ in range(4000):
    p = 1 / (1 + np.exp(-rows @ b))
    b -= rows.T @ (p - malignant) / len(p)  # descend on the log loss
loss = -np.log(np.where(malignant == 1, p, 1 - p)).mean()
print(f"log loss {loss:.2f}, odds ratio {np.exp(b[1] / radius.std()):.1f}")
