"""The floors of the house: arrows fall, and rooms on one floor do not know one another."""

import ast
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "desktop"

FLOORS: list[set[str]] = [
    {"__main__"},
    {"app"},
    {"views"},
    {"procedures"},
    {"store"},
    {"models", "bundles", "interchange", "pictures", "printing"},
    {"domain"},
    {"files"},
    {"errors", "garbage", "paths", "turns", "usage"},
]
LEVEL = {room: level for level, floor in enumerate(FLOORS) for room in floor}

# One third-party library, one room.
LIBRARIES = {
    "sqlalchemy": {"models", "store"},
    "alembic": {"store"},
    "filelock": {"store"},
    "psutil": {"store"},
    "uuid_utils": {"store", "procedures"},
    "cryptography": {"bundles"},
    "pyrage": {"bundles"},
    "python_calamine": {"interchange"},
    "openpyxl": {"interchange"},
    "dbf": {"interchange"},
    "reportlab": {"printing"},
    "segno": {"printing"},
    "docx": {"printing"},
    "msgspec": {"bundles"},
    "PIL": {"pictures"},
    "pillow_heif": {"pictures"},
    "pypdfium2": {"pictures"},
    "zxingcpp": {"pictures"},
    "platformdirs": {"paths"},
    "pypinyin": {"procedures"},
    "PySide6": {"views", "app"},
    "shiboken6": {"views"},
}
# Compiled libraries panic with a BaseException; here panics become errors of the program.
# In the runner, whatever an operation raises becomes a value that the window tells.
BROAD_EXCEPTS = {
    "desktop/bundles/sealing.py": 2,
    "desktop/interchange/workbooks.py": 1,
    "desktop/views/runner.py": 1,
}
GROUND = FLOORS[-1]
HOMELESS = {"utils", "misc", "common", "helpers", "manager", "core", "util", "tools"}


def modules() -> list[Path]:
    """Return every module of the program but the migrations, which alembic loads as scripts."""
    return [p for p in sorted(PACKAGE.rglob("*.py")) if "migrations" not in p.parts]


def room_of(path: Path) -> str:
    """Return the room in which a module lies."""
    part = path.relative_to(PACKAGE).parts[0]
    return part.removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Yield every module that a file imports, wherever the import stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            assert node.module is not None
            yield node.module
            if node.module == "desktop" or node.module.startswith("desktop."):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms_imported(path: Path) -> set[str]:
    """Return the rooms of the program that a file knows."""
    names = (name.split(".") for name in imports(path))
    return {parts[1] for parts in names if parts[0] == "desktop" and len(parts) > 1} & LEVEL.keys()


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_arrows_fall(path: Path) -> None:
    room = room_of(path)
    if room == "__init__":
        assert rooms_imported(path) == set()
        return
    assert room in LEVEL, f"{room} is on no floor: give it one, here and in docs/architecture.md"
    for known in rooms_imported(path) - {room}:
        assert LEVEL[known] > LEVEL[room], f"{room} must not know {known}"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_library_lives_in_one_room(path: Path) -> None:
    room = room_of(path)
    for name in imports(path):
        top = name.split(".")[0]
        if top == "desktop" or top in sys.stdlib_module_names:
            continue
        assert top in LIBRARIES, f"{path}: {top} has no room"
        assert room in LIBRARIES[top], f"{path}: {top} lives in {LIBRARIES[top]}"


def use_case_rooms() -> dict[str, set[str]]:
    """Return each room of the use cases ("" is the hall, which all share) and those it knows."""
    known: dict[str, set[str]] = {}
    hall = PACKAGE / "procedures"
    for path in hall.rglob("*.py"):
        room = "" if path.parent == hall else path.relative_to(hall).parts[0]
        for name in imports(path):
            parts = name.split(".")
            if parts[:2] == ["desktop", "procedures"] and len(parts) > 2:
                other = parts[2] if (hall / parts[2]).is_dir() else ""
                known.setdefault(room, set()).update({other} - {room})
    return known


def test_the_hall_of_the_use_cases_knows_none_of_its_rooms() -> None:
    assert use_case_rooms()[""] == set()


def test_the_rooms_of_the_use_cases_run_in_no_circle() -> None:
    order = TopologicalSorter(use_case_rooms())
    assert len(list(order.static_order())) > 10  # raises CycleError where there is a circle


def test_views_know_only_use_cases_and_records() -> None:
    for path in modules():
        if room_of(path) == "views":
            assert rooms_imported(path) <= {"views", "procedures", "domain", *GROUND}


def test_the_root_knows_only_views_and_use_cases() -> None:
    assert rooms_imported(PACKAGE / "app.py") <= {"app", "views", "procedures", *GROUND}


def test_modal_dialogs_have_one_room_and_none_blocks() -> None:
    for path in modules():
        text = path.read_text(encoding="utf-8")
        if "asking.py" not in path.name:
            assert "QFileDialog" not in text, path
            assert "QMessageBox" not in text, path
        if room_of(path) == "views":
            assert ".exec(" not in text, f"{path}: use open(), which does not block"


def test_nothing_in_views_is_styled_but_by_the_sheet() -> None:
    for path in modules():
        if room_of(path) == "views" and path.parent.name != "look":
            assert "setStyleSheet" not in path.read_text(encoding="utf-8"), path


def test_no_room_is_a_drawer() -> None:
    names = {part.removesuffix(".py") for p in modules() for part in p.relative_to(PACKAGE).parts}
    assert not names & HOMELESS


def test_there_is_no_import_circle() -> None:
    known = {".".join(p.relative_to(ROOT).with_suffix("").parts): p for p in modules()}
    known = {name.removesuffix(".__init__"): path for name, path in known.items()}
    graph = {name: {i for i in imports(path) if i in known} for name, path in known.items()}
    done: set[str] = set()

    def walk(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " → ".join((*path, name))
        if name not in done:
            for target in sorted(graph[name] - {name}):
                walk(target, (*path, name))
            done.add(name)

    for name in sorted(graph):
        walk(name, ())


def broad_excepts(path: Path) -> int:
    """Count the handlers of a module that swallow everything, and do not raise it again."""
    count = 0
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            names = (
                {n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)}
                if (node.type)
                else {"Exception"}
            )
            last = node.body[-1]
            raises_again = isinstance(last, ast.Raise) and last.exc is None
            count += bool(names & {"Exception", "BaseException"}) and not raises_again
    return count


def test_broad_excepts_stand_where_a_library_panics_and_nowhere_else() -> None:
    found = {str(path.relative_to(ROOT).as_posix()): broad_excepts(path) for path in modules()}
    assert {path: count for path, count in found.items() if count} == BROAD_EXCEPTS


def test_every_error_code_is_unique_and_explained() -> None:
    codes: dict[str, str] = {}
    families = sorted((PACKAGE / "errors").glob("*.py"))
    assert len(families) > 1
    trees = [ast.parse(family.read_text(encoding="utf-8")) for family in families]
    for node in (node for tree in trees for node in tree.body):
        if isinstance(node, ast.ClassDef):
            for statement in node.body:
                target = None
                if isinstance(statement, ast.Assign):
                    target = statement.targets[0]
                elif isinstance(statement, ast.AnnAssign):
                    target = statement.target
                if isinstance(target, ast.Name) and target.id == "code":
                    assert isinstance(statement, ast.Assign | ast.AnnAssign)
                    assert isinstance(statement.value, ast.Constant)
                    code = str(statement.value.value)
                    assert code not in codes, f"{node.name} and {codes[code]} share {code}"
                    codes[code] = node.name
    help_page = (ROOT / "docs" / "guide" / "errors.md").read_text(encoding="utf-8")
    missing = [code for code in codes if f"| {code} |" not in help_page]
    assert not missing, f"docs/guide/errors.md does not explain {missing}"
