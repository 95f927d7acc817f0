"""Readings of shares: of those known, of all, counted, or added up from the platforms printed."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pandas as pd

from offences.analysis.platform_shares import shares
from offences.analysis.rows import among
from offences.claims.readings.reading import (
    Key,
    Question,
    Reading,
    in_order,
    key_of,
    offences,
    printed,
    top,
)
from offences.reference.periods import Period
from offences.reference.places import Place
from offences.reference.platforms import Platforms, Subject
from offences.reference.statuses import EXACT, WITH_FIGURE, PlaceKind
from offences.releases.clean import Cleaned
from offences.tables import rows_of
from offences.text import as_count, as_interval, as_percent, listed

VICTIMS = {
    "girls": ("pct_girls", "victims_female", "gender_known"),
    "under 12": ("pct_under_12", "victims_under_12", "age_known"),
    "11 or under": ("pct_11_or_under", "victims_11_or_under", "age_known"),
    "girls 12 to 15": ("pct_girls_12_15", "victims_female_12_15", ""),
    "under 13": ("", "victims_under_13", ""),
}
"""Measures of each group of victims: share of those known, their number, and what is known."""

OF_KNOWN = {"platform": "of offences with known means", "victims": "of victims where known"}
OF_ALL = "of all offences"
_OVERLAP = (
    "It adds up only if no offence named two of them, and each percentage is rounded; at the least "
    "it is the largest of them."
)


def platform_share(cleaned: Cleaned, means: Platforms, question: Question) -> list[Reading]:
    """Return the readings of a platform's, parent's or group's share."""
    subject = means.printed(question.subject)
    assert subject is not None, "a question names a known subject"
    known = printed(cleaned, question, "platform_pct", subject.name)
    table = shares(_about(cleaned, question), means, question.place, question.years)
    table = table[among(table, question.place.keys) & (table["period"] == str(question.years))]
    about = table[table["subject"] == subject.name]
    counted = [r for row in rows_of(about) for r in _counted(row, subject.name)]
    added = [r for _, group in table.groupby("release") for r in _added_up(group, means, subject)]
    of_known = [_named(r, OF_KNOWN["platform"]) for r in (*counted, *known, *added)]
    of_all = [r for row in rows_of(about) for r in _of_all(row, subject.name)]
    return _as_asked(question, of_known, of_all)


def _about(cleaned: Cleaned, question: Question) -> Cleaned:
    """Return only the figures of the place in the period, which is all that its shares need."""

    def ours(table: pd.DataFrame) -> pd.DataFrame:
        period = table[table["period"] == str(question.years)]
        return period[among(period, question.place.keys)]

    return replace(cleaned, vintages=ours(cleaned.vintages), settled=ours(cleaned.settled))


def victim_share(cleaned: Cleaned, question: Question) -> list[Reading]:
    """Return the readings of the share of girls, or of an age, among victims."""
    share, count, base = VICTIMS[question.subject]
    known = printed(cleaned, question, share) if share else []
    known = [_with_implied_base(cleaned, question, count, r) for r in known]
    counted = _ratio(cleaned, question, count, base)
    of_known = [_named(r, OF_KNOWN["victims"]) for r in (*counted, *known)]
    beside = [] if counted or question.basis != "known" else nearest(cleaned, question)
    of_all = _ratio(cleaned, question, count, "offences")
    return [*_as_asked(question, of_known, of_all), *beside]


def _as_asked(question: Question, of_known: list[Reading], of_all: list[Reading]) -> list[Reading]:
    """Mark the readings of the basis that was not asked for as other readings."""
    other = of_all if question.basis == "known" else of_known
    marked = [
        # On another basis than the claim's, the release's own figure tells what it meant.
        replace(r, plain=False, own=False) if r in other else r
        for r in (*of_known, *of_all)
    ]
    return in_order(marked)


def _named(reading: Reading, basis: str) -> Reading:
    return replace(reading, name=f"{basis}, {reading.name}")


def _counted(row: dict[str, Any], subject: str) -> list[Reading]:
    """Return the share that a printed count and its printed base give."""
    base, count, share = (float(row[c]) for c in ("means_known", "count", "share"))
    if math.isnan(count) or math.isnan(base) or row["share_lower"] != row["share_upper"]:
        return []
    where = (str(row["place_kind"]), str(row["place"]), str(row["period"]))
    keys: tuple[Key, ...] = (
        (*where, "platform_count", subject, str(row["release"])),
        (*where, "means_known", "", str(row["release"])),
    )
    how = f"{as_count(count)} of {as_count(base)} offences with known means are {share:.1f}%"
    return [Reading("counted", share, share, share, how, (), keys)]


def _of_all(row: dict[str, Any], subject: str) -> list[Reading]:
    """Return what the share of all offences can be, whatever the means of the others was."""
    lower, upper = float(row["of_all_lower"]), float(row["of_all_upper"])
    whole, base = float(row["offences"]), float(row["means_known"])
    where = (str(row["place_kind"]), str(row["place"]), str(row["period"]))
    release = str(row["release"])
    keys: tuple[Key, ...] = tuple(
        (*where, measure, about, release)
        for measure, about in (
            ("platform_pct", subject),
            ("platform_count", subject),
            ("means_known", ""),
            ("offences", ""),
        )
    )
    if math.isnan(whole) or math.isnan(base):
        how = "how many of all offences had known means is not printed"
        return [Reading(OF_ALL, math.nan, 0.0, 100.0, how, (), keys)]
    how = (
        f"the means is known for {as_count(base)} of {as_count(whole)} offences, so of "
        f"all it is {as_interval(lower, upper)}"
    )
    value = lower if lower == upper else math.nan
    return [Reading(OF_ALL, value, lower, upper, how, (), keys)]


def _added_up(table: pd.DataFrame, means: Platforms, subject: Subject) -> list[Reading]:
    """Return the share of a parent or group as the sum of the parts that one release prints."""
    if subject.kind == "platform":
        return []
    by_name = {row["subject"]: row for row in rows_of(table[table["share_lower"].notna()])}
    parts: list[dict[str, Any]] = []
    for member in subject.members:
        own = [by_name[member]] if member in by_name and member != subject.name else []
        parts += own or [
            row
            for name, row in by_name.items()
            if row["parent"] == member and row["kind"] != "parent" and name != subject.name
        ]
        if not parts:
            return []
    if len(parts) < 2:
        return []
    plain = all(row["status"] == "reported" for row in parts)
    value = sum(float(row["share"]) for row in parts) if plain else math.nan
    least = max(float(row["share_lower"]) for row in parts)
    most = min(100.0, sum(float(row["share_upper"]) for row in parts))
    said = listed([f"{row['subject']} {_share(row)}" for row in parts])
    total = as_percent(value) if plain else as_interval(least, most)
    keys = tuple(
        (str(r["place_kind"]), str(r["place"]), str(r["period"]), measure, str(r["subject"]),
         str(r["release"]))
        for r in parts for measure in ("platform_pct", "platform_count")
    )  # fmt: skip
    rounding = sum((float(r["share_upper"]) - float(r["share_lower"])) / 2 for r in parts)
    caveats: tuple[str, ...] = (_OVERLAP,)
    if len(subject.members) == 1:
        # What else a company owns is not printed, and would add to it.
        most = 100.0
        caveats += (f"Other platforms of {subject.name} are not printed.",)
    how = f"{said} add up to {total}"
    return [Reading("added up", value, least, most, how, caveats, keys, rounding=rounding)]


def _share(row: dict[str, Any]) -> str:
    if math.isnan(float(row["share"])):
        return as_interval(float(row["share_lower"]), float(row["share_upper"]))
    return as_percent(float(row["share"]))


def _ratio(cleaned: Cleaned, question: Question, count: str, base: str) -> list[Reading]:
    """Return the share that a printed number of victims and its printed base give."""
    table = cleaned.settled
    ours = table[
        among(table, question.place.keys)
        & (table["period"] == str(question.years))
        & table["status"].isin(WITH_FIGURE)
    ].sort_values("released")
    held = {row["measure"]: row for row in rows_of(ours) if not row["subject"]}
    if count not in held or (base not in held and base != "offences"):
        return []
    top_row = held[count]
    if base == "offences":
        return _of_all_offences(cleaned, question, top_row)
    base_row = held[base]
    if base_row["status"] not in EXACT:
        return []
    share = 100 * float(top_row["value"]) / float(base_row["value"])
    how = f"{_said(top_row)} of {_said(base_row)} are {share:.1f}%"
    keys = (key_of(top_row), key_of(base_row))
    return [_bounded("counted", top_row, float(base_row["value"]), how, keys)]


def _with_implied_base(
    cleaned: Cleaned, question: Question, count: str, reading: Reading
) -> Reading:
    """Say how large the base must be for a printed share and a printed count to fit each other."""
    counts = [r for r in printed(cleaned, question, count) if r.plain]
    if not counts or not reading.value > 0:
        return reading
    number = counts[0].value if not math.isnan(counts[0].value) else counts[0].lower
    base = round(100 * number / reading.value, -3)
    how = f"{reading.how}; the base would be about {as_count(base)} and is not printed"
    return replace(reading, how=how)


def nearest(cleaned: Cleaned, question: Question) -> list[Reading]:
    """Return the share as other periods inside the years give it, for any place that holds it.

    It decides nothing; it says whether a figure that cannot be checked is like one that can.
    """
    _, count, base = VICTIMS[question.subject]
    table = cleaned.settled
    about = table["measure"].isin([count, base]) & table["status"].isin(EXACT)
    found = []
    for (kind, name, period), rows in table[about].groupby(["place_kind", "place", "period"]):
        other = Period.parse(str(period))
        if kind not in ("uk", "nation") or other not in question.years or len(rows) < 2:
            continue
        where = Place(PlaceKind(str(kind)), str(name), (), ((str(kind), str(name)),))
        for reading in _ratio(cleaned, replace(question, place=where, years=other), count, base):
            how = f"for {name}, {other.in_words()}, {reading.how}"
            found.append(
                replace(
                    reading, name="the nearest that is counted", how=how, plain=False, beside=True
                )
            )
    return found


def _of_all_offences(
    cleaned: Cleaned, question: Question, victims: dict[str, Any]
) -> list[Reading]:
    """Return victims as a share of all offences: at least those known to be of that age."""
    asked = Question("offences", question.place, question.years)
    totals = [r for r in offences(cleaned, asked) if r.plain and not math.isnan(r.value)]
    if not totals:
        return []
    whole = totals[0]
    share = 100 * float(victims["value"]) / whole.value
    how = f"{_said(victims)} of {as_count(whole.value)} offences are {share:.0f}%"
    caveats = ("Victims whose age or gender was not recorded could be any of them.",)
    keys = (key_of(victims), *whole.rests_on)
    lower = 100 * float(victims["lower"]) / whole.value
    return [Reading(OF_ALL, math.nan, lower, 100.0, how, caveats, keys)]


def _bounded(
    name: str, victims: dict[str, Any], base: float, how: str, keys: tuple[Key, ...]
) -> Reading:
    exact = victims["status"] == "reported"
    share = 100 * float(victims["value"]) / base
    lower = 100 * float(victims["lower"]) / base
    upper = min(100.0, 100 * top(victims) / base)
    return Reading(name, share if exact else math.nan, lower, upper, how, (), keys)


def _said(row: dict[str, Any]) -> str:
    """Return a count as printed."""
    if row["status"] == "reported":
        return as_count(float(row["value"]))
    wordings = str(row["printed"]).split("|")
    return next((w for w in wordings if not w.replace(",", "").isdigit()), wordings[0])
