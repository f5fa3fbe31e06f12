"""What a column holds, by its heading."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from ksbb.intake import private


class Field(StrEnum):
    """What a column can hold for us."""

    CODE = "code"
    CITY = "city"
    DISTRICT = "district"
    VILLAGE = "village"
    PLACE = "place"
    """Kelurahan and kecamatan in one cell."""
    RW = "rw"
    RT = "rt"
    KK = "kk"
    KK_RENTAN = "kk_rentan"
    RESIDENTS = "residents"
    NAME = "name"
    KIND = "kind"
    ADDRESS = "address"
    POINT = "point"
    LAT = "lat"
    LON = "lon"
    DAY = "day"
    REMARK = "remark"


IGNORE: Final = "ignore"
"""The answer for a column that is of no use, and what known useless headings give."""

PLACES: Final = (Field.CODE, Field.CITY, Field.DISTRICT, Field.VILLAGE, Field.PLACE)
COUNTS: Final = (Field.KK, Field.KK_RENTAN, Field.RESIDENTS)
CORE: Final = {
    *(Field.CODE, Field.VILLAGE, Field.PLACE, Field.RW, Field.KK, Field.KK_RENTAN, Field.NAME),
    Field.RESIDENTS,
}

_MANY: Final = r"(?:jml|jumlah|jlh|jmlh|jum|total|banyak|banyaknya|data|angka)"
_FAMILIES: Final = r"(?:kk|k k|kepala keluarga|keluarga|kpm|rumah tangga|rt)"
_POOR: Final = (
    r"(?:rentan|miskin|terdampak|pra ?sejahtera|kurang mampu|tidak mampu|rawan|gakin|dhuafa"
    r"|membutuhkan|sasaran|prioritas|vulnerable|penerima manfaat|calon penerima|penerima bantuan"
    r"|layak|target)"
)
_PATTERNS: Final = tuple(
    (field, re.compile(pattern))
    for field, pattern in (
        (IGNORE, r"^(no|nomor|no urut|nomor urut|nr|urut|#|id)$"),
        (IGNORE, r"persen|prosentase|rasio|per ?kk$|^%|kebutuhan|bantuan yg|jenis bantuan"),
        (
            IGNORE,
            (
                rf"^{_MANY}? ?(rt|rw|rt rw|laki laki|perempuan|pria|wanita|lk|pr|l|p)$(?<!^rw)"
                r"(?<!^rt)(?<!^rt rw)"
            ),
        ),
        (
            Field.CODE,
            (
                r"^(kode|kd|id) (wilayah|kel|kelurahan|desa|kemendagri|bps|daerah|wil|area|rw"
                r"|administrasi|kemdagri|permendagri|kelurahan desa|desa kelurahan|adm)\b"
                r"|^(kode|code|kodewilayah|kode kel kec|kodekel|kdkel)$"
            ),
        ),
        (IGNORE, r"^(kode|kd|id) (kec|kecamatan|kota|kab|prov|provinsi|pos)|^kodepos$"),
        (Field.PLACE, r"^(nama )?(kel|kelurahan|desa)( desa)?( dan| atau)? (kec|kecamatan)$"),
        (
            Field.VILLAGE,
            (
                r"^(nama )?(kel|kelurahan|desa|kel desa|desa kel|kelurahan desa"
                r"|desa kelurahan|village|ds kel|kel ds)$"
            ),
        ),
        (Field.DISTRICT, r"^(nama )?(kec|kecamatan|district|kcmtn)$"),
        (
            Field.CITY,
            (
                r"^(nama )?(kota|kabupaten|kab|kab kota|kota kab|kabupaten kota"
                r"|kota kabupaten|kotamadya|kota adm|kota administrasi|wilayah kota|city"
                r"|kota adm kab adm|kota administrasi kabupaten administrasi)$|^wilayah$"
            ),
        ),
        (Field.RT, r"^(no |nomor |nama )?rt$|^rukun tetangga$"),
        (
            Field.RW,
            (
                r"^(no |nomor |nama )?(rw|r w|rukun warga|rt rw|rt dan rw|rw rt)$"
                r"|^(lokasi|wilayah) rw$|^rw (no|nomor|prioritas|rentan|sasaran)$"
            ),
        ),
        (
            Field.KK_RENTAN,
            (
                rf"^({_MANY} )?({_FAMILIES} )?(yang |yg |ter)?{_POOR}"
                rf"( {_FAMILIES}| {_MANY}| covid 19| covid| kk| terdampak| miskin)*$"
                rf"(?<!^prioritas)(?<!^sasaran)(?<!^target)(?<!^penerima manfaat)"
            ),
        ),
        (Field.KK_RENTAN, rf"\bkk\b.*{_POOR}|{_POOR}.*\b(kk|families|households)\b"),
        (
            Field.KK,
            (
                rf"^({_MANY} )?(kk|k k|kepala keluarga|keluarga)"
                rf"( {_MANY}| seluruh\w*| semua\w*| keseluruhan| kepala keluarga| l p| terdata"
                r"| rw)?$"
                r"|^(seluruh|semua) kk$|^(total )?(families|households)$"
            ),
        ),
        (
            Field.RESIDENTS,
            (
                rf"^({_MANY} )?(penghuni|santri|jiwa|penduduk|warga binaan|anak|anak asuh"
                r"|lansia|orang|wbs|klien|warga|residents|santriwan santriwati"
                r"|pedagang|siswa|pelajar|murid|peserta|pekerja"
                r"|penghuni panti|warga panti|anggota|binaan)( jiwa| orang| org)?$"
            ),
        ),
        (
            Field.KIND,
            (
                r"^(jenis|tipe|type|kategori)( (lembaga|panti|sasaran|tempat|target|lks"
                r"|layanan|instansi|pmks))?$"
            ),
        ),
        (
            Field.NAME,
            (
                r"^(nama )?(lembaga|panti|pesantren|ponpes|yayasan|lks|lksa|instansi|tempat"
                r"|institusi|pondok pesantren|panti asuhan|panti pesantren|lembaga panti"
                r"|panti yayasan|lokbin|sekolah|umkm|sasaran|lokasi sasaran|organisasi)"
                r"( panti| lembaga| yayasan)?$"
            ),
        ),
        (Field.ADDRESS, r"^(alamat|jalan|address)\b|^lokasi$"),
        (Field.LAT, r"^(lat|latitude|lintang|y|garis lintang|koordinat (y|lat|lintang))$"),
        (Field.LON, r"^(lon|long|lng|longitude|bujur|x|garis bujur|koordinat (x|lon|long|bujur))$"),
        (Field.POINT, r"koordinat|koord\b|titik|lat ?long?|lat ?lng|\bgps\b|google ?map|^maps?$"),
        (
            Field.DAY,
            (
                r"^(update|up date|tgl|tanggal|per tanggal|per tgl|waktu|periode|as of)"
                r"( (terakhir|data|update|pendataan|input|laporan|pemutakhiran))?$"
                r"|^(last update|data per|terakhir update|diperbarui|mutakhir)$"
            ),
        ),
        (Field.REMARK, r"^(ket|keterangan|catatan|remarks?|note|notes|status|info)\b"),
    )
)


def field_of(heading: str) -> Field | str | None:
    """Return the field of a (normal) heading, "ignore" for a useless one, None if unknown."""
    return next((field for field, pattern in _PATTERNS if pattern.search(heading)), None)


def meaning(heading: str) -> tuple[Field | str | None, str | None]:
    """Return field and kind of personal data of a (normal) heading; at most one of them."""
    field = field_of(heading)
    if field is None or field == IGNORE:
        what = private.by_heading(heading)
        return (None, what) if what else (field, None)
    return field, None
