"""Readings of a quantity: each way in which public figures give it, with what it rests on.

"How many offences" can mean a printed total, the sum of the forces, or what a release said first;
"up by how much" the printed totals or the forces that can be compared. A reading is one such way.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from offences.analysis import forces, sentences
from offences.analysis.forces import NOT_PRINTED
from offences.analysis.printed_totals import printed_totals
from offences.analysis.rows import among
from offences.reference.periods import Period
from offences.reference.places import Place
from offences.reference.statuses import EXACT, WITH_FIGURE
from offences.releases.clean import Cleaned
from offences.releases.schemas import CELL
from offences.tables import rows_of
from offences.text import as_count

Key = tuple[str, ...]


"""What a reading rests on: the values of ``releases.schemas.CELL``, then the release."""


@dataclass(frozen=True)
class Question:
    """What is asked.

    Attributes
    ----------
    subject
        The platform, parent, group or victims it is about; else empty.
    basis
        Of a share: ``known`` (of offences or victims for which it was recorded) or ``all``.
    release
        The release that makes the claim: its own figure is no evidence for it. Empty when nobody
        claims anything.
    """

    quantity: str
    place: Place
    years: Period
    subject: str = ""
    basis: str = ""
    release: str = ""


@dataclass(frozen=True)
class Reading:
    """One way in which public figures give a quantity.

    Attributes
    ----------
    name
        What tells it from the others: ``the forces added up``.
    value
        The number it gives; NaN where figures only bound it.
    lower, upper
        What the figures allow; ``upper`` is NaN where it is open.
    how
        How the number comes about, as the second half of a sentence.
    caveats
        Why the truth may differ from the number, a sentence each.
    rests_on
        The figures it is made of.
    plain
        Whether a reader takes the question to mean this; else it is another reading.
    own
        Whether it is the very figure of the release that makes the claim.
    rounding
        How far the value may be off because it adds up rounded percentages.
    beside
        Whether it is about another place or period: it decides nothing.
    """

    name: str
    value: float
    lower: float
    upper: float
    how: str
    caveats: tuple[str, ...] = ()
    rests_on: tuple[Key, ...] = ()
    plain: bool = True
    own: bool = False
    rounding: float = 0.0
    beside: bool = False

    @property
    def exact(self) -> bool:
        """Whether the truth can only be the value."""
        return self.lower == self.value == self.upper


OWN = "This is the release's own figure: nothing else that is public lets one recompute it."


def offences(cleaned: Cleaned, question: Question) -> list[Reading]:
    """Return the readings of how many offences were recorded."""
    found = printed(cleaned, question, "offences")
    years = question.years
    if years.whole_years and not years.is_year:
        found += _years_added_up(cleaned, question)
    if years.whole_years and (len(question.place.forces) > 1 or not years.is_year):
        found += _forces_added_up(cleaned, question)
    return in_order(found)


def printed(cleaned: Cleaned, question: Question, measure: str, subject: str = "") -> list[Reading]:
    """Return the readings of one figure as printed, by release.

    A later release decides. An earlier one that prints the same number confirms it; one that
    differs was revised and decides nothing. The claiming release's own figure is marked as such,
    or, where it was revised since, as another reading.
    """
    table = _cells(cleaned.vintages, question.place, str(question.years), measure, subject)
    table = table[table["status"].isin(WITH_FIGURE)].sort_values(["released", "release"])
    if table.empty:
        return []
    own = table[table["release"] == question.release]
    settled = _settled(cleaned, question, measure, subject)
    others = table[(table["release"] != question.release) & table["status"].isin(EXACT)]
    last = settled is not None and settled["release"] != question.release
    found = []
    if own.empty:
        if settled is not None:
            found.append(_as_settled(settled))
    elif last and len(others) and settled is not None and settled["status"] in EXACT:
        found.append(_as_settled(settled))
        first = rows_of(own)[0]
        if first["status"] in EXACT and first["value"] != settled["value"]:
            found.append(_as_first_released(first))
    else:
        first = rows_of(own)[0]
        same = others[others["value"] == first["value"]]
        if len(same) and settled is not None:
            before = rows_of(same)[-1]
            how = f"it was also printed as {number_of(before)} ({before['release']})"
            found.append(
                _of_cell("another release", settled, how, (*_key(before),), doubts(settled))
            )
        elif settled is not None:
            how = f"the release prints {_wording(first)}"
            caveats = (OWN, *doubts(settled))
            own_figure = _of_cell("the release's own figure", settled, how, _key(first), caveats)
            found.append(_marked_own(own_figure))
    seen = {reading.value for reading in found}
    for row in rows_of(others):
        if row["value"] not in seen and not math.isnan(row["value"]):
            seen.add(row["value"])
            found.append(_as_first_released(row))
    return found


def span(_: Cleaned, question: Question) -> list[Reading]:
    """Return how many years a span is: counted, and from its first to its last."""
    years = question.years.years()
    counted, apart = float(len(years)), float(len(years) - 1)
    said = question.years.in_words()
    return [
        Reading("the years counted", counted, counted, counted, f"{said} are {counted:.0f} years"),
        Reading(
            "from the first year to the last",
            apart,
            apart,
            apart,
            f"from {years[0]} to {years[-1]} it is {apart:.0f} years",
            plain=False,
        ),
    ]


def in_order(readings: Iterable[Reading]) -> list[Reading]:
    """Return plain evidence first, figures before bounds, the release's own figure last."""
    return sorted(readings, key=lambda r: (r.beside, r.own, not r.plain, math.isnan(r.value)))


def top(row: dict[str, Any]) -> float:
    """Return the upper bound of a figure, infinite where it is open."""
    upper = float(row["upper"])
    return math.inf if math.isnan(upper) else upper


def key_of(row: dict[str, Any]) -> Key:
    """Return what names a figure of a release."""
    return (*(str(row[column]) for column in CELL), str(row["release"]))


def _key(row: dict[str, Any]) -> tuple[Key, ...]:
    return (key_of(row),)


def _years_added_up(cleaned: Cleaned, question: Question) -> list[Reading]:
    """Return the sum of the place's own printed years, where every year is printed exactly."""
    held = printed_totals(cleaned, question.place, question.years)
    held = held[held["status"].isin(EXACT)].set_index("period", drop=False)
    labels = [str(year) for year in question.years.years()]
    if not set(labels) <= set(held.index):
        return []
    rows = rows_of(held.loc[labels])
    value = sum(float(row["value"]) for row in rows)
    lower, upper = (
        sum(float(row["lower"]) for row in rows),
        sum(float(row["upper"]) for row in rows),
    )
    how = f"the {len(rows)} yearly totals printed add up to {as_count(value)}"
    caveats = tuple(dict.fromkeys(c for row in rows for c in doubts(row)))
    keys = tuple(key for row in rows for key in _key(row))
    return [Reading("the years added up", value, lower, upper, how, caveats, keys)]


def _forces_added_up(cleaned: Cleaned, question: Question) -> list[Reading]:
    """Return the sum of the forces; a floor only where pages do not account for every one."""
    table = forces.force_years(cleaned, question.place, question.years)
    total = forces.total(table)
    if not total.reported:
        return []
    keys = tuple(
        ("force", row["force"], row["year"], "offences", "", row["release"])
        for row in rows_of(table[table["release"] != ""])
    )
    name = "the forces added up"
    if (table["note"] == NOT_PRINTED).any():
        how = f"the forces printed so far add up to {sentences.at_least(total)}"
        return [Reading(name, math.nan, total.lower, math.nan, how, (), keys)]
    value = float(table["value"].sum())
    if (table["status"] == "disputed").any():
        value = math.nan
    how = f"the forces' figures add up to {sentences.at_least(total)}"
    plain = set(table["status"]) == {"reported"}
    caveats = () if plain else (sentences.force_table(table),)
    return [Reading(name, value, total.lower, total.upper, how, caveats, keys)]


def _cells(
    table: pd.DataFrame, place: Place, period: str, measure: str, subject: str
) -> pd.DataFrame:
    """Return the rows of one figure of a place, by whatever name it is printed."""
    about = (table["period"] == period) & (table["measure"] == measure)
    return table[about & (table["subject"] == subject) & among(table, place.keys)]


def _settled(
    cleaned: Cleaned, question: Question, measure: str, subject: str
) -> dict[str, Any] | None:
    rows = _cells(cleaned.settled, question.place, str(question.years), measure, subject)
    rows = rows[rows["status"].isin(WITH_FIGURE)].sort_values("released")
    return rows_of(rows)[-1] if len(rows) else None


def _of_cell(
    name: str, cell: dict[str, Any], how: str, keys: tuple[Key, ...], caveats: tuple[str, ...]
) -> Reading:
    exact = cell["status"] in ("reported", "partial")
    value = float(cell["value"]) if exact else math.nan
    return Reading(name, value, float(cell["lower"]), float(cell["upper"]), how, caveats, keys)


def _as_settled(cell: dict[str, Any]) -> Reading:
    said = _wording(cell)
    how = f"{said} was printed ({cell['release']})"
    return _of_cell("the printed figure", cell, how, _key(cell), doubts(cell))


def _as_first_released(cell: dict[str, Any]) -> Reading:
    name = f"as released then, {cell['release']}"
    how = f"{_wording(cell)} was printed ({cell['release']}), which other releases do not repeat"
    value = float(cell["value"])
    keys = _key(cell)
    return Reading(
        name, value, float(cell["lower"]), float(cell["upper"]), how, (), keys, plain=False
    )


def _marked_own(reading: Reading) -> Reading:
    return replace(reading, own=True)


def doubts(cell: dict[str, Any]) -> tuple[str, ...]:
    """Return what makes a figure less than plain, a sentence each."""
    known = str(cell.get("issue_text", ""))
    if cell["status"] == "reported":
        return ()
    said = {
        "disputed": f"Pages disagree: {str(cell['printed']).replace('|', ' and ')}.",
        "approximate": "Only a rounded wording was printed.",
        "partial": "It does not cover the whole.",
    }[cell["status"]]
    if known and cell["status"] != "approximate":
        return (known,)
    return (said,)


def number_of(cell: dict[str, Any]) -> str:
    """Return a figure's value as a reader sees it: ``1,234`` or ``48%``."""
    percent = cell["unit"] == "percent"
    return f"{cell['value']:g}%" if percent else as_count(float(cell["value"]))


def _wording(cell: dict[str, Any]) -> str:
    """Return a figure as printed: its number, or its wordings."""
    if cell["status"] in ("reported", "partial"):
        return number_of(cell)
    wordings = list(dict.fromkeys(str(cell["printed"]).split("|")))
    worded = [wording for wording in wordings if not wording.replace(",", "").isdigit()]
    # A number without its word was read as that wording with its word dropped.
    rounded = cell["status"] == "approximate" and worded
    return " and ".join(worded if rounded else wordings)
