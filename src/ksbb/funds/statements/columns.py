"""What a column of a bank's list holds, by its heading in Indonesian or English."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ksbb.shared.text import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

_PATTERNS: Final = {
    "day": r"(tanggal|tgl)( transaksi| txn| tran| trx| mutasi| posting| pembukuan| efektif)?"
    r"|(transaction |posting |post |booking |trx |value )?date|waktu( transaksi)?|date time",
    "debit": r"(mutasi |nilai |jumlah )?(debit|debet|db)( amount)?|(uang |dana )?keluar"
    r"|withdrawals?|penarikan|pengeluaran",
    "credit": r"(mutasi |nilai |jumlah )?(kredit|credit|cr)( amount)?|(uang |dana )?masuk"
    r"|deposits?|setoran|penerimaan",
    "amount": r"(jumlah|nominal|nilai|amount|mutasi)( transaksi| mutasi| uang| transaction)?"
    r"|transaction amount",
    "mark": r"(db|d|debit|debet) ?(cr|c|k|kredit|credit)|(cr|c|k|kredit|credit) ?(db|d|debit|debet)"
    r"|(tipe|type|jenis|kode)( transaksi| mutasi)?|transaction type",
    "balance": r"saldo( akhir| berjalan| setelah transaksi| akhir mutasi)?"
    r"|(running |ending |closing |ledger |available )?balance",
    "currency": r"(kode )?mata uang|currency|ccy|valuta",
    "text": r"(keterangan|uraian|deskripsi|berita|catatan|rincian)( transaksi| mutasi| tambahan)?"
    r"|(transaction |additional )?(description|desc|remarks?|details?|narrative)"
    r"|desk tran|(no |nomor )?(ref|referensi|reference|jurnal|journal)( no| number)?"
    r"|nama( pengirim| pengirim penerima)?|pengirim",
}
_COMPILED: Final = {name: re.compile(pattern) for name, pattern in _PATTERNS.items()}
_UNIT: Final = re.compile(r" (rp|idr|dalam rupiah)$")


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Places of columns, from 0; -1 for one that is not there."""

    day: int
    debit: int
    credit: int
    amount: int
    mark: int
    balance: int
    currency: int
    text: tuple[int, ...]


def columns_of(headings: Sequence[str]) -> Columns | None:
    """Return where everything stands; None for a line that is no line of headings."""
    names = [_name_of(heading) for heading in headings]
    at = {name: names.index(name) if name in names else -1 for name in _PATTERNS}
    has_amounts = (at["debit"] >= 0 and at["credit"] >= 0) or at["amount"] >= 0
    if at["day"] < 0 or not has_amounts:
        return None
    beside = at["amount"] + 1
    if at["amount"] >= 0 and at["mark"] < 0 and beside < len(names) and not headings[beside]:
        # BCA leaves the heading over CR and DB empty.
        at["mark"] = beside
    texts = tuple(place for place, name in enumerate(names) if name == "text")
    return Columns(**{name: place for name, place in at.items() if name != "text"}, text=texts)


def _name_of(heading: str) -> str:
    words = _UNIT.sub("", normalise(heading))
    return next((name for name, one in _COMPILED.items() if one.fullmatch(words)), "")
