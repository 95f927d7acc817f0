"""A run's folder, and its manifest: what went in, and the SHA-256 of every file that came out."""

from __future__ import annotations

import datetime
import json
import math
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd
from pydantic import BaseModel, ConfigDict, ValidationError

from offences.errors import OffencesError
from offences.files import sha256
from offences.releases.disclosure import PUBLISHED, Policy

MANIFEST = "manifest.json"
CRATE = "ro-crate-metadata.json"
PAGE = "index.html"
REVIEW = "review.json"
"""What the last check of a run found."""

VIEWS = (PAGE, REVIEW)
"""Files made from a run, which are beside its files and which its manifest does not list."""

DATED = (MANIFEST, CRATE, *VIEWS)
"""Files of a run that differ between two equal executions; executed notebooks do too."""

_TITLE = re.compile(r"<dc:title>(.*?)</dc:title>", re.DOTALL)


class Manifest(BaseModel):
    """What a run was made from, and what it consists of.

    Attributes
    ----------
    parameters
        As the run was asked for, by name.
    inputs, outputs
        SHA-256 by path: of what went in from the project's root, of what came out from the run's.
    packages
        Versions by name.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    version: str
    parameters: dict[str, str]
    forces: list[str]
    inputs: dict[str, str]
    outputs: dict[str, str]
    packages: dict[str, str]
    python: str

    @property
    def policy(self) -> Policy:
        """The disclosure policy; the oldest runs name none and are as published."""
        return Policy.parse(self.parameters.get("disclosure", PUBLISHED))

    def write(self, folder: Path) -> None:
        """Write the manifest into the folder of its run."""
        text = json.dumps(self.model_dump(), indent=1, ensure_ascii=False)
        (folder / MANIFEST).write_text(f"{text}\n", encoding="utf-8")


@dataclass(frozen=True)
class RunFolder:
    """The folder of one run, ``figures/<region>/<version>``.

    It prints as this path. The manifest is read once: after a change take a new object.
    """

    path: Path

    def __str__(self) -> str:
        """Return the path from the project's root."""
        return "/".join(self.path.parts[-3:])

    @property
    def is_there(self) -> bool:
        """Whether the folder holds a run at all."""
        return (self.path / MANIFEST).is_file()

    @property
    def is_readable(self) -> bool:
        """Whether the run is there with a manifest that can be read."""
        try:
            return bool(self.manifest.version)
        except OffencesError:
            return False

    @property
    def is_whole(self) -> bool:
        """Whether the run is there and every file is as its manifest says."""
        return self.is_readable and all(
            (self.path / name).is_file() and sha256(self.path / name) == digest
            for name, digest in self.manifest.outputs.items()
        )

    @cached_property
    def manifest(self) -> Manifest:
        """The manifest.

        Raises
        ------
        OffencesError
            When there is none, or it cannot be read.
        """
        try:
            content = (self.path / MANIFEST).read_bytes()
        except OSError:
            raise OffencesError(
                f"{self} has no {MANIFEST}: give the folder of one run, as "
                "figures/wales/latest-1a2b3c4d."
            ) from None
        try:
            return Manifest.model_validate_json(content)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"]))
            what = f"{where}: {first['msg']}" if where else first["msg"]
            raise OffencesError(f"{self}/{MANIFEST} cannot be read: {what}") from None

    @property
    def manifest_digest(self) -> str:
        """SHA-256 of the manifest: what people sign."""
        return sha256(self.path / MANIFEST)

    @property
    def made(self) -> datetime.datetime:
        """When the run was made, in UTC."""
        written = (self.path / MANIFEST).stat().st_mtime
        return datetime.datetime.fromtimestamp(written, datetime.UTC)

    @property
    def files(self) -> list[str]:
        """Every file of the run by its path in it, but the manifest and the views."""
        names = (p.relative_to(self.path).as_posix() for p in self.path.rglob("*") if p.is_file())
        return sorted(name for name in names if name not in (MANIFEST, *VIEWS))

    @property
    def notebooks(self) -> list[Path]:
        """The executed notebooks."""
        return sorted((self.path / "notebooks").glob("*.ipynb"))

    @property
    def pictures(self) -> list[Path]:
        """The charts as PNG."""
        return sorted(self.path.glob("*.png"))

    @property
    def texts(self) -> list[str]:
        """The names of the charts that have words."""
        return sorted(path.stem for path in self.path.glob("*.txt"))

    def checksums_to_compare(self) -> dict[str, str]:
        """Return the SHA-256 of every file that a second execution should make the same."""
        return {
            path.name: sha256(path)
            for path in sorted(self.path.iterdir())
            if path.is_file() and path.name not in DATED
        }

    def has(self, table: str) -> bool:
        """Return whether the run has a table of this name."""
        return (self.path / f"{table}.csv").is_file()

    def table(self, name: str) -> pd.DataFrame:
        """Return a table of the run: numbers as numbers, NaN where a cell is empty."""
        return pd.read_csv(self.table_path(name))

    def table_as_text(self, name: str) -> pd.DataFrame:
        """Return a table of the run with every cell as the text that is in the file."""
        return pd.read_csv(self.table_path(name), dtype=str, keep_default_na=False)

    def table_path(self, name: str) -> Path:
        """Return the file of a table that the run has."""
        if not self.has(name):
            raise OffencesError(f"{self} has no table {name}.csv.")
        return self.path / f"{name}.csv"

    @cached_property
    def _headline(self) -> pd.DataFrame:
        return self.table("headline").set_index("name")

    def number(self, name: str, column: str = "value") -> float:
        """Return a headline number, or another column of its row; NaN where there is none."""
        return float(self._headline[column].get(name, math.nan))

    def status(self, name: str) -> str:
        """Return the status of a headline number that the run has."""
        return str(self._headline["status"][name])

    def words(self, chart: str) -> str:
        """Return the words of a chart, with the line breaks of their file."""
        return (self.path / f"{chart}.txt").read_text(encoding="utf-8")

    def title(self, chart: str) -> str:
        """Return the title of a chart, which its SVG holds; empty where it holds none."""
        found = _TITLE.search((self.path / f"{chart}.svg").read_text(encoding="utf-8"))
        return found[1] if found else ""


def runs_in(home: Path) -> list[RunFolder]:
    """Return the runs in a region's folder, in the order of their names."""
    found = (path.parent for path in home.glob(f"*/{MANIFEST}"))
    return [RunFolder(path) for path in sorted(found) if not path.name.startswith(".")]
