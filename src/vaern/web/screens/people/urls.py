"""Login, the own profile, and the administrator's house. Of the login library only what is named here is served;
the names are the library's own where it looks them up."""

from django.urls import path

from vaern.web.screens.people import login_views

urlpatterns = [
    path("log_in/", login_views.log_in, name="account_login"),
    path("log_in/code/", login_views.give_code, name="mfa_authenticate"),
    path("log_in/inactive/", login_views.inactive, name="account_inactive"),
    path("log_in/link/", login_views.use_link, name="use_link"),
    path("log_in/link/<int:user_id>/<str:secret>/", login_views.open_link, name="open_link"),
    path("log_out/", login_views.log_out, name="account_logout"),
    path("me/change_password/", login_views.change_password, name="account_change_password"),
    path("me/reauthenticate/", login_views.reauthenticate, name="account_reauthenticate"),
    path("me/reauthenticate/code/", login_views.give_code_again, name="mfa_reauthenticate"),
    path("me/set_second_factor/", login_views.set_second_factor, name="mfa_activate_totp"),
    path("me/remove_second_factor/", login_views.remove_second_factor, name="mfa_deactivate_totp"),
    path("me/recovery_codes/", login_views.see_recovery_codes, name="mfa_view_recovery_codes"),
    path("me/make_recovery_codes/", login_views.make_recovery_codes, name="mfa_generate_recovery_codes"),
]
