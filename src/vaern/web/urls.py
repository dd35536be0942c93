"""One line for each screen."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("vaern.web.screens.capture_guide.urls")),
    path("", include("vaern.web.screens.privacy_guide.urls")),
    path("", include("vaern.web.screens.capture.urls")),
    path("", include("vaern.web.screens.bundle.urls")),
    path("", include("vaern.web.screens.case.urls")),
    path("", include("vaern.web.screens.duties.urls")),
    path("", include("vaern.web.screens.evidence.urls")),
    path("", include("vaern.web.screens.guideline.urls")),
    path("", include("vaern.web.screens.guidelines.urls")),
    path("", include("vaern.web.screens.health.urls")),
    path("", include("vaern.web.screens.letters.urls")),
    path("", include("vaern.web.screens.handover.urls")),
    path("", include("vaern.web.screens.takedown.urls")),
    path("", include("vaern.web.screens.referral.urls")),
    path("", include("vaern.web.screens.lists.urls")),
    path("", include("vaern.web.screens.my_case.urls")),
    path("", include("vaern.web.screens.notices.urls")),
    path("", include("vaern.web.screens.people.urls")),
    path("", include("vaern.web.screens.receipt.urls")),
    path("", include("vaern.web.screens.report.urls")),
    path("", include("vaern.web.screens.start.urls")),
    path("", include("vaern.web.screens.system.urls")),
]
