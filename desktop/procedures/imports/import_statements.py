"""What the rows of a list say of their students: what is new, what changes, what stays."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from desktop.domain.import_problems import ListRow
from desktop.domain.imports import (
    Decisions,
    Fate,
    FieldChange,
    PlannedRow,
    Target,
)
from desktop.domain.readings import standing
from desktop.domain.rounds import ClassGroup
from desktop.domain.statements import Key, Statement
from desktop.domain.students import FIELD_TITLES, IDENTITY_FIELDS, Identity, class_subject
from desktop.domain.wording import field_title, value_text
from desktop.procedures.imports.import_kinds import LIST_ASPECTS, KindRule
from desktop.procedures.imports.import_matching import LeftOut, Match, as_known
from desktop.procedures.school.class_offices import offices_by_college
from desktop.procedures.session import Session
from desktop.store import imports, school
from desktop.store.journal import Draft
from desktop.store.store import UnitOfWork
from desktop.store.students import listed_places
from desktop.store.tables import statements_of

_OF_OLD = "读入名单“"
"""How the reasons begin of what lists said before imports had a name in the journal."""


class Said(NamedTuple):
    """What a row says: as it would be shown, and as statements."""

    row: PlannedRow
    drafts: tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class _Wish:
    """What a row would say of one thing: the key, what stands, what it has."""

    key: Key
    before: Mapping[str, str]
    values: dict[str, str]

    @property
    def changing(self) -> dict[str, str]:
        """What stands otherwise."""
        return {f: v for f, v in self.values.items() if f in self.before} if self.before else {}


class Speaking:
    """Says what rows say, against what stands in one store."""

    def __init__(
        self,
        session: Session,
        unit: UnitOfWork,
        rule: KindRule,
        target: Target,
        decisions: Decisions,
    ) -> None:
        connection = unit.connection
        self._unit, self._rule, self._target, self._decisions = unit, rule, target, decisions
        self._code = session.home.school_code
        self._groups: dict[str, ClassGroup] = {g.id: g for g in school.classes(connection)}
        self._names = {id_: group.name for id_, group in self._groups.items()}
        self._offices = offices_by_college(unit)
        self._rounds = {round_.id: round_ for round_ in school.rounds(connection)}
        self._listed: set[str] = set()
        self._elsewhere: dict[str, str] = {}
        if target.round:
            self._listed = {student for student, _ in listed_places(connection, target.round)}
            self._elsewhere = imports.other_rounds(connection, target.round)
        self._span = rule.span(target)
        self._about = imports.readings(connection, rule.about, self._span) if rule.about else {}
        self._new_classes: dict[str, Draft] = {}

    def say(self, matches: Iterable[Match], let_in: Mapping[tuple[str, int], str]) -> list[Said]:
        """Return what rows say, in their order."""
        wishes = [(match, self._wishes(match)) for match in matches]
        by_hand = self._by_hand(wish for _, mine in wishes for wish in mine)
        said = []
        for match, mine in wishes:
            reason = let_in.get((match.row.sheet, match.row.row), "")
            said.append(self._said(match, mine, by_hand, reason))
        return said

    def class_drafts(self, said: Sequence[Said]) -> list[Draft]:
        """Return the classes that have to be made for what is said."""
        wanted = {
            d.values["class_id"] for one in said for d in one.drafts if "class_id" in d.values
        }
        return [draft for class_id, draft in self._new_classes.items() if class_id in wanted]

    def planned(
        self,
        match: Match,
        fate: Fate,
        sentence: str = "",
        reason: str = "",
        changes: tuple[FieldChange, ...] = (),
        kept: tuple[FieldChange, ...] = (),
    ) -> PlannedRow:
        """Return a row with its fate."""
        row = match.row
        place = match.known.class_id if match.known else ""
        return PlannedRow(
            row.sheet,
            row.row,
            row.values.get("name", ""),
            number_of(row.values),
            row.values.get("class_name", "") or self._names.get(place, ""),
            fate,
            match.subject,
            changes,
            kept,
            sentence,
            reason,
        )

    # --- what a row wants to say ----------------------------------------------------------------

    def _wishes(self, match: Match) -> list[_Wish]:
        wishes = []
        if self._rule.identities:
            wishes.append(self._identity(match))
            if wish := self._placement(match):
                wishes.append(wish)
        if self._target.round and match.subject not in self._listed:
            key = Key(match.subject, "roster", self._target.round)
            wishes.append(_Wish(key, {}, {"listed": "yes"}))
        if self._rule.about:
            wishes.append(self._of_its_own(match))
        return [wish for wish in wishes if wish.values]

    def _identity(self, match: Match) -> _Wish:
        fields = self._rule.identities
        said = zip(fields, _texts(as_known(match), fields), strict=True)
        if match.known is None:
            return _Wish(Key(match.subject, "identity", ""), {}, {f: new for f, new in said if new})
        stands = zip(fields, _texts(match.known.identity, fields), strict=True)
        before = {field: old for field, old in stands if old}
        values = {field: new for field, new in said if new and new != before.get(field)}
        return _Wish(Key(match.subject, "identity", ""), before, values)

    def _placement(self, match: Match) -> _Wish | None:
        row = match.row.values
        college, name = row.get("college", ""), row.get("class_name", "")
        if not (college and name):
            return None
        class_id = self._class(match, college, name)
        known = match.known.class_id if match.known else ""
        values = {} if known == class_id else {"class_id": class_id}
        return _Wish(
            Key(match.subject, "placement", ""), {"class_id": known} if known else {}, values
        )

    def _class(self, match: Match, college: str, name: str) -> str:
        """Return the class of a row; one that is not known is made with the first who comes."""
        year = self._entry_year(match)
        class_id = class_subject(self._code, college, name, year)
        if class_id not in self._groups and class_id not in self._new_classes:
            values: dict[str, str | None] = {
                "name": name,
                "college_name": college,
                "major_code": match.identity.major_code or None,
                "major_name": match.identity.major_name or None,
                "entry_year": year,
            }
            if office := self._offices.get(college):
                values["office"] = office
            self._new_classes[class_id] = Draft(Key(class_id, "class_group", ""), values)
            self._names.setdefault(class_id, name)
        return class_id

    def _entry_year(self, match: Match) -> str:
        if round_ := self._rounds.get(self._target.round):
            return round_.entry_year
        grade = match.row.values.get("grade", "")
        if not grade and match.known and (group := self._groups.get(match.known.class_id)):
            return group.entry_year
        return grade or match.identity.entry_date[:4]

    def _of_its_own(self, match: Match) -> _Wish:
        row = match.row.values
        before = self._about.get(match.subject, {})
        values = {
            field: new
            for field, column in self._rule.fields.items()
            if (new := row.get(column, "")) and new != before.get(field)
        }
        return _Wish(Key(match.subject, self._rule.about, self._span), before, values)

    # --- what it may say ------------------------------------------------------------------------

    def _by_hand(self, wishes: Iterable[_Wish]) -> set[tuple[Key, str]]:
        """Return the fields among those that would change on which a person has decided.

        That is one whose value was said by somebody who had seen an earlier word, and not by a
        list: an accepted correction, a decided conflict, what was filled in.
        """
        fields = {wish.key: wish.changing for wish in wishes if wish.changing}
        said = statements_of(self._unit.connection, fields.keys())
        lists = imports.ranges(self._unit.connection)
        found = set()
        for key, changing in fields.items():
            stands = standing(said.get(key, []))
            for field in changing:
                if any(_is_by_hand(one, lists) for one in stands.get(field, ())):
                    found.add((key, field))
        return found

    def _said(
        self, match: Match, wishes: Sequence[_Wish], by_hand: Collection[tuple[Key, str]], why: str
    ) -> Said:
        """Return what becomes of a row: what it says, or why it says nothing."""
        place = match.row.sheet, match.row.row
        overruled = place in self._decisions.come_in
        if not overruled and (left := self._question(match)):
            changes = _changes(wishes, self._names)
            return Said(self.planned(match, left.fate, left.sentence, why, changes), ())
        kept: tuple[FieldChange, ...] = ()
        if by_hand and not overruled and _stay(wishes, by_hand):
            kept = tuple(
                change
                for wish in wishes
                for change in _changes([wish], self._names)
                if (wish.key, change.field) in by_hand
            )
            wishes = [
                replace(w, values={f: v for f, v in w.values.items() if (w.key, f) not in by_hand})
                for w in wishes
            ]
        reason = self._reason(why, overruled=overruled)
        drafts = tuple(Draft(wish.key, wish.values, reason) for wish in wishes if wish.values)
        fate, changes = _fate(wishes, kept), _changes(wishes, self._names)
        sentence = _KEPT if fate is Fate.KEPT else ""
        return Said(self.planned(match, fate, sentence, why, changes, kept), drafts)

    def _reason(self, why: str, *, overruled: bool) -> str:
        """Return why a person let a row in, "" for one that came in by itself."""
        return "；".join(filter(None, [why, self._decisions.reason if overruled else ""]))

    def _question(self, match: Match) -> LeftOut | None:
        """Return why a row waits for a person: another name, round or college."""
        if (known := match.known) is None:
            return None
        name, theirs = match.identity.name, known.identity.name
        if name and theirs and name != theirs:
            return LeftOut(
                Fate.NAME, f"这个号码的学生登记的姓名是{theirs}，文件里是{name}，请核对。"
            )
        if not self._rule.identities:
            return None
        if match.subject not in self._listed and (other := self._elsewhere.get(match.subject)):
            round_ = self._rounds.get(other)
            title = round_.name if round_ else other
            return LeftOut(Fate.OTHER, f"这名学生已经在“{title}”的名单上。")
        group, college = self._groups.get(known.class_id), match.row.values.get("college", "")
        if group and college and group.college_name != college:
            return LeftOut(
                Fate.OTHER,
                f"这名学生现在属于{group.college_name}（{group.name}），文件里是{college}。",
            )
        return None


_KEPT = "文件里的内容与人工决定的不同，按人工决定的保留。"


def as_planned(row: ListRow, fate: Fate, sentence: str = "") -> PlannedRow:
    """Return a row of which nothing is known but what stands in the file."""
    return PlannedRow(
        sheet=row.sheet,
        row=row.row,
        name=row.values.get("name", ""),
        number=number_of(row.values),
        class_name=row.values.get("class_name", ""),
        fate=fate,
        sentence=sentence,
    )


def number_of(values: Mapping[str, str]) -> str:
    """Return the number by which people find a row: 学号, else 考生号 or the document's."""
    numbers = ("student_number", "exam_number", "id_number")
    return next(filter(None, [values.get(field, "") for field in numbers]), "")


def _texts(identity: Identity, fields: Sequence[str]) -> Sequence[str]:
    """Return some fields of an identity, quickly where they are all."""
    return identity if fields == IDENTITY_FIELDS else [getattr(identity, f) for f in fields]


def _stay(wishes: Iterable[_Wish], by_hand: Collection[tuple[Key, str]]) -> bool:
    """Tell whether a person has decided on anything that would change."""
    return any((wish.key, field) in by_hand for wish in wishes for field in wish.changing)


def _is_by_hand(one: Statement, lists: Sequence[tuple[str, int, int, str]]) -> bool:
    if not one.seen or one.reason.startswith(_OF_OLD):
        return False
    return not any(
        seat == one.seat and first <= one.number <= last for seat, first, last, _ in lists
    )


def _fate(wishes: Sequence[_Wish], kept: Sequence[FieldChange]) -> Fate:
    """Return what becomes of a row that comes in."""
    speaking = [wish for wish in wishes if wish.values]
    if not speaking:
        return Fate.KEPT if kept else Fate.SAME
    return Fate.CHANGED if any(wish.before for wish in speaking) else Fate.NEW


def _changes(wishes: Iterable[_Wish], names: Mapping[str, str]) -> tuple[FieldChange, ...]:
    """Return what would change about a student who is known, in words.

    What other offices' lists say is told also where they say it for the first time.
    """
    found = []
    for wish in wishes:
        aspect = wish.key.aspect
        for field, new in wish.values.items():
            if aspect == "roster" or not (wish.before or aspect in LIST_ASPECTS):
                continue
            old = wish.before.get(field)
            found.append(
                FieldChange(
                    aspect,
                    field,
                    FIELD_TITLES.get(field, "")
                    if aspect == "identity"
                    else field_title(aspect, field),
                    value_text(aspect, field, old, names) if old else "",
                    value_text(aspect, field, new, names),
                )
            )
    return tuple(found)
