from django.urls import path

from vaern.web.screens.privacy_guide import views

urlpatterns = [path("privacy_guide/", views.read_privacy_guide, name="read_privacy_guide")]
