"""At the root, without a language."""

from django.urls import path

from ksbb.portal.finding import robots, sitemap

urlpatterns = [
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap-halaman.xml", sitemap.pages, name="sitemap-pages"),
    path("sitemap-kolaborator.xml", sitemap.givers, name="sitemap-givers"),
    path("sitemap-sasaran-<int:number>.xml", sitemap.places, name="sitemap-places"),
]
