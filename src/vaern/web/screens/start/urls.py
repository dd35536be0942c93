from django.urls import path

from vaern.web.screens.start import views

urlpatterns = [path("", views.start, name="start")]
