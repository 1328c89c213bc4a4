"""These tests need an X server, a window manager and a keyboard: run them by ``make keys``."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.display.screen import Screen

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave them out unless they are asked for by their mark."""
    if "display" in config.getoption("-m"):
        return
    left_out = [item for item in items if item.path.is_relative_to(_HERE)]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    """An empty screen; its pictures are kept in ``pictures`` of the test's folder."""
    made = Screen(tmp_path)
    yield made
    made.switch_off()
