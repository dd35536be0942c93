"""Handing evidence out: asking for a bundle, the list of those made, and taking one."""

from django.urls import path

from vaern.web.screens.bundle import views

urlpatterns = [
    path("case/<uuid:case>/bundles/", views.see_bundles, name="see_bundles"),
    path("case/<uuid:case>/make_bundle/", views.make_bundle, name="make_bundle"),
    path("case/<uuid:case>/bundles/<uuid:bundle>/download/", views.download_bundle, name="download_bundle"),
]
