"""Feature Engineering & Pipelines.

Each step that estimates something from the data is part of the model, so it is fitted on the training folds only;
and good columns let a simple model do more.
"""

from __future__ import annotations

from scenes.feature_engineering.codes import Codes
from scenes.feature_engineering.filling import Filling
from scenes.feature_engineering.lifting import Lifting
from scenes.feature_engineering.machine import Machine
from scenes.feature_engineering.question import Question
from scenes.feature_engineering.rulers import Rulers
from scenes.feature_engineering.shops import Shops
from scenes.feature_engineering.stage import BIG, Noise
from scenes.kit import ink, words
from scenes.kit.tag import Tag


class FeatureEngineering(Question, Filling, Codes, Shops, Rulers, Lifting, Machine):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``question``: noise that scores, and the leak that lets it.
    - ``filling``: fit and transform, and holes: by a mean, by a median, by the other columns in rounds.
    - ``codes``: ordinal, one-hot and cyclic encoding.
    - ``shops``: target encoding, on all rows and out of fold.
    - ``rulers``: scaling, and the logarithm.
    - ``lifting``: powers and products of columns.
    - ``machine``: the pipeline, and the end of the lesson.
    """

    def poster(self) -> None:
        """The thumbnail: one picture and a few words, to be read at 320 pixels of width."""
        picture = Noise()
        text = Tag(words.headline("Mind\nthe leak", ink.error, size=ink.POSTER * BIG / ink.POINT), 0.92)
        self.add(picture.wall, picture.labels, text.move_to(picture.area.middle))
