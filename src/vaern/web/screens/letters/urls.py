"""The letters of a case: list, one letter, and one address for each thing done to it."""

from django.urls import path

from vaern.web.screens.letters import acts, views

urlpatterns = [
    path("case/<uuid:case>/letters/", views.see_letters, name="see_letters"),
    path("case/<uuid:case>/draft_letter/", views.draft_letter, name="draft_letter"),
    path("case/<uuid:case>/letters/<uuid:letter>/", views.see_letter, name="see_letter"),
    path("case/<uuid:case>/letters/<uuid:letter>/write/", views.write_letter, name="write_letter"),
    path("case/<uuid:case>/letters/<uuid:letter>/download/", acts.download_letter, name="download_letter"),
    path("case/<uuid:case>/letters/<uuid:letter>/approve/", acts.approve_letter, name="approve_letter"),
    path("case/<uuid:case>/letters/<uuid:letter>/reopen/", acts.reopen_letter, name="reopen_letter"),
    path("case/<uuid:case>/letters/<uuid:letter>/send/", acts.send_letter, name="send_letter"),
    path("case/<uuid:case>/letters/<uuid:letter>/confirm/", acts.confirm_letter, name="confirm_letter"),
]
