"""What the pages share: the templates, a chart as a page shows it, a cell as a reader sees it."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from PIL import Image

from offences.runs.run_folder import RunFolder

TEMPLATES = Environment(
    loader=PackageLoader("offences"), autoescape=True, undefined=StrictUndefined,
    trim_blocks=True, keep_trailing_newline=True,
)  # fmt: skip


@dataclass(frozen=True)
class ShownChart:
    """A chart on a page: its finding, the picture as WebP in base64, and its words."""

    name: str
    title: str
    picture: str
    words: str


def shown_chart(run: RunFolder, name: str) -> ShownChart:
    """Return a chart of a run as a page shows it."""
    title = run.title(name).rstrip(".") or name
    return ShownChart(name, title, _small(run.path / f"{name}.png"), words_on_one_line(run, name))


def words_on_one_line(run: RunFolder, chart: str) -> str:
    """Return the words of a chart without the line breaks of their file."""
    return " ".join(re.sub(r"(?<=\w)-\n", "-", run.words(chart)).split())


def shown_cell(text: str) -> str:
    """Return a cell of a CSV as a reader sees it: thousands separated, one decimal at most."""
    if re.fullmatch(r"-?\d{4,}|-?\d+\.\d+", text):
        number = float(text)
        return f"{number:,.0f}" if number.is_integer() else f"{number:,.1f}"
    return text


def _small(picture: Path) -> str:
    """Return a picture without loss in a third of its size, as base64."""
    packed = io.BytesIO()
    with Image.open(picture) as opened:
        opened.convert("RGB").save(packed, "WEBP", lossless=True, method=2)
    return base64.b64encode(packed.getvalue()).decode("ascii")
