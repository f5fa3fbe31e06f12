"""Who may write what: remarks that were made twice and became rules."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture.source import Module, method, modules

DOORS = {"portal", "backoffice", "api", "web"}
EDGES = DOORS | {"config", "demo"}
STATES = {"state", "verification"}
WRITES = {
    "save",
    "create",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "select_for_update",
}


def may_set_states(module: Module) -> bool:
    # The demo writes in bulk the rows the actions would write; its own tests compare the two.
    return "/actions/" in module.name or module.package == "demo"


def writes(call: ast.Call) -> bool:
    # A row is saved and deleted without saying where; a drawing, a session or a cache is not.
    elsewhere = bool(call.args) and method(call) in {"save", "delete"}
    return method(call) in WRITES and not elsewhere


def assigned_states(module: Module) -> Iterator[ast.AST]:
    """Yield each `thing.state = …` and each `.update(state=…)`."""
    for node in ast.walk(module.tree):
        targets = node.targets if isinstance(node, ast.Assign) else []
        if any(isinstance(target, ast.Attribute) and target.attr in STATES for target in targets):
            yield node
    yield from (
        call
        for call in module.calls()
        if method(call) == "update" and STATES & {keyword.arg for keyword in call.keywords}
    )


def listened_to(module: Module) -> Iterator[str]:
    """Yield the signal modules a file imports."""
    for node in ast.walk(module.tree):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        yield from (name for name in names if name.endswith(("dispatch", "signals")))


def test_a_state_changes_only_in_an_action() -> None:
    elsewhere = [
        f"{module.name}:{getattr(node, 'lineno', 0)}"
        for module in modules()
        if not may_set_states(module)
        for node in assigned_states(module)
    ]

    assert elsewhere == []


def test_doors_do_not_write() -> None:
    written = [
        f"{module.at(call)} {method(call)}"
        for module in modules()
        if module.package in DOORS
        for call in module.calls()
        if writes(call)
    ]

    assert written == []


def test_nothing_listens() -> None:
    listeners = [module.name for module in modules() for _ in listened_to(module)]

    assert listeners == []


def test_the_clock_is_read_only_at_the_edge() -> None:
    readers = [
        module.at(call)
        for module in modules()
        if module.package not in EDGES and "/management/" not in module.name
        for call in module.calls()
        if ast.unparse(call.func) in {"now", "clock.now"}
    ]

    assert readers == []
