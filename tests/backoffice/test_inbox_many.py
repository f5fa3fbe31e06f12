"""Several things decided in one act: looked at before, whole or named, and once."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ksbb.accounts.enums import Role
from ksbb.audit.models import Entry
from ksbb.collaborators.enums import Verification as GiverVerification
from ksbb.commitments.enums import State
from ksbb.commitments.models import Commitment
from ksbb.funds.enums import AccountKind
from ksbb.needs.actions.verify import decide_target
from ksbb.needs.enums import Verification
from ksbb.needs.models import Need, Target
from ksbb.rights.models import Posting
from tests.backoffice.desk import Officer, complaint, words
from tests.factories.accounts import make_user
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DESK, NOON, make_commitment
from tests.factories.funds import balance, make_aggregator, make_confirmed, make_lot, set_aside
from tests.factories.needs import VILLAGE, make_need, make_target
from tests.factories.programmes import make_kind, make_phase, make_programme, make_rule
from tests.factories.regions import make_region
from tests.recount import faults

pytestmark = pytest.mark.django_db

PATH = "kotak-masuk/sekaligus/"
CHOSEN = re.compile(r'name="pilih" value="([^"]+)"')
LINES = re.compile(r'<p class="what">(?:<a [^>]*>)?(.*?)(?:</a>)?</p><p>(.*?)</p>')
NOTES = re.compile(r'class="note[^"]*" role="status"><p>(.*?)</p>')


def places(count: int, **fields: Any) -> list[Target]:
    """Return places that wait."""
    return [
        make_target(name=f"RW {number}", verification=Verification.PENDING, **fields)
        for number in range(count)
    ]


def preview(officer: Officer, verb: str, *marks: str) -> Any:
    """Return the page that says what one act would do."""
    chosen = "&".join(f"pilih={one}" for one in marks)
    return officer.open(f"{PATH}?langkah={verb}&{chosen}")


def send(officer: Officer, seen: Any, verb: str, **typed: str) -> Any:
    """Send the form of a preview."""
    page = words(seen)
    hidden = dict(re.findall(r'name="(kunci|terlihat)" value="([^"]*)"', page))
    fields = hidden | {"langkah": verb, "pilih": CHOSEN.findall(page)} | typed
    return officer.client.post(f"/en/pokja/{PATH}", fields)


def marks(things: list[Any], kind: str = "sasaran") -> list[str]:
    """Return things as the list sends them."""
    return [f"{kind}.{one.pk}" for one in things]


def states() -> list[str]:
    """Return the verification of all places, in order."""
    return list(Target.objects.order_by("pk").values_list("verification", flat=True))


def test_all_chosen_places_are_verified_after_a_look_and_their_needs_published(
    sari: Officer,
) -> None:
    make_programme().target_kinds.add(make_kind())
    make_phase()
    make_rule()
    waiting = places(3)

    seen = preview(sari, "terima", *marks(waiting))
    assert [line[0] for line in LINES.findall(words(seen))] == ["RW 0", "RW 1", "RW 2"]
    assert states() == [Verification.PENDING] * 3

    done = send(sari, seen, "terima", kotak="jenis=sasaran")

    assert done.headers["Location"] == "/en/pokja/kotak-masuk/?jenis=sasaran"
    assert states() == [Verification.VERIFIED] * 3
    assert Need.objects.count() == 3
    assert NOTES.findall(words(sari.open("kotak-masuk/"))) == ["All 3 done: RW 0, RW 1 and RW 2."]


def test_one_act_sent_twice_acts_once(sari: Officer) -> None:
    seen = preview(sari, "terima", *marks(places(2)))

    answers = [send(sari, seen, "terima").status_code for _ in range(2)]

    assert answers == [302, 302]
    assert Entry.objects.filter(action="needs.target_verified").count() == 2
    assert Entry.objects.filter(action="needs.decide_many").count() == 1


def test_all_are_refused_with_the_reason_that_is_asked_for(sari: Officer) -> None:
    seen = preview(sari, "tolak", *marks(places(2)))

    empty = send(sari, seen, "tolak")
    assert (empty.status_code, states()) == (422, [Verification.PENDING] * 2)
    assert len(CHOSEN.findall(words(empty))) == 2

    send(sari, seen, "tolak", alasan="Ganda")
    assert states() == [Verification.REFUSED] * 2
    kept = Entry.objects.filter(action="needs.target_refused").values_list("reason", flat=True)
    assert list(kept) == ["Ganda", "Ganda"]


def test_what_changed_meanwhile_stays_and_is_named_with_who_when_and_what(
    sari: Officer, budi: Officer
) -> None:
    waiting = places(3)
    seen = preview(sari, "terima", *marks(waiting))
    budi.send(f"sasaran/{waiting[1].code}/tolak/", page=f"sasaran/{waiting[1].code}/", alasan="X")

    send(sari, seen, "terima")

    assert states() == [Verification.VERIFIED, Verification.REFUSED, Verification.VERIFIED]
    assert NOTES.findall(words(sari.open("kotak-masuk/"))) == [
        "All 2 done: RW 0 and RW 2.",
        (
            "“RW 1” stays as it is: somebody else was first. "
            "Budi, 1 May 2020 at 12:00 WIB: Place refused. “X”"
        ),
    ]


def test_the_preview_says_what_cannot_be_done_and_why(sari: Officer) -> None:
    waiting = places(2)
    decide_target(target_id=waiting[0].pk, decision=Verification.VERIFIED, actor=DESK, now=NOON)
    giver = make_collaborator(verification=GiverVerification.PENDING)

    mixed = preview(sari, "terima", *marks(waiting), f"kolaborator.{giver.pk}")
    alone = preview(sari, "terima", f"kolaborator.{giver.pk}")

    assert LINES.findall(words(mixed)) == [
        ("RW 1", "Takes commitments; its needs are published from the rules."),
        ("RW 0", "Waits no more. Visitor, 1 May 2020 at 12:00 WIB: Place verified."),
        ("1 more", "Another kind of thing: choose it by itself."),
    ]
    assert LINES.findall(words(alone)) == [(giver.name, "Is decided on its own page.")]
    assert CHOSEN.findall(words(alone)) == []


def test_commitments_are_accepted_together_those_of_unknown_givers_stay(sari: Officer) -> None:
    known = [make_commitment({make_need(): 5}) for _ in range(2)]
    stranger = make_collaborator("Baru", verification=GiverVerification.PENDING)
    unknown = make_commitment({make_need(): 5}, collaborator=stranger)

    seen = preview(sari, "terima", *marks([*known, unknown], "komitmen"))
    assert "Verify “Baru” first." in words(seen)
    send(sari, seen, "terima")

    found = Commitment.objects.order_by("pk").values_list("state", flat=True)
    assert list(found) == [State.ACCEPTED, State.ACCEPTED, State.SUBMITTED]


def test_nothing_outside_the_own_area_is_shown_or_decided() -> None:
    wati = make_user("wati@example.org", role=Role.AREA)
    Posting.objects.create(user=wati, region=make_region(VILLAGE), since=NOON)
    here, there = places(1)[0], places(1, village="31.75.01.1001")[0]
    there.name = "RW rahasia"
    there.save()
    hers = Officer(wati)

    seen = preview(hers, "terima", *marks([here, there]))
    assert "RW rahasia" not in words(seen)
    forged = words(seen).replace("</form>", f'<input name="pilih" value="sasaran.{there.pk}.9">')
    fields = {"langkah": "terima", "pilih": CHOSEN.findall(forged)}
    hers.client.post(f"/en/pokja/{PATH}", fields | dict.fromkeys(["kunci"], "satu-kunci"))

    assert states() == [Verification.VERIFIED, Verification.PENDING]


@pytest.mark.parametrize(
    "query", ["", "?langkah=terima", "?pilih=x", "?pilih=sasaran.99999999999999999999&langkah=a"]
)
def test_nothing_chosen_leads_back_with_a_sentence(query: str, sari: Officer) -> None:
    led = sari.open(PATH + query)

    assert led.status_code == 302
    assert "Choose something first" in words(sari.open("kotak-masuk/"))


def test_places_that_are_not_there_are_no_mistake(sari: Officer) -> None:
    seen = preview(sari, "terima", "sasaran.999999")

    assert seen.status_code == 200
    assert "Nothing of what was chosen waits for you." in words(seen)
    assert complaint(seen) == []


def test_commitments_are_rejected_together_with_one_reason_and_all_is_open_again(
    sari: Officer, budi: Officer
) -> None:
    aggregator = make_aggregator()
    make_confirmed(aggregator=aggregator)
    make_lot(5, aggregator=aggregator)
    needs = [make_need(), make_need()]
    from_stock = [set_aside(aggregator, {one: 2}) for one in needs]
    other = make_commitment({make_need(): 5})
    chosen = [*from_stock, other]
    seen = preview(sari, "tolak", *marks(chosen, "komitmen"))
    budi.send(f"komitmen/{other.code}/terima/", page=f"komitmen/{other.code}/")

    assert send(sari, seen, "tolak", alasan="").status_code == 422
    answers = [send(sari, seen, "tolak", alasan="Di luar program").status_code for _ in range(2)]

    assert answers == [302, 302]
    found = Commitment.objects.order_by("pk").values_list("state", flat=True)
    assert list(found) == [State.REJECTED, State.REJECTED, State.ACCEPTED]
    assert list(Need.objects.order_by("pk").values_list("committed", flat=True)) == [0, 0, 5]
    entries = Entry.objects.filter(action="commitments.reject").values_list("reason", flat=True)
    assert list(entries) == ["Di luar program"] * 2
    assert balance(AccountKind.STOCK, aid_type__isnull=False) == 5
    assert faults() == []
