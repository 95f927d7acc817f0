"""Financial years, spans and part years."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offences.reference.periods import Period


@given(st.integers(1950, 2070), st.integers(0, 20))
def test_spans_of_years_are_read_as_written(start: int, more: int) -> None:
    first, last = Period.of_year(start), Period.of_year(start + more)
    span = Period(first.first, last.last)
    assert Period.parse(str(span)) == span
    assert len(span.years()) == more + 1
    assert span.months == 12 * (more + 1)


@pytest.mark.parametrize(
    ("text", "canonical", "words"),
    [
        ("2017/18", "2017/18", "2017/18"),
        ("2017/18..2022/23", "2017/18..2022/23", "2017/18 to 2022/23"),
        ("2017-04..2018-09", "2017-04..2018-09", "April 2017 to September 2018"),
        ("2017-04..2018-03", "2017/18", "2017/18"),
        ("2017-04..2019-03", "2017/18..2018/19", "2017/18 to 2018/19"),
        ("1999/00", "1999/00", "1999/00"),
    ],
)
def test_one_period_has_one_form(text: str, canonical: str, words: str) -> None:
    assert str(Period.parse(text)) == canonical
    assert Period.parse(text).in_words() == words


@pytest.mark.parametrize("text", ["banana", "2017", "2017/19", "2017-13", "2018/19..2017/18", ""])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="period|financial year|ends before"):
        Period.parse(text)


def test_a_period_holds_what_lies_inside_it() -> None:
    span = Period.parse("2017/18..2018/19")
    assert Period.parse("2017-04..2018-09") in span
    assert Period.parse("2017-04..2019-10") not in span
    assert Period.parse("2018/19").ends_on().isoformat() == "2019-03-31"
