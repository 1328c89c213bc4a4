"""Run the benchmarks, ``python -m benchmarks [names]``, and write ``RESULTS.md``."""

import argparse
import datetime as dt
import os
import platform
from pathlib import Path

import psutil

from benchmarks import Figure, importing, merging, opening, photos, printing, window

RESULTS = Path(__file__).parent / "RESULTS.md"


def main() -> None:
    """Run what was asked for; only the whole run, in full amounts, is written down."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument(
        "names",
        nargs="*",
        help="printing, merging, importing, opening, photos, window; all unless named",
    )
    parser.add_argument("--quick", action="store_true", help="a tenth of the amounts")
    arguments = parser.parse_args()
    part = 10 if arguments.quick else 1
    known = {
        "printing": lambda: printing.run(20_000 // part),
        "merging": lambda: merging.run(merging.STUDENTS // part),
        "importing": lambda: importing.run(importing.STUDENTS // part),
        "opening": lambda: opening.run(opening.STATEMENTS // part),
        "photos": lambda: photos.run(photos.PHOTOS // part),
        "window": lambda: window.run(window.STUDENTS // part),
    }
    figures: list[Figure] = []
    for name in arguments.names or known:
        for figure in known[name]():
            print(figure, flush=True)
            figures.append(figure)
    if not arguments.quick and not arguments.names:
        RESULTS.write_text(report(figures), encoding="utf-8")


def report(figures: list[Figure]) -> str:
    """Return the results as a page, misses stated as such."""
    memory = psutil.virtual_memory().total / 2**30
    lines = [
        "# Results",
        "",
        f"{dt.datetime.now(dt.UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}. "
        "Ratios are measured within one run; the machine is shared.",
        "",
        "| figure | value | limit | verdict | detail |",
        "|---|---|---|---|---|",
    ]
    for figure in figures:
        limit = "" if figure.limit is None else f"{figure.limit:g}{figure.unit}"
        verdict = "told" if figure.limit is None else "met" if figure.is_good else "**missed**"
        value = f"{figure.value:.2f}{figure.unit}"
        lines.append(f"| {figure.name} | {value} | {limit} | {verdict} | {figure.detail} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
