"""Included by the portal's addresses, whose names these share."""

from django.urls import path, re_path

from ksbb.portal.views import plans

urlpatterns = [
    path("", plans.plans, name="plans"),
    path("<str:code>/", plans.plan, name="plan"),
    re_path(
        r"^(?P<code>[0-9A-Z-]{1,12})/"
        r"(?P<name>masukan[.]json|hasil[.]json|tempat[.]csv|kiriman[.]csv)$",
        plans.file,
        name="plan-file",
    ),
]
