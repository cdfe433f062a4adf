"""An enrolment code that was used stays used, whatever is restored."""

import pytest

from sync_server import people
from visit_core.errors import CodeRefused
from visit_core.joining import EnrolRequest


def test_a_restore_makes_no_used_enrolment_code_good_again(office):
    ana = office.hires("Ana")
    asked = EnrolRequest(code=office.code_for(ana))
    path = office.backs_up()
    people.enrol(office.store, asked, office.clock)
    office.restores(path)
    with pytest.raises(CodeRefused):
        people.enrol(office.store, asked, office.clock)
    people.enrol(office.store, EnrolRequest(code=office.code_for(ana)), office.clock)
