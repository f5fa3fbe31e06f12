"""Audit entries as sentences: what was done, by whom, and what it changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from django.apps import apps
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.accounts.enums import Role
from ksbb.audit.enums import Channel
from ksbb.audit.models import Entry
from ksbb.collaborators.enums import MemberRole, Verification
from ksbb.commitments.enums import State
from ksbb.overlap.enums import FileState
from ksbb.programmes.enums import Basis, Frequency, ProgrammeState, Stage, Unit
from ksbb.rights.enums import ApprovalState, Step
from ksbb.shared.formats import day, listing, moment, number

ACTIONS: Final = {
    "batches.receive": gettext_lazy("File received"),
    "batches.answer": gettext_lazy("Questions answered"),
    "batches.decide": gettext_lazy("Decided about rows"),
    "batches.queue": gettext_lazy("File handed over for writing"),
    "batches.commit": gettext_lazy("File written into the book"),
    "batches.undo": gettext_lazy("File taken back"),
    "batches.hand_in": gettext_lazy("List handed to the working group"),
    "batches.send_back": gettext_lazy("List sent back"),
    "batches.discard": gettext_lazy("File discarded"),
    "collaborators.register": gettext_lazy("Registered"),
    "collaborators.verified": gettext_lazy("Collaborator verified"),
    "collaborators.refused": gettext_lazy("Collaborator refused"),
    "collaborators.look_at_contact": gettext_lazy("Contact looked at"),
    "collaborators.open_account": gettext_lazy("Account opened"),
    "collaborators.invite": gettext_lazy("Somebody invited"),
    "collaborators.withdraw_invitation": gettext_lazy("Invitation withdrawn"),
    "collaborators.accept_invitation": gettext_lazy("Invitation accepted"),
    "collaborators.claim": gettext_lazy("Giver taken into an account"),
    "collaborators.change_role": gettext_lazy("Role changed"),
    "collaborators.leave": gettext_lazy("Left the organisation"),
    "collaborators.remove_member": gettext_lazy("Member removed"),
    "collaborators.add_permit": gettext_lazy("Permit written down"),
    "collaborators.suspend_permit": gettext_lazy("Permit suspended"),
    "collaborators.restore_permit": gettext_lazy("Suspension of the permit ended"),
    "funds.declare": gettext_lazy("Gift declared"),
    "funds.confirm": gettext_lazy("Gift confirmed by the aggregator"),
    "funds.refuse": gettext_lazy("Gift refused by the aggregator"),
    "funds.amend": gettext_lazy("Amount of a gift mended"),
    "funds.buy": gettext_lazy("Packages bought"),
    "funds.pay_cost": gettext_lazy("Operating costs paid"),
    "funds.look_at_proof": gettext_lazy("Transfer proof looked at"),
    "funds.lose": gettext_lazy("Packages written off"),
    "funds.take_back": gettext_lazy("Posting reversed"),
    "funds.allot": gettext_lazy("Packages set aside from stock"),
    "funds.bring_back": gettext_lazy("Packages returned to stock"),
    "funds.take_in_statement": gettext_lazy("Bank statement read"),
    "funds.match": gettext_lazy("Bank row matched to a gift"),
    "funds.take_back_answer": gettext_lazy("Answer to a bank row taken back"),
    "funds.set_apart": gettext_lazy("Bank row set apart: no gift"),
    "funds.close": gettext_lazy("Period of the book closed"),
    "commitments.reserve": gettext_lazy("Quantity reserved"),
    "commitments.share_out": gettext_lazy("Stock split over many places"),
    "commitments.submit": gettext_lazy("Commitment submitted"),
    "commitments.accept": gettext_lazy("Commitment accepted"),
    "commitments.reject": gettext_lazy("Commitment rejected"),
    "commitments.schedule": gettext_lazy("Delivery day agreed"),
    "commitments.deliver": gettext_lazy("Hand-over recorded"),
    "commitments.receive": gettext_lazy("Confirmed by the receiver"),
    "commitments.correct": gettext_lazy("Quantities corrected"),
    "commitments.complete": gettext_lazy("Commitment completed"),
    "commitments.cancel": gettext_lazy("Commitment cancelled"),
    "commitments.reduce": gettext_lazy("Partly cancelled"),
    "commitments.change": gettext_lazy("Commitment changed by its giver"),
    "commitments.expire": gettext_lazy("Expired: nobody followed up in time"),
    "deliveries.move_day": gettext_lazy("Delivery moved to another day"),
    "deliveries.issue_link": gettext_lazy("Receipt link made"),
    "deliveries.settle": gettext_lazy("Surplus left as it stands"),
    "notices.wish": gettext_lazy("Letters chosen"),
    "plans.offer": gettext_lazy("Left to the working group where it goes"),
    "plans.withdraw_offer": gettext_lazy("Offer withdrawn"),
    "plans.use_offer": gettext_lazy("Offer used by a commitment of its giver"),
    "plans.publish": gettext_lazy("Plan published"),
    "overlap.enter": gettext_lazy("Aid from another source written down"),
    "overlap.take_back": gettext_lazy("Aid from another source taken back"),
    "overlap.receive_list": gettext_lazy("List of aid from others received"),
    "overlap.list_written": gettext_lazy("List of aid from others written"),
    "overlap.list_taken_back": gettext_lazy("List of aid from others taken back"),
    "priority.publish_rule": gettext_lazy("Priority rule published"),
    "priority.freeze": gettext_lazy("List of a phase frozen"),
    "suggestions.suggest": gettext_lazy("Suggested"),
    "suggestions.accepted": gettext_lazy("Suggestion accepted"),
    "suggestions.refused": gettext_lazy("Suggestion refused"),
    "suggestions.enter_place": gettext_lazy("Place entered from a suggestion"),
    "suggestions.look_at_contact": gettext_lazy("Contact looked at"),
    "needs.adjust": gettext_lazy("Need changed"),
    "needs.recount": gettext_lazy("Count brought up to date from a file"),
    "needs.publish": gettext_lazy("Needs published from the rules"),
    "needs.enter_place": gettext_lazy("Place entered"),
    "needs.target_verified": gettext_lazy("Place verified"),
    "needs.target_refused": gettext_lazy("Place refused"),
    "needs.look_at_contact": gettext_lazy("Contact looked at"),
    "needs.enter_contact": gettext_lazy("Contact entered"),
    "needs.change_contact": gettext_lazy("Contact changed"),
    "programmes.create": gettext_lazy("Programme begun"),
    "programmes.change": gettext_lazy("Programme changed"),
    "programmes.publish": gettext_lazy("Programme published"),
    "programmes.close": gettext_lazy("Programme closed"),
    "programmes.reopen": gettext_lazy("Programme opened again"),
    "programmes.mark_steps": gettext_lazy("Steps of two officers marked"),
    "programmes.choose_kinds": gettext_lazy("Kinds of places chosen"),
    "programmes.add_phase": gettext_lazy("Phase added"),
    "programmes.change_phase": gettext_lazy("Phase changed"),
    "programmes.remove_phase": gettext_lazy("Phase removed"),
    "programmes.add_aid_type": gettext_lazy("Kind of aid added"),
    "programmes.change_aid_type": gettext_lazy("Kind of aid changed"),
    "programmes.remove_aid_type": gettext_lazy("Kind of aid removed"),
    "programmes.add_rule": gettext_lazy("Rule added"),
    "programmes.change_rule": gettext_lazy("Rule changed"),
    "programmes.remove_rule": gettext_lazy("Rule removed"),
    "programmes.add_kind": gettext_lazy("Kind of place added"),
    "programmes.change_kind": gettext_lazy("Kind of place changed"),
    "regions.load": gettext_lazy("Areas loaded"),
    "regions.load_boundaries": gettext_lazy("Boundaries loaded"),
    "rights.add_app": gettext_lazy("Authenticator app set up"),
    "rights.remove_app": gettext_lazy("Authenticator app untied"),
    "rights.renew_codes": gettext_lazy("New recovery codes made"),
    "rights.use_recovery_code": gettext_lazy("Logged in with a recovery code"),
    "admin.add": gettext_lazy("Added on the administration pages"),
    "admin.change": gettext_lazy("Changed on the administration pages"),
    "admin.delete": gettext_lazy("Deleted on the administration pages"),
    "privacy.look": gettext_lazy("Personal data looked up"),
    "privacy.export": gettext_lazy("Personal data handed out"),
    "privacy.erase": gettext_lazy("Person erased"),
    "rights.ask_approval": gettext_lazy("Second officer asked"),
    "rights.approval_confirmed": gettext_lazy("Confirmed by a second officer"),
    "rights.approval_refused": gettext_lazy("Refused by the second officer"),
    "rights.post": gettext_lazy("Area given"),
    "rights.recall": gettext_lazy("Area taken back"),
    "needs.decide_many": gettext_lazy("Several places decided on at once"),
    "commitments.accept_many": gettext_lazy("Several commitments accepted at once"),
    "commitments.reject_many": gettext_lazy("Several commitments rejected at once"),
    "rights.assign": gettext_lazy("Given to an officer"),
    "rights.reset_factors": gettext_lazy("Second factor reset"),
}

PAIR: Final = 2
"""A change keeps what stood before and what stands after."""

CHANGES: Final = {
    "state": gettext_lazy("State"),
    "verification": gettext_lazy("Verification"),
    "planned_for": gettext_lazy("Planned day"),
    "quantity": gettext_lazy("Quantity"),
    "freed": gettext_lazy("Cancelled"),
    "added": gettext_lazy("Added"),
    "place": gettext_lazy("Place"),
    "for_others": gettext_lazy("Left for others to take over"),
    "needs": gettext_lazy("Needs"),
    "families": gettext_lazy("Vulnerable families (KK)"),
    "residents": gettext_lazy("Residents"),
    "counted_on": gettext_lazy("Counted on"),
    "source": gettext_lazy("Source"),
    "address": gettext_lazy("Address"),
    "lat": gettext_lazy("Latitude"),
    "lon": gettext_lazy("Longitude"),
    "file": gettext_lazy("File"),
    "digest": gettext_lazy("SHA-256 of the file"),
    "rows": gettext_lazy("Rows"),
    "answers": gettext_lazy("Answers"),
    "new": gettext_lazy("New places"),
    "changed": gettext_lazy("Changed places"),
    "statement_accepted": gettext_lazy("Statement agreed to"),
    "done_at": gettext_lazy("Handed over"),
    "recorded": gettext_lazy("Recorded as handed over"),
    "counted": gettext_lazy("Counted by the receiver"),
    "approval": gettext_lazy("Request"),
    "step": gettext_lazy("Step"),
    "used": gettext_lazy("Committed since"),
    "commitment": gettext_lazy("Commitment"),
    "aid_type": gettext_lazy("Kind of aid"),
    "share": gettext_lazy("Share of the families a visit reaches (%)"),
    "least": gettext_lazy("Packages per visit at least"),
    "seed": gettext_lazy("Seed of the draw"),
    "looked_at": gettext_lazy("SHA-256 of what the plan was made from"),
    "role": gettext_lazy("Role"),
    "area": gettext_lazy("Area"),
    "decision": gettext_lazy("Decision"),
    "done": gettext_lazy("Done"),
    "officer": gettext_lazy("Officer"),
    "factors": gettext_lazy("Second factor"),
    "declared": gettext_lazy("Declared"),
    "accepted": gettext_lazy("Taken on the book"),
    "aggregator": gettext_lazy("Aggregator"),
    "amount": gettext_lazy("Amount in rupiah"),
    "unit_price": gettext_lazy("Price of one in rupiah"),
    "packages": gettext_lazy("Packages"),
    "programme": gettext_lazy("Programme"),
    "entry": gettext_lazy("Reversed entry"),
    "gift": gettext_lazy("Gift"),
    "last": gettext_lazy("Last day"),
    "book": gettext_lazy("Book balance in rupiah"),
    "bank": gettext_lazy("Bank balance in sen"),
    "slug": gettext_lazy("Code"),
    "name_id": gettext_lazy("Name (Indonesian)"),
    "name_en": gettext_lazy("Name (English)"),
    "organiser": gettext_lazy("Organiser"),
    "agency": gettext_lazy("Responsible agency"),
    "is_example": gettext_lazy("Example data"),
    "starts_on": gettext_lazy("First day"),
    "ends_on": gettext_lazy("Last day"),
    "root_region": gettext_lazy("Area"),
    "follow_up_hours": gettext_lazy("Hours to call the contact"),
    "draft_minutes": gettext_lazy("Minutes a draft holds its quantity"),
    "persons_per_family": gettext_lazy("Persons per family"),
    "cost_cap_percent": gettext_lazy("Operating costs at most, per cent"),
    "fulfilment_stage": gettext_lazy("Stage that counts as fulfilled"),
    "letterhead": gettext_lazy("Letterhead of the press release"),
    "release_place": gettext_lazy("Place line of the press release"),
    "website": gettext_lazy("Public address"),
    "steps": gettext_lazy("Steps of two officers"),
    "kinds": gettext_lazy("Kinds of places"),
    "kind": gettext_lazy("Kind of place"),
    "phase": gettext_lazy("Phase"),
    "number": gettext_lazy("Number"),
    "days": gettext_lazy("Days"),
    "counted_id": gettext_lazy("Behind a number (Indonesian)"),
    "counted_en": gettext_lazy("Behind a number (English)"),
    "unit": gettext_lazy("Unit"),
    "frequency": gettext_lazy("Frequency"),
    "reference_price": gettext_lazy("Reference price"),
    "contents_id": gettext_lazy("Contents (Indonesian)"),
    "contents_en": gettext_lazy("Contents (English)"),
    "counts_toward_fulfilment": gettext_lazy("Counts toward fulfilment"),
    "people_id": gettext_lazy("Who is counted there (Indonesian)"),
    "people_en": gettext_lazy("Who is counted there (English)"),
    "basis": gettext_lazy("Reckoned from"),
    "multiplier": gettext_lazy("Times"),
    "divisor": gettext_lazy("Divided by"),
    "per_day": gettext_lazy("For each day"),
    "version": gettext_lazy("Version"),
    "needed": gettext_lazy("Sum of the changed needs"),
    "left": gettext_lazy("Needs left as they are"),
    "families_extra": gettext_lazy("Extra weight for families"),
    "families_full": gettext_lazy("Families for all of it"),
    "age_less": gettext_lazy("Less weight for age"),
    "age_full": gettext_lazy("Days for all of it"),
    "committed_percent": gettext_lazy("Commitments counted (%)"),
    "served_percent": gettext_lazy("Aid of others counted (%)"),
    "valid_from": gettext_lazy("Valid from"),
    "invitation": gettext_lazy("Invitation"),
    "member": gettext_lazy("Account number"),
    "valid_until": gettext_lazy("Valid until"),
    "created": gettext_lazy("New"),
    "updated": gettext_lazy("Changed"),
    "unchanged": gettext_lazy("Unchanged"),
    "aliases": gettext_lazy("Other spellings"),
    "licence": gettext_lazy("Licence"),
    "funds.take_in_statement new": gettext_lazy("New rows"),
}
"""What a change is of; where one action means something of its own, its name stands before."""

MOMENTS: Final[dict[str, Callable[[str], str]]] = {
    "planned_for": lambda kept: day(date.fromisoformat(kept)),
    "valid_until": lambda kept: day(date.fromisoformat(kept)),
    "last": lambda kept: day(date.fromisoformat(kept)),
    "counted_on": lambda kept: day(date.fromisoformat(kept)),
    "starts_on": lambda kept: day(date.fromisoformat(kept)),
    "ends_on": lambda kept: day(date.fromisoformat(kept)),
    "valid_from": lambda kept: moment(datetime.fromisoformat(kept)),
    "done_at": lambda kept: moment(datetime.fromisoformat(kept)),
}


class Said(NamedTuple):
    """One row of a history, ready to be read."""

    what: str
    who: str
    at: datetime
    reason: str
    changes: list[str]


def model_of(object_type: str) -> type[Model] | None:
    """Return the table an entry speaks of; None for a word that is none, or none any more."""
    try:
        return apps.get_model(object_type)
    except (LookupError, ValueError):
        return None


def kind_of(object_type: str) -> str:
    """Return what an entry is about in the reader's language, else as it is kept."""
    model = model_of(object_type)
    return str(model._meta.verbose_name) if model else object_type


def in_words(entries: Iterable[Entry]) -> list[Said]:
    """Return the entries in the given order as rows to be read."""
    return [
        Said(
            what=str(ACTIONS.get(entry.action, entry.action)),
            who=_who(entry),
            at=entry.at,
            reason=entry.reason,
            changes=[
                _change(entry.action, name, value) for name, value in _told(entry) if _moved(value)
            ],
        )
        for entry in entries
    ]


def _who(entry: Entry) -> str:
    """Name an officer, else the door: visitors and receivers have no account."""
    if entry.actor:
        return str(entry.actor)
    unknown = {Channel.WEB: _("Visitor"), Channel.RECEIPT_LINK: _("Receiver, by link")}
    return unknown.get(Channel(entry.channel)) or str(Channel(entry.channel).label)


def _told(entry: Entry) -> Iterator[tuple[str, Any]]:
    """Yield what changed by name; the numbers of a rule one by one."""
    for name, value in entry.changes.items():
        yield from value.items() if name == "rule" else ((name, value),)


def _moved(value: Any) -> bool:
    """Leave out what a step found as it left it."""
    return not (isinstance(value, list) and len(value) == PAIR and value[0] == value[1])


def _change(action: str, name: str, value: Any) -> str:
    label = CHANGES.get(f"{action} {name}", CHANGES.get(name, name))
    if isinstance(value, list) and len(value) == PAIR:
        before, after = (_value(name, one) for one in value)
        return f"{label}: {before} → {after}"
    if isinstance(value, dict):
        return f"{label}: {listing(number(one) for one in value.values())}"
    return f"{label}: {_value(name, value)}"


def _value(name: str, value: Any) -> str:
    if value is None or value == []:
        return "–"
    if isinstance(value, list):
        return listing(str(one) for one in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int):
        return number(value)
    if name in MOMENTS:
        return MOMENTS[name](value)
    return str(_labels(name).get(value, value))


def _labels(name: str) -> dict[str, Any]:
    """Return the words for the values of a column; unknown ones are shown as they are kept."""
    known = {
        "role": [*Role.choices, *MemberRole.choices],
        "step": Step.choices,
        "state": [
            *State.choices,
            *ApprovalState.choices,
            *ProgrammeState.choices,
            *FileState.choices,
        ],
        "fulfilment_stage": Stage.choices,
        "unit": Unit.choices,
        "frequency": Frequency.choices,
        "basis": Basis.choices,
        "verification": Verification.choices,
    }
    return dict(known.get(name, []))
