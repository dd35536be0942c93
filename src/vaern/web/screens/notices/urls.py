"""One's own notices, and one's deadlines as a calendar."""

from django.urls import path

from vaern.web.screens.notices import calendar_views, views

urlpatterns = [
    path("notices/", views.see_notices, name="see_notices"),
    path("calendar/", calendar_views.keep_calendar, name="keep_calendar"),
    path("calendar/close/", calendar_views.close_calendar, name="close_calendar"),
    path("calendar/<str:secret>/deadlines.ics", calendar_views.read_calendar, name="read_calendar"),
]
