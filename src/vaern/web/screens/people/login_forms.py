"""The login library's forms with our own words. What they check is the library's."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vaern.web.login import note


def _say(form: forms.Form, **labels: Any) -> None:
    for name, label in labels.items():
        field = form.fields[name]
        field.label, field.help_text = label, ""
        field.widget.attrs.pop("placeholder", None)


class LoginForm(account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, login=_("E-mail"), password=_("Adgangskode"))


class ChangePasswordForm(account.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self,
            oldpassword=_("Din adgangskode nu"),
            password1=_("Ny adgangskode"),
            password2=_("Ny adgangskode igen"),
        )
        self.fields["password1"].help_text = RULE


class ReauthenticateForm(account.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, password=_("Adgangskode"))


class CodeForm(mfa.AuthenticateForm):
    """The second step of a login: the code of the app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, code=_("Kode"))

    def _emit_authentication_failed(self, authenticator: Any) -> None:
        note(self.user, "login_failed")


class CodeAgainForm(mfa.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, code=_("Kode"))

    def _emit_authentication_failed(self, authenticator: Any) -> None:
        note(self.user, "login_failed")


class SetSecondFactorForm(totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, code=_("Koden, som appen viser"))


RULE = _("Mindst 12 tegn. Tre eller fire ord, som du kan huske, er godt.")


class ChoosePasswordForm(forms.Form):
    """A new password, typed twice, for somebody who came by a one-time link."""

    password = forms.CharField(
        label=_("Ny adgangskode"),
        help_text=RULE,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )
    again = forms.CharField(
        label=_("Ny adgangskode igen"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password", again):
            raise ValidationError(_("De to adgangskoder er ikke ens."))
        return again
