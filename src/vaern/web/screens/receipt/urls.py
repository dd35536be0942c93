from django.urls import path

from vaern.web.screens.receipt import views

urlpatterns = [path("case/<uuid:case>/receipt/", views.see_receipt, name="see_receipt")]
