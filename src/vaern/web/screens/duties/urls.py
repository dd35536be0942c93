"""My duties, and the page of one duty."""

from django.urls import path

from vaern.web.screens.duties import views

urlpatterns = [
    path("duties/", views.see_my_duties, name="see_my_duties"),
    path("case/<uuid:case>/duty/<str:duty>/", views.fulfil_duty, name="fulfil_duty"),
]
