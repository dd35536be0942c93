from django.urls import path

from vaern.web.screens.report import views

urlpatterns = [
    path("report/start/", views.start_report, name="start_report"),
    path("report/<uuid:draft>/send/", views.send_report, name="send_report"),
    path("report/<uuid:draft>/discard/", views.discard_report, name="discard_report"),
    path("report/<uuid:draft>/<slug:step>/", views.write_report, name="write_report"),
]
