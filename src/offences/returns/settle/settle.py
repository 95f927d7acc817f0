"""From the cells of a round to settled figures: one for each force, period and subject.

A figure is exact where the return allows it and an interval where cells are suppressed, blank or
contradict each other. Nothing is imputed: a force that refused or said nothing has no figure.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from offences.returns.cells.ages_and_genders import FEMALE, UNKNOWN, read_band
from offences.returns.cells.declarations import S15A
from offences.returns.cells.read_cells import TOTAL, ReturnCell
from offences.returns.settle.margins import shared, tighten
from offences.returns.settle.platform_names import Attributor

Interval = tuple[float, float]
_COUNTED = ("offences", "victims", "reports", "mentions")


@dataclass(frozen=True)
class ReturnFigure:
    """One figure.

    Attributes
    ----------
    measure
        ``offences``, ``means_known``, ``platform_count``, ``victims_under_12``, ``age_known``,
        ``pct_under_12``, ``victims_female``, ``gender_known``, ``pct_girls``.
    subject
        The platform, or platforms named together, as ``Facebook+Snapchat``.
    lower, upper
        What the return allows; infinity where it is open.
    status
        ``reported`` where both are one number, ``suppressed`` or ``missing`` where cells are
        hidden or blank, ``disputed`` where the return contradicts itself.
    cells
        How many cells it rests on.
    files
        The files they stand in.
    of_known
        Of a share: the share of victims whose age or gender is known, where it is exact. Its
        bounds are of all victims.
    """

    force: str
    period: str
    measure: str
    subject: str
    unit: str
    lower: float
    upper: float
    status: str
    cells: int
    files: tuple[str, ...]
    note: str = ""
    of_known: float = math.nan

    @property
    def value(self) -> float:
        """The number where there is one, else NaN; of a share, that of those known."""
        if self.unit == "percent":
            return self.of_known
        return self.lower if self.lower == self.upper else math.nan


def settle(cells: Iterable[ReturnCell], attributor: Attributor) -> list[ReturnFigure]:
    """Return the figures of s.15A offences that the cells of a round lead to.

    Cells of other offences, percentages, keyword hits and printed sums of several forces or
    periods are kept in the list of cells and never become a figure.
    """
    groups: dict[tuple[str, str], list[ReturnCell]] = defaultdict(list)
    for cell in cells:
        counted = cell.unit in _COUNTED and cell.basis.casefold() in S15A
        summed = TOTAL in (cell.force, cell.period)
        if counted and not summed and cell.text.status != "unresolved":
            groups[cell.force, cell.period].append(cell)
    figures: list[ReturnFigure] = []
    for (force, period), group in sorted(groups.items()):
        figures += _of_force(force, period, group, attributor)
    return figures


def _of_force(
    force: str, period: str, cells: list[ReturnCell], attributor: Attributor
) -> list[ReturnFigure]:
    tightened = tighten(cells)
    flagged = {id(cell) for cell in tightened.unsound}
    bound = {id(cell): b for cell, b in zip(cells, tightened.bounds, strict=True)}

    def figure(
        measure: str,
        bounds: Interval,
        on: Sequence[ReturnCell],
        subject: str = "",
        status: str = "",
        note: str = "",
    ) -> ReturnFigure:
        lower, upper = bounds
        if not status:
            hidden = {cell.text.status for cell in on}
            status = next((s for s in ("approximate", "suppressed") if s in hidden), "missing")
            status = "reported" if lower == upper else status
        files = tuple(dict.fromkeys(cell.file for cell in on))
        unit = on[0].unit if on else "offences"
        return ReturnFigure(
            force, period, measure, subject, unit, lower, upper, status, len(on), files, note
        )

    found = []
    records = [cell for cell in cells if cell.record]
    tables = [cell for cell in cells if not cell.record]
    if whole := _offences(records, tables, bound, flagged):
        bounds, on, said = whole
        total = next((c.text for c in on if not c.record and not c.is_total), None)
        victims = [c for c in tables if c.measure == "victims" and (c.age_band or c.gender)]
        note = shared(victims, total) if total and victims else ""
        status = "disputed" if said else ""
        found.append(figure("offences", bounds, on, status=status, note=said or note))
    people = [c for c in cells if c.age_band or c.gender]
    counted = _victims(people, bound, flagged)
    found += [figure(name, bounds, on) for name, bounds, on in counted]
    found += _shares(found)
    for subject, bounds, on in _platforms(records, tables, bound, attributor):
        found.append(figure("platform_count", bounds, on, subject))
    named = [c for c in records if c.means]
    if named:
        known = [c for c in named if attributor.named(c.means).platforms]
        found.append(figure("means_known", (len(known), len(known)), known or named))
    return found


def _offences(
    records: list[ReturnCell],
    tables: list[ReturnCell],
    bound: dict[int, Interval],
    flagged: set[int],
) -> tuple[Interval, list[ReturnCell], str] | None:
    """Return the interval of all offences, the cells it rests on and a contradiction, if any."""
    offences = [c for c in tables if c.measure == "offences" and c.unit in ("offences", "reports")]
    plain = [c for c in offences if not (c.age_band or c.gender or c.means or c.category)]
    sums = [c for c in offences if _only_totals(c) and id(c) not in flagged]
    ways: list[tuple[Interval, list[ReturnCell]]] = []
    if records:
        ways.append(((len(records), len(records)), records))
    ways += [(bound[id(cell)], [cell]) for cell in plain]
    if sums and not plain:
        ways += [(bound[id(cell)], [cell]) for cell in sums]
    parts = [c for c in offences if not c.is_total and (c.age_band or c.gender) and not c.category]
    if parts and not plain and not sums:
        ways.append((_added(parts, bound), parts))
    if not ways:
        return None
    lower = max(interval[0] for interval, _ in ways)
    upper = min(interval[1] for interval, _ in ways)
    on = [cell for _, some in ways for cell in some]
    if lower <= upper:
        return (lower, upper), on, ""
    hull = (min(i[0] for i, _ in ways), max(i[1] for i, _ in ways))
    said = " and ".join(f"{i[0]:.0f}" for i, _ in ways)
    return hull, on, f"the return says {said}"


def _only_totals(cell: ReturnCell) -> bool:
    axes = [axis for axis in (cell.age_band, cell.gender, cell.category) if axis]
    return bool(axes) and not cell.means and all(axis == TOTAL for axis in axes)


def _added(cells: Iterable[ReturnCell], bound: dict[int, Interval]) -> Interval:
    both = [bound[id(cell)] for cell in cells]
    return sum(lower for lower, _ in both), sum(upper for _, upper in both)


def _victims(
    cells: list[ReturnCell], bound: dict[int, Interval], flagged: set[int]
) -> list[tuple[str, Interval, list[ReturnCell]]]:
    """Return figures by age and gender: under 12 and girls, each with its base.

    Under 12 lies between the bands wholly below 12 and those not wholly above 11; ages that are
    unknown are in neither.
    """
    found = []
    ages = _along(cells, "age_band", "gender", flagged)
    if ages:
        bands = [(band, cell) for cell in ages if (band := read_band(cell.age_band))]
        inside = [cell for band, cell in bands if band.within(0, 11)]
        crossing = [cell for band, cell in bands if band.known and not band.outside(0, 11)]
        known = [cell for band, cell in bands if band.known]
        under = (_added(inside, bound)[0], _added(crossing, bound)[1])
        found.append(("victims_under_12", under, known or ages))
        found.append(("age_known", _added(known, bound), known or ages))
    genders = _along(cells, "gender", "age_band", flagged)
    if genders:
        girls = [cell for cell in genders if cell.gender == FEMALE]
        known = [cell for cell in genders if cell.gender != UNKNOWN]
        found.append(("victims_female", _added(girls, bound), girls or genders))
        found.append(("gender_known", _added(known, bound), known or genders))
    return found


def _shares(figures: list[ReturnFigure]) -> list[ReturnFigure]:
    """Return the share of victims under 12, and of girls: of those known, and bounds over all."""
    by = {one.measure: one for one in figures}
    found = []
    for name, part, base in (
        ("pct_under_12", "victims_under_12", "age_known"),
        ("pct_girls", "victims_female", "gender_known"),
    ):
        if part not in by or "offences" not in by or not by["offences"].lower:
            continue
        few, known, every = by[part], by[base], by["offences"]
        unknown = max(every.upper - known.lower, 0)
        lower = min(100 * few.lower / max(every.upper, few.lower), 100)
        upper = min(100 * (few.upper + unknown) / every.lower, 100)
        share = 100 * few.value / known.value if known.value else math.nan
        found.append(
            replace(
                few,
                measure=name,
                unit="percent",
                lower=lower,
                upper=upper,
                of_known=share,
                note="of those known; bounds over all offences, if each has one victim",
            )
        )
    return found


def _along(cells: list[ReturnCell], axis: str, other: str, flagged: set[int]) -> list[ReturnCell]:
    """Return the cells that divide all victims along one axis, once.

    Where a table crosses two axes its printed sums over the other serve, unless one of them is
    flagged; then the cells themselves do.
    """
    parts = [c for c in cells if getattr(c, axis) not in ("", TOTAL) and c.measure != "means"]
    records = [c for c in parts if c.record]
    if records:
        return records
    tables: dict[tuple[str, str], list[ReturnCell]] = defaultdict(list)
    for cell in parts:
        tables[cell.file, cell.table].append(cell)
    if not tables:
        return []
    some = next(iter(tables.values()))
    sums = [c for c in some if getattr(c, other) in ("", TOTAL)]
    crossed = [c for c in some if getattr(c, other) not in ("", TOTAL)]
    if sums and (not crossed or not any(id(c) in flagged for c in sums)):
        return sums
    return crossed


def _platforms(
    records: list[ReturnCell],
    tables: list[ReturnCell],
    bound: dict[int, Interval],
    attributor: Attributor,
) -> list[tuple[str, Interval, list[ReturnCell]]]:
    """Return the count of each platform; several in one cell of a table stay one group."""
    by: dict[str, list[ReturnCell]] = defaultdict(list)
    for cell in records:
        for platform in attributor.named(cell.means).platforms if cell.means else ():
            by[platform].append(cell)
    if not by:
        listed = [c for c in tables if c.measure == "means" and c.means not in ("", TOTAL)]
        for cell in listed:
            if platforms := attributor.named(cell.means).platforms:
                by["+".join(platforms)].append(cell)
    return [(subject, _added(some, bound), some) for subject, some in sorted(by.items())]


def unmatched(cells: Iterable[ReturnCell], attributor: Attributor) -> list[tuple[str, int]]:
    """Return the strings that no rule explains with how often each stands, most frequent first."""
    counts = Counter(cell.means for cell in cells if cell.means not in ("", TOTAL))
    left = [(text, n) for text, n in counts.items() if attributor.named(text).leftover]
    return sorted(left, key=lambda pair: (-pair[1], pair[0]))


def platforms_named(cells: Iterable[ReturnCell], attributor: Attributor) -> list[str]:
    """Return every distinct platform named in a round (the "150 different apps")."""
    texts = {cell.means for cell in cells if cell.means not in ("", TOTAL)}
    return sorted({name for text in sorted(texts) for name in attributor.named(text).platforms})
