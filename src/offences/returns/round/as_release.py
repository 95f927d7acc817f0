"""A public round as a release: a folder that, moved into ``data/raw``, every notebook reads.

A simulated round never becomes one, nor do answers that are not public.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd
import yaml

from offences.errors import OffencesError
from offences.reference.bounds import Bounds
from offences.reference.periods import Period
from offences.reference.places import Places, slug
from offences.releases.layouts import LOG_COLUMNS
from offences.releases.sources import SOURCE_COLUMNS
from offences.returns.round.rounds import ReturnFile, Round
from offences.returns.settle.settle import ReturnFigure
from offences.tables import write

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def write_release(
    this_round: Round,
    files: Sequence[ReturnFile],
    figures: Iterable[ReturnFigure],
    places: Places,
    folder: Path,
) -> int:
    """Write ``release.yaml``, ``sources.csv`` and ``figures.csv`` and return how many figures.

    An interval is written as ``23-31``; a figure whose upper end is open as ``at least 23``, or
    not at all where nothing bounds it. Only figures of a known force and of whole months are
    part of a release.

    Raises
    ------
    OffencesError
        When the round is not public or simulated, or ``round.yaml`` gives no month.
    """
    if this_round.about.simulated:
        raise OffencesError("A SIMULATED round does not become a release.")
    if not this_round.about.public:
        raise OffencesError("Answers that are not public do not become a release.")
    if not this_round.about.month:
        raise OffencesError('round.yaml: give the month of the release, as month: "2026-11".')
    rows = []
    used: dict[str, None] = {}
    for one in figures:
        if one.unit == "percent" or (one.measure, one.unit) == ("platform_count", "victims"):
            continue  # shares follow from counts; a count of platforms is one of offences
        printed = as_logged(one.bounds)
        if not printed or not _whole_months(one.period) or not places.printed("force", one.force):
            continue
        used |= dict.fromkeys(one.files)
        source = slug(one.files[0])
        counted = f"counted as {one.unit}" if one.unit != "offences" else ""
        rows.append(
            (source, "force", one.force, one.period, one.measure, one.subject, printed, "count",
             "; ".join(filter(None, (one.note, counted, *one.files[1:]))))
        )  # fmt: skip
    by_name = {file.path.name: file for file in files}
    sources = [_source(this_round, by_name[name]) for name in used]
    write(pd.DataFrame(rows, columns=LOG_COLUMNS), folder / "figures.csv")
    write(pd.DataFrame(sources, columns=SOURCE_COLUMNS), folder / "sources.csv")
    covers = f"{len({row[2] for row in rows})} forces' own answers"
    about = {"title": this_round.about.title, "month": this_round.about.month, "covers": covers}
    (folder / "release.yaml").write_text(yaml.safe_dump(about, sort_keys=False), encoding="utf-8")
    return len(rows)


def as_logged(bounds: Bounds) -> str:
    """Return bounds as a log of figures writes them, empty where there are none."""
    if bounds.is_exact:
        return f"{bounds.lower:.0f}"
    if bounds.is_open:
        return f"at least {bounds.lower:.0f}" if bounds.lower > 0 else ""
    return f"{bounds.lower:.0f}-{bounds.upper:.0f}"


def _whole_months(period: str) -> bool:
    try:
        Period.parse(period)
    except ValueError:
        return False
    return True


def _source(this_round: Round, file: ReturnFile) -> tuple[str, ...]:
    """Return the entry of a file among the sources of the release."""
    about = file.layout or file.answer
    day = (about.published_on if about else "").removeprefix("~")
    return (
        slug(file.path.name),
        f"{file.forces[0]}, own answer" if len(file.forces) == 1 else "own answers of forces",
        day if _DATE.fullmatch(day) else str(this_round.about.month),
        about.url if about else "",
        "force disclosure log",
        "",
        f"typed in {file.path.name}" if file.answer else file.path.name,
    )
