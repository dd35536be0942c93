"""The administrator's page of health."""

from django.urls import path

from vaern.web.screens.health import views

urlpatterns = [path("house/health/", views.see_health, name="see_health")]
