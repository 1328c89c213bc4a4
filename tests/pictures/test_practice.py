"""Portraits of nobody: small, always the same, and no two alike."""

from desktop.pictures.measuring import measure
from desktop.pictures.practice import practice_portrait


def test_portraits_are_small_and_always_the_same() -> None:
    drawn = [practice_portrait(seed) for seed in range(30)]
    assert drawn == [practice_portrait(seed) for seed in range(30)]
    assert len(set(drawn)) == 30
    assert all(len(data) < 10_000 for data in drawn)
    sizes = {(measured.width, measured.height) for measured in map(measure, drawn)}
    assert sizes == {(180, 240)}
