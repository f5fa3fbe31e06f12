from django.urls import URLPattern, URLResolver, include, path, re_path

from ksbb.backoffice import programme_urls
from ksbb.backoffice.views import (
    accounts,
    approvals,
    audit_trail,
    batch,
    batch_files,
    batches,
    board,
    cancel,
    collaborator,
    commitment,
    correct,
    delivery,
    guide,
    hand_over_note,
    history,
    home,
    inbox,
    inbox_item,
    inbox_many,
    lists,
    need,
    permits,
    place,
    plans,
    priority,
    privacy,
    served,
    suggestions,
    target,
    target_contact,
)

app_name = "backoffice"

collaborators = [
    path("", collaborator.collaborator, name="collaborator"),
    path("verifikasi/", collaborator.verify, name="verify"),
    path("tolak/", collaborator.refuse, name="refuse"),
    path("kontak/", collaborator.contact, name="contact"),
    path("izin/", permits.permits, name="permits"),
    path("izin/<int:pk>/tangguhkan/", permits.suspend, name="suspend-permit"),
    path("izin/<int:pk>/pulihkan/", permits.restore, name="restore-permit"),
]

commitments = [
    path("", commitment.commitment, name="commitment"),
    path("terima/", commitment.accept, name="accept"),
    path("tolak/", commitment.reject, name="reject"),
    path("jadwal/", commitment.schedule, name="schedule"),
    path("batal/", cancel.cancel, name="cancel"),
]

deliveries = [
    path("", delivery.delivery, name="delivery"),
    path("serah-terima/", delivery.hand_over, name="hand-over"),
    path("tautan/", hand_over_note.receipt_link, name="receipt-link"),
    path("berita-acara/", hand_over_note.note, name="note"),
    path("koreksi/<int:line_id>/", correct.correct, name="correct"),
    path("koreksi/<int:line_id>/biarkan/", correct.settle, name="settle"),
]

targets = [
    path("", target.target, name="target"),
    path("verifikasi/", target.verify, name="verify-target"),
    path("tolak/", target.refuse, name="refuse-target"),
    path("kontak/", target_contact.contact, name="target-contact"),
    path("ubah-kontak/", target_contact.change, name="change-contact"),
    path("sudah-dilayani/", served.at_place, name="served-at"),
    path("usul-hitungan/", suggestions.new_count, name="suggest-count"),
]

imports = [
    path("", batches.batches, name="batches"),
    path("templat.xlsx", batch_files.empty, name="batch-template"),
    path("sasaran.xlsx", batch_files.standing, name="batch-export"),
    path("<int:pk>/", batch.batch, name="batch"),
    path("<int:pk>/jawab/", batch.answer, name="batch-answer"),
    path("<int:pk>/serahkan/", batch.hand_in, name="batch-hand-in"),
    path("<int:pk>/kembalikan/", batch.send_back, name="batch-send-back"),
    path("<int:pk>/putuskan/", batch.decide, name="batch-decide"),
    path("<int:pk>/putuskan-semua/", batch.decide_all, name="batch-decide-all"),
    path("<int:pk>/tulis/", batch.commit, name="batch-commit"),
    path("<int:pk>/tarik/", batch.undo, name="batch-undo"),
    path("<int:pk>/buang/", batch.discard, name="batch-discard"),
    path("<int:pk>/laporan.csv", batch_files.report, name="batch-report"),
]

desk: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("panduan/", guide.guide, name="guide"),
    path("papan/", board.board, name="board"),
    path("papan/baris/", board.rows, name="board-rows"),
    path("kotak-masuk/", inbox.inbox, name="inbox"),
    path("kotak-masuk/sekaligus/", inbox_many.many, name="inbox-many"),
    path("kotak-masuk/berikut/", inbox_item.following, name="inbox-next"),
    path("kotak-masuk/<slug:kind>/<int:key>/petugas/", inbox_item.assign, name="assign"),
    path("kolaborator/", lists.collaborators, name="collaborators"),
    path("kolaborator/<slug:slug>/", include(collaborators)),
    path("komitmen/", lists.commitments, name="commitments"),
    path("komitmen/<slug:code>/", include(commitments)),
    path("penyaluran/", lists.deliveries, name="deliveries"),
    path("penyaluran/<int:pk>/", include(deliveries)),
    path("sasaran/", lists.targets, name="targets"),
    path("sasaran/baru/", place.new, name="new-place"),
    re_path(r"^sasaran/(?P<code>[0-9A-Za-z.-]{1,24})/", include(targets)),
    path("usulan/", suggestions.suggestions, name="suggestions"),
    path("usulan/tempat/", suggestions.new_place, name="suggest-place"),
    path("usulan/<int:pk>/", suggestions.suggestion, name="suggestion"),
    path("usulan/<int:pk>/terima/", suggestions.accept, name="accept-suggestion"),
    path("usulan/<int:pk>/tolak/", suggestions.refuse, name="refuse-suggestion"),
    path("usulan/<int:pk>/kontak/", suggestions.contact, name="suggestion-contact"),
    path("sudah-dilayani/", served.served, name="served"),
    path("sudah-dilayani/contoh.csv", served.example, name="served-example"),
    path("sudah-dilayani/<int:pk>/tarik/", served.take_one_back, name="take-served-back"),
    path("sudah-dilayani/berkas/<int:pk>/", served.file, name="served-file"),
    path("sudah-dilayani/berkas/<int:pk>/tulis/", served.write, name="write-served"),
    path("sudah-dilayani/berkas/<int:pk>/tarik/", served.undo, name="undo-served"),
    path("kebutuhan/<int:pk>/", need.need, name="need"),
    path("data-pribadi/", privacy.register, name="privacy"),
    path("data-pribadi/dilihat/", privacy.seen_by, name="privacy-looks"),
    path("data-pribadi/orang/", privacy.person, name="person"),
    path("data-pribadi/orang/hapus/", privacy.erase, name="erase-person"),
    path("persetujuan/", approvals.approvals, name="approvals"),
    path("persetujuan/<int:pk>/", approvals.approval, name="approval"),
    path("persetujuan/<int:pk>/setuju/", approvals.confirm, name="confirm-approval"),
    path("persetujuan/<int:pk>/tolak/", approvals.refuse, name="refuse-approval"),
    path("akun/", accounts.accounts, name="accounts"),
    path("akun/<int:pk>/", accounts.account, name="account"),
    path("akun/<int:pk>/setel-ulang/", accounts.reset, name="reset-factors"),
    path("akun/<int:pk>/wilayah/", accounts.post_area, name="post-area"),
    path("akun/<int:pk>/wilayah/lepas/", accounts.recall_area, name="recall-area"),
    path("rencana/", plans.plans, name="plans"),
    path("rencana/terbitkan/", plans.publish_plan, name="publish-plan"),
    path("rencana/kesediaan/", plans.add_offer, name="add-offer"),
    path("rencana/kesediaan/<slug:code>/tarik/", plans.withdraw, name="withdraw-offer"),
    path("prioritas/", priority.priority, name="priority"),
    path("prioritas/aturan/", priority.publish, name="publish-rule"),
    path("prioritas/bekukan/", priority.freeze, name="freeze-list"),
    path("jejak/", audit_trail.entries, name="audit"),
    path("jejak.csv", audit_trail.entries_file, name="audit-csv"),
    path("impor/", include(imports)),
    *programme_urls.desk,
    # The key of a region is its code.
    re_path(
        r"^jejak/(?P<kind>[a-z]+\.[a-z]+)/(?P<key>[0-9.]{1,24})/$", history.history, name="history"
    ),
]

urlpatterns = [path("pokja/", include(desk))]
