"""Cases of the re-check: for whom one is suggested, why, and what its conclusion must name.

Whose 考生号, name or photo is doubtful is a 重点对象 (细则 二(三)4): such a case is important, and
only the leading group's paper concludes it.
"""

from typing import Final

from desktop.domain.recheck import (
    CASE_STATE_TITLES,
    RECHECK_VERDICT_TITLES,
    RecheckAssessment,
    RecheckFile,
    RecheckVerdict,
    Standing,
)

IMPORTANT_TITLE: Final = "重点对象"
STATE_TITLES: Final = CASE_STATE_TITLES
OUTCOMES: Final = (RecheckVerdict.PASSED, RecheckVerdict.FAILED, RecheckVerdict.KEPT)
"""What a case can be concluded with."""
CONCLUSION_TITLES: Final = {
    RecheckVerdict.PASSED: "排除疑点，合格",
    RecheckVerdict.FAILED: RECHECK_VERDICT_TITLES[RecheckVerdict.FAILED],
    RecheckVerdict.KEPT: RECHECK_VERDICT_TITLES[RecheckVerdict.KEPT],
}
_GRAVE_FIELDS: Final = frozenset({"exam_number", "name"})
_LOOKS: Final = ("照片", "本人", "冒名", "顶替")


def wants_case(found: RecheckAssessment) -> bool:
    """Tell whether there is a doubt about somebody that no case has taken up."""
    return found.standing is Standing.DOUBTFUL


def cause_of(found: RecheckAssessment) -> str:
    """Return why a case is suggested: the doubts, in one line."""
    return "；".join(reason.sentence.rstrip("。") for reason in found.reasons)


def is_grave(file: RecheckFile, found: RecheckAssessment) -> bool:
    """Tell whether a doubt is about 考生号, name or photo, and so for the leading group.

    What a reviewer doubts about the photo is said in words, or by the third of the five things:
    that the person is the one of the admission file.
    """
    if _GRAVE_FIELDS.intersection(found.doubts) or file.five.get("identity_sound") == "no":
        return True
    told = file.first_explanation + file.second_explanation
    return any(word in told for word in _LOOKS)


def needs_document(outcome: str, *, important: bool) -> bool:
    """Tell whether a conclusion must name the paper on which it rests."""
    return important or outcome != RecheckVerdict.PASSED
