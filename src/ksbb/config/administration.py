"""Django's administration pages, with our audit: what is changed there leaves a row as well.

One place for all of them: every `ModelAdmin` that is registered gets the same three log methods.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model, QuerySet
    from django.forms import Form
    from django.http import HttpRequest

_CHANGES: Final = "_ksbb_changes"
NOT_KEPT: Final = "…"
PERSONAL: Final = frozenset({"user", "targetcontact", "collaboratorcontact", "invitation"})
"""Models whose values the audit does not keep: it can never be changed, and people be erased."""


class Administration(AdminConfig):
    """Puts our site in the place of Django's."""

    default_site = "ksbb.config.administration.Site"


class Site(AdminSite):
    """Lets every page write down what it does."""

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Register a page with the audit in front of it."""
        from django.contrib.admin import ModelAdmin  # noqa: PLC0415 - the apps are not ready above

        chosen = admin_class or ModelAdmin
        audited = type(chosen.__name__, (_Audited, chosen), {"__module__": chosen.__module__})
        super().register(model_or_iterable, audited, **options)


class _Audited:
    """The three moments at which Django logs, each with an audit row of ours."""

    def save_model(self, request: HttpRequest, obj: Model, form: Form, change: bool) -> None:  # noqa: FBT001 - Django's
        """Save, and remember what stood before."""
        setattr(request, _CHANGES, _changes(obj, form))
        super().save_model(request, obj, form, change)  # type: ignore[misc]  # a mixin

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        _write_down("admin.add", request, obj, message)
        return super().log_addition(request, obj, message)  # type: ignore[misc]  # as above

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        _write_down("admin.change", request, obj, message)
        return super().log_change(request, obj, message)  # type: ignore[misc]  # as above

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        for obj in queryset:
            _write_down("admin.delete", request, obj, [])
        return super().log_deletions(request, queryset)  # type: ignore[misc]  # as above


def _write_down(action: str, request: HttpRequest, obj: Model, message: Any) -> None:
    from ksbb.audit.actions.record import record  # noqa: PLC0415 - as above
    from ksbb.shared import clock  # noqa: PLC0415 - as above
    from ksbb.web.acting import actor_of  # noqa: PLC0415 - as above

    changes = dict(getattr(request, _CHANGES, {}))
    changes |= dict(_related(message))
    record(action=action, obj=obj, actor=actor_of(request), now=clock.now(), changes=changes)


def _changes(obj: Model, form: Form) -> dict[str, list[str]]:
    """Return before and after of each field that was changed; of people only that it was."""
    is_personal = obj._meta.model_name in PERSONAL
    kept = {}
    for name in form.changed_data:
        before, after = form.initial.get(name), form.cleaned_data.get(name)
        is_secret = is_personal and name not in {"role", "is_active", "is_staff", "is_superuser"}
        kept[name] = [NOT_KEPT, NOT_KEPT + NOT_KEPT] if is_secret else [_text(before), _text(after)]
    return kept


def _text(value: Any) -> str:
    plain = getattr(value, "pk", value)
    if hasattr(plain, "values_list"):
        plain = sorted(plain.values_list("pk", flat=True))
    return str(plain if plain is not None else "–")[:200]


def _related(message: Any) -> Iterable[tuple[str, str]]:
    """Yield what was done to rows edited on the same page, such as the phases of a programme."""
    parts = message if isinstance(message, list) else []
    for number, part in enumerate(parts):
        for verb, said in part.items():
            if said.get("object"):
                yield f"{verb} {number}", f"{said.get('name')} {said['object']}"[:200]
