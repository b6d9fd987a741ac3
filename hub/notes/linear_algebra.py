import numpy as np
from sklearn.datasets import load_sample_image

A = np.array([[1, 1], [0.5, 1.5]])  # its columns are where the two basis arrows land
values, vectors = np.linalg.eig(A)  # arrows that keep their line
longest, shortest = np.linalg.svd(A, compute_uv=False)  # of a circle's arrows
high, low = values.max(), values.min()
print(f"determinant {np.linalg.det(A):.3f}, eigenvalues {high:.3f} and {low:.3f}")
print(f"singular values {longest:.3f} and {shortest:.3f}")

photo = load_sample_image("flower.jpg") @ [0.299, 0.587, 0.114] / 255
U, sigma, Vt = np.linalg.svd(photo, full_matrices=False)
kept = (U[:, :20] * sigma[:20]) @ Vt[:20]  # twenty pieces, column times row
left = np.linalg.norm(photo - kept) / np.linalg.norm(photo)
numbers = 20 * (sum(photo.shape) + 1) / photo.size
pieces = f"20 of {len(sigma)} pieces: {numbers:.1%} of the numbers"
print(f"{pieces}, {left:.1%} of the norm left out")
