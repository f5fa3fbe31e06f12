"""Invented names. They are put together from odd pairs so that they name nobody real."""

from __future__ import annotations

from typing import Final

HOMES: Final = (
    "Beranda", "Dangau", "Gubuk", "Halaman", "Jembatan", "Kebun", "Layar", "Menara", "Naungan",
    "Pelita", "Perahu", "Saung", "Serambi", "Taman", "Telaga",
)  # fmt: skip
"""First word of an institution's name."""

WONDERS: Final = (
    "Angin Selasa", "Awan Bersusun", "Bambu Tujuh", "Embun Ketiga", "Gerimis Sore",
    "Jambu Merona", "Kunang Berbaris", "Langit Belimbing", "Layang Kertas", "Pagi Kesembilan",
    "Pelangi Dua Kali", "Rembulan Kotak", "Sawo Bersisik", "Senja Mengkudu", "Ujung Cakrawala",
)  # fmt: skip
"""The rest of an institution's name."""

TRADES: Final = (
    "Boga", "Cipta", "Dagang", "Griya", "Kargo", "Karya", "Logistik", "Niaga", "Pangan", "Sandang",
    "Tirta", "Wahana",
)  # fmt: skip
"""What an invented company deals in."""

BRANDS: Final = (
    "Bukit Layangan", "Delapan Sendok", "Gajah Menguap", "Kancil Berkaca", "Kelapa Miring",
    "Lima Belas Jendela", "Payung Jingga", "Pintu Rotan", "Roda Bambu", "Sepeda Biru Laut",
    "Tiga Teko", "Topi Pandan",
)  # fmt: skip
"""The fancy part of an invented company's name."""

CIRCLES: Final = (
    "Ikatan Alumni Angkatan", "Komunitas Dapur", "Komunitas Sepeda", "Paguyuban Warga",
    "Perkumpulan Pencinta", "Majelis Sahabat", "Himpunan Pengrajin", "Serikat Pedagang",
)  # fmt: skip
"""First words of an invented community."""

FANCIES: Final = (
    "Bintang Kertas", "Burung Senja", "Kembang Sepatu Ungu", "Kopi Tubruk Pagi", "Lampu Minyak",
    "Perahu Karet", "Teh Serai", "Wayang Kardus",
)  # fmt: skip
"""The rest of an invented community's name."""

FIRST_NAMES: Final = (
    "Arum", "Banyu", "Cempaka", "Damar", "Embun", "Gending", "Hujan", "Jingga", "Kenari", "Laras",
    "Mentari", "Nilam", "Palupi", "Rembulan", "Sekar", "Tirta",
)  # fmt: skip
LAST_NAMES: Final = (
    "Contohnya", "Permisalan", "Umpama", "Andaian", "Perumpamaan", "Ibarat", "Seumpama", "Misalnya",
)  # fmt: skip
"""Every person of the scenario bears a surname that means "for example"."""

REJECTIONS: Final = (
    "Kontak yang dicantumkan tidak dapat dihubungi.",
    "Komitmen ganda dengan formulir yang dikirim pada hari yang sama.",
    "Isi paket tidak sesuai dengan jenis bantuan yang dipilih.",
    "Masa simpan barang terlalu dekat.",
)
CANCELLATIONS: Final = (
    "Pemasok tidak dapat memenuhi pesanan tepat waktu.",
    "Kegiatan dibatalkan oleh kolaborator.",
    "Bantuan dialihkan ke wilayah lain di luar program.",
    "Kendaraan pengangkut tidak tersedia pada tanggal yang disepakati.",
)
REDUCTIONS: Final = (
    "Jumlah barang yang terkumpul lebih sedikit daripada rencana.",
    "Sebagian paket rusak di gudang.",
    "Anggaran berkurang; sisa komitmen tetap disalurkan.",
)
LEFT_TO_OTHERS: Final = REDUCTIONS[:2]
"""What is given back for these reasons is offered to whoever can bring it."""

WITHDRAWALS: Final = (
    "Paket Lebaran ditarik: pemesanan massal batal karena pemasok tutup.",
    "Salah jenis bantuan: isian paket Lebaran sebenarnya bukan untuk program ini.",
)
CORRECTIONS: Final = (
    "Salah hitung saat serah terima; jumlah disesuaikan dengan tanda terima.",
    "Dus yang rusak ditarik kembali sebelum dibagikan.",
)
SHORT_RECEIPTS: Final = {
    "Jumlah dus saat dihitung ulang lebih sedikit.": "GOOD",
    "Beberapa paket basah terkena hujan dan tidak kami bagikan.": "DAMAGED",
    "Beberapa karung beras sobek dan dibawa kembali.": "DAMAGED",
}
"""What a receiver says of packages that are missing, and the condition it ticks."""
