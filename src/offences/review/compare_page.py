"""The page that shows two runs side by side: what went in, the numbers, the figures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from offences.releases.disclosure import PUBLISHED, Policy
from offences.review.compare import COLUMNS, Comparison, save
from offences.runs.run_page import PAGE, PAGES, chart
from offences.runs.store import MANIFEST
from offences.tables import rows_of


def write(comparison: Comparison, title: str, folder: Path) -> Path:
    """Write the page and the table of a comparison into a folder, and return the page."""
    save(comparison, folder)
    before, after = comparison.before.name, comparison.after.name
    rows = [[_shown(row[column]) for column in COLUMNS] for row in rows_of(comparison.changes)]
    page = PAGES.get_template("compare.html").render(
        title=title,
        before=before,
        after=after,
        policy=_policies(comparison),
        said=f"{len(rows)} numbers and verdicts differ.",
        inputs=comparison.inputs,
        columns=COLUMNS,
        rows=rows,
        charts=_charts(comparison),
    )
    path = folder / PAGE
    path.write_text(page, encoding="utf-8")
    return path


def _policies(comparison: Comparison) -> str:
    both = (_policy(folder) for folder in (comparison.before, comparison.after))
    return "; then ".join(dict.fromkeys(both))


def _policy(folder: Path) -> str:
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return Policy.parse(manifest["parameters"].get("disclosure", PUBLISHED)).in_words()


def _charts(comparison: Comparison) -> list[dict[str, Any]]:
    """Return the charts whose pictures differ, each before and after."""
    folders = (comparison.before, comparison.after)
    names = sorted({path.stem for folder in folders for path in folder.glob("*.png")})
    found = []
    for name in names:
        pictures = [folder / f"{name}.png" for folder in folders]
        there = [path for path in pictures if path.is_file()]
        if len(there) == len(folders) and len({path.read_bytes() for path in there}) == 1:
            continue
        both = []
        for path in there:
            one = chart(path.parent, name)
            both.append({"when": path.parent.name, "title": one.title, "words": one.words,
                         "picture": one.picture})  # fmt: skip
        found.append({"name": name.replace("_", " "), "both": both})
    return found


def _shown(cell: object) -> str:
    if isinstance(cell, float):
        return "" if cell != cell else f"{cell:+,.1f}".removesuffix(".0")
    return str(cell)
