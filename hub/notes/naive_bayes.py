import numpy as np

# nine mails by hand: free, offer, lunch
ham = [[1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, 1], [0, 0, 1], [0, 0, 1]]
spam = [[1, 0, 0], [1, 1, 0], [0, 1, 0]]
X = np.array([*ham, *spam])
y = np.array([0, 0, 0, 0, 0, 0, 1, 1, 1])
alpha = 1.0

prior = np.log(np.bincount(y) / len(y))
counts = np.array([X[y == c].sum(axis=0) for c in (0, 1)]) + alpha  # no count is zero
theta = counts / counts.sum(axis=1, keepdims=True)
weights = np.log(theta[1] / theta[0])  # what each word adds to the log-odds of spam

mail = np.array([2, 1, 0])  # free, free, offer
z = prior[1] - prior[0] + mail @ weights
print(f"weights {weights.round(2)}")
print(f"log-odds {z:.2f}: spam with {1 / (1 + np.exp(-z)):.0%}")
