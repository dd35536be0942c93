"""Login, the own profile, and the administrator's house. Of the login library only what is named here is served;
the names are the library's own where it looks them up."""

from django.urls import path

from vaern.web.screens.people import (
    house_views,
    import_views,
    login_views,
    post_views,
    profile_views,
    unit_views,
)

_LOGIN = [
    path("log_in/", login_views.log_in, name="account_login"),
    path("log_in/code/", login_views.give_code, name="mfa_authenticate"),
    path("log_in/inactive/", login_views.inactive, name="account_inactive"),
    path("log_in/link/", login_views.use_link, name="use_link"),
    path("log_in/link/<int:user_id>/<str:secret>/", login_views.open_link, name="open_link"),
    path("log_out/", login_views.log_out, name="account_logout"),
]
_ME = [
    path("me/", profile_views.keep_profile, name="mfa_index"),
    path("me/", profile_views.keep_profile, name="keep_profile"),
    path("me/set_absence/", profile_views.set_my_absence, name="set_my_absence"),
    path("me/end_absence/<int:absence_id>/", profile_views.end_my_absence, name="end_my_absence"),
    path("me/set_deputy/<int:post_id>/", profile_views.set_my_deputy, name="set_my_deputy"),
    path("me/end_deputy/<int:deputy_id>/", profile_views.end_my_deputy, name="end_my_deputy"),
    path("me/change_password/", login_views.change_password, name="account_change_password"),
    path("me/reauthenticate/", login_views.reauthenticate, name="account_reauthenticate"),
    path("me/reauthenticate/code/", login_views.give_code_again, name="mfa_reauthenticate"),
    path("me/set_second_factor/", login_views.set_second_factor, name="mfa_activate_totp"),
    path("me/remove_second_factor/", login_views.remove_second_factor, name="mfa_deactivate_totp"),
    path("me/recovery_codes/", login_views.see_recovery_codes, name="mfa_view_recovery_codes"),
    path("me/make_recovery_codes/", login_views.make_recovery_codes, name="mfa_generate_recovery_codes"),
]
_HOUSE = [
    path("house/people/", house_views.manage_people, name="manage_people"),
    path("house/people/create_user/", house_views.create_user, name="create_user"),
    path("house/people/import_people/", import_views.import_people, name="import_people"),
    path("house/people/<int:user_id>/", house_views.see_person, name="see_person"),
    path("house/people/<int:user_id>/change_user/", house_views.change_user, name="change_user"),
    path("house/people/<int:user_id>/deactivate_user/", house_views.deactivate_user, name="deactivate_user"),
    path("house/people/<int:user_id>/activate_user/", house_views.activate_user, name="activate_user"),
    path("house/people/<int:user_id>/issue_link/", house_views.issue_link, name="issue_link"),
    path(
        "house/people/<int:user_id>/reset_second_factor/",
        house_views.reset_second_factor,
        name="reset_second_factor",
    ),
    path("house/people/<int:user_id>/give_post/", post_views.give_post, name="give_post"),
    path("house/people/<int:user_id>/set_absence/", post_views.set_absence, name="set_absence"),
    path("house/people/<int:user_id>/end_absence/<int:absence_id>/", post_views.end_absence, name="end_absence"),
    path("house/people/<int:user_id>/end_deputy/<int:deputy_id>/", post_views.end_deputy, name="end_deputy"),
    path("house/posts/<int:post_id>/end_post/", post_views.end_post, name="end_post"),
    path("house/posts/<int:post_id>/set_deputy/", post_views.set_deputy, name="set_deputy"),
    path("house/units/", unit_views.manage_units, name="manage_units"),
    path("house/units/create_unit/", unit_views.create_unit, name="create_unit"),
    path("house/units/<int:unit_id>/change_unit/", unit_views.change_unit, name="change_unit"),
]
urlpatterns = [*_LOGIN, *_ME, *_HOUSE]
