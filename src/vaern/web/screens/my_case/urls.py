from django.urls import path

from vaern.web.screens.my_case import views

urlpatterns = [
    path("case/<uuid:case>/mine/", views.see_my_case, name="see_my_case"),
    path("case/<uuid:case>/add_account/", views.add_account, name="add_account"),
    path("case/<uuid:case>/say_needs/", views.say_needs, name="say_needs"),
    path("case/<uuid:case>/give_consent/", views.give_consent, name="give_consent"),
    path("case/<uuid:case>/openings/", views.see_openings, name="see_openings"),
]
