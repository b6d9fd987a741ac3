from sklearn.datasets import load_digits, load_wine
from sklearn.ensemble import RandomForestClassifier
from sklearn.tree import DecisionTreeClassifier, export_text

wine = load_wine()
bottles, grape = wine.data[:, [6, 12]], wine.target  # flavanoids, proline
tree = DecisionTreeClassifier(max_depth=2, random_state=0).fit(bottles, grape)
print(export_text(tree, feature_names=["flavanoids", "proline"], decimals=3), end="")
print(f"{(tree.predict(bottles) == grape).sum()} of {len(grape)} bottles right")

X, digit = load_digits(return_X_y=True)
forest = RandomForestClassifier(300, oob_score=True, random_state=0).fit(X, digit)
print(f"out of bag, {1 - forest.oob_score_:.1%} of the digits are judged wrong")
