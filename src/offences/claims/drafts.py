"""Drafts: an honest sentence about a quantity, short, longer and whole, in English and Welsh."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

import pandas as pd

from offences.analysis import forces, platform_shares, printed_totals
from offences.analysis.change import change_as_added, change_comparable, percent_change
from offences.analysis.forces import NOT_PRINTED
from offences.analysis.parameters import Request, checked
from offences.analysis.rows import among, within
from offences.claims import quantities
from offences.claims.languages import Language
from offences.claims.readings.share_readings import VICTIMS
from offences.errors import ParameterError
from offences.project import Project
from offences.reference.periods import Period
from offences.reference.platforms import Platforms
from offences.reference.statuses import EXACT, WITH_FIGURE
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
class Part:
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
    if share["subject"] in VICTIMS:
        return Asked(request, "victim share", share["subject"])
    try:
        platform = quantities.known("platform share")
        subject = quantities.subject_of(platform, share["subject"], Platforms.read(project))
    except ValueError as error:
        raise ParameterError(
            f"{error} A share is of a platform or of {listed(list(VICTIMS))}."
        ) from None
    return Asked(request, "platform share", subject)


def draft(what: Asked, cleaned: Cleaned, means: Platforms) -> list[Part]:
    """Return the sentences the data demand, the shortest draft's first."""
    if what.quantity == "offences":
        parts = _offences(what.request, cleaned)
    elif what.quantity == "change":
        parts = _change(what.request, cleaned)
    elif what.quantity == "platform share":
        parts = _platform_share(what, cleaned, means)
    else:
        parts = _victim_share(what, cleaned)
    known = {"date": what.request.day or what.request.newest}
    return [*parts, Part(3, "recorded", {}), Part(2, "known", known)]


def written(parts: list[Part], language: Language, length: int) -> str:
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


def _where(request: Request) -> dict[str, Any]:
    return {"in_place": request.place, "in_years": request.years}


def _offences(request: Request, cleaned: Cleaned) -> list[Part]:
    """Return the sum of the forces where pages account for each, else the published total."""
    table = forces.force_years(cleaned, request.place, request.years)
    own = printed_totals.published_total(cleaned, request.place, request.years)
    if (table["note"] == NOT_PRINTED).any() and not math.isnan(own.value):
        return _published_offences(request, cleaned, own)
    total = forces.total(table)
    if not total.reported:
        return [Part(1, "nothing", {})]
    where = _where(request)
    if total.complete and total.lower == total.upper:
        parts = [Part(1, "offences.exactly", {"count": total.lower, **where})]
    elif math.isnan(total.upper):
        parts = [Part(1, "offences.at_least", {"count": total.lower, **where})]
    else:
        bounds = {"lower": total.lower, "upper": total.upper}
        parts = [Part(1, "offences.between", {**bounds, **where})]
    coverage = {"reported": total.reported, "expected": total.expected}
    if total.expected > 1:
        parts.append(Part(2, "offences.coverage", coverage))
    return [*parts, *_gaps(table)]


def _gaps(table: pd.DataFrame) -> list[Part]:
    """Return which force-years are missing, partial or not settled."""
    silent = table["note"] == NOT_PRINTED
    parts = []
    for length, phrase, rows in (
        (
            2,
            "offences.missing",
            table[~table["status"].isin([*WITH_FIGURE, "suppressed"]) & ~silent],
        ),
        (2, "offences.partial", table[table["status"] == "partial"]),
        (
            3,
            "offences.doubtful",
            table[table["status"].isin(["disputed", "approximate", "suppressed"])],
        ),
    ):
        if len(rows):
            pairs = list(zip(rows["force"], rows["year"], strict=True))
            parts.append(Part(length, phrase, {"force_years": pairs}))
    if silent.any():
        parts.append(Part(2, "offences.not_printed", {"number": int(silent.sum())}))
    return parts


def _published_offences(
    request: Request, cleaned: Cleaned, own: printed_totals.Published
) -> list[Part]:
    table = cleaned.settled[cleaned.settled["measure"] == "forces_responding"]
    table = table[among(table, request.place.keys) & within(table, request.years)]
    answered = rows_of(table.sort_values("period"))
    all_forces = len(request.place.forces)
    # A total of the forces that answered is a floor for the place.
    exact = own.status == "reported" and all(cell["lower"] == all_forces for cell in answered)
    phrase = "offences.exactly" if exact else "offences.at_least"
    number = own.value if exact else own.lower
    printed = printed_totals.printed_totals(cleaned, request.place, request.years)
    printed = printed[printed["status"].isin(EXACT)]
    parts = [Part(1, phrase, {"count": number, **_where(request)})]
    if str(request.years) in set(printed["period"]):
        parts.append(Part(2, "offences.printed_total", {}))
    else:
        labels = [str(year) for year in request.years.years()]
        found = int(printed["period"].isin(labels).sum())
        parts.append(Part(2, "offences.printed_years", {"found": found, "expected": len(labels)}))
    for cell in answered:
        values = {"expected": all_forces, "period": Period.parse(cell["period"])}
        if cell["lower"] == cell["upper"]:
            parts.append(Part(2, "offences.responding", {"number": cell["lower"], **values}))
        else:
            bounds = {"lower": cell["lower"], "upper": cell["upper"]}
            parts.append(Part(2, "offences.responding_between", {**bounds, **values}))
    return parts


def _change(request: Request, cleaned: Cleaned) -> list[Part]:
    """Return the change on comparable forces, or of published totals where there is none."""
    table = forces.force_years(cleaned, request.place, request.years)
    years = [str(year) for year in request.years.years()]
    ends = {"first": years[0], "last": years[-1]}
    comparable = change_comparable(table)
    printed = printed_totals.printed_totals(cleaned, request.place, request.years)
    totals = printed[printed["status"] == "reported"].set_index("period")["value"]
    both = {years[0], years[-1]} <= set(totals.index)
    accounted = not (
        table.loc[table["year"].isin([years[0], years[-1]]), "note"] == NOT_PRINTED
    ).any()
    if both and not accounted:
        before, after = float(totals[years[0]]), float(totals[years[-1]])
        parts = [_went(request, before, after, ends)]
        if len(request.place.forces) > 1:
            parts.append(Part(1, "change.totals", {}))
        return parts
    if not comparable.forces:
        parts = [Part(1, "change.unknown", {"in_place": request.place, **ends})]
        added = change_as_added(table)
        if not math.isnan(added.pct):
            unlike = {"before": added.before, "after": added.after}
            percent = as_change(added.pct)
            parts.append(Part(2, "change.unlike", {**unlike, "percent": percent}))
        return [*parts, *_gaps(table[table["year"].isin(years[:1] + years[-1:])])]
    parts = [_went(request, comparable.before, comparable.after, ends)]
    expected = len(request.place.forces)
    if expected > 1:
        held = {"forces": comparable.forces, "number": len(comparable.forces), "expected": expected}
        parts.append(Part(1, "change.compared", held))
    added = change_as_added(table)
    if not math.isnan(added.pct) and round(added.pct) != round(comparable.pct):
        parts.append(Part(2, "change.added", {"percent": as_change(added.pct)}))
    bounds = {
        "lower": as_change(comparable.lower),
        "upper": as_change(comparable.upper),
    }
    ends_of = table[table["year"].isin([years[0], years[-1]])]
    return [*parts, *_gaps(ends_of), Part(3, "change.chance", bounds)]


def _went(request: Request, before: float, after: float, ends: dict[str, str]) -> Part:
    values = {"in_place": request.place, "before": before, "after": after, **ends}
    if before == after:
        return Part(1, "change.same", {n: v for n, v in values.items() if n != "after"})
    percent = as_percent(abs(percent_change(before, after)))
    phrase = "change.rose" if after > before else "change.fell"
    return Part(1, phrase, {**values, "percent": percent})


def _platform_share(what: Asked, cleaned: Cleaned, means: Platforms) -> list[Part]:
    request = what.request
    table = platform_shares.shares(cleaned, means, request.place, request.years)
    table = platform_shares.of_place(table, request.place)
    table = table[(table["subject"] == what.subject) & (table["period"] == str(request.years))]
    if table.empty:
        return [Part(1, "nothing", {})]
    row = rows_of(table)[-1]
    subject = {"subject": what.subject.replace("+", " + "), **_where(request)}
    if math.isnan(row["share_lower"]):
        return [Part(1, "share.count", {"count": row["printed"], **subject}), _overlap()]
    shown = as_percent(row["share"])
    if math.isnan(row["share"]):
        shown = as_interval(row["share_lower"], row["share_upper"])
    elif row["status"] == "approximate":
        shown = row["printed"]
    parts = [Part(1, "share.of_known", {"percent": shown, **subject})]
    if math.isnan(row["means_known"]) or math.isnan(row["offences"]):
        return [*parts, Part(2, "share.base_unknown", {}), _overlap()]
    known = {"known": row["means_known"], "offences": row["offences"]}
    bounds = {n: as_percent(row[f"of_all_{n}"]) for n in ("lower", "upper")}
    return [
        *parts,
        Part(1, "share.known", {**known, "percent": as_percent(row["known_pct"])}),
        Part(2, "share.of_all", bounds),
        _overlap(),
    ]


def _overlap() -> Part:
    return Part(3, "share.overlap", {})


def _victim_share(what: Asked, cleaned: Cleaned) -> list[Part]:
    request = what.request
    share, count, base = VICTIMS[what.subject]
    table = cleaned.settled
    ours = among(table, request.place.keys) & (table["period"] == str(request.years))
    held = {row["measure"]: row for row in rows_of(table[ours].sort_values("released"))}
    numbers = [held.get(measure, {}).get("value", math.nan) for measure in (count, base)]
    subject = {"subject": what.subject, **_where(request)}
    several = Part(3, "victims.several", {})
    exact = all(held.get(m, {}).get("status") == "reported" for m in (count, base))
    if exact:
        percent = as_percent(100 * numbers[0] / numbers[1])
        return [
            Part(1, "victims.of_known", {"percent": percent, **subject}),
            Part(2, "victims.base", {"count": numbers[0], "base": numbers[1]}),
            several,
        ]
    if share not in held:
        return [Part(1, "nothing", {})]
    cell = held[share]
    shown = as_percent(cell["value"]) if cell["status"] == "reported" else cell["printed"]
    return [
        Part(1, "victims.of_known", {"percent": shown, **subject}),
        Part(2, "victims.base_unknown", {}),
        several,
    ]
