"""Words that mean the same are one word everywhere: a column of a table is 栏, never 列."""

import ast
import re

from tests.architecture.test_floors import ROOT, modules

# 列 that is a verb, or stands in a word of its own
_OTHER = re.compile("列(出|表|在|入|为|着|成|名|男)|(一直|下|漏|另|分|会|所|系|排|队|序)列")
_PAPERS = ("docs/guide/index.md", "docs/guide/errors.md", "CHANGELOG.md", "README.md")


def columns_called_otherwise(text: str) -> list[str]:
    """Return where a text calls a column 列."""
    left = _OTHER.sub("", text)
    return [left[max(found.start() - 8, 0) : found.end() + 8] for found in re.finditer("列", left)]


def test_the_check_finds_what_it_is_for() -> None:
    assert columns_called_otherwise("请删去另一列，并列出各行，列在下面")
    assert not columns_called_otherwise("请删去另一栏，并列出各行，列在下面")


def test_the_program_calls_a_column_by_one_word() -> None:
    found = {}
    for path in modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        texts = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)]
        said = [w for t in texts if isinstance(t, str) for w in columns_called_otherwise(t)]
        if said:
            found[str(path.relative_to(ROOT))] = said
    assert found == {}


def test_the_papers_call_a_column_by_one_word() -> None:
    for name in _PAPERS:
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if columns_called_otherwise(line)] == [], name
