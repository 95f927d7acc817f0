"""Platform attribution: shares of offences by means of communication, and what they rest on.

A printed share is of the offences whose means is known, often a minority. Over all offences the
truth lies between "no offence of unknown means used it" and "every one of them did". One offence
can involve several platforms, so shares need not add to 100, and a parent's share lies between
that of its largest platform and the sum of them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import pandas as pd

from offences.analysis.rows import among, keys_of, within
from offences.reference.periods import Period
from offences.reference.places import Place, Places
from offences.reference.platforms import Platforms
from offences.releases.clean import Cleaned
from offences.tables import rows_of

SHARES = [
    "place_kind",
    "place",
    "period",
    "release",
    "released",
    "subject",
    "kind",
    "parent",
    "share",
    "share_lower",
    "share_upper",
    "printed",
    "printed_pct",
    "count",
    "means_known",
    "offences",
    "known_pct",
    "of_all_lower",
    "of_all_upper",
    "status",
    "agrees",
    "sources",
    "note",
]
_WHERE = ["place_kind", "place", "period"]


def shares(cleaned: Cleaned, means: Platforms, place: Place, years: Period) -> pd.DataFrame:
    """Return every printed share and count of the place and its forces inside the years.

    One row for each place, period, release and subject, with the columns :data:`SHARES`:

    ``share``, ``share_lower``, ``share_upper``
        Percent of the offences with known means: the printed count over the printed base where
        both are there, else the printed percentage with its rounding.
    ``printed``, ``printed_pct``, ``count``
        The wording as printed, and its numbers.
    ``means_known``, ``offences``, ``known_pct``
        The base, all offences of that place and period, and the percentage of them it is: of the
        same release where it prints them, else as settled. NaN where no page prints them.
    ``of_all_lower``, ``of_all_upper``
        Percent of all offences, whatever the means of the others was.
    ``agrees``
        False where the printed percentage is not that of the printed count.
    """
    table = cleaned.vintages
    ours = table[among(table, keys_of(place)) & within(table, years)]
    figures = ours[ours["measure"].isin(["platform_pct", "platform_count"])]
    bases = _Bases(cleaned)
    rows = []
    for key, cells in figures.groupby([*_WHERE, "release", "subject"], sort=True):
        *where, release, name = (str(part) for part in key)
        by_measure = cells.set_index("measure")
        means_known = bases.of(where, release, "means_known")
        offences = bases.of(where, release, "offences")
        share = _share(by_measure, means_known)
        subject = means.printed(name)
        assert subject is not None, "loading accepts known subjects only"
        rows.append(
            dict(zip([*_WHERE, "release", "subject"], key, strict=True))
            | share
            | _of_all(share, means_known, offences)
            | {
                "released": cells["released"].iloc[0],
                "kind": subject.kind,
                "parent": means.parent_of(subject),
                "printed": _wording(by_measure),
                "means_known": means_known,
                "offences": offences,
                "known_pct": 100 * means_known / offences,
                "sources": "|".join(dict.fromkeys("|".join(cells["sources"]).split("|"))),
                "note": "; ".join(dict.fromkeys(filter(None, cells["note"]))),
            }
        )
    result = pd.DataFrame(rows, columns=SHARES)
    order = result["period"].map(lambda text: Period.parse(text))
    return result.loc[order.sort_values(kind="stable").index].reset_index(drop=True)


def parents(table: pd.DataFrame) -> pd.DataFrame:
    """Return shares of parent companies, one row for each place, period, release and parent.

    ``value`` is the parent's own printed share, NaN where none is printed. ``lower`` and
    ``upper`` bound the share of offences on any of ``members``, the platforms of the parent that
    the release prints: at least the largest, at most the sum, because overlap is not printed. Where
    the parent is printed the bounds are those of its rounding, and ``agrees`` says whether they
    meet those of the members. ``of_all_lower``, ``of_all_upper`` are over all offences.
    """
    columns = [
        *_WHERE,
        "release",
        "released",
        "parent",
        "value",
        "lower",
        "upper",
        "members",
        "means_known",
    ]
    columns += ["offences", "of_all_lower", "of_all_upper", "agrees"]
    rows = []
    known = table[(table["parent"] != "") & table["share_lower"].notna()]
    for key, group in known.groupby([*_WHERE, "release", "parent"], sort=False):
        own = group[group["kind"] == "parent"]
        members = group[group["kind"] != "parent"]
        low = members["share_lower"].max()
        high = min(100.0, members["share_upper"].sum())
        printed = own.iloc[0] if len(own) else None
        value = math.nan if printed is None else printed["share"]
        lower, upper = (
            (low, high) if printed is None else (printed["share_lower"], printed["share_upper"])
        )
        base = group.iloc[0]
        row = dict(zip([*_WHERE, "release", "parent"], key, strict=True))
        row |= {
            "released": base["released"],
            "value": value,
            "lower": lower,
            "upper": upper,
            "members": "|".join(members["subject"]),
            "means_known": base["means_known"],
            "offences": base["offences"],
            "agrees": printed is None or members.empty or (lower <= high and upper >= low),
        }
        row |= _of_all(
            {"share_lower": lower, "share_upper": upper, "count_lower": math.nan},
            base["means_known"],
            base["offences"],
        )
        rows.append(row)
    return pd.DataFrame(rows, columns=columns)


def means_known(cleaned: Cleaned, keys: Iterable[tuple[str, str]]) -> pd.DataFrame:
    """Return how many offences of the places had any known means, by release and period.

    ``keys`` are (kind, name). Columns ``place_kind``, ``place``, ``period``, ``release``,
    ``released``, ``means_known``, ``offences``, ``pct``; the last two are NaN where no page prints
    all offences of the period. All periods known are there, the oldest release first.
    """
    table = cleaned.vintages[cleaned.vintages["measure"] == "means_known"]
    table = table[among(table, keys) & (table["status"] == "reported")]
    bases = _Bases(cleaned)
    rows = []
    for cell in rows_of(table.sort_values(["released", "period"])):
        offences = bases.of([cell[c] for c in _WHERE], cell["release"], "offences")
        pct = 100 * cell["value"] / offences
        rows.append(cell | {"means_known": cell["value"], "offences": offences, "pct": pct})
    columns = [*_WHERE, "release", "released", "means_known", "offences", "pct"]
    return pd.DataFrame(rows, columns=columns)


def with_nations(places: Places, place: Place) -> list[tuple[str, str]]:
    """Return the (kind, name) of the place and of the nations that hold all its forces."""
    wider = [
        (other.kind, other.name)
        for other in places.all
        if other.kind in ("uk", "nation") and set(place.forces) <= set(other.forces)
    ]
    return list(dict.fromkeys([*place.keys, *wider]))


def distinct(cleaned: Cleaned, place: Place, years: Period) -> pd.DataFrame:
    """Return the printed numbers of different apps, games and sites of the place."""
    table = cleaned.settled
    ours = among(table, place.keys) & within(table, years) & (table["measure"] == "n_platforms")
    columns = ["place", "period", "printed", "value", "lower", "upper", "status"]
    columns += ["release", "released", "note"]
    return table.loc[ours, columns].reset_index(drop=True)


def of_place(table: pd.DataFrame, place: Place) -> pd.DataFrame:
    """Return the rows that are about the place itself, not about one of its forces."""
    return table[among(table, place.keys)].reset_index(drop=True)


def chosen(table: pd.DataFrame, years: Period, by: str) -> pd.DataFrame:
    """Return one row for each value of ``by``: the figure a headline would quote.

    The one printed for exactly the years; else the one whose period ends last, the longer first,
    and of the newest release. The table has ``period`` and ``released``.
    """
    if table.empty:
        return table
    periods = table["period"].map(lambda text: Period.parse(text))
    ranked = table.assign(
        _exact=periods == years,
        _last=periods.map(lambda p: p.last),
        _months=periods.map(lambda p: p.months),
    ).sort_values(["_exact", "_last", "_months", "released"])
    newest = ranked.drop_duplicates(by, keep="last").sort_values(by)
    return newest.drop(columns=["_exact", "_last", "_months"]).reset_index(drop=True)


class _Bases:
    """Numbers of offences that shares rest on: of the release itself, else as settled.

    A figure that the known issues call partial or disputed is no base: the share of all offences
    is then not known.
    """

    def __init__(self, cleaned: Cleaned) -> None:
        exact = cleaned.vintages[cleaned.vintages["status"] == "reported"]
        self._own = exact.set_index([*_WHERE, "measure", "release"])["value"]
        settled = cleaned.settled
        figures = settled["value"].where(settled["status"] == "reported")
        keys = pd.MultiIndex.from_frame(settled[[*_WHERE, "measure"]])
        self._settled = pd.Series(figures.to_numpy(), index=keys)

    def of(self, where: Iterable[str], release: str, measure: str) -> float:
        """Return the number; NaN when none is printed or it is known to be partial or disputed."""
        key = (*where, measure)
        settled = float(self._settled.get(key, math.nan))
        return settled if math.isnan(settled) else float(self._own.get((*key, release), settled))


def _wording(cells: pd.DataFrame) -> str:
    """Return the percentage as printed, or the count where no percentage is, each wording once."""
    measure = "platform_pct" if "platform_pct" in cells.index else "platform_count"
    wordings = str(cells["printed"][measure]).split("|")
    return " / ".join({w.removesuffix("%"): w for w in reversed(wordings)}.values())


def _share(cells: pd.DataFrame, base: float) -> dict[str, object]:
    """Return the share of known means from a release's percentage, count, or both."""
    pct = cells.loc["platform_pct"] if "platform_pct" in cells.index else None
    count = cells.loc["platform_count"] if "platform_count" in cells.index else None
    printed = {
        "printed_pct": math.nan if pct is None else pct["value"],
        "count": math.nan if count is None else count["value"],
        "count_lower": math.nan if count is None else count["lower"],
        "agrees": True,
    }
    if count is not None and count["status"] == "reported" and not math.isnan(base):
        share = 100 * count["value"] / base
        agrees = pct is None or bool(pct["lower"] <= share <= pct["upper"])
        return printed | {
            "share": share,
            "share_lower": share,
            "share_upper": share,
            "status": "reported",
            "agrees": agrees,
        }
    if pct is not None:
        return printed | {
            "share": pct["value"],
            "share_lower": pct["lower"],
            "share_upper": pct["upper"],
            "status": pct["status"],
        }
    assert count is not None
    return printed | {
        "share": math.nan,
        "share_lower": math.nan,
        "share_upper": math.nan,
        "status": count["status"],
    }


def _of_all(share: dict[str, object], base: float, offences: float) -> dict[str, float]:
    """Return the share of all offences that is certain, and the most it can be."""
    lower, upper, count = (
        float(str(share[c])) for c in ("share_lower", "share_upper", "count_lower")
    )
    if math.isnan(offences):
        return {"of_all_lower": 0.0, "of_all_upper": 100.0}
    if math.isnan(base) or math.isnan(lower):
        certain = 0.0 if math.isnan(count) else 100 * count / offences
        return {"of_all_lower": min(certain, 100.0), "of_all_upper": 100.0}
    unknown = offences - base
    return {
        "of_all_lower": lower * base / offences,
        "of_all_upper": min(100.0, (upper * base + 100 * unknown) / offences),
    }
