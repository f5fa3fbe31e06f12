"""Where somebody goes on after the login: only to addresses of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

if TYPE_CHECKING:
    from django.http import HttpRequest


def goal_of(request: HttpRequest) -> str:
    """Return the address in `next`, or that of the own account where it is none of ours."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else resolve_url("account:home")
