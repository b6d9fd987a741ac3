import numpy as np
from sklearn.datasets import load_sample_image

push = np.array([[1, 1], [0.5, 1.5]])  # its columns are where the two basis arrows land
kept, lines = np.linalg.eig(push)  # two arrows only stretch
longest, shortest = np.linalg.svd(push, compute_uv=False)  # of a circle's arrows
area = np.linalg.det(push)
print(f"eigenvalues {kept.max():.3f} and {kept.min():.3f}, area times {area:.3f}")
print(f"longest arrow {longest:.3f}, shortest {shortest:.3f}")

photo = load_sample_image("flower.jpg") @ [0.299, 0.587, 0.114] / 255
columns, strength, rows = np.linalg.svd(photo, full_matrices=False)
woven = (columns[:, :50] * strength[:50]) @ rows[:50]  # fifty plaids, column times row
error = np.linalg.norm(photo - woven) / np.linalg.norm(photo)
numbers = 50 * (sum(photo.shape) + 1) / photo.size
print(f"50 of {len(strength)} plaids: {numbers:.1%} of the numbers, error {error:.1%}")
