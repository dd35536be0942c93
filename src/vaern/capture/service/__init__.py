"""The only writer of captures, and the only way to the world outside."""

from vaern.capture.service.asking import capture_page, sweep_captures
from vaern.capture.service.looking import look
from vaern.capture.service.running import run_capture

__all__ = ["capture_page", "look", "run_capture", "sweep_captures"]
