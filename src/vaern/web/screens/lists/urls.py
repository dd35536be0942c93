"""Lists across cases."""

from django.urls import path

from vaern.web.screens.lists import views

urlpatterns = [
    path("cases/", views.list_cases, name="list_cases"),
    path("inbox/", views.see_inbox, name="see_inbox"),
]
