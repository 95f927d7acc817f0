"""One call saves a chart with its data and its words: SVG, PNG, CSV and text.

The same tables give the same bytes: no dates, no versions and no random identifiers go in.
"""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure

from offences.tables import write

_SALT: Any = {"svg.hashsalt": "offences", "svg.fonttype": "path"}


def title(figure: Figure) -> str:
    """Return the finding that stands on top of a chart, on one line."""
    return " ".join(figure.texts[0].get_text().split())


def save(folder: Path, name: str, figure: Figure, data: pd.DataFrame, words: str) -> Path:
    """Save a chart, the exact data drawn and the words for someone who cannot see it.

    Parameters
    ----------
    folder
        Where to; made if need be.
    name
        Name of the four files, without an ending.
    figure
        Drawn once a format.
    data
        The table the chart was drawn from.
    words
        What the chart shows; also the description inside the SVG.

    Returns
    -------
    Path
        The PNG.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with mpl.rc_context(_SALT):
        described = {"Date": None, "Creator": None, "Title": title(figure), "Description": words}
        figure.savefig(folder / f"{name}.svg", metadata=described)
        figure.savefig(folder / f"{name}.png", metadata={"Software": None})
    write(data, folder / f"{name}.csv")
    text = "\n".join(textwrap.wrap(words, 88))
    (folder / f"{name}.txt").write_text(f"{text}\n", encoding="utf-8")
    return folder / f"{name}.png"
