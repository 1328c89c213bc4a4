"""Every Chinese text of the window goes through translation, as one literal a tool can find."""

import ast
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import PySide6
import pytest

from tests.architecture.test_floors import PACKAGE, ROOT, modules, room_of

HANZI = re.compile("[\u3400-\u9fff]")
# the user guide is Chinese: its sections are found by their titles
VERBATIM = {"guide", "FIRST_TITLE"}
# a text that is looked for in another one is an identity, no wording
LOOKING = {"startswith", "endswith", "removeprefix", "removesuffix"}
WINDOW = [p for p in modules() if room_of(p) in {"views", "app"}]
LUPDATE = Path(PySide6.__file__).parent / ("lupdate.exe" if sys.platform == "win32" else "lupdate")


def is_tr(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr"


def named(node: ast.AST) -> set[str]:
    """Return the plain names that a statement assigns to."""
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def left_alone(node: ast.AST) -> list[ast.AST]:
    """Return the parts of a node whose texts need no translation."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return [node.value]  # a docstring
    if isinstance(node, ast.Compare | ast.MatchValue):
        return [node]
    if isinstance(node, ast.keyword) and node.arg in VERBATIM:
        return [node.value]
    if isinstance(node, ast.Assign | ast.AnnAssign) and named(node) & VERBATIM and node.value:
        return [node.value]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return [*node.args] if node.func.attr in LOOKING else []
    return [node.args[0]] if isinstance(node, ast.Call) and is_tr(node) and node.args else []


def untranslated(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and text of every Chinese literal that stands outside translation."""
    parts = [part for node in ast.walk(tree) for part in left_alone(node)]
    skipped = {id(inner) for part in parts for inner in ast.walk(part)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in skipped:
            continue
        if isinstance(node.value, str) and HANZI.search(node.value):
            yield node.lineno, node.value


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Yield every call of ``tr``."""
    yield from (n for n in ast.walk(tree) if isinstance(n, ast.Call) and is_tr(n))


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('x = "姓名"', 1),
        ('x = tr("姓名")', 0),
        ('x = tr(f"{n} 人")', 0),
        ('x = tr("{n} 人", n="三")', 1),
        ('def f():\n    """说明"""\n    return f"{n} 人"', 1),
        ('x = Step(tr("完成"), guide="学生")', 0),
        ('guide: str = "学生"', 0),
        ('x = Step("完成", guide="学生")', 1),
        ('TITLE = "学生"', 1),
    ],
)
def test_the_search_finds_what_it_should(source: str, found: int) -> None:
    assert len(list(untranslated(ast.parse(source)))) == found


@pytest.mark.parametrize("path", WINDOW, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_chinese_text_stands_outside_translation(path: Path) -> None:
    assert not list(untranslated(tree_of(path))), "write tr(…) from desktop/views/language.py"


@pytest.mark.parametrize("path", WINDOW, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_text_is_one_literal_whose_places_have_names(path: Path) -> None:
    for call in calls(tree_of(path)):
        where = f"{path.name}:{call.lineno}"
        assert len(call.args) == 1, where
        (text,) = call.args
        assert isinstance(text, ast.Constant), where
        assert isinstance(text.value, str), where
        given = {word.arg for word in call.keywords}
        if given:
            assert places(text.value) == given, where


def places(text: str) -> set[str]:
    """Return the names of the places of a text, those inside format specifications too."""
    found: set[str] = set()
    for _, name, specification, _ in string.Formatter().parse(text):
        if name is not None:
            found |= {name, *places(specification or "")}
    return found


def test_the_tool_of_the_translators_finds_every_text(tmp_path: Path) -> None:
    wanted = {
        text.value
        for path in WINDOW
        for call in calls(tree_of(path))
        for text in call.args
        if isinstance(text, ast.Constant)
    }
    catalogue = tmp_path / "jice_en.ts"
    subprocess.run(
        [LUPDATE, "-silent", *map(str, WINDOW), "-ts", str(catalogue)], check=True, cwd=PACKAGE
    )
    found = {node.text for node in ET.parse(catalogue).iter("source")}  # noqa: S314
    assert found == wanted
    assert {node.text for node in ET.parse(catalogue).iter("name")} <= {None}  # noqa: S314
