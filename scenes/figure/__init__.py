"""What a lesson hands to its figure on the web: plain arrays, computed by the lesson's own maths.

A module here is named as its lesson's scene, and has one public function ``figure()`` that returns a mapping of
names to arrays, numbers and words.  It knows no pictures: it runs in a process of its own, without Manim.
"""
