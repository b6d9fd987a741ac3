"""Whether a figure is computed, or merely written down once more.

A callable that returns a literal proves nothing, and neither does one that returns a constant of a module: the number
on screen may be another.  Figures come from what was computed, settings from the object that is drawn with them.
"""

from __future__ import annotations

import ast
import builtins
import functools
import inspect
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any, Final

_PURE: Final = frozenset(
    ("builtins", "numpy", "math", "operator", "fractions", "decimal", "statistics", "itertools")
)
"""Packages that make nothing of constants but constants."""
_UNKNOWN: Final = object()


def is_constant(figure: Callable[..., Any]) -> bool:
    """Whether all that ``figure`` returns is made of literals and of plain constants of modules.

    What a function of the project returns is computed, and so is whatever an object or an array holds; a function of
    the figure's own file is looked into.
    """
    function, given = inspect.unwrap(figure), dict[str, bool]()
    if isinstance(function, functools.partial):
        bound = inspect.signature(function.func).bind_partial(*function.args, **function.keywords)
        function, given = function.func, {name: _is_plain(value) for name, value in bound.arguments.items()}
    if not isinstance(function, FunctionType):
        return False
    node = _node_of(function.__code__)
    judge = _Judge(sys.modules[function.__module__], inspect.getclosurevars(function).nonlocals)
    return judge.returns(node, dict.fromkeys(inspect.signature(function).parameters, True) | given)


def _node_of(code: CodeType) -> ast.Lambda | ast.FunctionDef:
    """The definition that ``code`` was made from."""
    tree = _tree(code.co_filename)
    if code.co_name != "<lambda>":
        return next(
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef)
            and node.name == code.co_name
            and code.co_firstlineno
            in range(min([node.lineno, *(d.lineno for d in node.decorator_list)]), node.lineno + 1)
        )
    places = [(line, column) for line, _, column, _ in code.co_positions() if line and column]

    def inside(node: ast.Lambda) -> int:
        body = node.body
        begin, end = (body.lineno, body.col_offset), (body.end_lineno or 0, body.end_col_offset or 0)
        return sum(begin <= place < end for place in places)

    lambdas = [
        node for node in ast.walk(tree) if isinstance(node, ast.Lambda) and node.lineno == code.co_firstlineno
    ]
    return max(lambdas, key=inside)


@cache
def _tree(path: str) -> ast.Module:
    return ast.parse(Path(path).read_text(encoding="utf-8"))


@dataclass(slots=True)
class _Judge:
    """Judges the expressions of one module."""

    module: ModuleType
    closure: Mapping[str, Any] = field(default_factory=dict)
    _asked: set[str] = field(default_factory=set)
    """Names of the module that are being looked into."""

    def returns(self, node: ast.Lambda | ast.FunctionDef, local: dict[str, bool]) -> bool:
        """Whether a function whose arguments are constant as ``local`` says returns nothing but constants."""
        if isinstance(node, ast.Lambda):
            return self.constant(node.body, local)
        local = dict(local)
        for inner in ast.walk(node):
            match inner:
                case ast.Assign(targets=targets, value=value):
                    for target in targets:
                        self._bind(target, self.constant(value, local), local)
                case ast.For(target=target, iter=value):
                    self._bind(target, self.constant(value, local), local)
                case ast.AugAssign(target=ast.Name(id=name), value=value):
                    local[name] = local.get(name, True) and self.constant(value, local)
        values = [inner.value for inner in ast.walk(node) if isinstance(inner, ast.Return) and inner.value]
        return all(self.constant(value, local) for value in values)

    def _bind(self, target: ast.expr, constant: bool, local: dict[str, bool]) -> None:
        for name in ast.walk(target):
            if isinstance(name, ast.Name):
                local[name.id] = constant

    def constant(self, node: ast.expr, local: dict[str, bool]) -> bool:
        """Whether ``node`` is made of constants only."""
        match node:
            case ast.Constant() | ast.JoinedStr():
                return True
            case ast.Name(id=name) if name in local:
                return local[name]
            case ast.Name() | ast.Attribute():
                return self._named(node, local)
            case ast.Subscript(value=value) | ast.Starred(value=value) | ast.UnaryOp(operand=value):
                return self.constant(value, local)
            case ast.BinOp(left=left, right=right):
                return self.constant(left, local) and self.constant(right, local)
            case ast.BoolOp(values=values):
                return self.constant(values[-1], local)
            case ast.Compare(left=left, comparators=others):
                return all(self.constant(each, local) for each in (left, *others))
            case ast.IfExp(body=body, orelse=other):
                return any(self.constant(each, local) for each in (body, other) if not _is_nan(each))
            case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
                return all(self.constant(part, local) for part in parts)
            case ast.ListComp(elt=part, generators=loops) | ast.GeneratorExp(elt=part, generators=loops):
                inner = dict(local)
                for loop in loops:
                    self._bind(loop.target, self.constant(loop.iter, inner), inner)
                return self.constant(part, inner)
            case ast.Call():
                return self._call(node, local)
            case _:
                return False

    def _named(self, node: ast.Name | ast.Attribute, local: dict[str, bool]) -> bool:
        value = self._value(node)
        if value is _UNKNOWN:
            return isinstance(node, ast.Attribute) and self.constant(node.value, local)
        own = self._own(node) if isinstance(node, ast.Name) else None
        if isinstance(node, ast.Name) and isinstance(own, ast.expr):
            return self._inside(node.id, lambda: self.constant(own, {}))
        return _is_plain(value)

    def _inside(self, name: str, judge: Callable[[], bool]) -> bool:
        """What ``judge`` finds in the definition of ``name``; one that leads back to itself adds nothing."""
        if name in self._asked:
            return True
        self._asked.add(name)
        try:
            return judge()
        finally:
            self._asked.discard(name)

    def _own(self, node: ast.Name) -> ast.expr | ast.FunctionDef | None:
        """What the module itself defines under a name."""
        for statement in _tree(self.module.__file__ or "").body:
            match statement:
                case ast.FunctionDef(name=node.id):
                    return statement
                case ast.Assign(targets=[ast.Name(id=node.id)], value=value):
                    return value
                case ast.AnnAssign(target=ast.Name(id=node.id), value=ast.expr() as value):
                    return value
        return None

    def _value(self, node: ast.expr) -> Any:
        """The object that a name or an attribute of a module stands for, if it is one."""
        if isinstance(node, ast.Name):
            for names in (self.closure, vars(self.module), vars(builtins)):
                if node.id in names:
                    return names[node.id]
        if isinstance(node, ast.Attribute):
            holder = self._value(node.value)
            if isinstance(holder, ModuleType):
                return getattr(holder, node.attr, _UNKNOWN)
        return _UNKNOWN

    def _call(self, node: ast.Call, local: dict[str, bool]) -> bool:
        arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
        constants = [self.constant(argument, local) for argument in arguments]
        function = self._value(node.func)
        if function is _UNKNOWN:  # a method of something
            return (
                isinstance(node.func, ast.Attribute)
                and self.constant(node.func.value, local)
                and all(constants)
            )
        own = self._own(node.func) if isinstance(node.func, ast.Name) else None
        if isinstance(own, ast.FunctionDef):
            names = [each.arg for each in (*own.args.posonlyargs, *own.args.args, *own.args.kwonlyargs)]
            given = dict.fromkeys(names, True) | dict(zip(names, constants, strict=False))
            return self._inside(own.name, lambda: self.returns(own, given))
        home = (getattr(function, "__module__", None) or type(function).__module__).split(".")[0]
        return home in _PURE and all(constants)


def _is_plain(value: object) -> bool:
    """Whether a value is a number, a text, or made of such; modules count, for they hold nothing themselves."""
    if isinstance(value, Mapping):
        return all(_is_plain(each) for each in value.values())
    if isinstance(value, list | tuple | set | frozenset | range) and not hasattr(value, "_fields"):
        return all(_is_plain(each) for each in value)
    return value is None or isinstance(value, int | float | complex | str | bytes | ModuleType)


def _is_nan(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "nan"
