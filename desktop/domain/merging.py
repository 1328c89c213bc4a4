"""What a merge would do, as data: computed before anything is changed (design §5)."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.exchange import Receipt
from desktop.domain.statements import Key


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about a bundle that a person should know, though it is no refusal.

    Codes: ``predecessor-missing``, ``older-after-newer``, ``already-in``, ``withdrawn``;
    ``data-outdated`` when the bundle proves that this seat's own data is an old backup or a copy.
    """

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A value that stands in the store and that the bundle changes, without contradiction."""

    key: Key
    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class NewFact:
    """What a list says of a student of whom nothing was said before: fees, credits …."""

    key: Key
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """A field on which offices or seats contradict one another after this bundle."""

    key: Key
    field: str
    alternatives: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class MissingStudents:
    """Students of a class of whom the bundle, and all before it, say nothing."""

    class_id: str
    students: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BundleReport:
    """What one genuine bundle brings.

    ``new_readings`` counts subjects' aspects that were empty before; ``without_authority`` the
    subjects that do not belong to the sending office; ``receipts`` are those that are new here;
    ``forwarded`` are bundles of other seats that travelled in it. ``office_name`` and
    ``round_name`` are what the bundle itself calls them: the first of all comes before either is
    known here. ``facts`` are what lists say of students for the first time.
    """

    file_name: str
    bundle_id: str
    from_office: str
    from_seat: str
    round: str
    number: int
    created: str
    statements: int
    new_statements: int
    new_readings: int
    notices: tuple[Notice, ...]
    changes: tuple[FieldChange, ...]
    conflicts: tuple[FieldConflict, ...]
    without_authority: tuple[str, ...]
    missing: tuple[MissingStudents, ...]
    receipts: tuple[Receipt, ...]
    office_name: str
    round_name: str
    forwarded: tuple["BundleReport", ...] = ()
    facts: tuple[NewFact, ...] = ()

    @property
    def new_with_forwarded(self) -> int:
        """How much is new in it, and in the bundles of other seats that it hands on."""
        return self.new_statements + sum(bundle.new_statements for bundle in self.forwarded)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that is refused whole, with the sentences and the code that say why."""

    file_name: str
    code: str
    what: str
    todo: str


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What files bring, in the order in which they were given.

    ``refused_places`` are the places of the refused ones among all files, counted from 0.
    """

    bundles: tuple[BundleReport, ...]
    refusals: tuple[Refusal, ...]
    refused_places: tuple[int, ...]

    @property
    def new_statements(self) -> int:
        """How much is new, over all bundles."""
        return sum(bundle.new_with_forwarded for bundle in self.bundles)
