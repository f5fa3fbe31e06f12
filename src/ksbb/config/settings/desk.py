"""The desk of the working group: how soon each kind of thing should be decided."""

from ksbb.config.settings.environment import whole_number

DESK_HOURS = {
    "sasaran": whole_number("KSBB_HOURS_TARGET", default=72),
    "kolaborator": whole_number("KSBB_HOURS_COLLABORATOR", default=48),
    "komitmen": whole_number("KSBB_HOURS_COMMITMENT", default=24),
    "selisih": whole_number("KSBB_HOURS_DIFFERENCE", default=72),
    "persetujuan": whole_number("KSBB_HOURS_APPROVAL", default=24),
    "usulan": whole_number("KSBB_HOURS_SUGGESTION", default=48),
    "daftar": whole_number("KSBB_HOURS_LIST", default=72),
    "berkas": whole_number("KSBB_HOURS_FILE", default=24),
}
"""Hours after it came in when something is due, by the kind's name in addresses."""

DESK_PERMIT_DAYS = whole_number("KSBB_PERMIT_DAYS", default=30)
"""So many days before its end a permit comes into the inbox; it is due on its last day."""
