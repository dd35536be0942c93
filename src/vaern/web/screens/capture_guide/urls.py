from django.urls import path

from vaern.web.screens.capture_guide import views

urlpatterns = [path("capture_guide/", views.read_capture_guide, name="read_capture_guide")]
