from sklearn.datasets import load_digits
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline

X, digit = load_digits(return_X_y=True)
y = digit == 8  # eights are the positive class
model = make_pipeline(PCA(10, random_state=0), LogisticRegression(max_iter=3000))
folds = StratifiedKFold(5, shuffle=True, random_state=14)
score = cross_val_predict(model, X, y, cv=folds, method="predict_proba")[:, 1]

called = score >= 0.5
cells = (y & called, ~y & called, y & ~called, ~y & ~called)
tp, fp, fn, tn = (int(cell.sum()) for cell in cells)
print(f"TP {tp}, FP {fp}, FN {fn}, TN {tn}")
print(f"accuracy {(tp + tn) / len(y):.3f}, baseline {(~y).mean():.3f}")
precision, recall = tp / (tp + fp), tp / (tp + fn)
f1 = 2 * tp / (2 * tp + fp + fn)
print(f"precision {precision:.2f}, recall {recall:.2f}, F1 {f1:.2f}")
won = score[y][:, None] > score[~y]  # each eight against each other digit
print(f"AUC, the share of won pairs: {won.mean():.3f}")
