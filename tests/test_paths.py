"""Where things lie: what must not lie within another."""

from pathlib import Path

import platformdirs
import pytest

from desktop.paths import default_data_dir, log_dir, training_data_dir


@pytest.mark.parametrize("within", [True, False])
def test_the_log_lies_outside_the_data_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, within: bool
) -> None:
    data = default_data_dir()
    logs = data / "Logs" if within else tmp_path / "log"  # as Windows has it, and the others
    monkeypatch.setattr(platformdirs, "user_log_dir", lambda *_args, **_more: str(logs))
    found = log_dir()
    assert data not in (found, *found.parents)
    assert training_data_dir() not in (found, *found.parents)
    assert found == logs or within
