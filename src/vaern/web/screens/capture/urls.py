from django.urls import path

from vaern.web.screens.capture import views

urlpatterns = [path("case/<uuid:case>/capture_page/", views.capture_page, name="capture_page")]
