"""What has happened in a round of procedure one before a window of admissions is opened."""

from desktop.domain.offices import OfficeKind
from tests.conftest import School
from tests.reviewing import say
from tests.reviews import CHECK_IN, REVIEW, arrives, college_says, subjects

ABSENT = {"state": "absent", "cause": "unreachable"}


def after_check_in(school: School) -> dict[str, str]:
    """Let a student come, one be doubted, one stay away, one have the place kept; close it all.

    Returns:
        who is who.
    """
    session = school.sessions[OfficeKind.ADMISSIONS]
    say(session, REVIEW, {(f"round:{REVIEW}", "review_rules"): CHECK_IN})
    good, doubted, away, kept, *_ = subjects(session)
    arrives(school, session, good)
    arrives(
        school,
        session,
        doubted,
        class_verdict={"verdict": "doubtful", "explanation": "发型不同", "checker": "赵老师"},
    )
    college_says(school, session, away, arrival=ABSENT)
    college_says(
        school,
        session,
        kept,
        arrival={"state": "absent", "cause": "conscript"},
        place_report={
            "kind": "kept",
            "explanation": "应征入伍",
            "document": "入伍通知书",
            "until": "2036-12-31",
        },
    )
    school.close()
    return {"good": good, "doubted": doubted, "away": away, "kept": kept}
