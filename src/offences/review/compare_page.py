"""The page that shows two runs side by side: what went in, the numbers, the charts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from offences.review.compare import CHANGES_COLUMNS, Comparison, save
from offences.runs.pages import TEMPLATES, shown_chart
from offences.runs.run_folder import PAGE
from offences.tables import rows_of


def write(comparison: Comparison, title: str, folder: Path) -> Path:
    """Write the page and the table of a comparison into a folder, and return the page."""
    save(comparison, folder)
    rows = [
        [_shown(row[column]) for column in CHANGES_COLUMNS] for row in rows_of(comparison.changes)
    ]
    page = TEMPLATES.get_template("compare.html").render(
        title=title,
        before=comparison.before.path.name,
        after=comparison.after.path.name,
        policy=_policies(comparison),
        summary=f"{len(rows)} numbers and verdicts differ.",
        differing_inputs=comparison.differing_inputs,
        columns=CHANGES_COLUMNS,
        rows=rows,
        charts=_charts(comparison),
    )
    path = folder / PAGE
    path.write_text(page, encoding="utf-8")
    return path


def _policies(comparison: Comparison) -> str:
    runs = (comparison.before, comparison.after)
    return "; then ".join(dict.fromkeys(run.manifest.policy.in_words() for run in runs))


def _charts(comparison: Comparison) -> list[dict[str, Any]]:
    """Return the charts whose pictures differ, each before and after."""
    runs = (comparison.before, comparison.after)
    found = []
    for name in sorted({path.stem for run in runs for path in run.pictures}):
        pictures = {
            run: path.read_bytes() for run in runs if (path := run.path / f"{name}.png").is_file()
        }
        if len(pictures) == len(runs) and len(set(pictures.values())) == 1:
            continue
        both = [{"run": run.path.name, "chart": shown_chart(run, name)} for run in pictures]
        found.append({"name": name.replace("_", " "), "both": both})
    return found


def _shown(cell: object) -> str:
    if isinstance(cell, float):
        return "" if cell != cell else f"{cell:+,.1f}".removesuffix(".0")
    return str(cell)
