"""Known issues: doubts about printed figures, and what each does to a figure it is about.

An issue is about one page's figure, or about a figure whichever page repeats it. This module is
the one place that says what it does to a status, to bounds, and to what a reader is told.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Annotated, Any, ClassVar

import pandas as pd
from pydantic import AfterValidator

from offences.errors import offer
from offences.project import Project
from offences.reference.bounds import Bounds
from offences.reference.periods import Period
from offences.reference.places import PrintedKind
from offences.reference.statuses import EXACT, WITH_FIGURE, Status
from offences.reference.vocabulary import Vocabulary
from offences.releases.schemas import CELL
from offences.releases.sources import Release
from offences.tables import Number, TableRow, Text, read_table, rows_of


class Effect(StrEnum):
    """What a known issue does: set a status, or only be shown (``flag``)."""

    PARTIAL = "partial"
    DISPUTED = "disputed"
    APPROXIMATE = "approximate"
    FLAG = "flag"


def _in_one_form(period: str) -> str:
    return str(Period.parse(period)) if period else ""


class KnownIssue(TableRow):
    """One row of ``known_issues.csv``."""

    key: ClassVar = ("issue",)

    issue: Text
    effect: Effect
    place_kind: PrintedKind
    place: Text
    period: Annotated[str, AfterValidator(_in_one_form)]
    measure: Text
    subject: str
    only_source: str
    lower: Number
    upper: Number
    text: Text
    source: Text


def read_issues(
    project: Project, releases: Iterable[Release], vocabulary: Vocabulary
) -> pd.DataFrame:
    """Return the known issues with the day from which each could be known.

    Columns: those of ``known_issues.csv``, with places and periods in their one form and NaN where
    a bound is not given, then ``known_from``.

    Raises
    ------
    DataError
        When an issue is there twice or names an effect, place, measure, period or source that
        does not exist.
    """
    published = {
        f"{release.name}/{source}": release.published.isoformat()
        for release in releases
        for source in release.sources
    }
    table: list[dict[str, object]] = []
    for row in read_table(project, project.reference / "known_issues.csv", KnownIssue):
        row.require("measure", vocabulary.measures, "measure")
        row.require("source", published, "source")
        if row.only_source:
            row.require("only_source", published, "source")
        place = vocabulary.places.printed(row.place_kind, row.place)
        if place is None:
            near = offer(vocabulary.places.suggestions(row.place_kind, row.place))
            raise row.wrong("place", f"unknown {row.place_kind} {row.place!r}{near or '.'}")
        lower, upper = (math.nan if b is None else b for b in (row.lower, row.upper))
        if lower > upper:
            raise row.wrong("upper", "is below lower.")
        table.append(
            row.model_dump(exclude={"file", "line"})
            | {"place_kind": place.kind, "place": place.name, "lower": lower, "upper": upper}
            | {"known_from": published[row.source]}
        )
    return pd.DataFrame(table, columns=[*KnownIssue.columns(), "known_from"])


def on_pages(observations: pd.DataFrame, issues: pd.DataFrame) -> pd.DataFrame:
    """Return the printed figures, with the status that an issue about one page only gives them.

    Columns as :data:`offences.releases.schemas.OBSERVATIONS`.
    """
    table = observations.copy()
    of_pages = issues[(issues["only_source"] != "") & (issues["effect"] != Effect.FLAG)]
    for issue in rows_of(of_pages):
        for at, row in zip(table.index, rows_of(table), strict=True):
            if _is_about(issue, row, [row["source"]]):
                lower = 0.0 if issue["effect"] == Effect.APPROXIMATE else row["lower"]
                given = {"status": issue["effect"], **Bounds(lower).columns()}
                table.loc[at, list(given)] = list(given.values())
    return table


def on_settled(settled: pd.DataFrame, vintages: pd.DataFrame, issues: pd.DataFrame) -> pd.DataFrame:
    """Return the settled figures with their issues, and what these do to status and bounds.

    Columns as ``settled``, then ``issues`` (names with ``|`` between them) and ``issue_text``. A
    disputed figure lies between the exact figures that were printed of it in any release, where
    the issue does not say otherwise.
    """
    printed: dict[tuple[str, ...], list[Bounds]] = {}
    for row in rows_of(vintages[vintages["status"].isin(EXACT)]):
        printed.setdefault(_cell(row), []).append(Bounds.of(row))
    every, rows = rows_of(issues), rows_of(settled)
    for row in rows:
        about = _about(every, row)
        row["issues"] = "|".join(issue["issue"] for issue in about)
        row["issue_text"] = " ".join(issue["text"] for issue in about)
        for issue in about:
            if not issue["only_source"] and row["status"] in WITH_FIGURE:
                row |= _changed(row, issue, printed.get(_cell(row), [Bounds.of(row)]))
    return pd.DataFrame(rows, columns=[*settled.columns, "issues", "issue_text"])


def issue_text(issues: pd.DataFrame, row: Mapping[str, Any]) -> str:
    """Return what is known to be wrong with one release's figure, a row of the vintages."""
    deciding = rows_of(issues[issues["effect"] != Effect.FLAG])
    return " ".join(issue["text"] for issue in _about(deciding, row))


def _about(issues: list[dict[str, Any]], row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the issues of a figure that rests on several pages."""
    pages = str(row["sources"]).split("|")
    return [issue for issue in issues if _is_about(issue, row, pages)]


def _is_about(issue: dict[str, Any], row: Mapping[str, Any], pages: list[str]) -> bool:
    """Return whether an issue is about a figure; an empty period, subject or page means any."""
    same = all(issue[column] in ("", row[column]) for column in CELL)
    return same and issue["only_source"] in ("", *pages)


def _changed(
    row: Mapping[str, Any], issue: dict[str, Any], printed: list[Bounds]
) -> dict[str, Any]:
    """Return the status and bounds that an issue gives a settled figure."""
    bounds, status = Bounds.of(row), row["status"]
    if issue["effect"] == Effect.PARTIAL:
        status = Status.PARTIAL if status in EXACT else status
        return {"status": status, **Bounds(bounds.lower).columns()}
    if issue["effect"] == Effect.DISPUTED:
        between = printed[0].joined(*printed[1:])
        lower = between.lower if math.isnan(issue["lower"]) else issue["lower"]
        upper = between.upper if math.isnan(issue["upper"]) else issue["upper"]
        return {"status": Status.DISPUTED, **Bounds(lower, upper).columns()}
    return {}


def _cell(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(row[column] for column in CELL)
