"""Whom the rows of a list mean: known by a number, new, or likely somebody who is there already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from desktop.domain.duties import DUTIES
from desktop.domain.import_problems import ListRow, texts_of
from desktop.domain.imports import (
    Decisions,
    Fate,
    LikelyPair,
    Place,
    Sameness,
    Side,
)
from desktop.domain.key_claims import KEY_FIELDS, Claim, all_free, find_clashes
from desktop.domain.likeness import Alike, Likeness, find_likenesses, person
from desktop.domain.students import FIELD_TITLES, IDENTITY_FIELDS, Identity, student_subject
from desktop.procedures.imports.import_kinds import KindRule
from desktop.procedures.session import Session
from desktop.store import imports, registration, school
from desktop.store.store import UnitOfWork
from desktop.store.students import Student, key_owners, students_by_subject


class Match(NamedTuple):
    """A row, and whom it means. ``keeps_numbers``: those that the student has stay."""

    row: ListRow
    identity: Identity
    subject: str
    known: Student | None
    keeps_numbers: bool = False


class LeftOut(NamedTuple):
    """Why a row can not come in as it is, and whom it may mean."""

    fate: Fate
    sentence: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Matched:
    """Whom all rows mean. ``pairs`` are those about whom nobody has decided before."""

    matches: Mapping[Place, Match]
    left_out: Mapping[Place, LeftOut]
    pairs: tuple[LikelyPair, ...]


def row_identity(row: ListRow) -> Identity:
    """Return what a row says of who its student is."""
    values = row.values
    return Identity(**{name: values.get(name, "") for name in IDENTITY_FIELDS})


def match_students(
    session: Session,
    unit: UnitOfWork,
    rule: KindRule,
    rows: Sequence[ListRow],
    decisions: Decisions,
) -> Matched:
    """Return whom the rows of a list mean; nothing is written."""
    matching = _Matching(session, unit, rule, rows)
    if rule.identities:
        matching.look_for_likenesses(unit, decisions)
        matching.refuse_clashes()
    return matching.result()


class _Matching:
    """Rows of a list, step by step on their way to students."""

    def __init__(
        self, session: Session, unit: UnitOfWork, rule: KindRule, rows: Sequence[ListRow]
    ) -> None:
        connection = unit.connection
        self._rule = rule
        self._code = session.home.school_code
        self._own_only = DUTIES[session.home.seat.office.kind].own
        self._rows = {(row.sheet, row.row): row for row in rows}
        identities = map(Identity._make, texts_of(self._rows.values(), IDENTITY_FIELDS))
        self._identities = dict(zip(self._rows, identities, strict=True))
        self._owners = key_owners(connection)
        self._taken = set(self._owners.values())
        self._groups = {group.id: group for group in school.classes(connection)}
        self._corrected = {
            (correction.student, correction.field)
            for correction in registration.corrections(connection)
            if correction.decision == "accepted"
        }
        self._decided = imports.likenesses(connection)
        ones = {one for one, _, verdict in self._decided.values() if verdict == "same"}
        met = {owner for one in self._identities.values() for owner in self._met(one)}
        self._known = students_by_subject(connection, met | ones)
        self._same = {
            other: (one, True)
            for one, other, verdict in self._decided.values()
            if verdict == "same" and one in self._known
        }
        self._subjects: dict[Place, str] = {}
        self._contradicted: dict[Place, tuple[str, str]] = {}
        self._left_out: dict[Place, LeftOut] = {}
        self._pairs: list[LikelyPair] = []
        for place, identity in self._identities.items():
            self._find(place, identity)

    def result(self) -> Matched:
        """Return whom the rows mean."""
        self._refuse_second_rows()
        matches = {}
        for place, subject in self._subjects.items():
            if place not in self._left_out:
                known, keeps = self._resolved(subject)
                row, identity = self._rows[place], self._identities[place]
                matches[place] = Match(row, identity, known, self._known.get(known), keeps)
        return Matched(matches, self._left_out, tuple(self._pairs))

    # --- by numbers -----------------------------------------------------------------------------

    def _met(self, identity: Identity) -> list[str]:
        """Return the students who have a row's numbers, by the number that counts most first."""
        if not self._owners:
            return []
        owners = (self._owners.get((key, getattr(identity, key))) for key in self._rule.keys)
        return list(dict.fromkeys(owner for owner in owners if owner))

    def _find(self, place: Place, identity: Identity) -> None:
        """Find whom a row means by its numbers."""
        met = self._met(identity)
        if not any(getattr(identity, key) for key in self._rule.keys):
            self._left_out[place] = LeftOut(
                Fate.CLASH, "这一行没有考生号、身份证号或学号，无法认定是哪名学生。"
            )
        elif met and not (contradicted := self._contradiction(identity, met[0])):
            self._subjects[place] = met[0]
        elif not self._rule.identities:
            self._left_out[place] = self._unmatched(identity, met)
        else:
            self._subjects[place] = student_subject(self._code, identity, self._taken)
            if met:
                self._contradicted[place] = (met[0], contradicted)

    def _contradiction(self, identity: Identity, student: str) -> str:
        """Return the number of a row that speaks against whom another of its numbers names.

        Where the number that counts most names the student, the others may have changed.
        """
        main = next(key for key in self._rule.keys if getattr(identity, key))
        number = getattr(identity, main)
        if self._owners.get((main, number)) == student and self._rule.identities:
            return ""
        theirs = self._known[student].identity
        for key in self._rule.keys:
            ours, known = getattr(identity, key), getattr(theirs, key)
            if ours and known and ours != known:
                return key
        return ""

    def _unmatched(self, identity: Identity, met: Sequence[str]) -> LeftOut:
        """Say why a row that brings no students means nobody."""
        if not met and self._own_only:
            return LeftOut(Fate.FOREIGN, "本院部的名单里没有这个号码的学生，没有写入。")
        if not met:
            return LeftOut(Fate.UNKNOWN, "学生名单里没有这个号码的学生，没有写入。")
        who = self._known[met[0]].identity
        title = FIELD_TITLES[self._contradiction(identity, met[0])]
        return LeftOut(
            Fate.CLASH, f"号码互相矛盾：这一行的{title}与{who.name}登记的不同，请核对。", met[0]
        )

    # --- by likeness ----------------------------------------------------------------------------

    def look_for_likenesses(self, unit: UnitOfWork, decisions: Decisions) -> None:
        """Find who is likely the same person, and do as people have decided."""
        new = [place for place, subject in self._subjects.items() if self._is_new(subject)]
        people = [person(place, self._identities[place]) for place in new]
        there = imports.persons_named(unit.connection, {one.name for one in people})
        found = find_likenesses(people, there)
        found += tuple(
            Likeness(place, student, Alike.NUMBER, key)
            for place, (student, key) in self._contradicted.items()
            if self._is_new(self._subjects[place])
            and self._known[student].identity.name == self._identities[place].name
        )
        others = {str(one.other) for one in found if not isinstance(one.other, tuple)}
        self._known.update(students_by_subject(unit.connection, others - self._known.keys()))
        for one in found:
            self._take_pair(self._pair(one), decisions)
        self._hold_undecided(decisions)

    def _is_new(self, subject: str) -> bool:
        return subject not in self._taken and subject not in self._same

    def _pair(self, one: Likeness) -> LikelyPair:
        return LikelyPair(self._side(one.one), self._side(one.other), one.why, one.field)

    def _side(self, id_: object) -> Side:
        if isinstance(id_, tuple):
            row = self._rows[id_]
            college, class_name = row.values.get("college", ""), row.values.get("class_name", "")
            return Side(
                self._subjects[id_], self._identities[id_], college, class_name, row.sheet, row.row
            )
        student = self._known[str(id_)]
        group = self._groups.get(student.class_id)
        place = (group.college_name, group.name) if group else ("", "")
        return Side(student.subject, student.identity, *place)

    def _take_pair(self, pair: LikelyPair, decisions: Decisions) -> None:
        """Remember a pair that has to be looked at, and what follows from what was decided."""
        if pair.id in self._decided or pair.left.subject == pair.right.subject:
            return
        self._pairs.append(pair)
        decided = decisions.pairs.get(pair.id)
        left, right = pair.left.subject, pair.right.subject
        if decided is Sameness.RIGHT:
            self._same[left] = (right, True)
        elif decided is Sameness.LEFT and pair.right.row:
            self._same[right] = (left, True)
        elif decided is Sameness.LEFT:
            self._same[left] = (right, False)

    def _hold_undecided(self, decisions: Decisions) -> None:
        for pair in self._pairs:
            if pair.id in decisions.pairs:
                continue
            for side, other in ((pair.left, pair.right), (pair.right, pair.left)):
                if side.row and side.subject not in self._same:
                    where = f"{other.sheet} 第{other.row}行" if other.row else "已有的学生"
                    self._left_out[side.sheet, side.row] = LeftOut(
                        Fate.LIKELY,
                        f"与{where}{other.identity.name}疑似同一人，认定以前不写入。",
                        other.subject,
                    )

    def _resolved(self, subject: str) -> tuple[str, bool]:
        """Return the student who is meant in the end, and whether the numbers stay."""
        keeps, met = False, {subject}
        while (step := self._same.get(subject)) and step[0] not in met:
            subject, keeps = step[0], keeps or step[1]
            met.add(subject)
        return subject, keeps

    # --- what can not be ------------------------------------------------------------------------

    def refuse_clashes(self) -> None:
        """Leave out the rows that claim a number of somebody else."""
        places = [place for place in self._subjects if place not in self._left_out]
        students = [self._resolved(self._subjects[place])[0] for place in places]
        identities = [self._identities[place] for place in places]
        numbers = {field: list(map(attrgetter(field), identities)) for field in KEY_FIELDS}
        if all_free(students, numbers, self._owners):
            return
        claims = [self._claim(place) for place in places]
        for at, clash in find_clashes(claims, self._owners).items():
            title = FIELD_TITLES[clash.field]
            if owner := self._known.get(clash.owner):
                group = self._groups.get(owner.class_id)
                whose = f"{owner.identity.name}（{group.name}）" if group else owner.identity.name
                sentence = f"{title} {clash.number} 已属于{whose}，请核对两人的材料。"
            else:
                sentence = f"{title} {clash.number} 在这份名单里属于两名学生，请核对两人的材料。"
            self._left_out[places[at]] = LeftOut(Fate.CLASH, sentence, clash.owner)

    def _claim(self, place: Place) -> Claim:
        subject, keeps = self._resolved(self._subjects[place])
        numbers = {field: getattr(self._identities[place], field) for field in KEY_FIELDS}
        if keeps:
            numbers = {}
        return Claim(
            subject,
            {f: n for f, n in numbers.items() if n and (subject, f) not in self._corrected},
        )

    def _refuse_second_rows(self) -> None:
        """Leave out a second row of one student; one that was found to be the same gives way."""
        came: dict[str, Place] = {}
        ordered = sorted(
            (place for place in self._subjects if place not in self._left_out),
            key=lambda place: self._subjects[place] in self._same,  # the others first, in order
        )
        for place in ordered:
            own = self._subjects[place]
            subject, _ = self._resolved(own)
            if (first := came.setdefault(subject, place)) == place:
                continue
            where = f"{first[0]} 第{first[1]}行"
            self._left_out[place] = (
                LeftOut(Fate.ASIDE, f"与{where}是同一人，以那一行为准。", subject)
                if own in self._same
                else LeftOut(Fate.CLASH, f"与{where}是同一名学生，只写入那一行。", subject)
            )


def as_known(match: Match) -> Identity:
    """Return what a row says of its student, with the numbers that stay as they are."""
    if not (match.keeps_numbers and match.known):
        return match.identity
    theirs = match.known.identity
    stay = {key: getattr(theirs, key) or getattr(match.identity, key) for key in KEY_FIELDS}
    return match.identity._replace(**stay)


def remembered(pair: LikelyPair, decided: Sameness) -> dict[str, str | None]:
    """Return what is kept of a decision about a pair, as the values of a statement."""
    left, right = pair.left.subject, pair.right.subject
    if decided is Sameness.TWO:
        return {"one": left, "other": right, "verdict": "two"}
    one, other = (right, left) if decided is Sameness.RIGHT or not pair.right.row else (left, right)
    return {"one": one, "other": other, "verdict": "same"}
