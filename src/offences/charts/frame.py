"""The frame around a chart: palette, finding on top, key, coverage and source below.

Colours are the UK government's Analysis Function palette (``afcharts``).
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
from afcharts.af_colours import get_af_colours
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from offences.analysis import sentences
from offences.analysis.parameters import Request

BLUE, _, PLUM, ORANGE, DARK, _ = get_af_colours("categorical")
PALE = get_af_colours("sequential")[-1]
GREY = "#6f6f6f"
SHADE = "#e6e6e6"
_WIDTH = 9.0
DPI = 140
"""Dots per inch of the pictures; text is laid out for these, as its width depends on them."""
_SETTINGS: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.titlesize": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "hatch.linewidth": 0.6,
    "svg.hashsalt": "offences",
    "svg.fonttype": "path",
    "legend.frameon": False,
}


@contextmanager
def page(
    request: Request,
    title: str,
    footer: str,
    height: float,
    key: list[Artist] | None = None,
    about: str = "",
) -> Iterator[Figure]:
    """Yield a figure as wide as a page: a finding on top, below the key, coverage and source.

    ``height`` is of the drawing alone, in inches; ``about`` what the page is about where that is
    not the request's place.
    """
    finding = textwrap.fill(title, 88)
    line = f"{about or request.title}, {request.years.in_words()}. {footer} "
    line += f"As of: {request.known_in_words}. {request.policy.in_words()}."
    small = "\n".join(textwrap.wrap(f"{line} {sentences.SOURCE_LINE}.", 140))
    above = 0.14 + 0.19 * (finding.count("\n") + 1)
    below = 0.12 + 0.135 * (small.count("\n") + 1)
    key_height = 0.26 if key else 0.0
    whole = height + above + below + key_height
    with mpl.rc_context({**mpl.rcParamsDefault, "backend": mpl.get_backend(), **_SETTINGS}):
        figure = Figure(figsize=(_WIDTH, whole), dpi=DPI, layout="constrained")
        bottom = (below + key_height) / whole
        figure.get_layout_engine().set(rect=(0.01, bottom, 0.98, 1 - bottom - above / whole))  # type: ignore[union-attr,call-arg]
        figure.text(0.01, 1 - 0.07 / whole, finding, va="top", fontsize=11, fontweight="bold")
        figure.text(0.01, 0.06 / whole, small, va="bottom", fontsize=7.5, color=DARK)
        if key:
            figure.legend(
                handles=key, loc="lower left", bbox_to_anchor=(0.0, below / whole), ncols=len(key),
                fontsize=7.5, borderaxespad=0.2, columnspacing=1.4,
            )  # fmt: skip
        yield figure
        _settle(figure)


def _settle(figure: Figure) -> None:
    """Lay the page out once and fix it, rounded.

    The solver's result differs in the last digits from one process to the next, and these would
    reach the bytes of the SVG. Fixed, it is also not solved again for each format.
    """
    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    for axes in figure.axes:
        x, y, width, height = axes.get_position(original=True).bounds
        axes.set_position((round(x, 4), round(y, 4), round(width, 4), round(height, 4)))


def nothing(figure: Figure, said: str) -> None:
    """Say in place of an empty chart that there is nothing to draw."""
    axes = figure.subplots()
    axes.set_axis_off()
    axes.text(0.5, 0.5, textwrap.fill(said, 80), ha="center", va="center", fontsize=11, color=DARK)


def label(
    axes: Axes, text: str, at: tuple[float, float], offset: tuple[float, float], **style: Any
) -> None:
    """Write a text beside a point, ``offset`` points (of print) to the right and up."""
    axes.annotate(text, at, xytext=offset, textcoords="offset points", **style)
