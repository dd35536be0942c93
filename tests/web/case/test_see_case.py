"""The page of a case: who sees it, what it says, and that it asks the database a bounded number of questions."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.cases_kit import open_case
from tests.people_kit import a_municipality, logged_in
