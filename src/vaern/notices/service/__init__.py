"""The only writer of notices. Three jobs: read the journal, look at the clock, send what is due."""

from vaern.notices.service.calendar import close_calendar, open_calendar
from vaern.notices.service.clock import remind
from vaern.notices.service.post import send_notices
from vaern.notices.service.reading import read_journal
from vaern.notices.service.seen import see_notices

__all__ = ["close_calendar", "open_calendar", "read_journal", "remind", "see_notices", "send_notices"]
