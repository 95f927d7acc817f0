"""Readings of one figure as it was printed, release by release."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd

from offences.analysis.scope import among
from offences.claims.readings.reading import (
    FigureKey,
    Question,
    Reader,
    Reading,
    doubts,
    in_order,
    number_of,
)
from offences.reference.bounds import Bounds
from offences.reference.places import Place
from offences.reference.statuses import EXACT, WITH_FIGURE, Status
from offences.releases.clean import Cleaned
from offences.tables import rows_of

OWN = "This is the release's own figure: nothing else that is public lets one recompute it."


def as_printed(measure: str | Callable[[Question], str], *, subject: bool = False) -> Reader:
    """Return the readings of a quantity that is one printed measure, about its subject or not."""

    def read(known: Cleaned, question: Question) -> list[Reading]:
        name = measure if isinstance(measure, str) else measure(question)
        return in_order(printed(known, question, name, question.subject if subject else ""))

    return read


def printed(known: Cleaned, question: Question, measure: str, subject: str = "") -> list[Reading]:
    """Return the readings of one figure as printed, by release.

    A later release decides. An earlier one that prints the same number confirms it; one that
    differs was revised and decides nothing. The claiming release's own figure is marked as such,
    or, where it was revised since, as another reading.
    """
    table = _cells(known.vintages, question.place, str(question.years), measure, subject)
    table = table[table["status"].isin(WITH_FIGURE)].sort_values(["released", "release"])
    if table.empty:
        return []
    titles = known.titles
    own = rows_of(table[table["release"] == question.release])[:1]
    others = rows_of(table[(table["release"] != question.release) & table["status"].isin(EXACT)])
    settled = _settled(known, question, measure, subject)
    found = []
    if settled is not None:
        found = _settled_or_own(settled, own, others, question.release, titles)
    seen = {reading.value for reading in found}
    for row in others:
        if row["value"] not in seen and not math.isnan(row["value"]):
            seen.add(row["value"])
            found.append(_as_first_released(row, titles))
    return found


def _settled_or_own(
    settled: dict[str, Any],
    own: list[dict[str, Any]],
    others: list[dict[str, Any]],
    release: str,
    titles: dict[str, str],
) -> list[Reading]:
    """Return what the settled figure says where it is not the claiming release's own."""
    if not own:
        return [_as_settled(settled, titles)]
    first = own[0]
    if settled["release"] != release and others and settled["status"] in EXACT:
        revised = first["status"] in EXACT and first["value"] != settled["value"]
        then = [_as_first_released(first, titles)] if revised else []
        return [_as_settled(settled, titles), *then]
    same = [row for row in others if row["value"] == first["value"]]
    if same:
        before = same[-1]
        how = f"it was also printed as {number_of(before)} ({titles[before['release']]})"
        return [_of_cell("another release", settled, how, before, doubts(settled))]
    how = f"the release prints {_wording(first)}"
    caveats = (OWN, *doubts(settled))
    return [replace(_of_cell("the release's own figure", settled, how, first, caveats), own=True)]


def _cells(
    table: pd.DataFrame, place: Place, period: str, measure: str, subject: str
) -> pd.DataFrame:
    """Return the rows of one figure of a place, by whatever name it is printed."""
    about = (table["period"] == period) & (table["measure"] == measure)
    return table[about & (table["subject"] == subject) & among(table, place.keys)]


def _settled(
    known: Cleaned, question: Question, measure: str, subject: str
) -> dict[str, Any] | None:
    rows = _cells(known.settled, question.place, str(question.years), measure, subject)
    rows = rows[rows["status"].isin(WITH_FIGURE)].sort_values("released")
    return rows_of(rows)[-1] if len(rows) else None


def _of_cell(
    name: str, cell: dict[str, Any], how: str, rests_on: dict[str, Any], caveats: tuple[str, ...]
) -> Reading:
    exact = cell["status"] in (Status.REPORTED, Status.PARTIAL)
    value = float(cell["value"]) if exact else math.nan
    return Reading(name, value, Bounds.of(cell), how, caveats, (FigureKey.of(rests_on),))


def _as_settled(cell: dict[str, Any], titles: dict[str, str]) -> Reading:
    how = f"{_wording(cell)} was printed ({titles[cell['release']]})"
    return _of_cell("the printed figure", cell, how, cell, doubts(cell))


def _as_first_released(cell: dict[str, Any], titles: dict[str, str]) -> Reading:
    title = titles[cell["release"]]
    how = f"{_wording(cell)} was printed ({title}), which other releases do not repeat"
    reading = Reading(
        f"as released then, {title}", float(cell["value"]), Bounds.of(cell), how, plain=False
    )
    return replace(reading, rests_on=(FigureKey.of(cell),))


def _wording(cell: dict[str, Any]) -> str:
    """Return a figure as printed: its number, or its wordings."""
    if cell["status"] in (Status.REPORTED, Status.PARTIAL):
        return number_of(cell)
    wordings = list(dict.fromkeys(str(cell["printed"]).split("|")))
    worded = [wording for wording in wordings if not wording.replace(",", "").isdigit()]
    # A number without its word was read as that wording with its word dropped.
    rounded = cell["status"] == Status.APPROXIMATE and worded
    return " and ".join(worded if rounded else wordings)
