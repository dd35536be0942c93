"""The only writer of bundles: asked for, made by a job, handed over."""

from vaern.bundle.service.asking import make_bundle
from vaern.bundle.service.handing import download_bundle
from vaern.bundle.service.making import make_asked, make_waiting

__all__ = ["download_bundle", "make_asked", "make_bundle", "make_waiting"]
