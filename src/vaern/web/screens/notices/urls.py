"""One's own notices."""

from django.urls import path

from vaern.web.screens.notices import views

urlpatterns = [path("notices/", views.see_notices, name="see_notices")]
