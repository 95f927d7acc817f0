"""Where everything lies: the folders of a checkout, found from any place inside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from offences.errors import OffencesError

_MARK = Path("data/reference/measures.csv")


@dataclass(frozen=True)
class Project:
    """A checkout of this project.

    Attributes
    ----------
    root
        The folder that holds ``data/``, ``notebooks/`` and ``figures/``.
    """

    root: Path

    @classmethod
    def find(cls, start: Path | None = None) -> Project:
        """Return the project that holds ``start`` (default: the working directory).

        Raises
        ------
        OffencesError
            When no folder above ``start`` is a checkout.
        """
        start = (start or Path.cwd()).resolve()
        for folder in (start, *start.parents):
            if (folder / _MARK).is_file():
                return cls(folder)
        raise OffencesError(
            f"There is no checkout of this project around {start}: change to a folder of one (it "
            "holds data/reference, notebooks and figures) and give the command again."
        )

    @property
    def claims(self) -> Path:
        """Statements made in public about the figures: one file a publication."""
        return self.root / "data" / "claims"

    @property
    def raw(self) -> Path:
        """Figures as printed or received: one folder a release, never written by code."""
        return self.root / "data" / "raw"

    @property
    def reference(self) -> Path:
        """Tables that a person keeps: forces, regions, platforms, measures, known issues."""
        return self.root / "data" / "reference"

    @property
    def interim(self) -> Path:
        """What loading writes."""
        return self.root / "data" / "interim"

    @property
    def processed(self) -> Path:
        """What cleaning writes."""
        return self.root / "data" / "processed"

    @property
    def figures(self) -> Path:
        """What runs write: ``figures/<region>/<version>/``."""
        return self.root / "figures"

    @property
    def notebooks(self) -> Path:
        """The notebooks' sources, without outputs."""
        return self.root / "notebooks"

    def relative(self, path: Path) -> str:
        """Return ``path`` as seen from the root, with forward slashes."""
        path = path.resolve()
        return (
            path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.name
        )
