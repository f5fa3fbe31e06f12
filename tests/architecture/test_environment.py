"""An operator can look every setting up."""

from __future__ import annotations

import ast
import re

from tests.architecture.source import ROOT, modules

READERS = {"text", "flag", "required", "whole_number", "env.cache_url", "env.email_url"}


def read_by_the_settings() -> set[str]:
    calls = [
        call
        for module in modules()
        if module.name.startswith("config/settings/")
        for call in module.calls()
        if ast.unparse(call.func) in READERS
    ]
    names = [call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)]
    return {str(name) for name in names}


def explained_to_operators() -> set[str]:
    page = (ROOT / "docs" / "operations.md").read_text()
    return set(re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE))


def test_the_manual_names_every_environment_variable_and_no_other() -> None:
    assert explained_to_operators() == read_by_the_settings()
