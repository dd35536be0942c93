"""What an outsider may read: the list, making and closing one, and the outsider's own address."""

from django.urls import path

from vaern.web.screens.referral import views

urlpatterns = [
    path("case/<uuid:case>/referrals/", views.see_referrals, name="see_referrals"),
    path("case/<uuid:case>/make_referral/", views.make_referral, name="make_referral"),
    path("case/<uuid:case>/referrals/<uuid:referral>/revoke/", views.revoke_referral, name="revoke_referral"),
    path("referral/<str:secret>/", views.read_referral, name="read_referral"),
]
