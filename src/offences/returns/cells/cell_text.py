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

from offences.errors import UnreadableError
from offences.reference import cells
from offences.reference.bounds import ANYTHING, Bounds
from offences.returns.cells.return_statuses import Blank, ReturnStatus

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


_NO_FIGURE = (
    (_NOT_HELD, ReturnStatus.NOT_HELD),
    (_NOT_ASKED, ReturnStatus.NOT_ASKED),
    (_REFUSED, ReturnStatus.REFUSED),
    (_EXEMPT, ReturnStatus.EXEMPT),
    (_MISSING, ReturnStatus.MISSING),
)


@dataclass(frozen=True)
class CellText:
    """The text of a cell of a return, and what it says.

    Attributes
    ----------
    raw
        The text as it is in the file.
    value
        The number; NaN where there is none.
    bounds
        What it allows.
    unit
        What the cell itself says it counts, a key of :data:`UNITS`; else an empty string.
    note
        What was decided in reading it, or why it cannot be read and what to do.
    why
        Why it cannot be read, in the middle of a sentence; empty where it can.
    """

    raw: str
    value: float
    bounds: Bounds
    status: ReturnStatus
    unit: str = ""
    note: str = ""
    why: str = ""

    def noting(self, *notes: str) -> CellText:
        """Return it with more notes, empty ones left out."""
        return replace(self, note="; ".join(filter(None, (self.note, *notes))))


@dataclass(frozen=True)
class Conventions:
    """What the analyst declares about the cells of a file.

    Attributes
    ----------
    percent
        Whether the column holds percentages.
    blank, dash
        What an empty cell and a lone dash stand for.
    below
        Counts below this may hide behind a bare asterisk: 0 to ``below`` less one.
    """

    percent: bool = False
    blank: Blank = Blank.EMPTY
    dash: Blank = Blank.EMPTY
    below: int = 5


UNDECLARED = Conventions()
"""What holds where nothing is declared."""


def read_cell(raw: str, declared: Conventions = UNDECLARED) -> CellText:
    """Read a cell as written; what cannot be read is ``unresolved`` and says why."""
    text = re.sub(r"\s+", " ", raw.replace("\u00a0", " ").strip()).casefold()
    if not text:
        return _blank(raw, declared.blank, declared, "an empty cell")
    if text in _DASHES:
        return _blank(raw, declared.dash, declared, "a dash")
    if text in _ZERO:
        return _exactly(raw, 0)
    if text in _SUPPRESSED:
        return _suppressed(raw, declared)
    for pattern, status in _NO_FIGURE:
        if pattern.fullmatch(text):
            exempt = (
                status is ReturnStatus.REFUSED and _EXEMPT.fullmatch(text) and "s.12" not in text
            )
            return _without_figure(raw, ReturnStatus.EXEMPT if exempt else status)
    return _number(raw, text, declared)


def _exactly(raw: str, value: float, note: str = "") -> CellText:
    return CellText(raw, value, Bounds.exactly(value), ReturnStatus.REPORTED, note=note)


def _suppressed(raw: str, declared: Conventions, note: str = "") -> CellText:
    hidden = Bounds(0, declared.below - 1)
    return CellText(raw, math.nan, hidden, ReturnStatus.SUPPRESSED, note=note)


def _without_figure(raw: str, status: ReturnStatus, note: str = "") -> CellText:
    return CellText(raw, math.nan, ANYTHING, status, note=note)


def _blank(raw: str, meaning: Blank, declared: Conventions, what: str) -> CellText:
    match meaning:
        case Blank.ZERO:
            return _exactly(raw, 0, f"{what}, declared to be zero")
        case Blank.SUPPRESSED:
            return _suppressed(raw, declared, f"{what}, declared suppressed")
        case _:
            return _without_figure(raw, ReturnStatus(meaning), what)


def _number(raw: str, text: str, declared: Conventions) -> CellText:
    if match := _FOOTNOTE.fullmatch(text):
        note = f"footnote mark {match['mark']} left out"
        return replace(read_cell(match["number"], declared), raw=raw, note=note)
    if match := _OF.fullmatch(text):
        return _exactly(raw, float(match["number"].replace(",", "")), f"of {match['base']}")
    text = re.sub(r"(?<=\d) (?=\d{3}\b)", ",", text).replace(" to ", "-")
    text = re.sub(r"^(less than|fewer than|under|below) (?=\w+$)", "<", text)
    if (worded := text.removeprefix("<")) != text and worded in cells.WORDS:
        text = f"<{cells.WORDS[worded]}"
    try:
        if declared.percent:
            return _as_printed(raw, text, "percent")
        if text.endswith("%"):
            return replace(_as_printed(raw, text, "percent"), unit="percent")
        return _as_printed(raw, text, "count")
    except UnreadableError as error:
        note, why = (told.replace(repr(text), repr(raw)) for told in (str(error), error.why))
    if (match := _WITH_UNIT.fullmatch(text)) and match["unit"] in _UNIT_OF:
        unit = _UNIT_OF[match["unit"]]
        inner = read_cell(match["figure"], replace(declared, percent=unit == "percent"))
        if inner.status is not ReturnStatus.UNRESOLVED:
            return replace(inner, raw=raw, unit=unit)
    if match := _LABELLED.fullmatch(text):
        inner = read_cell(match["rest"], declared)
        if inner.status is not ReturnStatus.UNRESOLVED:
            return replace(inner, raw=raw, note=f"behind the words {match['label']!r}")
    if re.match(r"[a-z]", text):
        try:  # a worded share, as "a quarter"
            return replace(_as_printed(raw, text, "percent"), unit="percent")
        except UnreadableError:
            pass
    return replace(_without_figure(raw, ReturnStatus.UNRESOLVED, note), why=why)


def _as_printed(raw: str, text: str, unit: str) -> CellText:
    """Read a text as any printed cell is read; one that cannot be raises ``UnreadableError``."""
    cell = cells.parse(text, unit)
    return CellText(raw, cell.value, cell.bounds, ReturnStatus(cell.status))
