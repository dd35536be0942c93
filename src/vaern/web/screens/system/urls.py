from django.urls import path

from vaern.web.screens.system import views

urlpatterns = [
    path("health/", views.check_health, name="check_health"),
    path("language/", views.choose_language, name="choose_language"),
    path("statement/", views.read_statement, name="read_statement"),
]
