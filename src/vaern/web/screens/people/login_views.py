"""The few pages of the login library we offer, each behind its door, and the one-time link."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vaern.core.refusal import Unseen
from vaern.people import service
from vaern.web.doors import door
from vaern.web.screens.people import login_forms as forms

LINK = "one_time_link"


def _at(act: str, view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page of the library behind a door of ours. A new function: the library's own stays as it is."""

    @wraps(view)
    def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    return door(act)(enter)


def _view(cls: Any, template: str, form: Any = None) -> Callable[..., HttpResponseBase]:
    shown: Callable[..., HttpResponseBase] = cls.as_view(
        template_name=template, **({"form_class": form} if form else {})
    )
    return shown


log_in = _at("log_in", _view(account.LoginView, "account/log_in.html", forms.LoginForm))
give_code = _at("log_in", _view(mfa.AuthenticateView, "mfa/give_code.html", forms.CodeForm))
inactive = _at("log_in", _view(account.AccountInactiveView, "account/inactive.html"))
log_out = _at("log_out", _view(account.LogoutView, "account/log_out.html"))

change_password = _at(
    "keep_profile", _view(account.PasswordChangeView, "account/change_password.html", forms.ChangePasswordForm)
)
reauthenticate = _at(
    "keep_profile", _view(account.ReauthenticateView, "account/reauthenticate.html", forms.ReauthenticateForm)
)
give_code_again = _at("keep_profile", _view(mfa.ReauthenticateView, "mfa/give_code_again.html", forms.CodeAgainForm))
set_second_factor = _at(
    "keep_profile", _view(totp.ActivateTOTPView, "mfa/set_second_factor.html", forms.SetSecondFactorForm)
)
remove_second_factor = _at("keep_profile", _view(totp.DeactivateTOTPView, "mfa/remove_second_factor.html"))
see_recovery_codes = _at("keep_profile", _view(codes.ViewRecoveryCodesView, "mfa/see_recovery_codes.html"))
make_recovery_codes = _at("keep_profile", _view(codes.GenerateRecoveryCodesView, "mfa/make_recovery_codes.html"))


@door("log_in")
@require_GET
def open_link(request: HttpRequest, user_id: int, secret: str) -> HttpResponse:
    """Takes the secret out of the address at once, so that it stays neither in the history nor on a screen."""
    request.session[LINK] = [user_id, secret]
    return redirect("use_link")


@door("log_in")
@require_http_methods(["GET", "POST"])
def use_link(request: HttpRequest) -> HttpResponse:
    """Choosing a password with a one-time link."""
    user_id, secret = request.session.get(LINK, (0, ""))
    if not service.link_opens(user_id, secret):
        return render(request, "account/dead_link.html", status=410)
    form = forms.ChoosePasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _use(request, user_id, secret, form.cleaned_data["password"])
    return render(request, "account/use_link.html", {"form": form}, status=422 if form.is_bound else 200)


def _use(request: HttpRequest, user_id: int, secret: str, password: str) -> HttpResponse:
    del request.session[LINK]
    try:
        service.use_link(user_id=user_id, secret=secret, password=password, now=timezone.now())
    except Unseen:
        return render(request, "account/dead_link.html", status=410)
    messages.success(request, _("Din adgangskode er gemt. Log ind med den nu."))
    return redirect("account_login")
