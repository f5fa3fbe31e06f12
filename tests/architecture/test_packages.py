"""What import-linter does not see: models by name, and packages that do not exist yet."""

from __future__ import annotations

import grimp
from django.apps import apps
from django.db.models import Model

from tests.architecture.source import height, modules

# Modules with these names tell nobody what is in them.
DRAWERS = {"utils.py", "helpers.py", "services.py", "signals.py", "common.py", "misc.py"}
PURE = {"ksbb.allocation", "ksbb.intake"}


def relations() -> list[tuple[type[Model], type[Model]]]:
    """Return (model, model it points at) for each relation of ours that leaves its package."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("ksbb.")]
    pairs = [
        (model, field.related_model)
        for model in ours
        for field in [*model._meta.fields, *model._meta.many_to_many]
        if isinstance(field.related_model, type)
    ]
    return [(one, other) for one, other in pairs if package(one) != package(other)]


def package(model: type[Model]) -> str:
    return model.__module__.split(".")[1]


def frameworks_known_to_pure_packages() -> set[str]:
    graph = grimp.build_graph("ksbb", include_external_packages=True)
    pure = {name for name in graph.modules if ".".join(name.split(".")[:2]) in PURE}
    return {name for name in pure if "django" in graph.find_upstream_modules(name)}


def test_every_relation_points_to_a_lower_package() -> None:
    upwards = [
        f"{one.__name__} -> {other.__name__}"
        for one, other in relations()
        if other.__module__.startswith("ksbb.") and height(package(one)) <= height(package(other))
    ]

    assert upwards == []


def test_the_algorithms_know_no_framework() -> None:
    assert frameworks_known_to_pure_packages() == set()


def test_no_module_is_a_drawer_for_everything() -> None:
    drawers = [module.name for module in modules() if module.name.split("/")[-1] in DRAWERS]

    assert drawers == []
