"""What a withdrawal would take back is what it takes back."""

import pytest

from desktop.errors import NotAllowed, NotFound
from desktop.procedures.exchange.withdrawals import plan_withdrawal, withdraw_bundle
from desktop.procedures.registration.boards import outcome_counts
from desktop.procedures.registration.student_registration import issue
from tests.conftest import ROUND, School

from .acts import complete_class, members, snapshot

CLASS = "软件2601班"


def test_the_question_says_number_office_and_who(school: School) -> None:
    complete_class(school.first, CLASS)
    (bundle,) = school.carry(school.first, school.registrar).bundles
    before = snapshot(school.store_folder("registrar"))
    plan = plan_withdrawal(school.registrar, bundle.bundle_id)
    assert snapshot(school.store_folder("registrar")) == before
    assert (plan.office_name, plan.number) == ("信息技术学院", 1)
    assert plan.statements == bundle.statements == sum(count for _, count in plan.aspects)
    assert dict(plan.aspects)["签字情况"] == 3
    assert sorted(plan.students) == sorted(s.identity.name for s in members(school.first, CLASS))
    assert plan.issued == ()
    withdraw_bundle(school.registrar, bundle.bundle_id, "报错了")
    assert plan_withdrawal(school.registrar, bundle.bundle_id).statements == 0


def test_what_was_issued_is_named_before(school: School) -> None:
    complete_class(school.first, CLASS)
    (bundle,) = school.carry(school.first, school.registrar).bundles
    issue(school.registrar, ROUND)
    plan = plan_withdrawal(school.registrar, bundle.bundle_id)
    assert len(plan.issued) == outcome_counts(school.registrar, ROUND)["registered"] == 3


def test_only_the_registrar_asks_and_only_about_what_came(school: School) -> None:
    with pytest.raises(NotAllowed):
        plan_withdrawal(school.first, "任何")
    with pytest.raises(NotFound):
        plan_withdrawal(school.registrar, "没有")
