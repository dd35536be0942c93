"""The only writer of bundles: asked for, made by a job, handed over."""

from vaern.bundle.service.asking import make_bundle
from vaern.bundle.service.handing import download_bundle
from vaern.bundle.service.making import make_asked, make_waiting
from vaern.bundle.service.overview import NotRendered, pdf_of

__all__ = ["NotRendered", "download_bundle", "make_asked", "make_bundle", "make_waiting", "pdf_of"]
