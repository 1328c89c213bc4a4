"""Whether a class may begin with the review."""

import pytest

from desktop.domain.class_training import TrainingFile, TrainingState

TRAINED, WAIVED = TrainingState.TRAINED, TrainingState.WAIVED


@pytest.mark.parametrize(
    ("file", "state", "may_begin", "words"),
    [
        (TrainingFile("赵老师"), TrainingState.UNTRAINED, False, "还没有登记班主任赵老师参加培训"),
        (TrainingFile(), TrainingState.UNTRAINED, False, "还没有登记班主任参加培训"),
        (
            TrainingFile("赵老师", "赵老师", "2026-08-30"),
            TRAINED,
            True,
            "班主任赵老师已于 2026-08-30",
        ),
        # nobody has said yet who the class teacher is: whoever was sent is taken for the right one
        (TrainingFile("", "赵老师", "2026-08-30"), TRAINED, True, "赵老师已于 2026-08-30"),
        (
            TrainingFile("钱老师", "赵老师", "2026-08-30"),
            TrainingState.OTHER_TEACHER,
            False,
            "现在的班主任是钱老师",
        ),
        (
            TrainingFile("钱老师", "赵老师", "2026-08-30", "孙院长", "2026-09-04", "临时接班"),
            WAIVED,
            True,
            "孙院长已于 2026-09-04 同意先行开展：临时接班",
        ),
        (TrainingFile("赵老师", "", "", "孙院长", "2026-09-04"), WAIVED, True, "孙院长"),
    ],
)
def test_a_class_may_begin_with_a_trained_teacher_or_the_heads_word(
    file: TrainingFile, state: TrainingState, may_begin: bool, words: str
) -> None:
    assert (file.state, file.may_begin) == (state, may_begin)
    assert words in file.sentence
    assert file.sentence.endswith("。")
