"""The vocabulary: every place, platform and measure that the reference tables name, read once."""

from __future__ import annotations

from dataclasses import dataclass

from offences.project import Project
from offences.reference.measures import Measure, read_measures
from offences.reference.places import Places
from offences.reference.platforms import Platforms


@dataclass(frozen=True)
class Vocabulary:
    """What names can stand for.

    Attributes
    ----------
    places, platforms
        By every name they are printed under.
    measures
        By name.
    """

    places: Places
    platforms: Platforms
    measures: dict[str, Measure]

    @classmethod
    def read(cls, project: Project) -> Vocabulary:
        """Read the reference tables.

        Raises
        ------
        DataError
            When one of them is wrong, with its row and column.
        """
        return cls(Places.read(project), Platforms.read(project), read_measures(project))
