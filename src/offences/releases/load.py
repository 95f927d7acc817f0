"""From raw files to observations: one printed figure a row, understood and traceable."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from offences.errors import DataError, did_you_mean
from offences.project import Project
from offences.reference import cells
from offences.reference.measures import PLATFORM_MEASURES
from offences.reference.periods import Period
from offences.reference.places import PRINTED_KINDS, Places
from offences.reference.platforms import Platforms
from offences.reference.vocabulary import Vocabulary
from offences.releases.layouts import PrintedCell, printed_cells
from offences.releases.schemas import OBSERVATIONS, check
from offences.releases.sources import Release, assert_as_described, read_releases
from offences.tables import read_rows, write

_SET_ASIDE_COLUMNS = ["place_kind", "printed", "why", "decided_on", "source"]
UNMATCHED_COLUMNS = ["file", "row", "column", "what", "printed", "suggestions"]


@dataclass(frozen=True)
class Loaded:
    """What the raw files hold.

    Attributes
    ----------
    vocabulary
        The names that the figures were matched with.
    releases
        The oldest first.
    observations
        See :data:`offences.releases.schemas.OBSERVATIONS`.
    set_aside
        Figures whose place a person has decided not to place, with the reason.
    """

    vocabulary: Vocabulary
    releases: tuple[Release, ...]
    observations: pd.DataFrame
    set_aside: pd.DataFrame

    def observations_by(self, day: datetime.date | None) -> pd.DataFrame:
        """Return the observations of releases published by ``day`` (None: all)."""
        if day is None:
            return self.observations
        return self.observations[self.observations["released"] <= day.isoformat()]

    @cached_property
    def years(self) -> Period:
        """The financial years from the first to the last for which any place has offences."""
        table = self.observations
        periods = [
            Period.parse(p) for p in table.loc[table["measure"] == "offences", "period"].unique()
        ]
        years = [period for period in periods if period.is_year]
        return Period(min(years).first, max(years).last)


def load(project: Project) -> Loaded:
    """Read every release under ``data/raw``.

    Names are matched through the reference tables and never guessed. Those that match nothing
    are listed, with suggestions, in ``data/interim/unmatched.csv`` before the error is raised.

    Raises
    ------
    DataError
        Naming file, row and column of the first thing that is wrong.
    """
    vocabulary = Vocabulary.read(project)
    places, means, measures = vocabulary.places, vocabulary.platforms, vocabulary.measures
    aside = {
        (row.cells["place_kind"], row.cells["printed"]): row.cells["why"]
        for row in read_rows(project, project.reference / "names_set_aside.csv", _SET_ASIDE_COLUMNS)
    }
    releases = read_releases(project)
    observations: list[dict[str, object]] = []
    set_aside: list[dict[str, object]] = []
    unmatched: list[dict[str, object]] = []
    seen: dict[tuple[str, ...], PrintedCell] = {}
    for release in releases:
        for cell in printed_cells(project, release):
            observed = _observe(cell, release, measures)
            if why := aside.get((cell.place_kind, cell.place)):
                set_aside.append(observed | {"place": cell.place, "why": why})
                continue
            place = places.printed(cell.place_kind, cell.place)
            if place is None:
                near = places.suggestions(cell.place_kind, cell.place)
                unmatched.append(_unmatched(cell, "place", cell.place_kind, near))
                continue
            subject = _subject(cell, places, means)
            if subject is None:
                near = means.suggestions(cell.subject)
                unmatched.append(_unmatched(cell, "subject", "platform", near))
                continue
            _refuse_repeat(seen, cell, place.name, release.name)
            named = {"place_kind": place.kind, "place": place.name, "subject": subject}
            observations.append(observed | named)
    if unmatched:
        _report_unmatched(project, unmatched)
    assert_as_described(project)
    columns = list(OBSERVATIONS.columns)
    table = pd.DataFrame(observations, columns=columns).astype({"lower": float, "upper": float})
    kept = [c for c in (*columns, "why") if c != "place_kind"]
    return Loaded(
        vocabulary,
        tuple(releases),
        check(table, OBSERVATIONS),
        pd.DataFrame(set_aside, columns=kept),
    )


def _observe(cell: PrintedCell, release: Release, measures: dict[str, str]) -> dict[str, object]:
    """Return the cell with its period, measure, source and number understood."""

    def fail(column: str, problem: str) -> DataError:
        in_log = cell.column == "printed"
        return DataError(cell.file, problem, row=cell.row, column=column if in_log else cell.column)

    if cell.place_kind not in PRINTED_KINDS:
        hint = did_you_mean(cell.place_kind, PRINTED_KINDS)
        known = f"; known: {', '.join(PRINTED_KINDS)}."
        raise fail("place_kind", f"unknown kind of place {cell.place_kind!r}{hint or known}")
    if cell.source not in release.sources:
        hint = did_you_mean(cell.source, release.sources)
        raise fail("source", f"unknown source {cell.source!r}{hint or '; add it to sources.csv.'}")
    if cell.measure not in measures:
        hint = did_you_mean(cell.measure, measures)
        raise fail("measure", f"unknown measure {cell.measure!r}{hint or '; see measures.csv.'}")
    if cell.unit != measures[cell.measure]:
        raise fail("unit", f"{cell.measure} is in {measures[cell.measure]}, not {cell.unit!r}.")
    try:
        period = Period.parse(cell.period)
    except ValueError as error:
        raise fail("period", str(error)) from error
    try:
        signed = cell.measure.endswith("_change_pct")
        number = cells.parse(cell.printed, cell.unit, signed=signed)
    except ValueError as error:
        raise fail("printed", str(error)) from error
    source = release.sources[cell.source]
    return {
        "release": release.name,
        "released": release.published.isoformat(),
        "source": f"{release.name}/{source.name}",
        "independent": source.independent,
        "period": str(period),
        "measure": cell.measure,
        "subject": cell.subject,
        "printed": cell.printed,
        "value": number.value,
        "lower": number.lower,
        "upper": number.upper,
        "status": number.status,
        "unit": cell.unit,
        "note": cell.note,
        "file": cell.file,
        "row": cell.row,
        "column": cell.column,
    }


def _refuse_repeat(
    seen: dict[tuple[str, ...], PrintedCell], cell: PrintedCell, place: str, release: str
) -> None:
    """Refuse a figure typed twice from one page; two different figures of it are both kept."""
    key = (release, cell.source, cell.place_kind, place, cell.period, cell.measure, cell.subject)
    first = seen.setdefault((*key, cell.printed), cell)
    if first is not cell:
        raise DataError(
            cell.file,
            f"{place} {cell.period} ({cell.measure}) stands twice for this source; it is already "
            f"in {first.file}, row {first.row}. Keep one.",
            row=cell.row,
            column="place" if cell.column == "printed" else cell.column,
        )


def _subject(cell: PrintedCell, places: Places, means: Platforms) -> str | None:
    """Return the canonical name of what the cell is about beside its place, None if unknown."""
    if cell.measure in PLATFORM_MEASURES:
        named = means.printed(cell.subject)
        return named.name if named else None
    if cell.subject:
        force = places.printed("force", cell.subject)
        return force.name if force else None
    return ""


def _unmatched(cell: PrintedCell, column: str, what: str, near: list[str]) -> dict[str, object]:
    return {
        "file": cell.file,
        "row": cell.row,
        "column": column if cell.column == "printed" else "the first column",
        "what": what,
        "printed": cell.place if column == "place" else cell.subject,
        "suggestions": "|".join(near),
    }


def _report_unmatched(project: Project, unmatched: list[dict[str, object]]) -> None:
    """Write the list a person decides on, and stop."""
    table = pd.DataFrame(unmatched, columns=UNMATCHED_COLUMNS)
    listed = project.interim / "unmatched.csv"
    write(table, listed)
    first = unmatched[0]
    near = str(first["suggestions"]).replace("|", "' or '")
    hint = f": did you mean '{near}'?" if near else "."
    others = table["printed"].nunique() - 1
    more = f" {others} more in the list." if others else ""
    raise DataError(
        str(first["file"]),
        f"unknown {first['what']} {first['printed']!r}{hint} Correct the name, add it to the "
        "aliases in data/reference, or set it aside in names_set_aside.csv. "
        f"All names that match nothing are in {project.relative(listed)}.{more}",
        row=int(str(first["row"])),
        column=str(first["column"]),
    )
