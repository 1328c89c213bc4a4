"""The words of the window: Chinese sentences as the source, others from a Qt catalogue (ADR 19).

The catalogue is loaded when this module is, before any view can ask it for a word; constants of
modules are therefore translated like everything else, and the language never changes while the
program runs.
"""

import os
from typing import Final

from PySide6.QtCore import QTranslator

CATALOGUE: Final = "JICE_CATALOGUE"  # names a compiled catalogue (.qm); without it, Chinese
SOURCE_LANGUAGE: Final = "zh_CN"

_catalogue = QTranslator()
if _path := os.environ.get(CATALOGUE):
    _catalogue.load(_path)


def tr(source: str, /, **values: object) -> str:
    """Return a whole sentence in the language of the window, its named places filled in.

    ``source`` is a literal, so that ``make texts`` finds it: ``tr("共 {count:,} 人", count=n)``.
    A word that the catalogue does not have stays Chinese.
    """
    text = source if _catalogue.isEmpty() else _catalogue.translate("", source) or source
    return text.format(**values) if values else text


def language() -> str:
    """Return the language of the window, such as ``zh_CN``, for Qt's own words."""
    return _catalogue.language() or SOURCE_LANGUAGE
