"""From the cells of a round to settled figures: one for each force, period and subject.

A figure is exact where the return allows it and an interval where cells are suppressed, blank or
contradict each other. Nothing is imputed: a force that refused or did not answer has no figure.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from offences.reference.bounds import Bounds
from offences.reference.statuses import Status
from offences.returns.cells.ages_and_genders import FEMALE, UNKNOWN, read_band
from offences.returns.cells.declarations import S15A
from offences.returns.cells.read_cells import TOTAL, ReturnCell
from offences.returns.cells.return_statuses import ReturnStatus
from offences.returns.settle.margins import Remainder, Tightened, remainder
from offences.returns.settle.platform_names import Attributor

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
    bounds
        What the return allows.
    status
        ``reported`` where only one number is allowed, ``approximate``, ``suppressed`` or
        ``missing`` where cells are worded, hidden or blank, ``disputed`` where the return
        contradicts itself.
    cells
        How many cells it rests on.
    files
        The files that they are in.
    note
        A sentence about it, for a reader.
    remainder
        Of all offences: what the victims' table leaves for its suppressed cells, where it has any.
    of_known
        Of a share: the share of victims whose age or gender is known, where it is exact. Its
        bounds are of all victims.
    """

    force: str
    period: str
    measure: str
    subject: str
    unit: str
    bounds: Bounds
    status: Status
    cells: int
    files: tuple[str, ...]
    note: str = ""
    remainder: Remainder | None = None
    of_known: float = math.nan

    @property
    def value(self) -> float:
        """The number where there is one, else NaN; of a share, that of those known."""
        if self.unit == "percent":
            return self.of_known
        return self.bounds.lower if self.bounds.is_exact else math.nan


@dataclass(frozen=True)
class _Group:
    """The cells of one force and period, with what their sums allow."""

    force: str
    period: str
    cells: list[ReturnCell]
    tightened: Tightened

    @property
    def records(self) -> list[ReturnCell]:
        """Cells that are one offence each."""
        return [cell for cell in self.cells if cell.record]

    @property
    def tables(self) -> list[ReturnCell]:
        """Cells that are a count."""
        return [cell for cell in self.cells if not cell.record]

    def figure(
        self, measure: str, bounds: Bounds, on: Sequence[ReturnCell], subject: str = ""
    ) -> ReturnFigure:
        """Return a figure that rests on some of the cells."""
        return ReturnFigure(
            self.force,
            self.period,
            measure,
            subject,
            on[0].unit if on else "offences",
            bounds,
            _status(bounds, on),
            len(on),
            tuple(dict.fromkeys(cell.file for cell in on)),
        )


def _status(bounds: Bounds, on: Sequence[ReturnCell]) -> Status:
    """Return why a figure is no single number, or that it is one."""
    if bounds.is_exact:
        return Status.REPORTED
    statuses = {cell.text.status for cell in on}
    if ReturnStatus.APPROXIMATE in statuses:
        return Status.APPROXIMATE
    return Status.SUPPRESSED if ReturnStatus.SUPPRESSED in statuses else Status.MISSING


def settle(cells: Iterable[ReturnCell], attributor: Attributor) -> list[ReturnFigure]:
    """Return the figures of s.15A offences that the cells of a round lead to.

    Cells of other offences, percentages, keyword hits and printed sums of several forces or
    periods are kept in the list of cells and never become a figure.
    """
    groups: dict[tuple[str, str], list[ReturnCell]] = defaultdict(list)
    for cell in cells:
        counted = cell.unit in _COUNTED and cell.basis.casefold() in S15A
        summed = TOTAL in (cell.force, cell.period)
        if counted and not summed and cell.text.status is not ReturnStatus.UNRESOLVED:
            groups[cell.force, cell.period].append(cell)
    figures: list[ReturnFigure] = []
    for (force, period), some in sorted(groups.items()):
        group = _Group(force, period, some, Tightened(some))
        counts = [*_offences(group), *_victims(group)]
        figures += [*counts, *_shares(counts), *_platforms(group, attributor)]
    return figures


def _offences(group: _Group) -> list[ReturnFigure]:
    """Return the figure of all offences, if the return has one.

    A return can say it in several ways. Where no number fits them all, the figure is disputed and
    its bounds hold what each says.
    """
    ways = _ways(group)
    if not ways:
        return []
    every = [bounds for bounds, _ in ways]
    on = [cell for _, some in ways for cell in some]
    shared = every[0].shared(*every[1:])
    if shared is None:
        numbers = " and ".join(f"{bounds.lower:.0f}" for bounds in every)
        hull = group.figure("offences", every[0].joined(*every), on)
        return [replace(hull, status=Status.DISPUTED, note=f"the return says {numbers}")]
    figure = group.figure("offences", shared, on)
    whole = next((cell.text for cell in on if not cell.record and not cell.is_total), None)
    victims = [c for c in group.tables if c.measure == "victims" and (c.age_band or c.gender)]
    if whole and victims and (left := remainder(victims, whole)):
        return [replace(figure, note=str(left), remainder=left)]
    return [figure]


def _ways(group: _Group) -> list[tuple[Bounds, list[ReturnCell]]]:
    """Return each way in which the return says how many offences there are, with its cells."""
    bounds, records = group.tightened.bounds, group.records
    offences = [
        c for c in group.tables if c.measure == "offences" and c.unit in ("offences", "reports")
    ]
    plain = [c for c in offences if not (c.age_band or c.gender or c.means or c.category)]
    sums = [c for c in offences if _only_totals(c) and not group.tightened.is_unsound(c)]
    parts = [c for c in offences if not c.is_total and (c.age_band or c.gender) and not c.category]
    ways = [(Bounds.exactly(len(records)), records)] if records else []
    ways += [(bounds(cell), [cell]) for cell in plain or sums]
    if parts and not plain and not sums:
        ways.append((group.tightened.added(parts), parts))
    return ways


def _only_totals(cell: ReturnCell) -> bool:
    axes = [axis for axis in (cell.age_band, cell.gender, cell.category) if axis]
    return bool(axes) and not cell.means and all(axis == TOTAL for axis in axes)


def _victims(group: _Group) -> list[ReturnFigure]:
    """Return figures by age and gender: under 12 and girls, each with its base.

    Under 12 lies between the bands wholly below 12 and those not wholly above 11; ages that are
    unknown are in neither.
    """
    added = group.tightened.added
    found = []
    if ages := _along(group, "age_band", "gender"):
        bands = [(band, cell) for cell in ages if (band := read_band(cell.age_band))]
        inside = [cell for band, cell in bands if band.within(0, 11)]
        crossing = [cell for band, cell in bands if band.known and not band.outside(0, 11)]
        known = [cell for band, cell in bands if band.known]
        under = Bounds(added(inside).lower, added(crossing).upper)
        found.append(group.figure("victims_under_12", under, known or ages))
        found.append(group.figure("age_known", added(known), known or ages))
    if genders := _along(group, "gender", "age_band"):
        girls = [cell for cell in genders if cell.gender == FEMALE]
        known = [cell for cell in genders if cell.gender != UNKNOWN]
        found.append(group.figure("victims_female", added(girls), girls or genders))
        found.append(group.figure("gender_known", added(known), known or genders))
    return found


def _shares(figures: list[ReturnFigure]) -> list[ReturnFigure]:
    """Return the share of victims under 12, and of girls: of those known, and bounds over all."""
    by = {one.measure: one for one in figures}
    found = []
    for name, part, base in (
        ("pct_under_12", "victims_under_12", "age_known"),
        ("pct_girls", "victims_female", "gender_known"),
    ):
        if part not in by or "offences" not in by or not by["offences"].bounds.lower:
            continue
        few, known, every = by[part], by[base], by["offences"].bounds
        unknown = max(every.upper - known.bounds.lower, 0)
        bounds = Bounds(
            min(100 * few.bounds.lower / max(every.upper, few.bounds.lower), 100),
            min(100 * (few.bounds.upper + unknown) / every.lower, 100),
        )
        found.append(
            replace(
                few,
                measure=name,
                unit="percent",
                bounds=bounds,
                of_known=100 * few.value / known.value if known.value else math.nan,
                note="of those known; bounds over all offences, if each has one victim",
            )
        )
    return found


def _along(group: _Group, axis: str, other: str) -> list[ReturnCell]:
    """Return the cells that divide all victims along one axis, once.

    Where a table crosses two axes its printed sums over the other serve, unless one of them is
    flagged; then the cells themselves do.
    """
    parts = [c for c in group.cells if getattr(c, axis) not in ("", TOTAL) and c.measure != "means"]
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
    if sums and (not crossed or not any(map(group.tightened.is_unsound, sums))):
        return sums
    return crossed


def _platforms(group: _Group, attributor: Attributor) -> list[ReturnFigure]:
    """Return the count of each platform, and of offences that name any.

    Several platforms in one record count in each; in one cell of a table they stay one group.
    """
    by: dict[str, list[ReturnCell]] = defaultdict(list)
    named = [cell for cell in group.records if cell.means]
    known = [cell for cell in named if attributor.named(cell.means).platforms]
    for cell in known:
        for platform in attributor.named(cell.means).platforms:
            by[platform].append(cell)
    if not by:
        listed = [c for c in group.tables if c.measure == "means" and c.means not in ("", TOTAL)]
        for cell in listed:
            if platforms := attributor.named(cell.means).platforms:
                by["+".join(platforms)].append(cell)
    found = [
        group.figure("platform_count", group.tightened.added(some), some, subject)
        for subject, some in sorted(by.items())
    ]
    if named:
        found.append(group.figure("means_known", Bounds.exactly(len(known)), known or named))
    return found


def unmatched(cells: Iterable[ReturnCell], attributor: Attributor) -> list[tuple[str, int]]:
    """Return the strings that no rule explains and how often each is written, by frequency."""
    counts = Counter(cell.means for cell in cells if cell.means not in ("", TOTAL))
    left = [(text, n) for text, n in counts.items() if attributor.named(text).leftover]
    return sorted(left, key=lambda pair: (-pair[1], pair[0]))


def distinct_platforms(cells: Iterable[ReturnCell], attributor: Attributor) -> list[str]:
    """Return every distinct platform named in a round (the "150 different apps")."""
    texts = {cell.means for cell in cells if cell.means not in ("", TOTAL)}
    return sorted({name for text in sorted(texts) for name in attributor.named(text).platforms})
