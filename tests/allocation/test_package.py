from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture.source import modules

MAY = {"__future__", "collections", "dataclasses", "functools", "hashlib", "itertools", "typing"}
MAY |= {"numpy", "scipy"}


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def test_the_engine_knows_arrays_and_itself_alone() -> None:
    strangers = [
        f"{module.name}: {name}"
        for module in modules()
        if module.package == "allocation"
        for name in imported(module.tree)
        if name.split(".")[0] not in MAY and not name.startswith("ksbb.allocation.")
    ]

    assert strangers == []
