"""What a run is asked for is checked before anything runs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from offences.analysis.parameters import Parameters, checked
from offences.errors import ParameterError
from offences.project import Project
from offences.releases.load import Loaded


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"region": "Whales"}, "unknown region 'Whales': did you mean 'Wales'\\?"),
        ({"regoin": "Wales"}, "unknown parameter 'regoin': did you mean 'region'\\?"),
        ({"froce": "Kent"}, "unknown parameter 'froce'; known: region, years"),
        ({"region": 7}, "region must be text"),
        ({"years": "banana"}, "years 'banana'.*2017/18:2022/23"),
        ({"years": "2017/19"}, "'2017/18' may be meant"),
        ({"years": "2017-04..2018-09"}, "not whole financial years"),
        ({"years": 2017}, "years must be text"),
        ({"years": "2031/32"}, "outside the data, which hold 2014/15 to"),
        ({"as_of": "soon"}, "not a day"),
        ({"as_of": "2016-01-01"}, "before the first release"),
        ({"scheme": "eu"}, "'ons' or 'nspcc'"),
        ({"disclosure": "some"}, "disclosure 'some' is not a policy"),
    ],
)
def test_what_makes_no_sense_is_refused(
    project: Project, loaded: Loaded, given: dict[str, object], said: str
) -> None:
    with pytest.raises(ParameterError, match=said):
        checked(project, loaded, **given)


@pytest.mark.parametrize(
    ("region", "folder", "forces"),
    [
        ("West Midlands", "west-midlands", 4),
        ("West Midlands Police", "west-midlands-police", 1),
        ("London", "london", 2),
        ("the met", "metropolitan-police", 1),
        ("scotland", "scotland", 1),
        ("Police Scotland", "police-scotland", 1),
        ("UK", "uk", 46),
    ],
)
def test_a_region_has_one_meaning(
    project: Project, loaded: Loaded, region: str, folder: str, forces: int
) -> None:
    request = checked(project, loaded, region=region)
    assert (request.folder, len(request.place.forces)) == (folder, forces)


def test_the_same_request_typed_differently_is_the_same(project: Project, loaded: Loaded) -> None:
    one = checked(project, loaded, region="wales", as_of="20230815", years="2017/18:2017/18")
    other = checked(project, loaded, region="Wales", as_of="2023-08-15", years="2017/18")
    assert one == other
    assert checked(project, loaded, region="UK") == checked(
        project, loaded, region="united kingdom", scheme="nspcc"
    )


CHANGED = [
    ("region", {"region": "Wales"}, {"region": "Kent"}),
    ("years", {"years": "2017/18:2022/23"}, {"years": "2017/18:2019/20"}),
    ("as_of", {"as_of": "latest"}, {"as_of": "2023-08-15"}),
    ("scheme", {"region": "South East"}, {"region": "South East", "scheme": "nspcc"}),
    ("disclosure", {"region": "Wales"}, {"disclosure": "suppress below 30, round to 30"}),
]


@pytest.mark.parametrize(("name", "one", "other"), CHANGED, ids=[c[0] for c in CHANGED])
def test_changing_a_parameter_changes_the_numbers(
    run: Callable, name: str, one: dict[str, str], other: dict[str, str]
) -> None:
    numbers = ["value", "lower", "upper", "numerator", "denominator"]
    first, second = run(**one).headline, run(**other).headline
    assert not first[["name", *numbers]].equals(second[["name", *numbers]])


def test_every_parameter_is_shown_to_matter() -> None:
    assert {change[0] for change in CHANGED} == set(Parameters.model_fields)
