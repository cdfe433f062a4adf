"""Values in the place of those that a report does not tell: as many, as long, and valid where that can be."""

import pytest

from field_app.actions.reporting import Measured
from tests.world.fillers import NOW, filled
from visit_core.fields import fields_of
from visit_core.kinds import kind_named


def test_no_two_members_of_a_set_fall_together():
    told = [Measured(name=f"best_time.#{number}", sort="number", length=1) for number in (1, 2, 9, 10, 30)]
    assert len(filled("household", told, seed=0)) == len(told)


@pytest.mark.parametrize("value", [39.904211, -79.123456, 121.473701, -121.473701, 8.5, -0.25])
def test_a_position_is_as_long_as_it_was_and_one_that_is_taken(value):
    (made,) = filled("customer", [Measured(name="lng", sort="number", length=len(str(value)))], seed=0).values()
    assert len(str(made)) == len(str(value))
    assert fields_of(kind_named("customer"))["lng"].read(made, NOW) == made
