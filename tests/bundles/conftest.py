"""What every test of the room is given."""

import pytest
from hypothesis import HealthCheck, settings

from .workshop import School
from .workshop import school as the_school

# Speed is measured in benchmarks/, never asserted by a test: a busy PC must not fail one.
settings.register_profile("jice", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("jice")


@pytest.fixture
def school() -> School:
    """One school for all tests; it is frozen, and its keys are made once."""
    return the_school()
