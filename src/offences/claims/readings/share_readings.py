"""Readings of shares: of those known, of all, counted, or added up from the platforms printed."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from offences.analysis.findings import Findings
from offences.analysis.scope import among
from offences.claims.readings.count_readings import offences
from offences.claims.readings.printed_readings import printed
from offences.claims.readings.reading import FigureKey, Question, Reading, in_order
from offences.reference.bounds import Bounds
from offences.reference.periods import Period
from offences.reference.places import Place
from offences.reference.platforms import Platforms, Subject
from offences.reference.statuses import EXACT, WITH_FIGURE, PlaceKind, Status
from offences.releases.clean import Cleaned
from offences.tables import rows_of
from offences.text import as_count, as_interval, as_percent, listed


@dataclass(frozen=True)
class VictimGroup:
    """Measures about a group of victims, each empty where no page prints it.

    Attributes
    ----------
    share
        Its share of the victims for whom it is known.
    count
        How many victims it has; the dictionary of measures says what they are a share of.
    """

    share: str
    count: str


VICTIM_GROUPS = {
    "girls": VictimGroup("pct_girls", "victims_female"),
    "under 12": VictimGroup("pct_under_12", "victims_under_12"),
    "11 or under": VictimGroup("pct_11_or_under", "victims_11_or_under"),
    "girls 12 to 15": VictimGroup("pct_girls_12_15", "victims_female_12_15"),
    "under 13": VictimGroup("", "victims_under_13"),
}

OF_KNOWN = {"platform": "of offences with known means", "victims": "of victims where known"}
OF_ALL = "of all offences"
_OVERLAP = (
    "It adds up only if no offence named two of them, and each percentage is rounded; at the least "
    "it is the largest of them."
)


def platform_share(known: Cleaned, question: Question) -> list[Reading]:
    """Return the readings of a platform's, parent's or group's share."""
    platforms = known.vocabulary.platforms
    subject = platforms.printed(question.subject)
    assert subject is not None, "a question names a known subject"
    worded = printed(known, question, "platform_pct", subject.name)
    table = Findings(_about(known, question), question.place, question.years).own_shares
    about = rows_of(table[table["subject"] == subject.name])
    counted = [reading for row in about for reading in _counted(row)]
    by_release = table.groupby("release")
    added = [r for _, group in by_release for r in _added_up(group, platforms, subject)]
    of_known = [_named(r, OF_KNOWN["platform"]) for r in (*counted, *worded, *added)]
    return _as_asked(question, of_known, [_of_all(row) for row in about])


def _about(known: Cleaned, question: Question) -> Cleaned:
    """Return only the figures of the place in the period, which is all that its shares need."""

    def ours(table: pd.DataFrame) -> pd.DataFrame:
        period = table[table["period"] == str(question.years)]
        return period[among(period, question.place.keys)]

    return replace(known, vintages=ours(known.vintages), settled=ours(known.settled))


def victim_share(known: Cleaned, question: Question) -> list[Reading]:
    """Return the readings of the share of girls, or of an age, among victims."""
    group = VICTIM_GROUPS[question.subject]
    worded = printed(known, question, group.share) if group.share else []
    worded = [_with_implied_base(known, question, group.count, r) for r in worded]
    counted = _ratio(known, question, group)
    of_known = [_named(r, OF_KNOWN["victims"]) for r in (*counted, *worded)]
    beside = [] if counted or question.basis != "known" else nearest_counted(known, question)
    return [*_as_asked(question, of_known, _of_all_offences(known, question, group)), *beside]


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


def _counted(row: dict[str, Any]) -> list[Reading]:
    """Return the share that a printed count and its printed base give."""
    base, count, share = (float(row[c]) for c in ("means_known", "count", "share"))
    if math.isnan(count) or math.isnan(base) or row["share_lower"] != row["share_upper"]:
        return []
    keys = (
        FigureKey.of(row, measure="platform_count"),
        FigureKey.of(row, measure="means_known", subject=""),
    )
    how = f"{as_count(count)} of {as_count(base)} offences with known means are {share:.1f}%"
    return [Reading("counted", share, Bounds.exactly(share), how, (), keys)]


def _of_all(row: dict[str, Any]) -> Reading:
    """Return what the share of all offences can be, whatever the means of the others was."""
    bounds = Bounds.of(row, "of_all_")
    whole, base = float(row["offences"]), float(row["means_known"])
    keys = (
        *(FigureKey.of(row, measure=name) for name in ("platform_pct", "platform_count")),
        *(FigureKey.of(row, measure=name, subject="") for name in ("means_known", "offences")),
    )
    if math.isnan(whole) or math.isnan(base):
        how = "how many of all offences had known means is not printed"
        return Reading(OF_ALL, math.nan, Bounds(0.0, 100.0), how, (), keys)
    how = (
        f"the means is known for {as_count(base)} of {as_count(whole)} offences, so of "
        f"all it is {as_interval(bounds.lower, bounds.upper)}"
    )
    value = bounds.lower if bounds.is_exact else math.nan
    return Reading(OF_ALL, value, bounds, how, (), keys)


def _added_up(table: pd.DataFrame, platforms: Platforms, subject: Subject) -> list[Reading]:
    """Return the share of a parent or group as the sum of the parts that one release prints."""
    if subject.kind == "platform":
        return []
    by_name = {row["subject"]: row for row in rows_of(table[table["share_lower"].notna()])}
    parts: list[dict[str, Any]] = []
    for member in subject.members:
        own = [by_name[member]] if member in by_name and member != subject.name else []
        held = own or [
            row
            for name, row in by_name.items()
            if row["parent"] == member and row["kind"] != "parent" and name != subject.name
        ]
        if not held:
            return []
        parts += held
    if len(parts) < 2:
        return []
    plain = all(row["status"] == Status.REPORTED for row in parts)
    value = sum(float(row["share"]) for row in parts) if plain else math.nan
    each = [Bounds.of(row, "share_") for row in parts]
    least = max(bounds.lower for bounds in each)
    most = min(100.0, sum(bounds.upper for bounds in each))
    said = listed([f"{row['subject']} {_share(row)}" for row in parts])
    total = as_percent(value) if plain else as_interval(least, most)
    measures = ("platform_pct", "platform_count")
    keys = tuple(FigureKey.of(row, measure=name) for row in parts for name in measures)
    rounding = sum((bounds.upper - bounds.lower) / 2 for bounds in each)
    caveats: tuple[str, ...] = (_OVERLAP,)
    if len(subject.members) == 1:
        # What else a company owns is not printed, and would add to it.
        most = 100.0
        caveats += (f"Other platforms of {subject.name} are not printed.",)
    how = f"{said} add up to {total}"
    bounds = Bounds(least, most)
    return [Reading("added up", value, bounds, how, caveats, keys, rounding=rounding)]


def _share(row: dict[str, Any]) -> str:
    if math.isnan(float(row["share"])):
        return as_interval(float(row["share_lower"]), float(row["share_upper"]))
    return as_percent(float(row["share"]))


def _ratio(known: Cleaned, question: Question, group: VictimGroup) -> list[Reading]:
    """Return the share that a printed number of victims and its printed base give."""
    held = _counts(known, question)
    base_measure = known.vocabulary.measures[group.count].base
    if group.count not in held or base_measure not in held:
        return []
    victims, base = held[group.count], held[base_measure]
    number = float(base["value"])
    if base["status"] not in EXACT or not number:
        return []
    share = 100 * float(victims["value"]) / number
    how = f"{_said(victims)} of {_said(base)} are {share:.1f}%"
    counts = Bounds.of(victims)
    bounds = Bounds(100 * counts.lower / number, min(100.0, 100 * counts.upper / number))
    value = share if victims["status"] == Status.REPORTED else math.nan
    return [Reading("counted", value, bounds, how, (), (FigureKey.of(victims), FigureKey.of(base)))]


def _counts(known: Cleaned, question: Question) -> dict[str, dict[str, Any]]:
    """Return the settled figures of the place in the period that have no subject, by measure."""
    table = known.settled
    ours = table[
        among(table, question.place.keys)
        & (table["period"] == str(question.years))
        & table["status"].isin(WITH_FIGURE)
    ].sort_values("released")
    return {row["measure"]: row for row in rows_of(ours) if not row["subject"]}


def _with_implied_base(known: Cleaned, question: Question, count: str, reading: Reading) -> Reading:
    """Say how large the base must be for a printed share and a printed count to fit each other."""
    counts = [r for r in printed(known, question, count) if r.plain]
    if not counts or not reading.value > 0:
        return reading
    number = counts[0].value if counts[0].gives_number else counts[0].bounds.lower
    base = round(100 * number / reading.value, -3)
    how = f"{reading.how}; the base would be about {as_count(base)} and is not printed"
    return replace(reading, how=how)


def nearest_counted(known: Cleaned, question: Question) -> list[Reading]:
    """Return the share as other periods inside the years give it, for any place that holds it.

    It decides nothing; it says whether a figure that cannot be checked is like one that can.
    """
    group = VICTIM_GROUPS[question.subject]
    table = known.settled
    measures = [group.count, known.vocabulary.measures[group.count].base]
    about = table["measure"].isin(measures) & table["status"].isin(EXACT)
    readings = []
    for (kind, name, period), rows in table[about].groupby(["place_kind", "place", "period"]):
        other = Period.parse(str(period))
        wide = kind in (PlaceKind.UK, PlaceKind.NATION)
        if not wide or other not in question.years or len(rows) < 2:
            continue
        where = Place(PlaceKind(str(kind)), str(name), (), ((str(kind), str(name)),))
        for reading in _ratio(known, replace(question, place=where, years=other), group):
            how = f"for {name}, {other.in_words()}, {reading.how}"
            beside = replace(reading, name="the nearest that is counted", how=how)
            readings.append(replace(beside, plain=False, beside=True))
    return readings


def _of_all_offences(known: Cleaned, question: Question, group: VictimGroup) -> list[Reading]:
    """Return victims as a share of all offences: at least those known to be of that age."""
    victims = _counts(known, question).get(group.count)
    asked = Question("offences", question.place, question.years)
    totals = [r for r in offences(known, asked) if r.plain and r.gives_number] if victims else []
    if not victims or not totals or not totals[0].value:
        return []
    whole = totals[0]
    share = 100 * float(victims["value"]) / whole.value
    how = f"{_said(victims)} of {as_count(whole.value)} offences are {share:.0f}%"
    caveats = ("Victims whose age or gender was not recorded could be any of them.",)
    bounds = Bounds(100 * float(victims["lower"]) / whole.value, 100.0)
    keys = (FigureKey.of(victims), *whole.rests_on)
    return [Reading(OF_ALL, math.nan, bounds, how, caveats, keys)]


def _said(row: dict[str, Any]) -> str:
    """Return a count as printed."""
    if row["status"] == Status.REPORTED:
        return as_count(float(row["value"]))
    wordings = str(row["printed"]).split("|")
    return next((w for w in wordings if not w.replace(",", "").isdigit()), wordings[0])
