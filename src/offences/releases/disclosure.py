"""What a run may show of returns that are not public: suppress small counts, then round the rest.

The policy is applied to the printed cells, before anything is made of them, so that figures,
words, tables, workbook, page and executed notebooks can hold nothing else. Totals are sums of
rounded cells. Only single forces' counts for a financial year are kept: printed totals, spans,
part years and percentages are withheld, as they could be set against the cells.

Rounding to M with M at least N - 1 keeps a suppressed cell, 1 to N - 1, out of reach of
subtraction: two rounded numbers whose difference it is leave at least M on either side.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from offences.errors import ParameterError
from offences.reference.bounds import Bounds
from offences.reference.periods import Period
from offences.reference.statuses import PlaceKind, Status
from offences.releases.known_issues import Effect
from offences.tables import rows_of

PUBLISHED = "as published"
SHORTHAND = "[c]"
"""What a suppressed cell shows: confidential."""

_CERTAIN = (Status.REPORTED, Status.PARTIAL, Status.MISSING, Status.REFUSED, Status.NOT_HELD)
_FORM = re.compile(r"suppress below (\d+), round to (\d+)")


@dataclass(frozen=True)
class Policy:
    """A disclosure policy.

    Attributes
    ----------
    below
        Counts from 1 to one less than this are suppressed; 0 for as published.
    to
        The others are rounded to a multiple of this, halves to the even one.
    """

    below: int = 0
    to: int = 1

    @classmethod
    def parse(cls, text: str) -> Policy:
        """Return the policy that a parameter names.

        Raises
        ------
        ParameterError
            When it is no policy, or one under which suppressed cells could be worked out.
        """
        if text == PUBLISHED:
            return cls()
        match = _FORM.fullmatch(text.strip())
        how = f"write '{PUBLISHED}', or 'suppress below 5, round to 5'"
        if not match:
            raise ParameterError(f"disclosure {text!r} is not a policy: {how}.")
        below, to = int(match[1]), int(match[2])
        if below < 2 or to < below - 1:
            raise ParameterError(
                f"disclosure {text!r} protects nothing: suppress below 2 or more, and round to "
                f"{max(below, 2) - 1} or more, or a suppressed cell follows by subtraction; {how}."
            )
        return cls(below, to)

    @property
    def protects(self) -> bool:
        """Whether anything is withheld."""
        return self.below > 0

    def __str__(self) -> str:
        """Return the policy as the parameter has it."""
        return f"suppress below {self.below}, round to {self.to}" if self.protects else PUBLISHED

    def in_words(self) -> str:
        """Return the policy for a reader."""
        if not self.protects:
            return "Figures as published"
        return f"Counts below {self.below} suppressed, others rounded to {self.to}"

    def rounded(self, value: float) -> float:
        """Return a count as the policy shows it, NaN where it is suppressed."""
        if math.isnan(value) or 0 < value < self.below:
            return math.nan
        return float(round(value / self.to) * self.to)

    def applied(self, observations: pd.DataFrame) -> pd.DataFrame:
        """Return the printed figures as the policy lets them be seen.

        Columns as :data:`offences.releases.schemas.OBSERVATIONS`; of texts only the status remains.
        """
        if not self.protects:
            return observations
        year = observations["period"].map(lambda text: Period.parse(text).is_year)
        force = observations["place_kind"] == PlaceKind.FORCE
        count = observations["unit"] == "count"
        # A wording or a range is neither small nor large for certain: its bounds would tell.
        plain = observations["status"].isin(_CERTAIN)
        kept = rows_of(observations[year & force & count & plain])
        shown = [row | {"note": ""} | self._shown(row) for row in kept]
        return pd.DataFrame(shown, columns=list(observations.columns))

    def _shown(self, row: Mapping[str, Any]) -> dict[str, object]:
        """Return what changes in a row: its value and all that would tell it."""
        value = row["value"]
        if math.isnan(value):
            return {}
        if 0 < value < self.below:
            bounds = Bounds(1.0, self.below - 1.0)
            hidden = {"printed": SHORTHAND, "status": Status.SUPPRESSED}
            return {"value": math.nan, **hidden, **bounds.columns()}
        number, half = self.rounded(value), self.to / 2
        # A rounded count is known to half the rounding; zero may be one that was rounded to it.
        bounds = Bounds(max(number - half, float(self.below)), number + half)
        if number == 0:
            bounds = Bounds(0.0, half if half >= self.below else 0.0)
        if Bounds.of(row).is_open:  # a part of the year only
            bounds = Bounds(bounds.lower)
        return {"value": number, "printed": f"{number:.0f}", **bounds.columns()}

    def issues(self, issues: pd.DataFrame) -> pd.DataFrame:
        """Return the known issues without their texts and bounds, which hold figures."""
        if not self.protects:
            return issues
        kept = issues[issues["effect"].isin([Effect.PARTIAL, Effect.FLAG])].copy()
        kept["text"] = "Withheld under the disclosure policy."
        kept[["lower", "upper"]] = math.nan
        return kept.reset_index(drop=True)
