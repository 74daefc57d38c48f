"""The example of Albania: what its numbers rest on, and what they lead to."""

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from choosebattles.audit.recount import recount
from choosebattles.case.case import Case
from choosebattles.case.checks import warnings
from choosebattles.case.investment import Option
from choosebattles.case.rule import RuleKind
from choosebattles.shipped_files import shipped
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Outcome, Stop
from choosebattles.solving.solve import solve
from choosebattles.workbook.decision_model_files import read_model
from choosebattles.workbook.decision_model_overlay import apply
from choosebattles.workbook.reader import read_case
from choosebattles.workbook.template import write_case
from example.assemble import build_case
from example.tables import Sources

ANCHORED = "[size anchored in a published figure; split illustrative]"
ILLUSTRATIVE = "[illustrative]"
VARIANTS = pytest.mark.parametrize("full", [True, False], ids=["full", "without continuity"])
QUICK = Options(gap=0.001, ties=False)


@cache
def albania(*, full: bool = True) -> Case:
    return build_case("albania", full=full)


@cache
def answer(*, full: bool = True) -> Outcome:
    return solve(albania(full=full), QUICK)


def covers(option: Option) -> dict[str, Decimal]:
    return {cover.layer: cover.share for cover in option.covers}


def left_out(outcome: Outcome) -> set[str]:
    assert outcome.plan is not None
    taken = {choice.investment for choice in outcome.plan.choices}
    return {investment.id for investment in outcome.case.investments} - taken


def test_every_row_of_the_tables_is_an_option() -> None:
    world = albania()

    assert len(world.options) == len(Sources.of("albania").options) == 45
    assert len(world.investments) == 40
    assert (len(world.services), len(world.shocks), len(world.providers)) == (12, 13, 15)


@VARIANTS
def test_nothing_is_wrong_or_odd(full: bool) -> None:
    assert not list(warnings(albania(full=full)))


def test_building_twice_gives_the_same() -> None:
    assert build_case("albania") == build_case("albania")


@VARIANTS
def test_the_workbook_reads_back_as_the_case(tmp_path: Path, full: bool) -> None:
    path = tmp_path / "albania.xlsx"
    write_case(albania(full=full), path)

    assert read_case(path) == albania(full=full)


def test_the_shipped_workbook_is_the_one_that_the_tables_make() -> None:
    assert read_case(shipped("inputs") / "albania.xlsx") == albania()


def test_money_adds_up_to_seventy_million() -> None:
    state, programme = albania().funds

    assert sum(state.amount.values()) == 45
    assert sum(programme.amount.values()) == 25
    assert programme.pays_at_most == Decimal("0.68")
    assert not state.eligible


def test_every_row_says_what_it_rests_on() -> None:
    named = {each.id: each for each in albania().sources}

    for option in albania().options.values():
        source = named[option.source]
        anchored = source.link != ""
        assert option.note.startswith(ANCHORED if anchored else ILLUSTRATIVE), option.id
        assert option.evidence == ("C" if anchored else "D"), option.id


def test_every_published_source_has_an_address_a_year_and_a_grade() -> None:
    for source in albania().sources:
        published = not source.id.startswith("OURS")
        assert source.link.startswith("https://") is published, source.id
        assert source.year, source.id
        assert source.grade in ({"A", "B"} if published else {"D"}), source.id


def test_all_classes_of_people_together_reach_the_cap() -> None:
    # Of 110 posts 40 % in the first year, all in the last; each class is rounded to tenths.
    world = albania()
    posts = [sum(skill.supply[year] for skill in world.skills) for year in world.calendar]

    assert [round(post) for post in posts] == [44, 66, 88, 99, 110]


def test_own_staff_is_part_of_the_running_cost() -> None:
    # 0.45 without staff; 8 posts of 0.028: 0.45 + 0.224 = 0.674.
    assert albania().options["CLDGOV.S"].running_cost == Decimal("0.674")


def test_an_option_that_earns_names_its_fund() -> None:
    # -0.8 of licences saved; 8 posts of 0.028: -0.8 + 0.224 = -0.576.
    earning = albania().options["OFFOSS.L"]

    assert (earning.running_cost, earning.revenue_to) == (Decimal("-0.576"), "STATE")
    assert albania().revenue_haircut == Decimal("0.5")


def test_coverage_is_the_largest_loss_avoided_on_layers_that_a_shock_hits() -> None:
    # The vault avoids 45 % of the loss under ransomware and 35 % under a cyber campaign; both hit
    # the databases of the services that it helps.
    assert covers(albania().options["CLDVLT"])["databases"] == Decimal("0.45")


def test_mitigation_is_the_mean_over_shocks_times_the_share_of_services() -> None:
    # (0.50 + 0.45) / 2 over 2 of 12 services: 100 * 0.475 / 6 = 7.9.
    score = albania(full=False).options["CLDGOV.S"].score

    assert score["mitigation"] == Decimal("7.9")
    assert "mitigation" not in albania().options["CLDGOV.S"].score


def test_prerequisites_name_investments_where_any_scale_will_do() -> None:
    needs = {rule.investments: rule.needs for rule in albania().rules}

    assert needs["CLDGOV.L",] == ("DCPWR", "TRNCYB")
    assert needs["FORFIRST",] == ("SOC",)


def test_exclusions_are_said_once() -> None:
    excluded = [set(rule.investments) for rule in albania().rules if rule.kind is RuleKind.EXCLUDES]

    assert excluded == [{"CLDGOV.L", "REGIDC"}, {"CLDHYP", "REGLOC"}]


@VARIANTS
def test_the_plan_is_proved_within_the_gap_and_audited(full: bool) -> None:
    outcome = answer(full=full)

    assert outcome.stop in {Stop.OPTIMAL, Stop.GAP}
    assert outcome.plan is not None
    assert recount(outcome.case, outcome.plan).passed


@VARIANTS
def test_small_things_that_protect_much_come_before_large_ones(full: bool) -> None:
    outcome = answer(full=full)

    assert outcome.plan is not None
    assert {"CLDGOV.S", "CLDVLT", "DATEMB", "INTEROP", "REGIDC"} <= outcome.plan.taken
    assert {"REGLOC", "IPADIG"} <= left_out(outcome)


@cache
def under(model: str) -> Outcome:
    world, _notes = apply(albania(), read_model(model))
    return solve(world, QUICK)


def test_under_balanced_the_localisation_law_is_not_chosen() -> None:
    assert "REGLOC" in left_out(under("balanced"))


def test_with_few_battles_a_core_is_chosen_that_holds() -> None:
    outcome = under("choose_the_right_battles")

    assert outcome.plan is not None
    assert outcome.recount is not None
    assert len(outcome.plan.choices) <= 15
    assert {"CLDVLT", "DATEMB", "DCPWR", "INTEROP", "REGIDC", "ROUTE"} <= outcome.plan.taken
    assert "REGLOC" in left_out(outcome)
    held = outcome.recount.after.services
    for attack in ("ransomware_wave", "state_cyber_campaign"):
        assert held["digital_identity", attack] >= Decimal("0.95")
        assert held["registries", attack] >= Decimal("0.95")
        assert outcome.recount.before.services["registries", attack] == Decimal("0.4")
