"""The layouts of a SIMULATED round: one function each, which writes a file and notes its truth.

Bands, markers and sums that ignore suppressed cells are those of real answers; the offences are
not real.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml

from offences.returns.cells.ages_and_genders import read_band
from offences.returns.cells.declarations import SUFFIX, TYPED
from offences.returns.round.rounds import SIMULATED
from offences.returns.simulated import writers
from offences.returns.simulated.writers import Rows

GENDERS = {"Female": 70, "Male": 20, "Unknown": 10}
_STANDARD = ("11 and under", "12-15", "16 and over", "Unknown Age")
_METROPOLITAN = ("0-5", "6-10", "11-15", "16-17", "Unknown")
MEANS = {
    "Snapchat": ("Snapchat",),
    "snap chat": ("Snapchat",),
    "Insta": ("Instagram",),
    "Instagram": ("Instagram",),
    "FB": ("Facebook",),
    "Facebook": ("Facebook",),
    "whats app": ("WhatsApp",),
    "WhatsApp": ("WhatsApp",),
    "Kik": ("Kik",),
    "discord": ("Discord",),
    "Roblox": ("Roblox",),
    "snapchat / insta": ("Instagram", "Snapchat"),
    "roblox then discord": ("Discord", "Roblox"),
    "unknown": (),
    "not recorded": (),
}
_ONE_EACH = ("Snapchat", "Instagram", "Facebook", "WhatsApp", "Kik", "Discord")
MARKERS = ("shown", "*", "<5", "1-4")


@dataclass(frozen=True)
class Offence:
    """One simulated offence with one victim."""

    age: int | None
    gender: str
    means: str


@dataclass(frozen=True)
class TrueFigure:
    """What settling must give: the value itself where ``exact``, else bounds that hold it."""

    measure: str
    subject: str
    value: int
    exact: bool


@dataclass
class Return:
    """One force's simulated answer: what it wrote and what its figures must give."""

    force: str
    stem: Path
    period: str
    offences: list[Offence]
    truth: list[TrueFigure] = field(default_factory=list)

    def note(self, measure: str, value: int, *, exact: bool, subject: str = "") -> None:
        """Note what settling must give: the value itself where ``exact``."""
        self.truth.append(TrueFigure(measure, subject, value, exact))

    def declare(self, suffix: str, **layout: object) -> None:
        """Write the layout that the analyst would declare."""
        path = self.stem.with_name(self.stem.name + suffix + SUFFIX)
        content = {"force": self.force, "period": self.period, **layout}
        path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")

    def path(self, suffix: str) -> Path:
        """Return the file with this ending."""
        return self.stem.with_name(self.stem.name + suffix)

    def count(self, **wanted: object) -> int:
        """Return how many offences have these attributes."""
        return sum(all(getattr(o, k) == v for k, v in wanted.items()) for o in self.offences)

    def banded(self, bands: Sequence[str]) -> dict[tuple[str, str], int]:
        """Return counts by gender and band as printed."""
        return dict(Counter((o.gender, _band(o.age, bands)) for o in self.offences))


def _band(age: int | None, bands: Sequence[str]) -> str:
    """Return the printed band of an age, the last of which is the unknown one."""
    if age is None:
        return bands[-1]
    return next(text for text in bands if (band := read_band(text)) and age in band)


def _shown(count: int, marker: str, zero: str = "0") -> str:
    """Return a count as printed: small ones behind a marker."""
    if count == 0:
        return zero
    if marker != "shown" and count < 5:
        return marker
    return f"{count:,}"


# ---- Layouts: each writes the file of one force and notes its truth -------------------


def _crossed(one: Return, bands: Sequence[str], marker: str, zero: str = "0") -> list[list[str]]:
    """Return victims by gender and age, and note their truth."""
    counts = one.banded(bands)
    rows = [["", *bands]]
    for gender in GENDERS:
        rows.append(
            [gender, *(_shown(counts.get((gender, band), 0), marker, zero) for band in bands)]
        )
    _note_victims(one, bands, lambda n: n == 0 or n >= 5 or marker == "shown")
    return rows


def _note_victims(one: Return, bands: Sequence[str], seen: Callable[[int], bool]) -> None:
    """Note the truth about ages and genders; exact where every cell of it is seen."""
    counts = one.banded(bands)
    read = {b: read_band(b) for b in bands}
    under = sum(o.age is not None and o.age < 12 for o in one.offences)

    def all_seen(genders: Sequence[str], which: Sequence[str]) -> bool:
        return all(seen(counts.get((g, b), 0)) for g in genders for b in which)

    known = [b for b in bands if (band := read[b]) and band.known]
    near = [b for b in known if (band := read[b]) and not band.outside(0, 11)]
    nests = all((band := read[b]) and band.within(0, 11) for b in near)
    everyone = list(GENDERS)
    one.note("victims_under_12", under, exact=nests and all_seen(everyone, near))
    one.note("age_known", len(one.offences) - one.count(age=None), exact=all_seen(everyone, known))
    one.note("victims_female", one.count(gender="Female"), exact=all_seen(["Female"], bands))
    one.note(
        "gender_known",
        one.count(gender="Female") + one.count(gender="Male"),
        exact=all_seen(["Female", "Male"], bands),
    )


def _summed(rows: Rows, counts: Sequence[int] | None) -> list[str]:
    """Return a last row of sums: true ones, or (None) those of the visible cells only."""
    if counts is not None:
        return ["Sum:", *(f"{n:,}" for n in counts)]
    columns = list(zip(*rows[1:], strict=True))[1:]
    seen = (
        sum(int(t.replace(",", "")) for t in column if t.replace(",", "").isdecimal())
        for column in columns
    )
    return ["Sum:", *(f"{n:,}" for n in seen)]


def _gender_by_age_html(one: Return, marker: str) -> None:
    rows = _crossed(one, _STANDARD, marker, zero="")
    rows.append(_summed(rows, None))
    writers.html(one.path(".html"), {"Q2": rows})
    one.declare(
        ".html",
        unit="victims",
        blank="zero",
        tables=[
            {"rows": ["gender"], "columns": ["age_band"], "measure": "victims", "totals": ["Sum:"]}
        ],
    )


def _gender_by_age_xlsx(one: Return, marker: str) -> None:
    rows = _crossed(one, _STANDARD, marker)
    counts = one.banded(_STANDARD)
    rows.append(_summed(rows, [sum(counts.get((g, b), 0) for g in GENDERS) for b in _STANDARD]))
    writers.xlsx(one.path(".xlsx"), {"Sheet1": rows})
    _known_by_sums(one)


def _known_by_sums(one: Return) -> None:
    """Age is exact where its true sums are printed, whatever the cells hide."""
    one.truth = [
        replace(true, exact=true.exact or true.measure in ("victims_under_12", "age_known"))
        for true in one.truth
    ]


def _metropolitan_ods(one: Return, marker: str) -> None:
    writers.ods(one.path(".ods"), {"Victims": _crossed(one, _METROPOLITAN, marker, zero="nil")})


def _age_by_gender_xls(one: Return, marker: str) -> None:
    rows = _crossed(one, _STANDARD, marker, zero="-")
    turned = [list(column) for column in zip(*rows, strict=True)]
    writers.xls(one.path(".xls"), {"Sheet1": turned})
    one.declare(
        ".xls",
        unit="victims",
        dash="zero",
        tables=[{"rows": ["age_band"], "columns": ["gender"], "measure": "victims"}],
    )


def _two_headers_xlsx(one: Return, marker: str) -> None:
    rows = _crossed(one, _STANDARD, marker)
    top = ["", one.period, "", "", ""]
    writers.xlsx(one.path(".xlsx"), {"Table": [top, *rows]}, merged=["B1:E1"])


def _titled_xlsx(one: Return, marker: str) -> None:
    rows = [
        ["Freedom of information request: sexual communication with a child"],
        [],
        ["Measure", one.period],
        ["Total number of offences", f"{len(one.offences):,}"],
        ["Number of female victims", f"{one.count(gender='Female')}"],
        ["* Figures are live and may change"],
    ]
    one.note("offences", len(one.offences), exact=True)
    writers.xlsx(one.path(".xlsx"), {"Response": rows, "Notes": [["Recorded crime"]]})
    one.declare(
        ".xlsx",
        tables=[
            {
                "table": "Response",
                "header": [3],
                "last": 5,
                "rows": ["measure"],
                "columns": ["period"],
                "skip": ["Number of female victims"],
                "meanings": {"Total number of offences": "offences"},
            }
        ],
    )


def _records(one: Return, suffix: str, writer: Callable[[Path, dict[str, Rows]], None]) -> None:
    rows = [["Year", "Victim age", "Victim gender", "Platform"]]
    for offence in one.offences:
        age = "Unknown" if offence.age is None else str(offence.age)
        rows.append([one.period, age, offence.gender, offence.means])
    writer(one.path(suffix), {"Offences": rows})
    one.note("offences", len(one.offences), exact=True)
    _note_victims(one, [*map(str, range(18)), "Unknown"], lambda _: True)
    counts = Counter(name for o in one.offences for name in MEANS[o.means])
    for name, count in sorted(counts.items()):
        one.note("platform_count", count, exact=True, subject=name)
    one.note("means_known", sum(bool(MEANS[o.means]) for o in one.offences), exact=True)


def _records_csv(one: Return, marker: str) -> None:
    _records(one, ".csv", writers.delimited(","))


def _records_xlsb(one: Return, marker: str) -> None:
    _records(one, ".xlsb", writers.xlsb)


def _by_means(one: Return, marker: str) -> list[list[str]]:
    """Return offences by platform, and note their truth."""
    counts = Counter(name for o in one.offences for name in MEANS[o.means])
    rows = [["Method", one.period]]
    for name in _ONE_EACH:
        if counts[name]:
            rows.append([name, _shown(counts[name], marker)])
            seen = counts[name] >= 5 or marker == "shown"
            one.note("platform_count", counts[name], exact=seen, subject=name)
    return rows if len(rows) > 1 else [*rows, ["Kik", "0"]]


def _means_docx(one: Return, marker: str) -> None:
    writers.docx(one.path(".docx"), {"Question 4": _by_means(one, marker)})


def _several_sheets_xlsx(one: Return, marker: str) -> None:
    rows = _crossed(one, _STANDARD, marker)
    writers.xlsx(one.path(".xlsx"), {"Q2": rows, "Q4": _by_means(one, marker)})


def _long_tsv(one: Return, marker: str) -> None:
    counts = one.banded(_STANDARD)
    rows = [["Financial year", "Age band", "Count"]]
    whole = {band: sum(counts.get((g, band), 0) for g in GENDERS) for band in _STANDARD}
    rows += [[one.period, band, _shown(n, marker)] for band, n in whole.items()]
    writers.delimited("\t")(one.path(".tsv"), {"": rows})
    seen = {band: n == 0 or n >= 5 or marker == "shown" for band, n in whole.items()}
    under = sum(o.age is not None and o.age < 12 for o in one.offences)
    one.note("victims_under_12", under, exact=seen[_STANDARD[0]])
    known = len(one.offences) - one.count(age=None)
    one.note("age_known", known, exact=all(seen[b] for b in _STANDARD[:3]))


def _wide_semicolon(one: Return, marker: str) -> None:
    rows = [["Force", one.period], [f"{one.force}*", _shown(len(one.offences), marker)]]
    writers.delimited(";", "cp1252")(one.path(".csv"), {"": rows})
    seen = marker == "shown" or len(one.offences) >= 5 or not one.offences
    one.note("offences", len(one.offences), exact=seen)


def typed_answer(one: Return, marker: str) -> None:
    """Write a total in a sentence, with a part that is exempt."""
    answer = {
        "force": one.force,
        "period": one.period,
        "source": SIMULATED,
        "statements": [
            {"printed": f"{len(one.offences):,}"},
            {"printed": "s.40(2)", "measure": "victims", "category": "youngest victim"},
        ],
    }
    one.path(TYPED).write_text(yaml.safe_dump(answer, sort_keys=False), encoding="utf-8")
    one.note("offences", len(one.offences), exact=True)


LAYOUTS: tuple[Callable[[Return, str], None], ...] = (
    _gender_by_age_html,
    _gender_by_age_xlsx,
    _metropolitan_ods,
    _age_by_gender_xls,
    _two_headers_xlsx,
    _titled_xlsx,
    _records_csv,
    _records_xlsb,
    _means_docx,
    _several_sheets_xlsx,
    _long_tsv,
    _wide_semicolon,
    typed_answer,
)
"""One function a layout; the forces of a round take them in turn."""
