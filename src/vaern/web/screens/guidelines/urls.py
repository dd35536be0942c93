from django.urls import path

from vaern.web.screens.guidelines import views

urlpatterns = [
    path("house/guidelines/", views.manage_guidelines, name="manage_guidelines"),
    path("house/guidelines/adopt/", views.adopt_guideline, name="adopt_guideline"),
]
