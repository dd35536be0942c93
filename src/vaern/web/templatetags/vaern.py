"""Small filters for the pages: form controls in the design system's classes, dates in plain words, file sizes."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.forms import BoundField
from django.forms import widgets as w
from django.utils import formats, timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()

_ALERTS = {"debug": "info", "info": "info", "success": "success", "warning": "warning", "error": "error"}


@register.filter
def alert_kind(level: str | None) -> str:
    """The alert of the design system for a level of Django's messages; info when none is given."""
    return _ALERTS.get(level or "info", "info")


@register.filter
def control_kind(field: BoundField) -> str:
    """How a field is laid out: choices and parts need a fieldset, a checkbox stands before its label."""
    widget = field.field.widget
    if isinstance(widget, w.RadioSelect | w.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, w.MultiWidget | w.SelectDateWidget):
        return "parts"
    if isinstance(widget, w.CheckboxInput):
        return "checkbox"
    if isinstance(widget, w.FileInput):
        return "file"
    return "select" if isinstance(widget, w.Select) else "text"


_CLASSES = {"select": "form-select", "checkbox": "form-checkbox", "file": "form-input vaern-file"}


@register.filter
def control(field: BoundField) -> SafeString:
    """The control itself in the design system's class; Django adds aria-describedby and aria-invalid."""
    widget = field.field.widget
    if isinstance(widget, w.SplitDateTimeWidget):
        # The two parts share one legend; each needs a name of its own.
        for part, name in zip(widget.widgets, (_("dato"), _("klokkeslæt")), strict=True):
            part.attrs.setdefault("aria-label", f"{field.label}: {name}")
    classes = [_CLASSES.get(control_kind(field), "form-input"), widget.attrs.get("class", "")]
    return field.as_widget(attrs={"class": " ".join(filter(None, classes))})


@register.filter
def first_control(field: BoundField) -> str:
    """The id an error summary links to: a group's first choice or part, else the control."""
    kind = control_kind(field)
    if kind in {"choices", "parts"}:
        return field.subwidgets[0].id_for_label if kind == "choices" and field.subwidgets else f"{field.auto_id}_0"
    return str(field.auto_id)


@register.filter
def most_characters(field: BoundField) -> int | None:
    """The most characters a text may have, when it is worth counting: only in a text of several lines."""
    if not isinstance(field.field.widget, w.Textarea):
        return None
    return getattr(field.field, "max_length", None)


@register.filter
def moment(when: datetime | None) -> str:
    """“3. marts 2026 kl. 14.05”, in the reader's time zone; empty for none."""
    if when is None:
        return ""
    local = timezone.localtime(when)
    day = formats.date_format(local, "DATE_FORMAT")
    return _("%(day)s kl. %(clock)s") % {"day": day, "clock": local.strftime(_("%H.%M"))}


@register.filter
def ago(when: datetime | None, now: datetime | None = None) -> str:
    """“lige nu”, “for 3 timer siden”, “i går”, “for 3 dage siden”, counted in calendar days from yesterday on."""
    if when is None:
        return ""
    now = now or timezone.now()
    days = (timezone.localdate(now) - timezone.localdate(when)).days
    if days > 1:
        return ngettext("for %(n)s dag siden", "for %(n)s dage siden", days) % {"n": days}
    if days == 1:
        return _("i går")
    return _ago_today(int((now - when).total_seconds() // 60))


def _ago_today(minutes: int) -> str:
    if minutes < 1:
        return _("lige nu")
    if minutes < 60:
        return ngettext("for %(n)s minut siden", "for %(n)s minutter siden", minutes) % {"n": minutes}
    hours = minutes // 60
    return ngettext("for %(n)s time siden", "for %(n)s timer siden", hours) % {"n": hours}


@register.filter
def file_size(size: int | None) -> str:
    """Bytes as “340 kB” or “2,1 MB” (powers of 1000, as phones and desktops show them)."""
    if size is None:
        return ""
    if size < 1000:
        return f"{size} B"
    if size < 1_000_000:
        return f"{round(size / 1000)} kB"
    return f"{formats.number_format(size / 1_000_000, 1)} MB"
