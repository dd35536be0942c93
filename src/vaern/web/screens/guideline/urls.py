from django.urls import path

from vaern.web.screens.guideline import views

urlpatterns = [path("guideline/", views.read_guideline, name="read_guideline")]
