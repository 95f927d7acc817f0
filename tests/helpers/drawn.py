"""What a matplotlib figure draws: texts, points, lines and bars, as a reader meets them."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

Point = tuple[float, float]


def texts(axes: Axes) -> list[str]:
    """Return the texts inside the axes in the order in which they were written."""
    return [text.get_text() for text in axes.texts]


def ticks(axes: Axes, which: str) -> list[str]:
    """Return the labels along ``x`` or ``y`` in their order."""
    axis = axes.xaxis if which == "x" else axes.yaxis
    return [label.get_text() for label in axis.get_ticklabels()]


def _points_of(line: Line2D) -> list[Point]:
    x, y = (np.atleast_1d(np.asarray(data, float)) for data in line.get_data())
    return [(float(a), float(b)) for a, b in zip(x, y, strict=True)]


def points(axes: Axes, markers: str = "") -> list[Point]:
    """Return where single markers are, of these kinds or of any, in their order."""
    held = [line for line in axes.lines if len(_points_of(line)) == 1]
    return [_points_of(line)[0] for line in held if not markers or line.get_marker() in markers]


def lines(axes: Axes) -> list[list[Point]]:
    """Return the lines between points; vertical and horizontal ones across the axes left out."""
    across = [line for line in axes.lines if line.get_transform() != axes.transData]
    return [_points_of(line) for line in axes.lines
            if line not in across and len(_points_of(line)) > 1]  # fmt: skip


def bars(axes: Axes) -> list[tuple[float, float, float]]:
    """Return left end, length and middle of each horizontal bar, in their order."""
    held = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    return [(p.get_x(), p.get_width(), p.get_y() + p.get_height() / 2) for p in held]


def columns(axes: Axes) -> list[float]:
    """Return the height of each vertical bar from left to right."""
    held = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    return [patch.get_height() for patch in sorted(held, key=lambda p: p.get_x())]


def hatched(axes: Axes) -> list[tuple[float, str]]:
    """Return the middle (across) and the hatch of each hatched patch."""
    held = [p for p in axes.patches if isinstance(p, Rectangle) and p.get_hatch()]
    return [(round(p.get_x() + p.get_width() / 2, 6), str(p.get_hatch())) for p in held]


def close(found: Iterable[Point], expected: Iterable[Point]) -> bool:
    """Return whether points are the same but for rounding, one that is not known like another."""
    one, other = list(found), list(expected)
    return len(one) == len(other) and all(
        math.isclose(a, b, abs_tol=1e-6) or (math.isnan(a) and math.isnan(b))
        for left, right in zip(one, other, strict=True)
        for a, b in zip(left, right, strict=True)
    )


def page(figure: Figure) -> tuple[str, str]:
    """Return what stands above and what stands below the drawing, each on one line."""
    title, footer = (" ".join(text.get_text().split()) for text in figure.texts)
    return title, footer


def key(figure: Figure) -> list[str]:
    """Return the labels of the key, none where there is no key."""
    return [text.get_text() for legend in figure.legends for text in legend.get_texts()]
