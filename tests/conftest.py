"""Shared fixtures: the same people everywhere (see `people_kit.py`)."""
