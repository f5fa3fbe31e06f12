"""The register of processing: which personal data is kept, for what, and how long.

The record UU 27/2022 asks of an operator. A test compares it with the models, so a new column with
an address, a phone or a person's name does not come without its line here.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Purpose(NamedTuple):
    """One kind of personal data; `tables` are the models that hold it."""

    tables: tuple[str, ...]
    what: str | Promise
    why: str | Promise
    seen_by: str | Promise
    kept: str | Promise


REGISTER: Final = (
    Purpose(
        ("accounts.User", "mfa.Authenticator", "collaborators.Membership"),
        _("Accounts: e-mail address, name, passkeys and second factors, memberships"),
        _("to let people act for a giver or for the city, and to know who acted"),
        _("themselves; administrators; members of the same giver"),
        _("until erased on request; audit rows then name an account without address"),
    ),
    Purpose(
        ("usersessions.UserSession",),
        _("Open sessions: browser, network address, moment"),
        _("so that people see where their account is open and close it"),
        _("themselves; administrators, without the last part of the address"),
        _("until the session ends"),
    ),
    Purpose(
        ("collaborators.CollaboratorContact", "collaborators.Collaborator"),
        _("Givers: contact person, e-mail address, phone; names of individual givers"),
        _("to verify who gives and to agree on deliveries"),
        _("the working group, on request, each look written down; names only with consent"),
        _("until erased on request, at the latest two years after the programme"),
    ),
    Purpose(
        ("needs.TargetContact",),
        _("Places: role, name and phone of the person to call"),
        _("to agree on the day of a delivery"),
        _("the working group and the giver of an accepted commitment, each look written down"),
        _("until replaced or erased, at the latest six months after the programme"),
    ),
    Purpose(
        ("suggestions.SuggestionContact",),
        _("Reports of needs: phone or e-mail address of who reported"),
        _("to ask back about the report"),
        _("the working group, on request, each look written down"),
        _("until the report is decided; then deleted"),
    ),
    Purpose(
        ("funds.BankRow",),
        _("Rows of bank statements: names of who transferred, as the bank wrote them"),
        _("to find the declared gift a transfer is; long numbers are cut when the file is read"),
        _("members of the aggregator whose account it is"),
        _("until erased together with the giver's contact; day and amount stay"),
    ),
    Purpose(
        ("funds.Gift",),
        _("Gifts: how the donor marked the transfer, which may be a name"),
        _("to find the transfer that a declared gift is"),
        _("members of the donor and of the aggregator"),
        _("until erased together with the donor's contact; day and amount stay"),
    ),
    Purpose(
        ("funds.Proof",),
        _("Gifts: pictures of transfers, which may show names and account numbers"),
        _("so that the aggregator finds the transfer"),
        _("members of the donor and of the aggregator, each look written down"),
        _("until erased together with the donor's contact"),
    ),
    Purpose(
        ("collaborators.Invitation",),
        _("Invitations: e-mail address of who is invited"),
        _("to let a giver's owner bring in colleagues"),
        _("owners of the giver"),
        _("until erased on request; the link ends after seven days"),
    ),
)
