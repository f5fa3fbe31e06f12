"""Included by the portal's addresses, whose names these share."""

from django.urls import include, path

from ksbb.portal.views.funds import (
    aggregators,
    bank,
    close,
    declare,
    desk,
    gift,
    mending,
    receipt,
    spending,
    statement,
)

book = [
    path("", desk.desk, name="book"),
    path("pemberian/<str:code>/", desk.decide, name="book-gift"),
    path("pemberian/<str:code>/terima/", desk.confirm, name="book-confirm"),
    path("pemberian/<str:code>/tolak/", desk.refuse, name="book-refuse"),
    path("bank/", bank.bank, name="book-bank"),
    path("bank/<int:row_id>/", bank.row, name="book-bank-row"),
    path("bank/<int:row_id>/cocok/", bank.match, name="book-bank-match"),
    path("bank/<int:row_id>/bagi/", bank.split, name="book-bank-split"),
    path("bank/<int:row_id>/tarik/", bank.take_back, name="book-bank-take-back"),
    path("bank/<int:row_id>/bukan/", bank.set_apart, name="book-bank-apart"),
    path("tutup/", close.close, name="book-close"),
    path("laporan/", statement.statement, name="book-statement"),
    path("laporan.xlsx", statement.as_xlsx, name="book-statement-xlsx"),
    path("laporan.pdf", statement.as_pdf, name="book-statement-pdf"),
    path("pemberian/<str:code>/perbaiki/", mending.amend, name="book-amend"),
    path("batalkan/", mending.take_back, name="book-take-back"),
    path("sisihkan/", mending.set_aside, name="book-set-aside"),
    path("beli/", spending.buy, name="book-buy"),
    path("biaya/", spending.cost, name="book-cost"),
    path("persediaan/<int:lot_id>/", spending.lose, name="book-lose"),
    path("salurkan/", spending.share_out, name="book-share-out"),
]

urlpatterns = [
    path("dana/", aggregators.aggregators, name="funds"),
    path("dana.csv", aggregators.as_csv, name="funds-csv"),
    path("dana.xlsx", aggregators.as_xlsx, name="funds-xlsx"),
    path("dana/beri/", declare.declare, name="give-money"),
    path("dana/<slug:slug>.csv", aggregators.as_csv, name="aggregator-csv"),
    path("dana/<slug:slug>.xlsx", aggregators.as_xlsx, name="aggregator-xlsx"),
    path("dana/<slug:slug>/", aggregators.aggregator, name="aggregator"),
    path("pemberian/<str:code>/", gift.gift, name="gift"),
    path("pemberian/<str:code>/sasaran.csv", gift.as_csv, name="gift-csv"),
    path("pemberian/<str:code>/bukti/", gift.receipt, name="gift-receipt"),
    path("pemberian/<str:code>/tanda-terima.pdf", receipt.as_pdf, name="gift-receipt-pdf"),
    path("pemberian/<str:code>/bukti-transfer/", gift.proof, name="gift-proof"),
    path("pemberian/<str:code>/qr.svg", gift.qr, name="gift-qr"),
    path("saya/agregator/<slug:slug>/", include(book)),
]
