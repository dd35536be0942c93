"""All addresses: what the screens offer. Nothing else is served."""

from django.urls import include, path

urlpatterns = [path("", include("vaern.web.urls"))]
handler400 = "vaern.web.errors.bad_request"
handler403 = "vaern.web.errors.forbidden"
handler404 = "vaern.web.errors.not_found"
handler500 = "vaern.web.errors.server_error"
