"""What a notebook works with: the checked parameters, the cleaned figures, and one way to show.

Run by the batch, a notebook writes into the folder that the batch prepared; opened in JupyterLab
it writes into ``figures/<region>/draft``, which no other run touches.
"""

from __future__ import annotations

import datetime
import json
import os
import pickle
import textwrap
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
from IPython.display import Image, display
from matplotlib.figure import Figure

from offences.analysis.findings import Findings
from offences.analysis.parameters import Request, checked, day_of
from offences.analysis.scope import among, keys_of
from offences.charts.save import save
from offences.errors import ParameterError, RunError
from offences.project import Project
from offences.releases.clean import Cleaned, clean
from offences.releases.load import Loaded, load
from offences.releases.sources import pages_with_figures
from offences.tables import show_whole, write

ASKED = "OFFENCES_RUN"
"""Environment variable in which the batch says what it asked for, as JSON: ``folder``,
``parameters``, and ``prepared``, the file of :func:`prepare_for_batch`."""


@dataclass(frozen=True, repr=False)
class NotebookRun:
    """One run as its notebooks see it."""

    project: Project
    request: Request
    loaded: Loaded
    cleaned: Cleaned
    folder: Path

    @classmethod
    def start(cls, **parameters: object) -> NotebookRun:
        """Check the parameters, read and clean the figures, and say where the run will write.

        Raises
        ------
        ParameterError
            When a parameter is wrong, or not what the batch asked for.
        DataError
            When the data cannot be read.
        """
        show_whole()
        project = Project.find()
        asked = json.loads(os.environ.get(ASKED, "{}"))
        loaded, cleaned = _prepared(asked) or (load(project), None)
        request = checked(project, loaded, **parameters)
        if asked and asked["parameters"] != request.parameters.model_dump():
            raise ParameterError(
                f"the batch asked for {asked['parameters']}, the notebook has "
                f"{request.parameters.model_dump()}: a parameter did not arrive."
            )
        if cleaned is None or request.policy.protects:
            cleaned = clean(project, loaded, request.day, request.policy)
        folder = Path(asked["folder"]) if asked else project.figures / request.folder / "draft"
        return cls(project, request, loaded, cleaned, folder)

    def __repr__(self) -> str:
        """Return what the run is about."""
        return self.request.in_words()

    def _repr_markdown_(self) -> str:
        forces = len(self.request.place.forces)
        return f"**{self.request.in_words()}** ({forces} police force{'s' if forces > 1 else ''})"

    @cached_property
    def found(self) -> Findings:
        """What the figures say about the place and its years, each number computed once."""
        return Findings(self.cleaned, self.request.place, self.request.years)

    @property
    def pages(self) -> pd.DataFrame:
        """The pages that figures of the place or its forces were read from, one a row."""
        ours = among(self.cleaned.observations, keys_of(self.request.place))
        return pages_with_figures(self.loaded.releases, self.cleaned.observations[ours])

    def as_known_on(self, day: datetime.date) -> Cleaned:
        """Return the figures as they were known on a day."""
        return clean(self.project, self.loaded, day, self.request.policy)

    def show(self, name: str, figure: Figure, data: pd.DataFrame, words: str) -> None:
        """Save a chart with its data and words, and show the saved picture with its words."""
        png = save(self.folder, name, figure, data, words)
        display(Image(filename=str(png), alt=words))  # type: ignore[no-untyped-call]
        print(textwrap.fill(words, 100))

    def save(self, name: str, table: pd.DataFrame) -> pd.DataFrame:
        """Save a table of the run as CSV, and return it."""
        write(table, self.folder / f"{name}.csv")
        return table

    def assert_region(self, table: pd.DataFrame) -> None:
        """Stop when a table is not about the forces of the region that was asked for.

        Raises
        ------
        RunError
            Naming the forces that are there and should not be, or the other way round.
        """
        found, asked = set(table["force"]), set(self.request.place.forces)
        if found != asked:
            raise RunError(
                f"{self.request.title} was asked for, but the table differs from its forces in "
                f"{', '.join(sorted(found ^ asked))}."
            )


def prepare_for_batch(project: Project, as_of: str, file: Path) -> None:
    """Load and clean once for all runs of an as_of, and keep the result for their notebooks.

    The file is a pickle, as only the process that planned this batch writes and names it.
    """
    loaded = load(project)
    cleaned = clean(project, loaded, day_of(as_of, loaded))
    unfinished = file.with_suffix(".new")
    unfinished.write_bytes(pickle.dumps((loaded, cleaned)))
    unfinished.replace(file)


def _prepared(asked: dict[str, Any]) -> tuple[Loaded, Cleaned] | None:
    """Return what the batch loaded and cleaned, None where no batch asked."""
    if "prepared" not in asked:
        return None
    loaded, cleaned = pickle.loads(Path(asked["prepared"]).read_bytes())
    return loaded, cleaned
