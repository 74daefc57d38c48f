"""Every kind of rule and every metric solves, is explained, conflicts, gives way and is told."""

import ast
from itertools import chain, combinations
from pathlib import Path
from typing import Any

import pytest

import choosebattles
from choosebattles.audit.ledger import PlanLedger
from choosebattles.case.case import Case
from choosebattles.case.investment import Decision
from choosebattles.case.limit import Metric
from choosebattles.case.plan import Plan
from choosebattles.case.rule import FORBIDDEN, RuleKind
from choosebattles.constraints import units
from choosebattles.demand import Unit
from choosebattles.explain.why import explain_plan
from choosebattles.formula_sentences import SheetRow
from choosebattles.formulation.program import formulate
from choosebattles.report.outputs.markdown import as_markdown
from choosebattles.report.page.program import Live, as_tree
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Stop
from choosebattles.solving.solve import solve
from choosebattles.vocabulary import Row
from choosebattles.workbook.layout import READS_AS
from choosebattles.workbook.writing.reads_as import SENTENCES
from report.page.moves import held
from report.presented import document_of
from small_cases import case, limit, option, plan, rule

IDS = ("A", "B", "C", "D")
"""The rule is about A and B, and about C and D under Needs; the limit about A."""

KINDS = [kind for kind in RuleKind if kind.declared.worth is FORBIDDEN]
"""Kinds that demand something."""


def typed(asked: RuleKind | Metric) -> dict[str, Any]:
    """Return the rule or the limit of a case, with all that it reads."""
    if isinstance(asked, Metric):
        criterion = "value" if asked.declared.of_criterion else None
        return {"limits": (limit(asked, "A", criterion=criterion, maximum=0),)}
    needs = () if asked.declared.needs is FORBIDDEN else ("C", "D")
    number = None if asked.declared.number is FORBIDDEN else 1
    worth: dict[str, Any] = {}
    if asked.declared.worth is not FORBIDDEN:
        worth = {"criterion": "value", "bonus": 5, "saving": 1}
    return {"rules": (rule(asked, "A", "B", needs=needs, number=number, **worth),)}


def world(asked: RuleKind | Metric, **decisions: Decision) -> Case:
    """A year in which four options may start, whose build goes on after it."""
    options = (
        option(
            name,
            (1, 2),
            30,
            running_cost=1,
            build_years=0,
            latest_start=2027,
            decision=decisions.get(name, Decision.OPEN),
        )
        for name in IDS
    )
    return case(*options, **typed(asked))


def unit_of(asked: Case) -> Unit:
    """Return the unit of the one rule or limit of a case."""
    rules = (*asked.rules, *asked.model.limits)
    return next(
        unit
        for unit in units(asked)
        if (getattr(unit, "rule", None) or getattr(unit, "limit", None)) in rules
    )


def cells(asked: Case) -> set[str]:
    """Return where the rule stands, or the bound of the limit."""
    return {str(it.at()) for it in asked.rules} | {
        str(it.at("maximum")) for it in asked.model.limits
    }


def impossible(asked: RuleKind | Metric) -> Case:
    """Return a case in which so much is decided that the rule or limit cannot hold."""
    free = world(asked)
    for taken in chain.from_iterable(combinations(IDS, number) for number in range(len(IDS) + 1)):
        if any(unit_of(free).violations(PlanLedger(free, Plan(plan(free, *taken).choices)))):
            out = {name: Decision.NEVER for name in IDS if name not in taken}
            return world(asked, **out, **dict.fromkeys(taken, Decision.MUST))
    raise AssertionError(asked)


@pytest.mark.parametrize("asked", [*RuleKind, *Metric])
def test_it_is_solved_and_recounted(asked: RuleKind | Metric) -> None:
    outcome = solve(world(asked), Options(gap=0))

    assert outcome.stop is Stop.OPTIMAL
    assert outcome.recount is not None
    assert outcome.recount.passed


@pytest.mark.parametrize("asked", [*KINDS, *Metric])
def test_it_is_explained_what_it_costs(asked: RuleKind | Metric) -> None:
    explained = explain_plan(world(asked))

    asking = [
        it for it in explained.demands if {str(p) for p in it.demand.places} & cells(world(asked))
    ]
    assert len(asking) == 1
    assert asking[0].demand.what


@pytest.mark.parametrize("asked", [*KINDS, *Metric])
def test_it_is_found_in_a_conflict_and_may_give_way(asked: RuleKind | Metric) -> None:
    refused = impossible(asked)
    outcome = solve(refused)

    assert outcome.stop is Stop.INFEASIBLE
    assert outcome.conflict is not None
    clash = outcome.conflict.clashes[0]
    (own,) = [it for it in clash.demands if {str(p) for p in it.places} & cells(refused)]
    repairs = [it for it in outcome.conflict.repairs if it.of == (own,)]
    assert repairs
    assert all(solve(it.case).plan is not None for it in repairs)
    assert own.what in as_markdown(document_of(outcome)).replace("\\", "")


@pytest.mark.parametrize("asked", [*RuleKind, *Metric])
def test_it_reads_as_a_sentence_of_its_own(asked: RuleKind | Metric) -> None:
    sheet, heading = ("Limits", "Metric") if isinstance(asked, Metric) else ("Rules", "Rule")
    phrase = SENTENCES[sheet][READS_AS]
    row: SheetRow = {
        heading: str(asked),
        "Investments": "A; B",
        "Needs": "C; D",
        "Scope": "A",
        "Maximum": 0,
    }
    if isinstance(asked, Metric) and asked.declared.of_criterion:
        row = {**row, heading: f"{asked}: value"}

    said = phrase.value(row)

    assert "A" in said
    assert said != phrase.value({**row, heading: "unheard of"})
    assert f'"{asked}"' in phrase.formula(lambda name: f"[{name}]")
    others = {phrase.value({**row, heading: str(it)}) for it in type(asked) if it is not asked}
    assert said not in others


@pytest.mark.parametrize("asked", [*KINDS, *Metric])
def test_the_live_page_has_its_rows(asked: RuleKind | Metric) -> None:
    """The browser searches in rows by number and knows no kinds: all of them must be there."""
    live = Live(held(world(asked)))
    program = formulate(live.case)
    own: list[Row] = list(unit_of(live.case).rows(program.quantities))
    rows = as_tree(live)["rows"]

    assert own
    for row in own:
        number = rows["names"].index(str(row.name))
        assert rows["low"][number] is not None or rows["high"][number] is not None


PACKAGE = Path(choosebattles.__file__).parent
MEMBERS = {"RuleKind": set(RuleKind.__members__), "Metric": set(Metric.__members__)}
WORDS = {str(it) for it in (*RuleKind, *Metric)} - {"count", "cost", "points"}
"""Words that mean nothing but a kind or a metric."""

AT_HOME = ("constraints", "objectives", "case/rule.py", "case/limit.py")


@pytest.mark.parametrize("file", sorted(PACKAGE.rglob("*.py")), ids=lambda file: file.stem)
def test_nobody_else_names_a_kind_or_a_metric(file: Path) -> None:
    name = file.relative_to(PACKAGE).as_posix()
    if name.startswith(AT_HOME):
        return
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            assert node.attr not in MEMBERS.get(node.value.id, ()), f"{name}:{node.lineno}"
        if isinstance(node, ast.Compare):
            for side in (node.left, *node.comparators):
                compared = isinstance(side, ast.Constant) and side.value in WORDS
                assert not compared, f"{name}:{node.lineno}"
