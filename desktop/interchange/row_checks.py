"""What is wrong between the cells of one row, and between the rows of a file."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import compress
from typing import Final, NamedTuple, Protocol

from desktop.domain.dates import study_gap_days
from desktop.domain.id_numbers import birth_date, sex
from desktop.interchange.field_checks import Finding, lost_zero
from desktop.interchange.tables import ListField, code_table

UNIQUE: Final = {"exam_number": "考生号", "id_number": "身份证号", "student_number": "学号"}
WITH_ZEROS: Final = ("exam_number", "student_number", "major_code")
_USUAL_SHARE = 0.8
_FEWEST_ROWS = 3
_STUDY_TOLERANCE_DAYS = 92  # three months: 1 September plus three years, and 30 June
_NAMED_ROWS = 5
_SEXES = {digit: "男" if int(digit) % 2 else "女" for digit in "0123456789"}
_STUDY = frozenset({"entry_date", "schooling_length", "expected_graduation_date"})


class Checked(Protocol):
    """A column of which each cell was read: its values, and which have no error."""

    @property
    def values(self) -> Sequence[str]:
        """What the cells say."""

    @property
    def sound(self) -> bytes:
        """1 where they have a value without an error, else 0."""


Code = tuple[str, int, int]
"""What a cell says, whether that is without an error, and whether it is a number (0 or 1)."""


class RowValues(NamedTuple):
    """The values of one student's row.

    ``sound`` names the fields that have a value without an error; ``numbers`` those whose cell is
    a number, or could be one in a format that does not tell.
    """

    place: tuple[str, int]
    titles: Mapping[str, str]
    values: Mapping[str, str]
    sound: frozenset[str]
    numbers: frozenset[str]


def check_row(values: Mapping[str, str], sound: Set[str]) -> Iterator[tuple[str, Finding]]:
    """Yield what does not fit together in one student's values, with the field that is named.

    ``sound`` names the fields that have a value without an error.
    """
    if "id_number" in sound:
        yield from _check_against_id(values, sound)
    yield from _check_study_dates(values, sound)


def doubtful_rows(columns: Mapping[str, Checked]) -> set[int]:
    """Return the places of the rows about which alone ``check_row`` can have anything to say.

    A whole column is compared at once, which takes a tenth of asking about every row.
    """
    return _against_ids(columns) | _against_study_dates(columns)


def _against_ids(columns: Mapping[str, Checked]) -> set[int]:
    """Return the rows whose birth date or sex is not what stands in the ID number."""
    if "id_number" not in columns:
        return set()
    numbers = columns["id_number"].values
    found: set[int] = set()
    if "birth_date" in columns:
        births = columns["birth_date"].values
        pairs = enumerate(zip(numbers, births, strict=True))
        found.update([place for place, (number, born) in pairs if number[6:14] != born])
    if "sex" in columns:
        told = columns["sex"].values
        pairs = enumerate(zip(numbers, told, strict=True))
        found.update([place for place, (number, sex) in pairs if _SEXES.get(number[16:17]) != sex])
    return found


def _against_study_dates(columns: Mapping[str, Checked]) -> set[int]:
    """Return the rows whose dates do not fit the length of the studies; there are few courses."""
    if not _STUDY.issubset(columns):
        return set()
    names = sorted(_STUDY)
    courses = list(
        zip(*(columns[n].values for n in names), *(columns[n].sound for n in names), strict=True)
    )
    wrong = set()
    for course in set(courses):
        values = dict(zip(names, course, strict=False))
        sound = set(compress(names, course[len(names) :]))
        if any(_check_study_dates(values, sound)):
            wrong.add(course)
    return {place for place, course in enumerate(courses) if course in wrong} if wrong else set()


def duplicates(rows: Sequence[RowValues]) -> Iterator[tuple[RowValues, str, Finding]]:
    """Yield every row whose 考生号, 身份证号 or 学号 another row has too, with that field."""
    for field, title in UNIQUE.items():
        having = [row for row in rows if field in row.sound]
        numbers = [row.values[field] for row in having]
        if len(set(numbers)) == len(having):
            continue
        counts = Counter(numbers)
        groups: dict[str, list[RowValues]] = {v: [] for v, count in counts.items() if count > 1}
        for row in having:
            if (group := groups.get(row.values[field])) is not None:
                group.append(row)
        for value, group in groups.items():
            for row in group:
                yield row, field, _duplicate(title, value, row, group)


def lost_zeros(field: ListField, codes: Sequence[Code]) -> Iterator[tuple[int, Finding]]:
    """Yield the places of the codes that are numbers and shorter than the column's others.

    Args:
        field: of the column.
        codes: of one list, from above.
    """
    if not any(is_number for _, _, is_number in codes):
        return
    usual = _usual_length([value for value, is_sound, _ in codes if is_sound])
    for at, (value, is_sound, is_number) in enumerate(codes if usual else ()):
        if is_number and is_sound and len(value.rstrip("K")) < usual:
            yield at, lost_zero(field, value, usual)


def _usual_length(values: Sequence[str]) -> int:
    """Return the length that nearly all values have, 0 where there is none (国控 K not counted)."""
    lengths = Counter([len(value.rstrip("K")) for value in values])
    total = lengths.total()
    if total < _FEWEST_ROWS:
        return 0
    length, count = lengths.most_common(1)[0]
    return length if count >= _USUAL_SHARE * total else 0


def _check_against_id(values: Mapping[str, str], sound: Set[str]) -> Iterator[tuple[str, Finding]]:
    number = values["id_number"]
    born, stated = birth_date(number), values.get("birth_date", "")
    if born and "birth_date" in sound and stated != born:
        yield (
            "birth_date",
            Finding(
                "id-birth-mismatch",
                f"出生日期“{stated}”与身份证号“{number}”里的“{born}”不一致，请核对证件后确定。",
            ),
        )
    told, stated = sex(number), values.get("sex", "")
    if told and stated in code_table("sex").values and stated != told:
        yield (
            "sex",
            Finding(
                "id-sex-mismatch",
                f"性别“{stated}”与身份证号“{number}”表示的“{told}”不一致，请核对证件后确定。",
            ),
        )


def _check_study_dates(values: Mapping[str, str], sound: Set[str]) -> Iterator[tuple[str, Finding]]:
    length = values.get("schooling_length", "")
    dates_sound = {"entry_date", "expected_graduation_date"} <= sound
    if not dates_sound or length not in code_table("schooling_length").values:
        return
    entry, expected = values["entry_date"], values["expected_graduation_date"]
    if study_gap_days(entry, length, expected) > _STUDY_TOLERANCE_DAYS:
        yield (
            "expected_graduation_date",
            Finding(
                "study-dates",
                f"入学日期“{entry}”加学制{length}年，与预计毕业日期“{expected}”相差三个月以上，"
                "请核对后确定。",
            ),
        )


def _duplicate(title: str, value: str, row: RowValues, group: Sequence[RowValues]) -> Finding:
    others = [
        f"第{other.place[1]}行"
        if other.place[0] == row.place[0]
        else f"“{other.place[0]}”第{other.place[1]}行"
        for other in group
        if other is not row
    ]
    named = "、".join(others[:_NAMED_ROWS]) + ("等" if len(others) > _NAMED_ROWS else "")
    return Finding(
        "duplicate-key",
        f"{title}“{value}”与{named}重复，请查明是重复的行还是号码有误，只留下正确的。",
    )
