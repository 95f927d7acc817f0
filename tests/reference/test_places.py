"""Places: every name means one place, and every place can be named."""

from __future__ import annotations

import pytest
from helpers.projects import edit

from offences.errors import DataError, ParameterError
from offences.project import Project
from offences.reference.places import Places, normalise, slug
from offences.reference.statuses import PlaceKind
from offences.releases.load import Loaded


@pytest.fixture(scope="module")
def places(loaded: Loaded) -> Places:
    return loaded.vocabulary.places


@pytest.mark.parametrize(
    ("kind", "printed", "name", "own_kind"),
    [
        ("force", "Sussex*", "Sussex", PlaceKind.FORCE),
        ("force", "sussex police", "Sussex", PlaceKind.FORCE),
        ("force", "Dyfed\u2013Powys", "Dyfed-Powys", PlaceKind.FORCE),
        ("force", "Heddlu Gwent", "Gwent", PlaceKind.FORCE),
        ("force", "Hampshire/IW", "Hampshire and Isle of Wight", PlaceKind.FORCE),
        ("force", "West Midlands", "West Midlands", PlaceKind.FORCE),
        ("region", "West Midlands", "West Midlands", PlaceKind.NSPCC_REGION),
        ("nation", "England & Wales", "England and Wales", PlaceKind.NATION),
        ("uk", "United Kingdom", "UK", PlaceKind.UK),
    ],
)
def test_a_printed_name_means_one_place(
    places: Places, kind: str, printed: str, name: str, own_kind: PlaceKind
) -> None:
    place = places.printed(kind, printed)
    assert place is not None
    assert (place.name, place.kind) == (name, own_kind)


@pytest.mark.parametrize(
    ("kind", "printed", "near"),
    [
        ("force", "Gwnet", ["Gwent"]),
        ("region", "South Wst", ["South West", "South East", "North West"]),
        ("nation", "Gwnet", []),
    ],
)
def test_an_unknown_name_has_near_ones_of_its_kind(
    places: Places, kind: str, printed: str, near: list[str]
) -> None:
    assert places.printed(kind, printed) is None
    assert places.suggestions(kind, printed) == near


@pytest.mark.parametrize(
    ("asked", "scheme", "kind", "name"),
    [
        ("wales", "ons", PlaceKind.NATION, "Wales"),
        ("West Midlands", "ons", PlaceKind.ONS_REGION, "West Midlands"),
        ("West Midlands", "nspcc", PlaceKind.NSPCC_REGION, "West Midlands"),
        ("West Midlands Police", "ons", PlaceKind.FORCE, "West Midlands"),
        ("Gwent", "ons", PlaceKind.FORCE, "Gwent"),
    ],
)
def test_names_of_regions_come_before_names_of_forces(
    places: Places, asked: str, scheme: str, kind: PlaceKind, name: str
) -> None:
    place = places.asked_for(asked, scheme)
    assert (place.kind, place.name) == (kind, name)


def test_a_region_that_is_none_is_refused_with_near_names(places: Places) -> None:
    with pytest.raises(ParameterError, match="unknown region 'Walse': did you mean 'Wales'"):
        places.asked_for("Walse", "ons")
    with pytest.raises(ParameterError, match=r"'Narnia'\. A region is UK, a nation"):
        places.asked_for("Narnia", "ons")


def test_what_a_run_can_be_about_is_named_and_has_a_folder_of_its_own(places: Places) -> None:
    for scheme in ("ons", "nspcc"):
        for place in places.runnable(scheme):
            assert places.asked_for(places.typed(place), scheme) == place
    folders = [places.folder(place) for place in places.all]
    assert len(set(folders)) == len(folders)


def test_places_of_the_same_forces_know_each_other(places: Places) -> None:
    ireland, psni = places.get("nation", "Northern Ireland"), places.asked_for("PSNI", "ons")
    assert ireland.forces == psni.forces
    assert set(ireland.keys) == set(psni.keys)
    assert {("ons region", "South West"), ("nspcc region", "South West")} == set(
        places.get("ons region", "South West").keys
    )


def test_a_region_holds_its_forces_in_the_order_of_the_table(places: Places) -> None:
    wales = places.get("nation", "Wales")
    assert wales.forces == ("Dyfed-Powys", "Gwent", "North Wales", "South Wales")
    assert len(places.get("uk", "UK").forces) == sum(place.is_force for place in places.all) == 46


@pytest.mark.parametrize(
    ("name", "normal"),
    [
        ("  Sussex* ", "sussex"),
        ("Dyfed\u2013Powys", "dyfed-powys"),
        ("Avon  & Somerset", "avon and somerset"),
        ("King\u2019s Lynn", "king's lynn"),
    ],
)
def test_the_normal_form_of_a_name(name: str, normal: str) -> None:
    assert normalise(name) == normal


def test_the_name_of_a_folder_is_plain() -> None:
    assert slug("Hampshire & Isle of Wight*") == "hampshire-and-isle-of-wight"


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        (
            "forces.csv",
            "|Beds|",
            "|Sussex|",
            "'aliases': 'Sussex' of '[BS][a-z]+' already belongs to|"
            "'force': 'Sussex' of 'Sussex' already belongs to 'Bedfordshire'",
        ),
        (
            "region_forces.csv",
            "ons,North East,Durham",
            "ons,North East,Durhan",
            "'force': unknown force 'Durhan': did you mean 'Durham'",
        ),
        (
            "region_forces.csv",
            "ons,North East,Durham",
            "onz,North East,Durham",
            "'scheme': unknown scheme 'onz': did you mean 'ons'",
        ),
        (
            "region_forces.csv",
            "ons,North East,Durham",
            "ons,North Easst,Durham",
            "'region': 'North Easst' of scheme 'ons' is not in regions.csv",
        ),
        (
            "regions.csv",
            "nations,England,nation,",
            "nations,Englund,nation,",
            "'region': 'Englund' has no forces",
        ),
        (
            "regions.csv",
            "nations,England,nation,",
            "nations,England,region,",
            "'kind': a region is not of the scheme 'nations'",
        ),
    ],
)
def test_a_slip_in_the_tables_of_places_is_named(
    copy: Project, file: str, old: str, new: str, problem: str
) -> None:
    edit(copy.reference / file, old, new)
    with pytest.raises(DataError, match=problem) as error:
        Places.read(copy)
    assert str(error.value).startswith(f"data/reference/{file}, row ")
