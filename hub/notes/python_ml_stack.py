import numpy as np

column = np.array([0, 10, 20])[:, None]  # shape (3, 1)
row = np.array([1, 2, 3, 4])  # shape (4,), counts as (1, 4)
total = column + row  # the ones stretch: shape (3, 4)
print(total.shape, total.tolist())

stretched, _ = np.broadcast_arrays(column, row)
print("nothing is copied:", stretched.strides, np.shares_memory(stretched, column))

means = total.mean(axis=1, keepdims=True)  # shape (3, 1): fits again
print("centred rows:", (total - means).sum(axis=1).tolist())
