"""One case: its page, and what may be done on it."""

from django.urls import path

from vaern.web.screens.case import acts, conversation, ending, people, status, views

urlpatterns = [
    path("case/<uuid:case>/", views.see_case, name="see_case"),
    path("case/<uuid:case>/timeline/", views.see_timeline, name="see_timeline"),
    path("case/<uuid:case>/write_message/", acts.write_message, name="write_message"),
    path("case/<uuid:case>/write_note/", acts.write_note, name="write_note"),
    path("case/<uuid:case>/note_conversation/", conversation.note_conversation, name="note_conversation"),
    path("case/<uuid:case>/note_facts/", acts.note_facts, name="note_facts"),
    path("case/<uuid:case>/bring_in/", people.bring_in, name="bring_in"),
    path("case/<uuid:case>/name_affected/", people.name_affected, name="name_affected"),
    path("case/<uuid:case>/unname_affected/", people.unname_affected, name="unname_affected"),
    path("case/<uuid:case>/shut_out/", people.shut_out, name="shut_out"),
    path("case/<uuid:case>/take_out/", people.take_out, name="take_out"),
    path("case/<uuid:case>/close/", ending.close_case, name="close_case"),
    path("case/<uuid:case>/reopen/", ending.reopen_case, name="reopen_case"),
    path("case/<uuid:case>/status/", status.see_status, name="see_status"),
    path("case/<uuid:case>/step_in/", status.step_in, name="step_in"),
]
