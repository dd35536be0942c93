"""The only writer of handovers: begun, filled in, sent, confirmed; a job brings them out of the house."""

from vaern.handover.service.confirming import confirm_handover, keep_halfway
from vaern.handover.service.delivering import deliver_handover, deliver_handovers
from vaern.handover.service.filling import fill_handover, start_handover
from vaern.handover.service.following import follow_up_handover
from vaern.handover.service.reading import download_handover, findings_of, kinds_of, sheet_for, way_of
from vaern.handover.service.sending import send_handover

__all__ = [
    "confirm_handover",
    "deliver_handover",
    "deliver_handovers",
    "download_handover",
    "fill_handover",
    "findings_of",
    "follow_up_handover",
    "keep_halfway",
    "kinds_of",
    "send_handover",
    "sheet_for",
    "start_handover",
    "way_of",
]
