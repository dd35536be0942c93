"""The only writer of watches: begun, looked at by a person or by the server, ended."""

from vaern.takedown.service.looking import look_at_post, look_at_watch, look_at_watches
from vaern.takedown.service.watching import end_watch, start_watch

__all__ = ["end_watch", "look_at_post", "look_at_watch", "look_at_watches", "start_watch"]
