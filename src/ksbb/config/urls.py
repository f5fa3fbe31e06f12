"""Which door answers which address; English stands under /en/, Indonesian without prefix."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from ksbb.config import health
from ksbb.web import errors, login
from ksbb.web.install.worker import worker

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.failure

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("sw.js", worker, name="worker"),
    path("", include("ksbb.portal.finding.urls")),
    path("admin/login/", login.administration),
    path("admin/", admin.site.urls),
    # Without a language in its address: a program says by a header what it speaks.
    path("api/v1/", include("ksbb.api.urls")),
    *i18n_patterns(
        path("masuk/", login.login, name="login"),
        path("keluar/", login.logout, name="logout"),
        path("akun/", include("ksbb.web.account.urls")),
        path("", include("ksbb.web.install.urls")),
        path("", include("ksbb.backoffice.urls")),
        path("", include("ksbb.portal.urls")),
        prefix_default_language=False,
    ),
]
