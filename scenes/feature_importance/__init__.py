"""Feature Importance & Selection.

Four rules hand out credit for one model's predictions and disagree, most of all where twin columns carry the
same news.
"""

from __future__ import annotations

from manim import DOWN, RIGHT

from scenes.feature_importance.cuts import Cuts
from scenes.feature_importance.folds import Folds
from scenes.feature_importance.question import Question
from scenes.feature_importance.shares import Shares
from scenes.feature_importance.shuffle import Shuffle
from scenes.feature_importance.stage import Wires
from scenes.feature_importance.twins import Twins
from scenes.kit import ink, shot, words
from scenes.kit.tag import Tag


class FeatureImportance(Question, Cuts, Shuffle, Shares, Twins, Folds):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``question``: Twelve columns, one prediction.
    - ``cuts``: A good cut removes impurity; Sum it over all trees; It pays a raffle ticket.
    - ``shuffle``: Shuffle a column, watch the score; Remove it and refit.
    - ``shares``: A fair split of one prediction; Four axioms make it fair; The shares add up to the prediction.
    - ``twins``: Twins: four rules, four answers.
    - ``folds``: Choose columns inside the folds; Which of them earned it?

    What they have to teach, in the words of the catalog:

    - impurity importance
    - bias of impurity importance to high cardinality
    - permutation importance
    - drop-column importance
    - SHAP values as a fair split of one prediction
    - SHAP values and their sum
    - correlated features sharing or stealing credit
    - selecting features by importance
    """

    def poster(self) -> None:
        """Wires into a forest, and the question."""
        text = Tag(words.headline("Who earned it?", size=ink.POSTER), 0.85)
        text.set_z_index(3)
        self.add(Wires().all, shot.SAFE.put(text, DOWN + RIGHT))
