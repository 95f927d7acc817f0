"""One cell of a return: its raw text, read as a value with bounds and a status.

Forces mark the same thing in many ways, and different things in one way. What
:mod:`offences.reference.cells` reads in print is read the same here; this module adds what only
returns have: blanks and dashes (whose meaning the analyst declares), footnote marks, a unit behind
the number, reasons for a refusal.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import Literal

from offences.reference import cells

STATUSES = (
    "reported",
    "approximate",
    "suppressed",
    "empty",
    "missing",
    "refused",
    "exempt",
    "not_held",
    "not_asked",
    "unresolved",
)
"""What a cell of a return can be; see ``data/README.md`` for what each means."""

Blank = Literal["empty", "zero", "suppressed", "not_held"]
"""What an empty cell, or a dash, stands for in one return."""

UNITS = {
    "offences": ("offence", "offences", "crime", "crimes", "case", "cases"),
    "reports": ("report", "reports", "incident", "incidents"),
    "victims": ("victim", "victims", "girls", "boys"),
    "mentions": ("mention", "mentions"),
    "keyword hits": ("hit", "hits", "record", "records"),
    "custody records": ("custody records",),
    "people": ("charged", "arrested", "people", "suspects"),
    "forces": ("force", "forces"),
    "percent": ("%", "percent", "per cent"),
}
"""What a figure can count, with the words that say so behind a number."""

_UNIT_OF = {word: unit for unit, words in UNITS.items() for word in words}
_ZERO = {"nil", "none", "zero", "no offences", "no results", "no results found"}
_DASHES = {"-", "--", "\u2013", "\u2014", "\u2212"}
_SUPPRESSED = {"*", "**", "***", "#", "[c]", "c", "[low]", "supp", "suppressed", "redacted"}
_NOT_HELD = re.compile(
    r"(not held|not recorded|no information (is )?held|information not held|no field|"
    r"not retrievable|\[x\]|no data held|not collected)\b.*"
)
_NOT_ASKED = re.compile(r"(not asked|not requested|request only|\[z\]|not applicable)\b.*")
_EXEMPT = re.compile(
    r".*(s(ection|\.)? ?(23|24|30|31|38|40|44)\b|neither confirm nor deny|ncnd|exempt|"
    r"personal data).*"
)
_REFUSED = re.compile(
    r"((full|fully|part|partly|partially|whole)?[ -]?(refused|refusal|withheld)|foisa|"
    r"s(ection|\.)? ?\d+|over (the )?cost|cost limit|.*exceeds? (the )?(cost|time|appropriate)).*"
)
_MISSING = re.compile(
    r"(n/?a|not available|not provided|no response|no reply|did not answer|excluded|disclosed \(|"
    r"attachment|table is an image|blank in the page|see (attachment|above|below)).*"
)
_FOOTNOTE = re.compile(
    r"(?P<number>\d[\d,]*(\.\d+)?)\s*(?P<mark>[\u00b9\u00b2\u00b3\u2070-\u2079\u2020\u2021*]+|"
    r"\[(note )?\w{1,2}\]|\((note )?[a-z\d]\))"
)
_WITH_UNIT = re.compile(r"(?P<figure>.*?\S)\s*(?P<unit>%|\b[a-z]+( cent| records)?)(\s*\(.*\))?")
_OF = re.compile(r"(?P<number>\d[\d,]*) (out )?of (a total of )?(?P<base>\d[\d,]*)")
_LABELLED = re.compile(r"(?P<label>[a-z][a-z ]*): (?P<rest>.+)")


@dataclass(frozen=True)
class CellText:
    """A cell of a return as read.

    Attributes
    ----------
    raw
        The text of the cell, as it stands in the file.
    value
        The number; NaN where there is none.
    lower, upper
        What it allows; ``upper`` is NaN where it is open.
    status
        One of :data:`STATUSES`.
    unit
        What the cell itself says it counts, a key of :data:`UNITS`; else an empty string.
    note
        What was decided in reading it.
    """

    raw: str
    value: float
    lower: float
    upper: float
    status: str
    unit: str = ""
    note: str = ""


def read(
    raw: str,
    *,
    percent: bool = False,
    blank: Blank = "empty",
    dash: Blank = "empty",
    below: int = 5,
) -> CellText:
    """Read a cell as written; what cannot be read is ``unresolved`` and says why.

    Parameters
    ----------
    raw
        The text of the cell.
    percent
        Whether the column holds percentages.
    blank, dash
        What an empty cell and a lone dash stand for, as the analyst declares for the file.
    below
        Counts below this may hide behind a bare asterisk: 0 to ``below`` less one.
    """
    text = re.sub(r"\s+", " ", raw.replace("\u00a0", " ").strip()).casefold()
    if not text:
        return _blank(raw, blank, below, "an empty cell")
    if text in _DASHES:
        return _blank(raw, dash, below, "a dash")
    if text in _ZERO:
        return CellText(raw, 0, 0, 0, "reported")
    if text in _SUPPRESSED:
        return CellText(raw, math.nan, 0, below - 1, "suppressed")
    for pattern, status in (
        (_NOT_HELD, "not_held"),
        (_NOT_ASKED, "not_asked"),
        (_REFUSED, "refused"),
        (_EXEMPT, "exempt"),
        (_MISSING, "missing"),
    ):
        if pattern.fullmatch(text):
            exempt = status == "refused" and _EXEMPT.fullmatch(text) and "s.12" not in text
            return CellText(raw, math.nan, 0, math.nan, "exempt" if exempt else status)
    return _number(raw, text, percent=percent, blank=blank, dash=dash, below=below)


def _blank(raw: str, meaning: Blank, below: int, what: str) -> CellText:
    if meaning == "zero":
        return CellText(raw, 0, 0, 0, "reported", note=f"{what}, declared to be zero")
    if meaning == "suppressed":
        return CellText(
            raw, math.nan, 0, below - 1, "suppressed", note=f"{what}, declared suppressed"
        )
    return CellText(raw, math.nan, 0, math.nan, meaning, note=what)


def _number(
    raw: str, text: str, *, percent: bool, blank: Blank, dash: Blank, below: int
) -> CellText:
    if match := _FOOTNOTE.fullmatch(text):
        inner = read(match["number"], percent=percent, below=below)
        return replace(inner, raw=raw, note=f"footnote mark {match['mark']} left out")
    if match := _OF.fullmatch(text):
        number = float(match["number"].replace(",", ""))
        return CellText(raw, number, number, number, "reported", note=f"of {match['base']}")
    text = re.sub(r"(?<=\d) (?=\d{3}\b)", ",", text).replace(" to ", "-")
    text = re.sub(r"^(less than|fewer than|under|below) (?=\w+$)", "<", text)
    if (worded := text.removeprefix("<")) != text and worded in cells.WORDS:
        text = f"<{cells.WORDS[worded]}"
    unit = "percent" if percent or text.endswith("%") else "count"
    try:
        cell = cells.parse(text, unit)
        return CellText(raw, cell.value, cell.lower, cell.upper, cell.status, _says(unit, percent))
    except ValueError as error:
        problem = str(error).replace(repr(text), repr(raw))
    if (match := _WITH_UNIT.fullmatch(text)) and match["unit"] in _UNIT_OF:
        said = _UNIT_OF[match["unit"]]
        inner = read(
            match["figure"], percent=said == "percent", blank=blank, dash=dash, below=below
        )
        if inner.status != "unresolved":
            return replace(inner, raw=raw, unit=said)
    if match := _LABELLED.fullmatch(text):
        inner = read(match["rest"], percent=percent, blank=blank, dash=dash, below=below)
        if inner.status != "unresolved":
            return replace(inner, raw=raw, note=f"behind the words {match['label']!r}")
    if re.match(r"[a-z]", text):
        try:  # a worded share, as "a quarter"
            cell = cells.parse(text, "percent")
            return CellText(raw, cell.value, cell.lower, cell.upper, cell.status, "percent")
        except ValueError:
            pass
    return CellText(raw, math.nan, 0, math.nan, "unresolved", note=problem)


def _says(unit: str, percent: bool) -> str:
    """Return ``percent`` where the cell, not its column, says so."""
    return "percent" if unit == "percent" and not percent else ""
