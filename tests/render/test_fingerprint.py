"""Keys: what may not change a picture does not change its key, and what may does."""

from __future__ import annotations

from render.fingerprint import chapter_meaning, key, meaning

SCENE = '''
"""A lesson."""
from scenes.kit.lesson import Lesson, chapter

WIDTH = 3

class Tiny(Lesson):
    """Tiny."""

    def stage(self):
        self.width = WIDTH

    @chapter("One", "item one")
    def one(self):
        # a comment
        with self.beat("First.") as beat:
            beat.until("first")
            self.play(1)

    @chapter("Two")
    def two(self):
        with self.beat("Second."):
            self.play(2)

    def poster(self):
        self.add(3)
'''


def changed(old: str, new: str) -> set[str | None]:
    """Pieces of the scene whose meaning an edit changes."""
    assert old in SCENE
    edited = SCENE.replace(old, new, 1)
    return {
        name for name in ("one", "two", None) if chapter_meaning(SCENE, name) != chapter_meaning(edited, name)
    }


def test_editing_a_chapter_changes_that_chapter_alone() -> None:
    assert changed("self.play(1)", "self.play(4)") == {"one"}
    assert changed("self.play(2)", "self.play(4)") == {"two"}


def test_editing_the_poster_changes_every_piece_since_chapters_may_call_it() -> None:
    assert changed("self.add(3)", "self.add(4)") == {"one", "two", None}


def test_editing_what_is_shared_changes_all() -> None:
    assert changed("WIDTH = 3", "WIDTH = 4") == {"one", "two", None}


def test_comments_docstrings_and_layout_change_nothing() -> None:
    assert changed("# a comment", "# another") == set()
    assert changed('"""Tiny."""', '"""Tiny, but told at length."""') == set()
    assert changed("\nWIDTH = 3", "\n\n\nWIDTH  =  3") == set()


def test_words_change_pictures_through_their_timing_alone() -> None:
    assert changed('"First."', '"At first."') == set()


def test_a_word_that_is_waited_for_is_code() -> None:
    assert changed('until("first")', 'until("second")') == {"one"}


def test_the_title_is_drawn_and_what_is_taught_is_not() -> None:
    assert changed('"One", "item one"', '"Uno", "item one"') == {"one"}
    assert changed('"One", "item one"', '"One", "item two"') == set()


def test_meaning_is_blind_to_comments_only() -> None:
    assert meaning("x = 1  # one") == meaning("x   =   1")
    assert meaning("x = 1") != meaning("x = 2")
    assert meaning('def f():\n    "doc"\n    return 1') == meaning("def f():\n    return 1")
    assert meaning('def f():\n    return "doc"') != meaning('def f():\n    return "cod"')


def test_a_key_depends_on_names_and_digests_not_on_order() -> None:
    assert key({"a": "1", "b": "2"}) == key({"b": "2", "a": "1"})
    assert key({"a": "1"}) != key({"b": "1"})
    assert key({"a": "1"}) != key({"a": "2"})
