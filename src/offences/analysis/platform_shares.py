"""Platform attribution: shares of offences by means of communication, and what they rest on.

A printed share is of the offences whose means is known, often a minority. Over all offences the
truth lies between "no offence of unknown means used it" and "every one of them did". One offence
can involve several platforms, so shares need not add to 100, and a parent's share lies between
that of its largest platform and the sum of them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from offences.analysis.scope import Scope, among
from offences.reference.bounds import Bounds
from offences.reference.periods import Period
from offences.reference.places import Place, Places
from offences.reference.statuses import PlaceKind, Status
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
PARENTS = [
    "place_kind",
    "place",
    "period",
    "release",
    "released",
    "parent",
    "value",
    "lower",
    "upper",
    "members",
    "means_known",
    "offences",
    "of_all_lower",
    "of_all_upper",
    "agrees",
]
_WHERE = ["place_kind", "place", "period"]
_OF_ALL = "of_all_"
_ANY_SHARE = Bounds(0.0, 100.0)


def shares(scope: Scope) -> pd.DataFrame:
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
    ours = scope.with_forces(scope.known.vintages)
    figures = ours[ours["measure"].isin(["platform_pct", "platform_count"])]
    platforms = scope.known.vocabulary.platforms
    bases = _Bases(scope.known)
    rows = []
    for key, cells in figures.groupby([*_WHERE, "release", "subject"], sort=True):
        *where, release, name = (str(part) for part in key)
        by_measure = {row["measure"]: row for row in rows_of(cells)}
        means_known = bases.of(where, release, "means_known")
        offences = bases.of(where, release, "offences")
        share = _share(by_measure, means_known)
        subject = platforms.printed(name)
        assert subject is not None, "loading accepts known subjects only"
        rows.append(
            dict(zip([*_WHERE, "release", "subject"], key, strict=True))
            | share.columns()
            | share.of_all(means_known, offences).columns(_OF_ALL)
            | {
                "released": cells["released"].iloc[0],
                "kind": subject.kind,
                "parent": platforms.parent_of(subject),
                "printed": _wording(by_measure),
                "means_known": means_known,
                "offences": offences,
                "known_pct": percent_of(means_known, offences),
                "sources": "|".join(dict.fromkeys("|".join(cells["sources"]).split("|"))),
                "note": "; ".join(dict.fromkeys(filter(None, cells["note"]))),
            }
        )
    result = pd.DataFrame(rows, columns=SHARES)
    order = result["period"].map(lambda text: Period.parse(text))
    return result.loc[order.sort_values(kind="stable").index].reset_index(drop=True)


def parents(table: pd.DataFrame) -> pd.DataFrame:
    """Return shares of parent companies, one row for each place, period, release and parent.

    Columns: :data:`PARENTS`. ``value`` is the parent's own printed share, NaN where none is
    printed. ``lower`` and ``upper`` bound the share of offences on any of ``members``, the
    platforms of the parent that the release prints: at least the largest, at most the sum, because
    overlap is not printed. Where the parent is printed the bounds are those of its rounding, and
    ``agrees`` says whether they meet those of the members. ``of_all_lower``, ``of_all_upper`` are
    over all offences.
    """
    rows = []
    known = table[(table["parent"] != "") & table["share_lower"].notna()]
    for key, group in known.groupby([*_WHERE, "release", "parent"], sort=False):
        own = rows_of(group[group["kind"] == "parent"])
        members = group[group["kind"] != "parent"]
        by_members = Bounds(members["share_lower"].max(), min(100.0, members["share_upper"].sum()))
        printed = _ShareOfKnown.printed(own[0]) if own else None
        share = printed or _ShareOfKnown(bounds=by_members)
        base = group.iloc[0]
        rows.append(
            dict(zip([*_WHERE, "release", "parent"], key, strict=True))
            | {"value": share.value, **(share.bounds or by_members).columns()}
            | share.of_all(base["means_known"], base["offences"]).columns(_OF_ALL)
            | {
                "released": base["released"],
                "members": "|".join(members["subject"]),
                "means_known": base["means_known"],
                "offences": base["offences"],
                "agrees": not own
                or members.empty
                or (share.bounds or by_members).meets(by_members),
            }
        )
    return pd.DataFrame(rows, columns=PARENTS)


def means_known(known: Cleaned, keys: Iterable[tuple[str, str]]) -> pd.DataFrame:
    """Return how many offences of the places had any known means, by release and period.

    ``keys`` are (kind, name). Columns ``place_kind``, ``place``, ``period``, ``release``,
    ``released``, ``means_known``, ``offences``, ``pct``; the last two are NaN where no page prints
    all offences of the period. All periods known are there, the oldest release first.
    """
    table = known.vintages[known.vintages["measure"] == "means_known"]
    table = table[among(table, keys) & (table["status"] == Status.REPORTED)]
    bases = _Bases(known)
    rows = []
    for cell in rows_of(table.sort_values(["released", "period"])):
        offences = bases.of([cell[c] for c in _WHERE], cell["release"], "offences")
        pct = percent_of(cell["value"], offences)
        rows.append(cell | {"means_known": cell["value"], "offences": offences, "pct": pct})
    columns = [*_WHERE, "release", "released", "means_known", "offences", "pct"]
    return pd.DataFrame(rows, columns=columns)


def with_nations(places: Places, place: Place) -> list[tuple[str, str]]:
    """Return the (kind, name) of the place and of the nations that hold all its forces."""
    wider = [
        (other.kind, other.name)
        for other in places.all
        if other.kind in (PlaceKind.UK, PlaceKind.NATION) and set(place.forces) <= set(other.forces)
    ]
    return list(dict.fromkeys([*place.keys, *wider]))


def platforms_named(scope: Scope) -> pd.DataFrame:
    """Return the printed numbers of different apps, games and sites of the place."""
    table = scope.known.settled
    columns = ["place", "period", "printed", "value", "lower", "upper", "status"]
    columns += ["release", "released", "note"]
    return scope.own(table[table["measure"] == "n_platforms"])[columns].reset_index(drop=True)


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


def percent_of(part: float, whole: float) -> float:
    """Return a part in percent of a whole, NaN where either is not known or the whole is none."""
    return 100 * part / whole if whole else math.nan


class _Bases:
    """Numbers of offences that shares rest on: of the release itself, else as settled.

    A figure that the known issues call partial or disputed is no base: the share of all offences
    is then not known.
    """

    def __init__(self, known: Cleaned) -> None:
        exact = known.vintages[known.vintages["status"] == Status.REPORTED]
        self._own = exact.set_index([*_WHERE, "measure", "release"])["value"]
        settled = known.settled
        figures = settled["value"].where(settled["status"] == Status.REPORTED)
        keys = pd.MultiIndex.from_frame(settled[[*_WHERE, "measure"]])
        self._settled = pd.Series(figures.to_numpy(), index=keys)

    def of(self, where: Iterable[str], release: str, measure: str) -> float:
        """Return the number; NaN when none is printed or it is known to be partial or disputed."""
        key = (*where, measure)
        settled = float(self._settled.get(key, math.nan))
        return settled if math.isnan(settled) else float(self._own.get((*key, release), settled))


@dataclass(frozen=True)
class _ShareOfKnown:
    """A share of the offences with known means, in percent.

    Attributes
    ----------
    bounds
        None where nothing printed gives a share: a count without its base.
    count, count_lower
        The printed count and its lower bound; NaN where none is printed.
    agrees
        Whether the printed percentage is that of the printed count.
    """

    value: float = math.nan
    bounds: Bounds | None = None
    status: Status = Status.REPORTED
    printed_pct: float = math.nan
    count: float = math.nan
    count_lower: float = math.nan
    agrees: bool = True

    @classmethod
    def printed(cls, row: dict[str, Any]) -> _ShareOfKnown:
        """Return the share in a row of :data:`SHARES`."""
        return cls(row["share"], Bounds.of(row, "share_"))

    def columns(self) -> dict[str, Any]:
        """Return its part of a row of :data:`SHARES`."""
        none = {"share_lower": math.nan, "share_upper": math.nan}
        return {
            "share": self.value,
            **(self.bounds.columns("share_") if self.bounds else none),
            "status": self.status,
            "printed_pct": self.printed_pct,
            "count": self.count,
            "agrees": self.agrees,
        }

    def of_all(self, base: float, offences: float) -> Bounds:
        """Return the share of all offences that is certain, and the most it can be."""
        if not offences > 0:
            return _ANY_SHARE
        if math.isnan(base) or self.bounds is None:
            certain = 0.0 if math.isnan(self.count_lower) else 100 * self.count_lower / offences
            return Bounds(min(certain, 100.0), 100.0)
        unknown = offences - base
        most = min(100.0, (self.bounds.upper * base + 100 * unknown) / offences)
        return Bounds(self.bounds.lower * base / offences, most)


def _share(cells: dict[str, dict[str, Any]], base: float) -> _ShareOfKnown:
    """Return the share of known means from a release's percentage, count, or both."""
    pct, count = cells.get("platform_pct"), cells.get("platform_count")
    printed: dict[str, Any] = {
        "printed_pct": pct["value"] if pct else math.nan,
        "count": count["value"] if count else math.nan,
        "count_lower": count["lower"] if count else math.nan,
    }
    if count and count["status"] == Status.REPORTED and base > 0:
        share = 100 * count["value"] / base
        agrees = pct is None or share in Bounds.of(pct)
        return _ShareOfKnown(share, Bounds.exactly(share), **printed, agrees=agrees)
    if pct:
        return _ShareOfKnown(pct["value"], Bounds.of(pct), pct["status"], **printed)
    assert count is not None, "a share is printed as a percentage or as a count"
    return _ShareOfKnown(status=count["status"], **printed)


def _wording(cells: dict[str, dict[str, Any]]) -> str:
    """Return the percentage as printed, or the count where no percentage is, each wording once."""
    measure = "platform_pct" if "platform_pct" in cells else "platform_count"
    wordings = str(cells[measure]["printed"]).split("|")
    return " / ".join({w.removesuffix("%"): w for w in reversed(wordings)}.values())
