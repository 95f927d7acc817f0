"""Forces and regions, and the names under which they are printed.

A region is a scheme and a name, because the NSPCC's regions are not those of the Office for
National Statistics: each is the set of forces that ``data/reference/region_forces.csv`` gives it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from offences.errors import DataError, ParameterError, did_you_mean
from offences.project import Project
from offences.tables import read_rows

SCHEMES = ("ons", "nspcc")
"""Whose English regions: the Office for National Statistics' or the NSPCC's."""

PRINTED_KINDS = ("uk", "nation", "region", "force")
"""Kinds of place as typed from a page."""

_FOOTNOTE_MARKS = "*†‡§¹²³⁴⁵⁶⁷⁸⁹"


@dataclass(frozen=True)
class Place:
    """A force or a region.

    Attributes
    ----------
    kind
        ``uk``, ``nation``, ``ons region``, ``nspcc region`` or ``force``.
    name
        Its canonical name.
    forces
        The forces it is made of, in the order of ``forces.csv``; a force is made of itself.
    keys
        (kind, name) of every place made of the same forces, itself among them: its own figures
        may be printed under any of them. Northern Ireland is policed by one force; the South West
        of the ONS and that of the NSPCC are the same five.
    """

    kind: str
    name: str
    forces: tuple[str, ...]
    keys: tuple[tuple[str, str], ...] = ()

    @property
    def is_force(self) -> bool:
        """Whether it is a single force."""
        return self.kind == "force"


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
            When a force or region stands twice, an alias belongs to two, or a region names a
            force that is not there.
        """
        places: list[Place] = []
        aliases: dict[tuple[str, str], Place] = {}

        def register(place: Place, names: Iterable[str], file: str, row: int, column: str) -> None:
            for name in filter(None, names):
                other = aliases.setdefault((place.kind, normalise(name)), place)
                if other.name != place.name:
                    raise DataError(
                        file,
                        f"{name!r} of {place.name!r} already belongs to {other.name!r}.",
                        row=row,
                        column=column,
                    )

        path = project.reference / "forces.csv"
        file = project.relative(path)
        for row in read_rows(project, path, ["force", "ons_code", "aliases", "source"]):
            name = row.cells["force"]
            if any(place.name == name for place in places):
                raise DataError(
                    file, f"{name!r} stands twice. Keep one row.", row=row.line, column="force"
                )
            place = Place("force", name, (name,))
            places.append(place)
            register(place, [name], file, row.line, "force")
            register(place, row.cells["aliases"].split("|"), file, row.line, "aliases")
        forces = [place.name for place in places]
        members = _members(project, forces)
        path = project.reference / "regions.csv"
        file = project.relative(path)
        for row in read_rows(project, path, ["scheme", "region", "kind", "aliases", "note"]):
            key = (row.cells["scheme"], row.cells["region"])
            kind = f"{key[0]} region" if row.cells["kind"] == "region" else row.cells["kind"]
            if (kind, normalise(key[1])) in aliases:
                raise DataError(file, f"{key[1]!r} stands twice.", row=row.line, column="region")
            if key not in members:
                raise DataError(
                    file,
                    f"{key[1]!r} has no forces in region_forces.csv.",
                    row=row.line,
                    column="region",
                )
            place = Place(kind, key[1], tuple(f for f in forces if f in members[key]))
            places.append(place)
            register(place, [key[1], *row.cells["aliases"].split("|")], file, row.line, "aliases")
        alike: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        for place in places:
            alike.setdefault(place.forces, []).append((place.kind, place.name))
        whole = {(p.kind, p.name): replace(p, keys=tuple(alike[p.forces])) for p in places}
        for scheme, region in members:
            if not any(p.name == region and _scheme(p) == scheme for p in places):
                raise DataError(
                    project.relative(project.reference / "region_forces.csv"),
                    f"{region!r} of scheme {scheme!r} is not in regions.csv.",
                    column="region",
                )
        return cls(
            tuple(whole.values()), {key: whole[p.kind, p.name] for key, p in aliases.items()}
        )

    def printed(self, kind: str, name: str) -> Place | None:
        """Return the place that a page means by ``name``, or None when it is not known.

        ``kind`` is the kind as typed from the page: ``uk``, ``nation``, ``region`` or ``force``.
        A printed region is the NSPCC's: the releases print no others.
        """
        kind = "nspcc region" if kind == "region" else kind
        return self.aliases.get((kind, normalise(name)))

    def get(self, kind: str, name: str) -> Place:
        """Return the place with this kind and canonical name."""
        return self.aliases[kind, normalise(name)]

    def runnable(self, scheme: str) -> list[Place]:
        """Return what a run can be about: the nations and the scheme's regions, then the forces."""
        kinds = ("uk", "nation", f"{scheme} region")
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
        return f"{name}-nspcc" if place.kind == "nspcc region" else name

    def suggestions(self, kind: str, name: str) -> list[str]:
        """Return names of that printed kind that look like ``name``, nearest first."""
        kind = "nspcc region" if kind == "region" else kind
        hint = did_you_mean(name, [place.name for place in self.all if place.kind == kind])
        return re.findall(r"'([^']+)'", hint)


_REGIONS_ARE = (
    "A region is UK, a nation, an English region or a force, as in data/reference/regions.csv "
    "and forces.csv."
)


def _scheme(place: Place) -> str:
    """Return the scheme a region belongs to."""
    return place.kind.removesuffix(" region") if place.kind.endswith(" region") else "nations"


def _members(project: Project, forces: list[str]) -> dict[tuple[str, str], set[str]]:
    path = project.reference / "region_forces.csv"
    file = project.relative(path)
    members: dict[tuple[str, str], set[str]] = {}
    for row in read_rows(project, path, ["scheme", "region", "force", "source"]):
        force = row.cells["force"]
        if force not in forces:
            hint = did_you_mean(force, forces)
            raise DataError(file, f"unknown force {force!r}{hint}", row=row.line, column="force")
        held = members.setdefault((row.cells["scheme"], row.cells["region"]), set())
        if force in held:
            raise DataError(
                file, f"{force!r} stands twice in its region.", row=row.line, column="force"
            )
        held.add(force)
    return members
