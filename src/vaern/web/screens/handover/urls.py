"""Handovers of a case: list, begin, one sheet, and one address for each thing done to it."""

from django.urls import path

from vaern.web.screens.handover import acts, views

_ONE = "case/<uuid:case>/handovers/<uuid:handover>/"

urlpatterns = [
    path("case/<uuid:case>/handovers/", views.see_handovers, name="see_handovers"),
    path("case/<uuid:case>/start_handover/", views.start_handover, name="start_handover"),
    path(_ONE, views.see_handover, name="see_handover"),
    path(f"{_ONE}fill/", views.fill_handover, name="fill_handover"),
    path(f"{_ONE}download/", acts.download_handover, name="download_handover"),
    path(f"{_ONE}send/", acts.send_handover, name="send_handover"),
    path(f"{_ONE}halfway/", acts.keep_halfway, name="keep_halfway"),
    path(f"{_ONE}follow_up/", acts.follow_up_handover, name="follow_up_handover"),
    path(f"{_ONE}confirm/", acts.confirm_handover, name="confirm_handover"),
]
