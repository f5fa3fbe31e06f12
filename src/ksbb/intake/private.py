"""What is about a person: recognised by the heading, or by what stands in the cells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from ksbb.intake.words import Cell, plain

NIK: Final = "nik"
FAMILY_CARD: Final = "kk_number"
PERSON: Final = "person"
PHONE: Final = "phone"
EMAIL: Final = "email"
OTHER: Final = "private"

_COUNTED: Final = re.compile(r"^(jml|jumlah|jlh|jmlh|total|banyak|banyaknya|sub ?total)\b")
_HEADINGS: Final = tuple(
    (what, re.compile(pattern))
    for what, pattern in (
        (NIK, r"\bniks?\b|\bktp\b|induk kependudukan|no(mor)? identitas|\bnik\w*\b"),
        (
            FAMILY_CARD,
            r"\b(no|nomor|nomer|nmr) ?(kk|kartu keluarga)\b|kartu keluarga|\bnkk\b|^nokk$",
        ),
        (
            PHONE,
            (
                r"\b(hp|hape|telp|tlp|tlpn|tel|telepon|telpon|telephone|phone|handphone|ponsel"
                r"|seluler|wa|whatsapp|whats app|nohp|notelp)\b"
            ),
        ),
        (EMAIL, r"\be ?mail\b|surel"),
        (
            OTHER,
            (
                r"\blahir\b|\bttl\b|\bumur\b|\busia\b|\bagama\b|pekerjaan|kelamin|rekening|\bnorek\b"
                r"|\bbpjs\b|\bnpwp\b|\bnip\b|\bnpsn\b|pendidikan terakhir|status kawin|difabel$"
                r"|penyakit|tanda tangan|paraf|\bttd\b"
            ),
        ),
        (
            PERSON,
            (
                r"\b(ketua|kontak|contact|cp|pic|pj|penanggung ?jawab|pengurus|pimpinan|narahubung"
                r"|pengasuh|petugas|lurah|camat|kader|pendata)\b"
                r"|^nama (lengkap|kk|kepala|penerima|warga|pm|kpm|orang|ibu|ayah|suami|istri|anak"
                r"|anggota|responden|krt|art|pemohon|pengusul|jiwa|penduduk)\b|^nama kepala"
                r"|^(kepala keluarga|penerima|nama penerima( manfaat| bantuan)?|kpm)$"
            ),
        ),
    )
)
_CONTACT: Final = re.compile(
    r"\b(ketua|kontak|contact|cp|pic|pj|penanggung ?jawab|pengurus|pimpinan|narahubung|pengasuh"
    r"|petugas|lurah|camat|kader|pendata|rw|rt)\b"
)
_SEPARATORS: Final = re.compile(r"[\s.\-–'()_/]+")
_DIGITS_16: Final = re.compile(r"\d{16}")
_CITIZEN: Final = re.compile(r"[1-9]\d{5}(?:[04][1-9]|[1256]\d|[37][01])(?:0[1-9]|1[0-2])\d{6}")
_SCIENTIFIC: Final = re.compile(r"\s*[1-9][.,]\d{2,}e\+?15\s*", re.IGNORECASE)
"""What a spreadsheet makes of a number of 16 digits."""
_PHONE: Final = re.compile(r"(?:\+?62|0)?8\d{7,11}|(?:\+?62|0)(?:2\d|[3-7]\d{1,2}|9\d{1,2})\d{6,8}")
_MASKED: Final = re.compile(r"(?:\+?62|0)8\d{1,5}[x*]{3,9}", re.IGNORECASE)
_PLACEHOLDER: Final = re.compile(r"\(.*\)|[-–—.?_…x*]*|n/a|\.+", re.IGNORECASE)
_LONGEST_CELL: Final = 80


def by_heading(heading: str) -> str | None:
    """Return what kind of personal data a column of this (normal) heading holds, if any."""
    if _COUNTED.match(heading):
        return None
    return next((what for what, pattern in _HEADINGS if pattern.search(heading)), None)


def is_contact(heading: str) -> bool:
    """Tell whether a person of this (normal) heading speaks for a place and receives nothing."""
    return _CONTACT.search(heading) is not None


def by_content(cells: Iterable[Cell], *, share: float) -> str | None:
    """Return what the cells of a column are, where so large a part of them is personal data."""
    said = [cell for cell in cells if plain(cell)]
    kinds = [kind for kind in map(of_cell, said) if kind]
    if not kinds or len(kinds) < share * len(said):
        return None
    return max(sorted(set(kinds)), key=kinds.count)


def of_cell(cell: Cell) -> str | None:
    """Return the kind of personal number that is alone in a cell; None for anything else."""
    text = plain(cell)
    if not text or len(text) > _LONGEST_CELL:
        return None
    if "@" in text and "." in text.partition("@")[2]:
        return EMAIL
    if _SCIENTIFIC.fullmatch(text):
        return NIK
    return next((kind for part in re.split(r"[,;|]| / ", text) if (kind := _number(part))), None)


def _number(text: str) -> str | None:
    digits = _SEPARATORS.sub("", text)
    if _DIGITS_16.fullmatch(digits):
        return NIK if _CITIZEN.fullmatch(digits) else FAMILY_CARD
    if _PHONE.fullmatch(digits) or _MASKED.fullmatch(digits):
        return PHONE
    return None


def is_said(cell: Cell) -> bool:
    """Tell whether a cell of a personal column holds more than "-" or "(nama)"."""
    return cell is not None and cell != "" and not _PLACEHOLDER.fullmatch(plain(cell))
