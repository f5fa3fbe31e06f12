"""The code as the rules about it want it: files, packages and their order."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
CODE: Final = ROOT / "src" / "ksbb"


@dataclass(frozen=True)
class Module:
    """One file of ours: `name` is its path below ksbb, `package` the first part of it."""

    name: str
    package: str
    tree: ast.Module

    def calls(self) -> Iterator[ast.Call]:
        """Yield every call written in the file."""
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))

    def at(self, node: ast.expr | ast.stmt) -> str:
        """Return where a node stands, for the reader of a failure."""
        return f"{self.name}:{node.lineno}"


def modules() -> list[Module]:
    """Return every file of ours except migrations, which are written by Django."""
    paths = [path for path in sorted(CODE.rglob("*.py")) if "migrations" not in path.parts]
    return [_module(path) for path in paths]


def _module(path: Path) -> Module:
    inside = path.relative_to(CODE)
    return Module(inside.as_posix(), inside.parts[0], ast.parse(path.read_text()))


def layers() -> list[set[str]]:
    """Return the packages from top to bottom, as import-linter is told them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    first = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    return [set(re.findall(r"\w+", layer)) for layer in first]


def height(package: str) -> int:
    """Return 0 for the lowest layer, more the higher a package stands."""
    return next(i for i, layer in enumerate(reversed(layers())) if package in layer)


def method(call: ast.Call) -> str:
    """Return the name after the dot of a called method, "" for anything else."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""
