"""The first version of the API: which operation stands at which address."""

from __future__ import annotations

from typing import Any, Final

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from ksbb import __version__
from ksbb.api import schemas
from ksbb.api.door import Renderer
from ksbb.api.offer_body import OFFER
from ksbb.api.parameters import LANGUAGE, PROBLEMS
from ksbb.api.problems import answer_problems
from ksbb.api.views import (
    collaborators,
    figures,
    funds,
    needs,
    programmes,
    proposals,
    regions,
    targets,
)
from ksbb.web.problems import MEDIA_TYPE

DESCRIPTION: Final = """
Public figures of KSBB, without personal data. Lists come in pages: follow `next` until it is null.
Send the `ETag` of an answer as `If-None-Match` to hear whether it has changed. Mistakes are
`application/problem+json` (RFC 9457) in Indonesian or English, after `lang` or `Accept-Language`.
The filters of `needs` are those of the page /sasaran/, under the same names.
"""


class PublicAPI(NinjaAPI):
    """Says of its problems what they are."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Return the description with the media type of problems and the language they take."""
        schema = super().get_openapi_schema(**options)
        for methods in schema["paths"].values():
            for operation in methods.values():
                operation["parameters"].append(LANGUAGE)
                for status, response in operation["responses"].items():
                    content = response.get("content", {})
                    if int(status) >= 400 and "application/json" in content:  # noqa: PLR2004
                        content[MEDIA_TYPE] = content.pop("application/json")
        return schema


api = PublicAPI(
    title="KSBB",
    version=__version__,
    description=DESCRIPTION.strip(),
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    renderer=Renderer(),
)
answer_problems(api)

for path, view, answer in (
    ("/programmes", programmes.programmes, schemas.Programmes),
    ("/programmes/{slug}", programmes.programme, schemas.Programme),
    ("/regions", regions.regions, schemas.Regions),
    ("/regions/{code}", regions.region, schemas.Region),
    ("/targets", targets.targets, schemas.Targets),
    ("/targets/{code}", targets.target, schemas.TargetWithNeeds),
    ("/needs", needs.needs, schemas.Needs),
    ("/figures", figures.figures, schemas.Figures),
    ("/collaborators", collaborators.collaborators, schemas.Collaborators),
    ("/donations", funds.donations, schemas.Gifts),
    ("/purchases", funds.purchases, schemas.Purchases),
):
    api.get(
        path,
        response={200: answer, **PROBLEMS},
        operation_id=view.__name__,
        by_alias=True,
        tags=[path.split("/")[1]],
    )(view)

# A question that is too long for an address. The body is read by the offer's own rules, which name
# the field in the caller's language; here it is only described.
api.post(
    "/proposals",
    response={200: schemas.Proposal, **PROBLEMS},
    operation_id=proposals.proposals.__name__,
    by_alias=True,
    tags=["proposals"],
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": OFFER}},
        }
    },
)(proposals.proposals)
