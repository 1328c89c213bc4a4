"""How the admissions office answers about the roster's problem rows, as the demo plays it.

The sample roster has faults like those that clerks meet. The registrar asks; admissions looks at
the paper files and answers with the right value. Here the answers are made up, but lawful: every
ID number passes its check, and nothing is let in without a reason.
"""

from datetime import date

from desktop.domain.id_numbers import check_character
from desktop.domain.import_problems import RosterFile, RosterRow
from desktop.domain.students import Identity

_REGION = "420602"
_RARE = ("䶮", "𬱖", "㛃", "堃", "喆")
_SHORT_NAME = "玛尔哈巴·阿卜杜热合曼江"
_LONGEST_NAME_BYTES = 40


def mended_rows(file: RosterFile) -> list[RosterRow]:
    """Return the held-back rows as they stand after admissions has answered."""
    codes: dict[tuple[str, int], set[str]] = {}
    for problem in file.problems:
        codes.setdefault((problem.sheet, problem.row), set()).add(problem.code)
    return [
        _mended(row, codes[row.sheet, row.row], place)
        for place, row in enumerate(file.held_back, start=1)
    ]


def _mended(row: RosterRow, codes: set[str], place: int) -> RosterRow:
    """Return one row set right."""
    identity = row.identity
    if codes & {"name-placeholder", "name-character", "required-missing"} or not identity.name:
        identity = identity._replace(name=_name(identity.name, place))
    if "width-exceeded" in codes and len(identity.name.encode("gb18030")) > _LONGEST_NAME_BYTES:
        identity = identity._replace(name=_SHORT_NAME)
    if "code-unknown" in codes:
        identity = identity._replace(ethnicity="汉族")
    if codes & {"date-invalid", "study-dates"}:
        identity = _with_study_dates(identity)
    if "duplicate-key" in codes:
        identity = identity._replace(exam_number=f"{identity.exam_number[:9]}9{place:04d}")
    if codes & {
        "id-digits-lost",
        "id-length",
        "id-checksum",
        "id-birth-mismatch",
        "id-sex-mismatch",
    }:
        identity = identity._replace(id_number=_id_number(identity, place))
    class_name = row.class_name or "待分班"
    if "formula-error" in codes:
        class_name = f"{identity.major_name[:4]}2601班"
    return row._replace(identity=identity, class_name=class_name)


def _name(name: str, place: int) -> str:
    """Return a name whose missing character admissions has looked up, or a whole one."""
    family = next((c for c in name if "\u4e00" <= c <= "\u9fff"), "周")
    return family + _RARE[place % len(_RARE)]


def _with_study_dates(identity: Identity) -> Identity:
    entry = identity.entry_date[:4] + "0901"
    years = int(float(identity.schooling_length or "3"))
    return identity._replace(
        entry_date=entry,
        expected_graduation_date=f"{int(entry[:4]) + years}0630",
    )


def _id_number(identity: Identity, place: int) -> str:
    """Return a lawful number that agrees with birth date and sex."""
    birth = identity.birth_date
    try:
        date(int(birth[:4]), int(birth[4:6]), int(birth[6:8]))
    except ValueError:
        birth = "20080101"
    order = place * 2 % 1000 + (1 if identity.sex == "男" else 0)
    body = f"{_REGION}{birth}{order:03d}"
    return body + check_character(body)
