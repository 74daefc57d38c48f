"""What goes on working and what could be lost, in sentences and on their sheets."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from choosebattles.case.case import Case
from choosebattles.report.plan_parts.exposure import whatever
from choosebattles.report.results_workbook import write_results
from choosebattles.report.view_model import Story, tell
from choosebattles.solving.outcome import Outcome
from report.outcomes import chosen, outcome
from small_cases import case, option, provider, service, shock


def stack(**facts: Any) -> Case:
    """Identity and taxes rest on a foreign cloud; a cloud of one's own covers 80 %, once built."""
    return case(
        option("OWN", 10, covers={"hosting": "0.8"}, exposures=("law:AL",)),
        services=(
            service("EID", "hosting", title="Identity card", weight=1),
            service("TAX", "hosting", title="Taxes", weight=2),
            service("GRID", "power", title="Power grid", must_hold=Decimal("0.4"), weight=3),
        ),
        shocks=(
            shock("OUTAGE", "node:ABROAD", title="Outage of the foreign cloud"),
            shock("STORM", "place:coast", title="Storm", severity="0.5"),
        ),
        providers=(
            provider("ABROAD", "hosting", 1, "law:US", "node:ABROAD").model_copy(
                update={"title": "the cloud abroad"}
            ),
            provider("GRID", "power", 1, "place:coast"),
        ),
        **facts,
    )


def held(world: Case | None = None, *options: str) -> Outcome:
    world = world or stack()
    return outcome(world, chosen(world, *(options or ("OWN",))))


def told(answer: Outcome) -> Story:
    return tell(answer)


def test_identity_without_the_cloud_comes_first_then_changes_then_the_worst() -> None:
    # OUTAGE takes all of hosting; OWN leaves 80 %. STORM takes half of the power.
    assert told(held()).keeps[:3] == (
        'Under "Outage of the foreign cloud", 80 % of Identity card still works (today 0 %).',
        'The worst that remains: under "Storm", 50 % of Power grid, as today.',
        (
            "Today 3 times a layer would lack something without all that has one exposure: the "
            "plan fills 0 of these gaps (assert), reduces 2 to half or less (manage) and leaves 1 "
            "(accept)."
        ),
    )


def test_the_largest_changes_name_the_weightiest_services() -> None:
    world = stack()
    services = (world.services[0].model_copy(update={"title": "Passports", "id": "PASS"}),)
    other = world.model_copy(update={"services": (*services, *world.services[1:])})

    assert told(held(other)).keeps[0] == (
        'Under "Outage of the foreign cloud", 80 % of Taxes and Passports still work (today 0 %).'
    )


def test_identity_is_told_even_where_the_cloud_does_not_matter_to_it() -> None:
    world = stack()
    card = world.services[0].model_copy(update={"needs": ("power",)})
    other = world.model_copy(update={"services": (card, *world.services[1:])})

    assert told(held(other)).keeps[:2] == (
        'Under "Outage of the foreign cloud", 100 % of Identity card still works, as today.',
        'Under "Outage of the foreign cloud", 80 % of Taxes still works (today 0 %).',
    )


def test_where_everything_works_that_is_said() -> None:
    world = stack(points_for_100=50)
    calm = world.model_copy(update={"shocks": (world.shocks[0],), "services": world.services[2:]})

    assert told(held(calm)).keeps[0] == "Under every shock, every service still works in full."


def test_a_case_without_services_and_suppliers_says_nothing_of_them() -> None:
    assert told(outcome()).keeps == ()
    answer = told(outcome()).answer
    assert answer is not None
    assert (answer.services, answer.exposure) == ((), None)


def test_exposures_are_rows_of_layers_and_services_with_the_largest_in_words() -> None:
    found = told(held()).answer
    assert found is not None
    assert found.exposure is not None
    rows = {(row.tag, row.of_layer): row for row in found.exposure.rows}

    law = rows["law:US", True]
    assert (law.names, law.before, law.after, law.fate) == (("hosting",), 1, 0.2, "manage")
    assert law.words == (
        "Without everything under the law of US, 20 % of hosting would be missing (today 100 %)."
    )
    both = rows["law:US", False]
    assert (both.names, both.through) == (("Identity card", "Taxes"), "hosting")
    assert rows["node:ABROAD", True].shocks == "Outage of the foreign cloud"
    # Without OWN the cloud abroad still gives all of hosting.
    assert found.exposure.no_loss == 3
    assert ("law:AL", True) not in rows


def test_exposures_have_words() -> None:
    names = {"TX1": "Links through Italy"}

    assert [
        whatever(tag, names) for tag in ("law:US", "vendor:X", "route:sea", "node:TX1", "b:c", "d")
    ] == [
        "everything under the law of US",
        "everything from X",
        "everything that runs through sea",
        "everything that rests on Links through Italy",
        "everything exposed to c",
        "everything exposed to d",
    ]


def test_the_heat_map_prints_every_number(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    write_results(held(), path)
    sheet = load_workbook(path)["Services"]

    rows = [[cell.value for cell in row[:4]] for row in sheet["A5:D17"]]
    assert rows == [
        ["Service", "When", "Outage of the foreign cloud", "Storm"],
        ["Identity card", "before", 0, 1],
        ["Identity card", "after", 0.8, 1],
        ["Identity card", "change", 0.8, 0],
        ["Taxes", "before", 0, 1],
        ["Taxes", "after", 0.8, 1],
        ["Taxes", "change", 0.8, 0],
        ["Power grid", "before", 1, 0.5],
        ["Power grid", "after", 1, 0.5],
        ["Power grid", "change", 0, 0],
        # Weights 1, 2 and 3: power alone is half of it, and half of power a quarter.
        ["All services, by weight", "before", 0.5, 0.75],
        ["All services, by weight", "after", 0.9, 0.75],
        ["All services, by weight", "change", 0.4, 0],
    ]
    assert sheet["C13"].number_format.endswith('"*"')
    assert sheet["C7"].number_format == "0 %_*"
    assert sheet["A19"].value == (
        "* Power grid must hold 40 % against every shock; the least is 50 %, under Storm."
    )
    shaded = {str(each.sqref) for each in sheet.conditional_formatting}
    assert shaded == {
        "C6:D6 C7:D7 C9:D9 C10:D10 C12:D12 C13:D13 C15:D15 C16:D16",
        "C8:D8 C11:D11 C14:D14 C17:D17",
    }
    assert sheet["C5"].alignment.textRotation == 90
    assert sheet.page_setup.fitToHeight != 0


def test_services_and_shocks_of_the_same_title_are_told_apart(tmp_path: Path) -> None:
    world = stack()
    same = world.model_copy(
        update={"shocks": tuple(e.model_copy(update={"title": "Bad day"}) for e in world.shocks)}
    )
    path = tmp_path / "results.xlsx"
    write_results(held(same), path)

    heads = [cell.value for cell in load_workbook(path)["Services"][5]]
    assert heads[2:4] == ["Bad day (OUTAGE)", "Bad day (STORM)"]


def test_the_sheet_of_exposures_says_the_class_in_words(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    write_results(held(), path)
    sheet = load_workbook(path)["Exposure"]

    first = [cell.value for cell in sheet[6]]
    assert first[:6] == ["law:US", "layers", "hosting", 1, 0.2, "reduced (manage)"]
    assert "in 3 more cases" in str(sheet["A3"].value)


def test_where_nothing_is_at_stake_the_sheet_says_so(tmp_path: Path) -> None:
    world = case(
        option("OWN", 10, 5),
        providers=(
            provider("A", "hosting", 1, "law:US"),
            provider("B", "hosting", 1, "law:AL"),
        ),
    )
    path = tmp_path / "results.xlsx"
    write_results(held(world), path)

    assert load_workbook(path)["Exposure"]["A5"].value == "No exposure takes anything away."


def test_a_share_in_between_is_shown_with_a_decimal(tmp_path: Path) -> None:
    world = stack()
    storm = world.shocks[1].model_copy(update={"severity": Decimal("0.123")})
    path = tmp_path / "results.xlsx"
    write_results(held(world.model_copy(update={"shocks": (world.shocks[0], storm)})), path)

    assert load_workbook(path)["Services"]["C7"].number_format == "0.0 %_*"
