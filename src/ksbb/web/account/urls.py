from django.urls import path

from ksbb.web.account.views import code, email, factor, home, letters, passkeys, recent, sessions

app_name = "account"

urlpatterns = [
    path("", home.home, name="home"),
    path("surel/", email.email, name="email"),
    path("kode/", code.code, name="code"),
    path("pastikan/", recent.again, name="again"),
    path("faktor/", factor.factor, name="factor"),
    path("faktor/aplikasi/", factor.app, name="factor-app"),
    path("faktor/pulih/", factor.codes, name="factor-codes"),
    path("faktor/lepas/", factor.remove, name="factor-remove"),
    path("surat/", letters.letters, name="letters"),
    path("sesi/", sessions.sessions, name="sessions"),
    path("kunci/", passkeys.passkeys, name="passkeys"),
    path("kunci/tambah/", passkeys.add, name="passkey-add"),
    path("kunci/masuk/", passkeys.login, name="passkey-login"),
    path("kunci/<int:key>/hapus/", passkeys.remove, name="passkey-remove"),
]
