"""Where programmes are set up."""

from django.urls import URLPattern, URLResolver, include, path

from ksbb.backoffice.views.programmes import parts, programme, steps

one = [
    path("", programme.programme, name="programme"),
    path("nama/", programme.identity, name="programme-identity"),
    path("hari/", programme.days, name="programme-days"),
    path("setelan/", programme.settings, name="programme-settings"),
    path("siaran-pers/", programme.release, name="programme-release"),
    path("jenis-tempat/", programme.kinds, name="programme-kinds"),
    path("dua-petugas/", programme.marks, name="programme-marks"),
    path("fase/baru/", parts.new_phase, name="new-phase"),
    path("fase/<int:number>/", parts.phase, name="phase"),
    path("fase/<int:number>/hapus/", parts.drop_phase, name="remove-phase"),
    path("bantuan/baru/", parts.new_aid_type, name="new-aid-type"),
    path("bantuan/<slug:kind>/", parts.aid_type, name="aid-type"),
    path("bantuan/<slug:kind>/hapus/", parts.drop_aid_type, name="remove-aid-type"),
    path("aturan/baru/", parts.new_rule, name="new-rule"),
    path("aturan/<int:pk>/", steps.rule, name="rule"),
    path("aturan/<int:pk>/hapus/", parts.drop_rule, name="remove-rule"),
    path("kebutuhan/", steps.needs, name="programme-needs"),
    path("terbitkan/", steps.open_it, name="publish-programme"),
    path("tutup/", steps.close, name="close-programme"),
    path("buka/", steps.reopen, name="reopen-programme"),
]

desk: list[URLPattern | URLResolver] = [
    path("program/", programme.programmes, name="programmes"),
    path("program/baru/", programme.create, name="new-programme"),
    path("program/<slug:slug>/", include(one)),
    path("jenis-tempat/baru/", parts.new_kind, name="new-kind"),
    path("jenis-tempat/<slug:slug>/", parts.kind, name="kind"),
]
