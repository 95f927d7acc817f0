"""Drafts: an honest sentence about a quantity, short, longer and whole, in English and Welsh."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

import pandas as pd

from offences.analysis.change import Change
from offences.analysis.findings import Findings
from offences.analysis.forces import NOT_PRINTED
from offences.analysis.parameters import Request, checked
from offences.claims import quantities
from offences.claims.languages import Language
from offences.claims.readings.share_readings import VICTIM_GROUPS
from offences.errors import ParameterError
from offences.project import Project
from offences.reference.periods import Period
from offences.reference.statuses import EXACT, WITH_FIGURE, Status
from offences.releases.clean import Cleaned
from offences.releases.load import Loaded
from offences.tables import rows_of
from offences.text import as_change, as_interval, as_percent, listed

_ASKED = re.compile(r"(?P<what>.+) in (?P<region>.+?) (?P<years>\S+)")
_SHARE = re.compile(r"share of (?P<subject>.+)")


@dataclass(frozen=True)
class Asked:
    """What a person asked for, checked."""

    request: Request
    quantity: str
    subject: str = ""


@dataclass(frozen=True)
class DraftSentence:
    """One sentence of a draft: the phrase and its values, and how short a draft it stays in.

    ``length`` is 1 for what even the shortest draft needs, 2 for coverage, 3 for all caveats.
    """

    length: int
    phrase: str
    values: dict[str, Any]


def asked(project: Project, loaded: Loaded, text: str, **given: str) -> Asked:
    """Read ``offences in Wales 2017/18:2022/23``, ``change in ...``, ``share of girls in ...``.

    Raises
    ------
    ParameterError
        When the text has another form, or names a quantity, platform, region or years that do
        not exist.
    """
    form = (
        "write 'offences in Wales 2017/18:2022/23', 'change in Wales 2017/18:2022/23' or "
        "'share of Snapchat in UK 2023/24'."
    )
    match = _ASKED.fullmatch(" ".join(text.split()))
    if match is None:
        raise ParameterError(f"{text!r} is not understood: {form}")
    request = checked(project, loaded, region=match["region"], years=match["years"], **given)
    if match["what"] in ("offences", "change"):
        if match["what"] == "change" and request.years.is_year:
            raise ParameterError("a change needs a first and a last year: 2017/18:2022/23.")
        return Asked(request, match["what"])
    share = _SHARE.fullmatch(match["what"])
    if share is None:
        raise ParameterError(f"unknown quantity {match['what']!r}: {form}")
    if share["subject"] in VICTIM_GROUPS:
        return Asked(request, "victim share", share["subject"])
    try:
        platform = quantities.quantity_named("platform share")
        subject = quantities.subject_of(platform, share["subject"], loaded.vocabulary.platforms)
    except ValueError as error:
        raise ParameterError(
            f"{error} A share is of a platform or of {listed(list(VICTIM_GROUPS))}."
        ) from None
    return Asked(request, "platform share", subject)


def draft(what: Asked, known: Cleaned) -> list[DraftSentence]:
    """Return the sentences the data demand, the shortest draft's first."""
    found = Findings(known, what.request.place, what.request.years)
    if what.quantity == "offences":
        parts = _offences(found)
    elif what.quantity == "change":
        parts = _change(found)
    elif what.quantity == "platform share":
        parts = _platform_share(found, what.subject)
    else:
        parts = _victim_share(found, what.subject)
    date = {"date": what.request.day or what.request.newest}
    return [*parts, DraftSentence(3, "recorded", {}), DraftSentence(2, "known", date)]


def written(parts: list[DraftSentence], language: Language, length: int) -> str:
    """Return the draft of a length (1 to 3) in a language."""
    said = [
        language.say(part.phrase, **{n: _shown(language, n, v) for n, v in part.values.items()})
        for part in parts
        if part.length <= length
    ]
    return " ".join(said)


def _shown(language: Language, name: str, value: Any) -> object:
    """Return a value as the language shows it, by what it is called."""
    if name == "in_place":
        return language.place(value)
    if name == "in_years":
        return language.in_years(value)
    if name == "period":
        return language.years(value)
    if name == "date":
        return language.date(value)
    if name == "force_years":
        return language.force_years(value)
    if name == "forces":
        return language.listed(value)
    if name == "subject":
        return language.named(value)
    return value


def _where(found: Findings) -> dict[str, Any]:
    return {"in_place": found.place, "in_years": found.years}


def _offences(found: Findings) -> list[DraftSentence]:
    """Return the sum of the forces where pages account for each, else the published total."""
    silent = (found.force_years["note"] == NOT_PRINTED).any()
    if silent and not math.isnan(found.printed_total.value):
        return _published_offences(found)
    total = found.total
    if not total.reported:
        return [DraftSentence(1, "nothing", {})]
    where, bounds = _where(found), total.bounds
    if total.exact:
        parts = [DraftSentence(1, "offences.exactly", {"count": bounds.lower, **where})]
    elif bounds.is_open:
        parts = [DraftSentence(1, "offences.at_least", {"count": bounds.lower, **where})]
    else:
        ends = {"lower": bounds.lower, "upper": bounds.upper}
        parts = [DraftSentence(1, "offences.between", {**ends, **where})]
    coverage = {"reported": total.reported, "expected": total.expected}
    if total.expected > 1:
        parts.append(DraftSentence(2, "offences.coverage", coverage))
    return [*parts, *_gaps(found.force_years)]


def _gaps(table: pd.DataFrame) -> list[DraftSentence]:
    """Return which force-years are missing, partial or not settled."""
    silent = table["note"] == NOT_PRINTED
    known = [*WITH_FIGURE, Status.SUPPRESSED]
    doubtful = [Status.DISPUTED, Status.APPROXIMATE, Status.SUPPRESSED]
    parts = []
    for length, phrase, rows in (
        (2, "offences.missing", table[~table["status"].isin(known) & ~silent]),
        (2, "offences.partial", table[table["status"] == Status.PARTIAL]),
        (3, "offences.doubtful", table[table["status"].isin(doubtful)]),
    ):
        if len(rows):
            pairs = list(zip(rows["force"], rows["year"], strict=True))
            parts.append(DraftSentence(length, phrase, {"force_years": pairs}))
    if silent.any():
        parts.append(DraftSentence(2, "offences.not_printed", {"number": int(silent.sum())}))
    return parts


def _published_offences(found: Findings) -> list[DraftSentence]:
    own, all_forces = found.printed_total, len(found.place.forces)
    answered = rows_of(found.forces_responding)
    # A total of the forces that answered is a floor for the place.
    everyone = all(cell["lower"] == all_forces for cell in answered)
    exact = own.status == Status.REPORTED and everyone
    phrase = "offences.exactly" if exact else "offences.at_least"
    number = own.value if exact else own.bounds.lower
    parts = [DraftSentence(1, phrase, {"count": number, **_where(found)})]
    printed = found.printed_totals[found.printed_totals["status"].isin(EXACT)]
    if str(found.years) in set(printed["period"]):
        parts.append(DraftSentence(2, "offences.printed_total", {}))
    else:
        labels = [str(year) for year in found.years.years()]
        count = int(printed["period"].isin(labels).sum())
        held = {"found": count, "expected": len(labels)}
        parts.append(DraftSentence(2, "offences.printed_years", held))
    for cell in answered:
        values = {"expected": all_forces, "period": Period.parse(cell["period"])}
        if cell["lower"] == cell["upper"]:
            values["number"] = cell["lower"]
            parts.append(DraftSentence(2, "offences.responding", values))
        else:
            values |= {"lower": cell["lower"], "upper": cell["upper"]}
            parts.append(DraftSentence(2, "offences.responding_between", values))
    return parts


def _change(found: Findings) -> list[DraftSentence]:
    """Return the change on comparable forces, or of published totals where there is none."""
    comparable, added = found.change_comparable, found.change_as_added
    printed = found.change_printed
    expected = len(found.place.forces)
    if printed.plain and (found.ends["note"] == NOT_PRINTED).any():
        whose = [DraftSentence(1, "change.totals", {})] if expected > 1 else []
        return [_went(found, printed.change), *whose]
    if not comparable.forces:
        where = {"in_place": found.place, **_ends(found)}
        parts = [DraftSentence(1, "change.unknown", where)]
        if added.known:
            unlike = {"before": added.before, "after": added.after}
            percent = as_change(added.pct)
            parts.append(DraftSentence(2, "change.unlike", {**unlike, "percent": percent}))
        return [*parts, *_gaps(found.ends)]
    parts = [_went(found, comparable)]
    if expected > 1:
        held = {"forces": comparable.forces, "number": len(comparable.forces), "expected": expected}
        parts.append(DraftSentence(1, "change.compared", held))
    if added.known and round(added.pct) != round(comparable.pct):
        parts.append(DraftSentence(2, "change.added", {"percent": as_change(added.pct)}))
    low, high = comparable.interval_ends
    chance = {"lower": as_change(low), "upper": as_change(high)}
    return [*parts, *_gaps(found.ends), DraftSentence(3, "change.chance", chance)]


def _ends(found: Findings) -> dict[str, str]:
    return {"first": found.first_year, "last": found.last_year}


def _went(found: Findings, change: Change) -> DraftSentence:
    values = {"in_place": found.place, "before": change.before, **_ends(found)}
    if change.before == change.after:
        return DraftSentence(1, "change.same", values)
    percent = as_percent(abs(change.pct))
    phrase = "change.rose" if change.after > change.before else "change.fell"
    return DraftSentence(1, phrase, {**values, "after": change.after, "percent": percent})


def _platform_share(found: Findings, asked: str) -> list[DraftSentence]:
    table = found.own_shares
    rows = table[(table["subject"] == asked) & (table["period"] == str(found.years))]
    if rows.empty:
        return [DraftSentence(1, "nothing", {})]
    row = rows_of(rows)[-1]
    subject = {"subject": asked.replace("+", " + "), **_where(found)}
    overlap = DraftSentence(3, "share.overlap", {})
    if math.isnan(row["share_lower"]):
        return [DraftSentence(1, "share.count", {"count": row["printed"], **subject}), overlap]
    shown = as_percent(row["share"])
    if math.isnan(row["share"]):
        shown = as_interval(row["share_lower"], row["share_upper"])
    elif row["status"] == Status.APPROXIMATE:
        shown = row["printed"]
    parts = [DraftSentence(1, "share.of_known", {"percent": shown, **subject})]
    if math.isnan(row["means_known"]) or math.isnan(row["offences"]):
        return [*parts, DraftSentence(2, "share.base_unknown", {}), overlap]
    known = {"known": row["means_known"], "offences": row["offences"]}
    bounds = {n: as_percent(row[f"of_all_{n}"]) for n in ("lower", "upper")}
    return [
        *parts,
        DraftSentence(1, "share.known", {**known, "percent": as_percent(row["known_pct"])}),
        DraftSentence(2, "share.of_all", bounds),
        overlap,
    ]


def _victim_share(found: Findings, asked: str) -> list[DraftSentence]:
    group = VICTIM_GROUPS[asked]
    table = found.about_place(found.victims)
    ours = table[table["period"] == str(found.years)].sort_values("released")
    held = {row["measure"]: row for row in rows_of(ours)}
    count = held.get(group.count)
    subject = {"subject": asked, **_where(found)}
    several = DraftSentence(3, "victims.several", {})
    if count and count["status"] == Status.REPORTED and not math.isnan(count["pct_of_base"]):
        percent, of = as_percent(count["pct_of_base"]), count["base_count"]
        return [
            DraftSentence(1, "victims.of_known", {"percent": percent, **subject}),
            DraftSentence(2, "victims.base", {"count": count["value"], "base": of}),
            several,
        ]
    if group.share not in held:
        return [DraftSentence(1, "nothing", {})]
    cell = held[group.share]
    plain = cell["status"] == Status.REPORTED
    shown = as_percent(cell["value"]) if plain else cell["printed"]
    return [
        DraftSentence(1, "victims.of_known", {"percent": shown, **subject}),
        DraftSentence(2, "victims.base_unknown", {}),
        several,
    ]
