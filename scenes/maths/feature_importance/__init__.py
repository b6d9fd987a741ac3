"""Credit for the features of a model: impurity, permutation, drop-column, Shapley values, and selection by it."""
