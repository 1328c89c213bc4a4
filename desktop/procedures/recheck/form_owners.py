"""Whose form a picture shows: the code that the school printed on it decides, then the file's name.

A code was printed for one student of one round; a name was typed by whoever saved the file.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from desktop.domain.photo_names import Fit, Match
from desktop.domain.photos import Finding
from desktop.domain.recheck_forms import codes_of_round, read_form_text
from desktop.domain.sheets import SCAN_PREFIX
from desktop.procedures.named_files import Who, whose

_OTHER_PAPERS: Final = f"{SCAN_PREFIX}/"
_NAMED: Final = 4


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose form it is, as far as that can be told.

    Attributes:
        match: the student where it is certain, else who it might be.
        finding: why it is not certain, or what a person should look at although it is.
        refused: it must not be taken in, whoever looks at it.
    """

    match: Match
    finding: Finding | None = None
    refused: bool = False


class FormCodes:
    """Finds students by the codes on forms; made once for many pictures.

    Args:
        round_id: the re-check.
        training: whether this is a practice school.
        who: the students whom this seat knows, by subject.
        rounds: the names of all re-checks, by id.
    """

    def __init__(
        self, round_id: str, *, training: bool, who: Mapping[str, Who], rounds: Mapping[str, str]
    ) -> None:
        self._training, self._who, self._rounds = training, who, rounds
        self._round = round_id
        self._students = codes_of_round(round_id, who)

    def owner(self, texts: Iterable[str]) -> Owner | None:
        """Return whose form it is by what the QR codes on it say, None where none is of a form."""
        texts = list(texts)
        read = [code for text in texts if (code := read_form_text(text))]
        codes = [one.code for one in read if one.training == self._training]
        if len(codes) > 1:
            return self._several(codes)
        if codes:
            return self._of(codes[0])
        if read:
            return _refused("practice", _REAL if self._training else _PRACTICE)
        if any(text.strip().upper().startswith(_OTHER_PAPERS) for text in texts):
            return _refused("other-paper", "这是签字表或者审查材料的一页，不是复查表。")
        return None

    def _of(self, code: str) -> Owner:
        if student := self._students.get(code):
            return Owner(Match(Fit.ONE, (student,)))
        if found := self._elsewhere.get(code):
            student, round_name = found
            sentence = (
                f"表上的二维码是“{round_name}”的，是{self._who[student].words}的，不是这一次的表。"
            )
            finding = Finding("other-round", sentence)
            return Owner(Match(Fit.SEVERAL, (student,)), finding)
        sentence = "表上的二维码不属于本席位知道的任何学生，可能是别的院部、别的批次的表。"
        return Owner(Match(Fit.NONE), Finding("unknown-code", sentence))

    def _several(self, codes: Sequence[str]) -> Owner:
        known = [self._students[code] for code in codes if code in self._students]
        names = "、".join(self._who[one].name for one in known[:_NAMED])
        named = f"（{names}）" if names else ""
        sentence = f"一张照片上有 {len(codes)} 张表{named}，请一张一张重新拍，或者指定是谁的。"
        return Owner(Match(Fit.SEVERAL, tuple(known)), Finding("several-codes", sentence))

    @cached_property
    def _elsewhere(self) -> dict[str, tuple[str, str]]:
        """The students and names of other re-checks, by code; made when the first one comes."""
        return {
            code: (student, name)
            for round_id, name in self._rounds.items()
            if round_id != self._round
            for code, student in codes_of_round(round_id, self._who).items()
        }


_PRACTICE: Final = "这是练习用的表，印着“练习 · 无效”，不能收入。"
_REAL: Final = "这是正式的表，现在用的是练习学校，不能收入。"


def by_code_and_name(
    coded: Owner | None, named: Match, who: Mapping[str, Who], *, one_of_many: bool
) -> Owner:
    """Return whose form it is by its code, and by the file's name where no code can be read.

    Args:
        coded: by its code.
        named: by the file's name.
        who: the students, by subject.
        one_of_many: it is a page among others of one file, of which the name says nothing.
    """
    candidates = tuple(who[subject] for subject in named.subjects)
    if coded is None:
        return _by_name(named, candidates, one_of_many=one_of_many)
    student = coded.match.subject
    if student and not one_of_many and named.subject not in ("", student):
        sentence = (
            f"文件名写的是{candidates[0].words}，表上的二维码是{who[student].words}的；"
            "按二维码认定，请打开核对。"
        )
        return replace(coded, finding=Finding("wrong-name", sentence))
    if not (student or coded.match.subjects):
        return replace(coded, match=Match(Fit.NONE, named.subjects))
    return coded


def _by_name(named: Match, candidates: Sequence[Who], *, one_of_many: bool) -> Owner:
    if one_of_many:
        finding = Finding("no-code", "这一页的二维码读不出来，请打开看看，指定是谁的。")
        return Owner(Match(Fit.NONE, named.subjects), finding)
    if named.subject:
        return Owner(named)
    found = whose(named, candidates)
    return Owner(named, replace(found, sentence=f"{found.sentence}表上也没有读出二维码。"))


def _refused(code: str, sentence: str) -> Owner:
    return Owner(Match(Fit.NONE), Finding(code, sentence), refused=True)
