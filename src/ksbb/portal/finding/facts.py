"""What a page says, once more in the words of schema.org, for machines that read."""

from __future__ import annotations

import json
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ksbb.collaborators.enums import Kind
from ksbb.collaborators.models import Collaborator
from ksbb.needs.models import Target
from ksbb.portal.scope import Scope
from ksbb.web.downloads import XLSX

# Nothing in a name may end the element it stands in.
_ESCAPES: Final = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


def of_home(origin: str, scope: Scope) -> dict[str, Any]:
    """Return the site with its search."""
    search = f"{origin}{reverse('portal:targets')}?q={{q}}"
    return {
        "@type": "WebSite",
        "name": "KSBB",
        "alternateName": _("Large-Scale Social Collaboration"),
        "url": f"{origin}{reverse('portal:home')}",
        "inLanguage": get_language(),
        "publisher": {"@type": "GovernmentOrganization", "name": scope.programme.organiser},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
            "query-input": "required name=q",
        },
    }


def of_target(origin: str, target: Target, where: str) -> dict[str, Any]:
    """Return the place, and its way down from the list."""
    address = reverse("portal:target", args=[target.code])
    place: dict[str, Any] = {
        "@type": "Place",
        "name": target.name,
        "identifier": target.code,
        "url": f"{origin}{address}",
        "address": {
            "@type": "PostalAddress",
            "addressLocality": where,
            "addressCountry": "ID",
        },
    }
    if target.lat is not None and target.lon is not None:
        point = {"@type": "GeoCoordinates", "latitude": target.lat, "longitude": target.lon}
        place["geo"] = point
    return {"@graph": [_way(origin, (_("Places"), "portal:targets"), target.name, address), place]}


def of_collaborator(origin: str, collaborator: Collaborator) -> dict[str, Any]:
    """Return the way down from the directory, and the giver where it is no single person."""
    address = reverse("portal:collaborator", args=[collaborator.slug])
    way = _way(origin, (_("Collaborators"), "portal:collaborators"), collaborator.name, address)
    if collaborator.kind == Kind.INDIVIDUAL:
        return way
    giver = {"@type": "Organization", "name": collaborator.name, "url": f"{origin}{address}"}
    return {"@graph": [way, giver]}


def _way(origin: str, first: tuple[str, str], name: str, address: str) -> dict[str, Any]:
    """Return the two steps from a list, by its words and the name of its page, to one of it."""
    steps = [(first[0], reverse(first[1])), (name, address)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": at, "name": words, "item": f"{origin}{path}"}
            for at, (words, path) in enumerate(steps, 1)
        ],
    }


def of_achievement(origin: str, scope: Scope) -> dict[str, Any]:
    """Return the figures as a set of data, with its days."""
    programme = scope.programme
    return {
        "@type": "Dataset",
        "name": f"{_('Results by area and phase')}: {programme.name}",
        "description": _(
            "Need, committed, delivered and received aid by area and phase, as of any moment."
        ),
        "url": f"{origin}{reverse('portal:achievement')}",
        "inLanguage": get_language(),
        "license": settings.DATA_LICENCE_URL,
        "dateModified": scope.now.isoformat(timespec="seconds"),
        "temporalCoverage": f"{programme.starts_on.isoformat()}/{programme.ends_on.isoformat()}",
        "creator": {"@type": "GovernmentOrganization", "name": programme.organiser},
        "isAccessibleForFree": True,
    }


def of_data(origin: str, scope: Scope) -> dict[str, Any]:
    """Return the files as a set of data under its licence, for catalogues that gather them."""
    programme = scope.programme
    files = [
        ("text/csv", "portal:targets-csv"),
        ("application/geo+json", "portal:targets-geojson"),
        (XLSX, "portal:targets-xlsx"),
    ]
    return {
        "@type": "Dataset",
        "name": f"{_('Needs and commitments by place')}: {programme.name}",
        "description": _(
            "What places need and what was committed, delivered and received, as files and for "
            "programs."
        ),
        "url": f"{origin}{reverse('portal:data')}",
        "inLanguage": get_language(),
        "license": settings.DATA_LICENCE_URL,
        "dateModified": scope.now.isoformat(timespec="seconds"),
        "temporalCoverage": f"{programme.starts_on.isoformat()}/{programme.ends_on.isoformat()}",
        "creator": {"@type": "GovernmentOrganization", "name": programme.organiser},
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": kind,
                "contentUrl": f"{origin}{reverse(name)}",
            }
            for kind, name in files
        ],
    }


def element(facts: dict[str, Any]) -> SafeString:
    """Return the facts as an element of the page; it is data and runs nothing."""
    text = json.dumps({"@context": "https://schema.org", **facts}, ensure_ascii=False)
    safe = mark_safe(text.translate(_ESCAPES))  # noqa: S308 - escaped in the line above
    return format_html('<script type="application/ld+json">{}</script>', safe)
