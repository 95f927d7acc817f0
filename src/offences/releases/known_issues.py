"""Known issues: doubts about printed figures, each with the page that gives rise to it."""

from __future__ import annotations

import math

import pandas as pd

from offences.errors import DataError, did_you_mean
from offences.project import Project
from offences.reference.measures import read_measures
from offences.reference.periods import Period
from offences.reference.places import Places
from offences.releases.sources import Release
from offences.tables import Row, read_rows

ISSUE_COLUMNS = [
    "issue",
    "effect",
    "place_kind",
    "place",
    "period",
    "measure",
    "subject",
    "only_source",
    "lower",
    "upper",
    "text",
    "source",
]


EFFECTS = ("partial", "disputed", "approximate", "flag")
"""What a known issue does: set a status, or only be shown (``flag``)."""


def read_issues(project: Project, releases: tuple[Release, ...]) -> pd.DataFrame:
    """Return the known issues with the day from which each could be known.

    Raises
    ------
    DataError
        When an issue stands twice or names an effect, place, measure, period or source that
        does not exist.
    """
    path = project.reference / "known_issues.csv"
    file = project.relative(path)
    places = Places.read(project)
    measures = read_measures(project)
    published = {
        f"{release.name}/{source}": release.published.isoformat()
        for release in releases
        for source in release.sources
    }
    rows = read_rows(project, path, ISSUE_COLUMNS)
    seen: set[str] = set()
    table: list[dict[str, object]] = []
    for row in rows:
        cells = row.cells

        def require(
            column: str, known: object, what: str, row: Row = row, file: str = file
        ) -> None:
            value = row.cells[column]
            if value not in known:  # type: ignore[operator]
                hint = did_you_mean(value, list(known))  # type: ignore[call-overload]
                problem = f"unknown {what} {value!r}{hint or '.'}"
                raise DataError(file, problem, row=row.line, column=column)

        if cells["issue"] in seen:
            raise DataError(file, f"{cells['issue']!r} stands twice.", row=row.line, column="issue")
        seen.add(cells["issue"])
        require("effect", EFFECTS, "effect")
        require("measure", measures, "measure")
        require("source", published, "source")
        if cells["only_source"]:
            require("only_source", published, "source")
        place = places.printed(cells["place_kind"], cells["place"])
        if place is None:
            hint = "' or '".join(places.suggestions(cells["place_kind"], cells["place"]))
            problem = f"unknown {cells['place_kind']} {cells['place']!r}"
            problem += f": did you mean '{hint}'?" if hint else "."
            raise DataError(file, problem, row=row.line, column="place")
        try:
            period = str(Period.parse(cells["period"])) if cells["period"] else ""
        except ValueError as error:
            raise DataError(file, str(error), row=row.line, column="period") from error
        lower, upper = (_bound(file, row, column) for column in ("lower", "upper"))
        if lower > upper:
            raise DataError(file, "is below lower.", row=row.line, column="upper")
        table.append(
            {
                **cells,
                "place_kind": place.kind,
                "place": place.name,
                "period": period,
                "lower": lower,
                "upper": upper,
                "known_from": published[cells["source"]],
            }
        )
    return pd.DataFrame(table, columns=[*ISSUE_COLUMNS, "known_from"])


def _bound(file: str, row: Row, column: str) -> float:
    try:
        return float(row.cells[column] or math.nan)
    except ValueError:
        problem = f"{row.cells[column]!r} is not a number."
        raise DataError(file, problem, row=row.line, column=column) from None
