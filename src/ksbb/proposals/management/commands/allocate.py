from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from ksbb.programmes.queries import get_programme
from ksbb.proposals.as_json import as_json
from ksbb.proposals.offer import Offer, OfferError, read_offer
from ksbb.proposals.propose import propose
from ksbb.proposals.prose import paragraphs
from ksbb.shared.clock import now
from ksbb.shared.errors import quoted

LANGUAGES = ("id", "en")


class Command(BaseCommand):
    help = "Print where an offer does most, as JSON. Nothing is written or reserved."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what the outside contract names, and the language of the sentences."""
        parser.add_argument(
            "--programme", metavar="SLUG", help="Left out: the one the offer names."
        )
        parser.add_argument("--offer", required=True, metavar="OFFER.json")
        parser.add_argument("--explain", action="store_true", help="Print sentences, not JSON.")
        parser.add_argument("--lang", default="id", metavar="id|en")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the offer, ask, and print."""
        if options["lang"] not in LANGUAGES:
            raise OfferError(
                _("“{typed}” cannot be chosen here. Choose one of: {known}."),
                typed=quoted(options["lang"]),
                known=", ".join(LANGUAGES),
            )
        with translation.override(options["lang"]):
            offer = _offer(options["offer"])
            slug = options["programme"] or offer.programme
            if not slug:
                raise OfferError(_("“{field}” is missing."), field="programme")
            proposal = propose(programme=get_programme(slug), offer=offer, now=now())
            if options["explain"]:
                self.stdout.write("\n\n".join(paragraphs(proposal)))
            else:
                self.stdout.write(json.dumps(as_json(proposal), ensure_ascii=False, indent=2))


def _offer(path: str) -> Offer:
    try:
        return read_offer(json.loads(Path(path).read_text(encoding="utf-8")))
    except OSError as error:
        raise OfferError(
            _("{path} could not be read: {why}."),
            path=quoted(path, limit=300),
            why=error.strerror or error,
        ) from error
    except ValueError as error:
        raise OfferError(
            _("{path} is not JSON: {why}."), path=quoted(path, limit=300), why=error
        ) from error
