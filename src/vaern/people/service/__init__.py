"""The only writer about people. Each act is one transaction and one entry in the journal.

`actor` is who does it; None means the command line, which stands outside every organisation's walls.
"""

from vaern.people.service.importing import import_people
from vaern.people.service.posts import end_absence, end_deputy, end_post, give_post, set_absence, set_deputy
from vaern.people.service.units import change_organisation, change_unit, create_organisation, create_unit
from vaern.people.service.users import (
    activate_user,
    change_user,
    create_user,
    deactivate_user,
    issue_link,
    keep_profile,
    link_opens,
    use_link,
)

__all__ = [
    "activate_user",
    "change_organisation",
    "change_unit",
    "change_user",
    "create_organisation",
    "create_unit",
    "create_user",
    "deactivate_user",
    "end_absence",
    "end_deputy",
    "end_post",
    "give_post",
    "import_people",
    "issue_link",
    "keep_profile",
    "link_opens",
    "set_absence",
    "set_deputy",
    "use_link",
]
