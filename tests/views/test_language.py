"""The language of the window: its own words from a catalogue, Qt's words in Chinese."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import PySide6
import pytest
from PySide6.QtCore import QLocale
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QWidget,
)

from desktop.app import speak_chinese
from desktop.paths import resources_dir
from desktop.views.language import CATALOGUE, language, tr
from tests.conftest import School

ROOT = Path(__file__).parents[2]
HANZI = re.compile("[\u3400-\u9fff]")
WORDS = re.compile("[A-Za-z]{2,}")
TOOLS = Path(PySide6.__file__).parent


@pytest.fixture
def qt_words(qapp: QApplication) -> None:
    """Qt speaks Chinese; a button whose word Qt lacks would be English."""
    speak_chinese(qapp)


def words_on(widget: QWidget) -> list[str]:
    """Return the words of labels and buttons."""
    labels = [one.text() for one in widget.findChildren(QLabel)]
    buttons = [one.text() for one in widget.findChildren(QAbstractButton)]
    return [text for text in (*labels, *buttons) if len(text) > 1]


def tool(name: str, *arguments: str) -> None:
    """Run one of Qt's tools for translators."""
    program = TOOLS / (f"{name}.exe" if sys.platform == "win32" else name)
    subprocess.run([program, "-silent", *arguments], check=True)


@pytest.mark.usefixtures("qt_words")
def test_standard_buttons_are_chinese() -> None:
    box = QDialogButtonBox()
    for kind in QDialogButtonBox.StandardButton:
        if kind.name not in {"NoButton", "FirstButton", "LastButton"}:
            box.addButton(kind)
    said = words_on(box)
    assert "取消" in said
    assert not [text for text in said if WORDS.search(text)]


@pytest.mark.usefixtures("qt_words")
def test_the_menu_of_a_line_is_chinese() -> None:
    line = QLineEdit("x")
    menu = line.createStandardContextMenu()
    said = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert "复制(&C)" in said
    assert not [text for text in said if WORDS.search(text)]
    menu.deleteLater()
    line.deleteLater()


@pytest.mark.usefixtures("qt_words")
def test_the_dialogs_of_files_and_of_printing_are_chinese() -> None:
    files = QFileDialog()
    files.setOption(QFileDialog.Option.DontUseNativeDialog)
    paper = QPrintDialog(QPrinter())
    said = [*words_on(files), *words_on(paper)]
    assert "取消" in said
    assert not [text for text in said if WORDS.search(text)]
    files.deleteLater()
    paper.deleteLater()


def test_what_qt_lacks_is_compiled_from_its_source(tmp_path: Path) -> None:
    kept = resources_dir() / "translations" / "qt_missing_zh_CN.ts"
    compiled = tmp_path / "new.qm"
    tool("lrelease", str(kept), "-qm", str(compiled))
    assert compiled.read_bytes() == kept.with_suffix(".qm").read_bytes()


def test_a_text_without_a_catalogue_is_its_source() -> None:
    assert language() == QLocale(QLocale.Language.Chinese, QLocale.Country.China).name()
    assert tr("共 {count:,} 人", count=12_345) == "共 12,345 人"
    assert tr("写成 {这样}") == "写成 {这样}"


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """A catalogue in which every text stands in brackets."""
    source, compiled = tmp_path / "jice_en.ts", tmp_path / "jice_en.qm"
    window = [ROOT / "desktop" / "app.py", *(ROOT / "desktop" / "views").rglob("*.py")]
    tool("lupdate", *map(str, window), "-target-language", "en", "-ts", str(source))
    tree = ET.parse(source)  # noqa: S314 - made just now
    for message in tree.iter("message"):
        translation = message.find("translation")
        assert translation is not None
        translation.text = f"⟦{message.findtext('source')}⟧"
        translation.attrib.pop("type", None)
    tree.write(source, encoding="utf-8")
    tool("lrelease", str(source), "-qm", str(compiled))
    return compiled


def test_page_step_and_dialog_show_the_words_of_the_catalogue(
    catalogue: Path, school: School
) -> None:
    school.close()
    done = subprocess.run(
        [sys.executable, "-m", "tests.views.translated_window", school.store_folder("registrar")],
        cwd=ROOT,
        env={**os.environ, CATALOGUE: str(catalogue), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert "⟦工作台⟧" in said["page"]
    for place in ("step", "dialog"):
        texts = [text for text in said[place] if HANZI.search(text)]
        assert texts
        bare = [text for text in texts if not (text.startswith("⟦") and text.endswith("⟧"))]
        assert not bare
        assert not [text for text in texts if "⟧⟦" in text], "glued from pieces"
