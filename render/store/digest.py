"""SHA-256 digests of files, of texts, and of Python source without its comments and docstrings."""

from __future__ import annotations

import ast
import hashlib
from functools import cache
from pathlib import Path


def digest_file(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest_bytes(content: bytes) -> str:
    """SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def digest_text(text: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def meaning(source: str) -> str:
    """Digest of what Python source does: comments, docstrings, layout and line numbers do not change it.

    :class:`SyntaxError` for a source that does not parse.
    """
    return digest_text(ast.dump(Bare().visit(ast.parse(source))))


@cache
def meaning_of(path: Path) -> str:
    """:func:`meaning` of a file that does not change while this process lives, such as our own."""
    return meaning(path.read_text(encoding="utf-8"))


class Bare(ast.NodeTransformer):
    """Removes docstrings, and the texts in the same form that describe a constant or a field."""

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        value = node.value
        return (
            None
            if isinstance(value, ast.Constant) and isinstance(value.value, str)
            else self.generic_visit(node)
        )
