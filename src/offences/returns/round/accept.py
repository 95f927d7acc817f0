"""What accepting a round writes: layouts that a person looked at, and the settled figures.

Everything lands in ``settled/`` inside the round's folder, at once: a round that cannot be
settled leaves the last good one. Bounds found through margins stay internal for returns that are
not public: the list of cells then has only what each cell says by itself.
"""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from offences.errors import DataError, OffencesError
from offences.files import sha256
from offences.returns.cells.declarations import Accepted, Layout, layout_path
from offences.returns.cells.read_cells import ReturnCell
from offences.returns.round.rounds import SIMULATED, FileState, ReturnFile, Round, answer_of
from offences.returns.settle.margins import Tightened
from offences.returns.settle.platform_names import Attributor
from offences.returns.settle.settle import ReturnFigure
from offences.tables import write

SETTLED_FOLDER = "settled"
_FORMULA = ("=", "+", "@", "\t")


def accept(file: ReturnFile, by: str, on: datetime.date) -> Path:
    """Write the recognised layout of a file beside it, with who accepted it and when.

    Raises
    ------
    OffencesError
        When nothing was recognised, or nobody accepts.
    """
    if file.state is not FileState.RECOGNISED or file.layout is None:
        raise OffencesError(f"{file.path.name} is {file.state}: there is nothing to accept.")
    if not by.strip():
        raise OffencesError("A reading is accepted by a person: give --by NAME.")
    layout = file.layout.model_copy(
        update={"accepted": Accepted(by=by.strip(), on=on, sha256=sha256(file.path))}
    )
    path = layout_path(file.path)
    path.write_text(_as_yaml(layout), encoding="utf-8")
    return path


def _as_yaml(layout: Layout) -> str:
    content = layout.model_dump(exclude_defaults=True)
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=96)


def write_settled(
    this_round: Round,
    files: Sequence[ReturnFile],
    figures: Sequence[ReturnFigure],
    attributor: Attributor,
) -> Path:
    """Write ``cells.csv``, ``figures.csv`` and ``answers.csv`` and return their folder.

    See ``data/README.md`` for their columns. In a simulated round every row of every file says
    SIMULATED.

    Raises
    ------
    DataError
        When the folder cannot be written.
    """
    data = SIMULATED if this_round.about.simulated else "received"
    cells = [cell for file in files if file.state is FileState.ACCEPTED for cell in file.cells]
    folder = this_round.folder / SETTLED_FOLDER
    made = this_round.folder / f".{SETTLED_FOLDER}"
    shutil.rmtree(made, ignore_errors=True)
    try:
        write(_cells(cells, attributor, data, public=this_round.about.public), made / "cells.csv")
        write(_figures(figures, data), made / "figures.csv")
        write(_answers(this_round, files, data), made / "answers.csv")
        shutil.rmtree(folder, ignore_errors=True)
        made.rename(folder)
    except OSError as error:
        raise DataError(folder.name, f"cannot be written ({error.strerror}).") from error
    return folder


def _cells(
    cells: Sequence[ReturnCell], attributor: Attributor, data: str, *, public: bool
) -> pd.DataFrame:
    tightened = Tightened(cells) if public else None
    rows: list[dict[str, Any]] = []
    for cell in cells:
        bounds = tightened.bounds(cell) if tightened else cell.text.bounds
        rows.append(
            {
                "data": data,
                "force": cell.force,
                "period": cell.period,
                "measure": cell.measure,
                "unit": cell.unit,
                "basis": cell.basis,
                "age_band": cell.age_band,
                "gender": cell.gender,
                "means": safe(cell.means),
                "platforms": "|".join(attributor.named(cell.means).platforms),
                "category": safe(cell.category),
                "printed": safe(cell.text.raw),
                "value": cell.text.value,
                **bounds.columns(),
                "status": cell.text.status,
                "note": cell.text.note,
                "file": cell.file,
                "table": cell.table,
                "row": cell.row,
                "column": cell.column,
            }
        )
    return pd.DataFrame(rows)


def _figures(figures: Sequence[ReturnFigure], data: str) -> pd.DataFrame:
    columns = [
        "data", "force", "period", "measure", "subject", "unit", "value", "lower", "upper",
        "status", "cells", "files", "note",
    ]  # fmt: skip
    rows = [
        {
            "data": data,
            "force": one.force,
            "period": one.period,
            "measure": one.measure,
            "subject": one.subject,
            "unit": one.unit,
            "value": one.value,
            **one.bounds.columns(),
            "status": one.status,
            "cells": one.cells,
            "files": "|".join(one.files),
            "note": one.note,
        }
        for one in figures
    ]
    return pd.DataFrame(rows, columns=columns)


def _answers(this_round: Round, files: Sequence[ReturnFile], data: str) -> pd.DataFrame:
    """Return one row for each force asked: what it sent, or that it sent nothing."""
    rows = [(data, force, answer_of(this_round, files, force)) for force in this_round.asked]
    return pd.DataFrame(rows, columns=["data", "force", "answer"])


def safe(text: str) -> str:
    """Return received text so that a spreadsheet program does not take it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
