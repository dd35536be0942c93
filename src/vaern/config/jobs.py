"""The table of jobs: a name, and the function of a service that does it. Nothing else is ever run later.

Here, on the top floor, because the functions lie in every room; the room `jobs` knows only the names. A test looks
that each function exists and takes no argument when it is scheduled.
"""

from __future__ import annotations

from vaern.core.text import gettext_noop as _
from vaern.jobs.facts import Job

# `every` is a cron line in Danish time. Keep the table in the order of the floors, lowest first.
JOBS: dict[str, Job] = {
    "verify_journal": Job(
        "vaern.journal.service.verify_journal",
        _("Gennemlæsning af journalen"),
        every="40 2 * * *",
        minutes=120,
    ),
    "hand_over_parts": Job(
        "vaern.cases.service.hand_over_parts",
        _("Sager, der følger en post"),
        every="*/5 * * * *",
    ),
    "renew_cases": Job(
        "vaern.cases.service.renew_cases",
        _("Det, der forfalder i sagerne, når tiden går"),
        every="*/15 * * * *",
        minutes=60,
    ),
    "check_evidence": Job(
        "vaern.evidence.service.check_all",
        _("Gennemlæsning af alle beviser"),
        every="10 1 * * *",
        minutes=600,
    ),
    "sweep_evidence": Job(
        "vaern.evidence.service.sweep_evidence",
        _("Oprydning efter afbrudte uploads og slettede udkast"),
        every="20 * * * *",
        minutes=30,
    ),
    "derive_evidence": Job(
        "vaern.evidence.service.derive_evidence",
        _("Miniaturer og søgbare tekster, der mangler"),
        every="*/5 * * * *",
        minutes=60,
    ),
    "derive_item": Job(
        "vaern.evidence.service.derive_item",
        _("Miniature og søgbar tekst af ét bevis"),
        minutes=15,
    ),
    "scan_evidence": Job(
        "vaern.evidence.service.scan_evidence",
        _("Virusscanning af beviser, der mangler"),
        every="2-59/5 * * * *",
        minutes=60,
    ),
    "scan_item": Job(
        "vaern.evidence.service.scan_item",
        _("Virusscanning af ét bevis"),
        minutes=15,
    ),
    "capture_page": Job("vaern.capture.service.run_capture", _("Hentning af en offentlig side"), minutes=5),
    "sweep_captures": Job(
        "vaern.capture.service.sweep_captures",
        _("Eftersyn af sider, der skulle hentes"),
        every="*/5 * * * *",
    ),
    "receive_mail": Job("vaern.mailbox.service.receive_mail", _("Hentning af mails"), every="* * * * *", minutes=15),
    "make_bundle": Job(
        "vaern.bundle.service.make_asked",
        _("En bevispakke, som er bestilt"),
        minutes=60,
    ),
    "make_waiting_bundles": Job(
        "vaern.bundle.service.make_waiting",
        _("Bevispakker, som er bestilt og ikke lavet endnu"),
        every="*/5 * * * *",
        minutes=5,
    ),
    "make_letter": Job("vaern.letters.service.make_letter", _("Et brev som PDF og Word"), minutes=5),
    "make_letters": Job("vaern.letters.service.make_letters", _("Breve, som ikke er lavet endnu"), every="*/5 * * * *"),
    "mail_letter": Job("vaern.letters.service.mail_letter", _("Et brev, som sendes som mail"), minutes=5),
    "mail_letters": Job("vaern.letters.service.mail_letters", _("Breve, som ikke er sendt endnu"), every="*/5 * * * *"),
    "deliver_handover": Job("vaern.handover.service.deliver_handover", _("Et skema til et andet system"), minutes=5),
    "deliver_handovers": Job(
        "vaern.handover.service.deliver_handovers", _("Skemaer, som ikke er sendt endnu"), every="1-59/5 * * * *"
    ),
    "look_at_watch": Job("vaern.takedown.service.look_at_watch", _("Et kig efter, om et opslag er væk"), minutes=5),
    "look_at_watches": Job(
        "vaern.takedown.service.look_at_watches", _("Opslag, som der holdes øje med"), every="4-59/10 * * * *"
    ),
    "read_journal": Job(
        "vaern.notices.service.read_journal", _("Besked til dem, der skal have den"), every="* * * * *"
    ),
    "stamp": Job("vaern.stamps.service.stamp", _("Tidsstempler"), every="* * * * *", minutes=30),
    "verify_stamps": Job(
        "vaern.stamps.service.verify_stamps",
        _("Gennemlæsning af tidsstempler"),
        every="20 3 * * *",
        minutes=120,
    ),
    "remind": Job("vaern.notices.service.remind", _("Påmindelser om frister og stilhed"), every="*/5 * * * *"),
    "send_notices": Job("vaern.notices.service.send_notices", _("Mail om, at der er nyt"), every="* * * * *"),
}
