"""Watches of a case: the list, beginning one, and what is done to one."""

from django.urls import path

from vaern.web.screens.takedown import views

urlpatterns = [
    path("case/<uuid:case>/watches/", views.see_watches, name="see_watches"),
    path("case/<uuid:case>/start_watch/", views.start_watch, name="start_watch"),
    path("case/<uuid:case>/watches/<uuid:watch>/look/", views.look_at_post, name="look_at_post"),
    path("case/<uuid:case>/watches/<uuid:watch>/end/", views.end_watch, name="end_watch"),
]
