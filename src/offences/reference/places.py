"""Forces and regions, and the names under which they are printed.

A region is a scheme and a name, because the NSPCC's regions are not those of the Office for
National Statistics: each is the set of forces that ``data/reference/region_forces.csv`` gives it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar, Literal

from offences.errors import ParameterError, did_you_mean, nearest
from offences.project import Project
from offences.reference.statuses import PlaceKind
from offences.tables import Names, TableRow, Text, read_table

PrintedKind = Literal["uk", "nation", "region", "force"]
"""Kinds of place as typed from a page."""

Scheme = Literal["nations", "ons", "nspcc"]
"""Whose regions: none's, the Office for National Statistics' or the NSPCC's."""

_FOOTNOTE_MARKS = "*†‡§¹²³⁴⁵⁶⁷⁸⁹"


@dataclass(frozen=True)
class Place:
    """A force or a region.

    Attributes
    ----------
    name
        Its canonical name.
    forces
        The forces it is made of, in the order of ``forces.csv``; a force is made of itself.
    keys
        (kind, name) of every place made of the same forces, itself among them: its own figures
        may be printed under any of them. Northern Ireland is policed by one force; the South West
        of the ONS and that of the NSPCC are the same five.
    """

    kind: PlaceKind
    name: str
    forces: tuple[str, ...]
    keys: tuple[tuple[str, str], ...] = ()

    @property
    def is_force(self) -> bool:
        """Whether it is a single force."""
        return self.kind == PlaceKind.FORCE


def normalise(name: str) -> str:
    """Fold case, dashes, ampersands, spaces and footnote marks of a printed name."""
    name = unicodedata.normalize("NFKC", name.strip().rstrip(_FOOTNOTE_MARKS))
    name = re.sub(r"[\u2010-\u2015\u2212]", "-", name).replace("&", " and ").replace("\u2019", "'")
    return re.sub(r"\s+", " ", name).strip().casefold()


def slug(text: str) -> str:
    """Return a name that is safe as a folder's name."""
    return re.sub(r"[^a-z0-9]+", "-", normalise(text)).strip("-")


@dataclass(frozen=True)
class Places:
    """Every force and region that the reference tables know."""

    all: tuple[Place, ...]
    aliases: dict[tuple[str, str], Place]

    @classmethod
    def read(cls, project: Project) -> Places:
        """Read ``forces.csv``, ``regions.csv`` and ``region_forces.csv``.

        Raises
        ------
        DataError
            When one of them is wrong, an alias belongs to two places, or a region names a force
            that is not there.
        """
        rows = read_table(project, project.reference / "forces.csv", ForceRow)
        listed: list[tuple[ForceRow | RegionRow, Place]] = [
            (row, Place(PlaceKind.FORCE, row.force, (row.force,))) for row in rows
        ]
        listed += _regions(project, [row.force for row in rows])
        alike: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        for _, place in listed:
            alike.setdefault(place.forces, []).append((place.kind, place.name))
        listed = [(row, replace(p, keys=tuple(alike[p.forces]))) for row, p in listed]
        return cls(tuple(place for _, place in listed), _aliases(listed))

    def printed(self, kind: str, name: str) -> Place | None:
        """Return the place that a page means by ``name``, or None when it is not known.

        ``kind`` is one of :data:`PrintedKind`. A printed region is the NSPCC's: the releases print
        no others.
        """
        return self.aliases.get((_kind_of_printed(kind), normalise(name)))

    def get(self, kind: str, name: str) -> Place:
        """Return the place with this kind and canonical name."""
        return self.aliases[kind, normalise(name)]

    def runnable(self, scheme: str) -> list[Place]:
        """Return what a run can be about: the nations and the scheme's regions, then the forces."""
        kinds = (PlaceKind.UK, PlaceKind.NATION, f"{scheme} region")
        regions = [place for place in self.all if place.kind in kinds]
        return regions + [place for place in self.all if place.is_force]

    def asked_for(self, region: str, scheme: str) -> Place:
        """Return the place that a run's ``region`` names.

        Names of regions come before names of forces: ``West Midlands`` is the region,
        ``West Midlands Police`` the force.

        Raises
        ------
        ParameterError
            When no place has that name, with the nearest names.
        """
        runnable = self.runnable(scheme)
        wanted = normalise(region)
        for place in runnable:
            if normalise(place.name) == wanted and not place.is_force:
                return place
        for kind in dict.fromkeys(place.kind for place in runnable):
            if found := self.aliases.get((kind, wanted)):
                return found
        hint = did_you_mean(region, [place.name for place in runnable])
        raise ParameterError(f"unknown region {region!r}{hint or f'. {_REGIONS_ARE}'}")

    def typed(self, place: Place) -> str:
        """Return the name that, typed as a region, means this place and no other."""
        clash = any(not p.is_force and p.name == place.name for p in self.all)
        return f"{place.name} Police" if place.is_force and clash else place.name

    @cached_property
    def _region_slugs(self) -> set[str]:
        return {slug(place.name) for place in self.all if not place.is_force}

    def folder(self, place: Place) -> str:
        """Return the name of the place's folder under ``figures/``; no two places share one."""
        name = slug(place.name)
        if place.is_force and name in self._region_slugs:
            return f"{name}-police"
        return f"{name}-nspcc" if place.kind == PlaceKind.NSPCC_REGION else name

    def suggestions(self, kind: str, name: str) -> list[str]:
        """Return names of that printed kind that look like ``name``, nearest first."""
        own = _kind_of_printed(kind)
        return nearest(name, [place.name for place in self.all if place.kind == own])


_REGIONS_ARE = (
    "A region is UK, a nation, an English region or a force, as in data/reference/regions.csv "
    "and forces.csv."
)


class ForceRow(TableRow):
    """One row of ``forces.csv``."""

    key: ClassVar = ("force",)

    force: Text
    ons_code: str
    aliases: Names
    source: Text


class RegionRow(TableRow):
    """One row of ``regions.csv``."""

    key: ClassVar = ("scheme", "region")

    scheme: Scheme
    region: Text
    kind: Literal["uk", "nation", "region"]
    aliases: Names
    note: str

    @property
    def place_kind(self) -> PlaceKind:
        """The kind of place; only the two schemes have regions, and they have nothing else."""
        if (self.kind == "region") == (self.scheme == "nations"):
            raise self.wrong("kind", f"a {self.kind} is not of the scheme {self.scheme!r}.")
        return PlaceKind(f"{self.scheme} region" if self.kind == "region" else self.kind)


class RegionForceRow(TableRow):
    """One row of ``region_forces.csv``."""

    key: ClassVar = ("scheme", "region", "force")

    scheme: Scheme
    region: Text
    force: Text
    source: Text


def _kind_of_printed(kind: str) -> str:
    return PlaceKind.NSPCC_REGION if kind == "region" else kind


def _regions(project: Project, forces: list[str]) -> list[tuple[RegionRow, Place]]:
    """Return each region with its row; it has forces, and no force is of an unknown region."""
    members: dict[tuple[str, str], set[str]] = {}
    pairs = read_table(project, project.reference / "region_forces.csv", RegionForceRow)
    for pair in pairs:
        pair.require("force", forces, "force")
        members.setdefault((pair.scheme, pair.region), set()).add(pair.force)
    regions: dict[tuple[str, str], tuple[RegionRow, Place]] = {}
    for row in read_table(project, project.reference / "regions.csv", RegionRow):
        held = members.get((row.scheme, row.region))
        if held is None:
            raise row.wrong("region", f"{row.region!r} has no forces in region_forces.csv.")
        own = tuple(force for force in forces if force in held)
        regions[row.scheme, row.region] = row, Place(row.place_kind, row.region, own)
    for pair in pairs:
        if (pair.scheme, pair.region) not in regions:
            problem = f"{pair.region!r} of scheme {pair.scheme!r} is not in regions.csv."
            raise pair.wrong("region", problem)
    return list(regions.values())


def _aliases(
    listed: list[tuple[ForceRow | RegionRow, Place]],
) -> dict[tuple[str, str], Place]:
    """Return the place of each kind and name in its normal form; a name belongs to one place."""
    found: dict[tuple[str, str], Place] = {}
    for row, place in listed:
        for name in (place.name, *row.aliases):
            other = found.setdefault((place.kind, normalise(name)), place)
            if other is not place:
                column = "aliases" if name in row.aliases else type(row).key[-1]
                problem = f"{name!r} of {place.name!r} already belongs to {other.name!r}."
                raise row.wrong(column, problem)
    return found
