"""From the tables of a country to its case."""

from choosebattles.case.case import Case
from choosebattles.case.decision_model import Criterion, DecisionModel, Objective
from example import continuity, evidence, money, options, people, rules
from example.tables import Sources, amount

COUNTRIES = (
    "albania",
    "bhutan",
    "estonia",
    "iceland",
    "kosovo",
    "lesotho",
    "small_islands",
    "switzerland",
    "western_balkans",
)
"""Countries that have their tables; each is made into a workbook of its name."""


def build_case(country: str, *, full: bool = True) -> Case:
    """Return the case of a country.

    Parameters
    ----------
    country
        Name of the folder that holds its tables.
    full
        With services, shocks and people; without, the loss avoided under shocks is a criterion.
    """
    tables = Sources.of(country)
    about = tables.country
    return Case(
        name=f"{country}.xlsx",
        country=about["name"],
        currency=about["currency"],
        first_year=tables.years[0],
        years=len(tables.years),
        revenue_haircut=amount(about["revenue_haircut"]),
        points_for_100=amount(about["points_for_100"]) if full else None,
        prices=about["prices"],
        model=_model(tables, full=full),
        funds=money.funds(tables),
        investments=options.investments(tables, full=full),
        rules=rules.rules(tables),
        skills=people.skills(tables) if full else (),
        layers=continuity.layers(tables) if full else (),
        providers=continuity.providers(tables) if full else (),
        services=continuity.services(tables) if full else (),
        shocks=continuity.shocks(tables) if full else (),
        sources=evidence.sources(tables),
    )


def _model(tables: Sources, *, full: bool) -> DecisionModel:
    objectives = tuple(
        Objective(
            id=each["objective"],
            weight=amount(each["weight"]),
            weight_low=amount(each["weight_low"]),
            weight_high=amount(each["weight_high"]),
            continuity_share=amount(each["continuity_share"])
            if full and each["continuity_share"]
            else None,
        )
        for each in tables.shared("objectives")
    )
    criteria = tuple(
        Criterion(
            id=criterion["criterion"],
            title=criterion["title"],
            objective=criterion["objective"],
            weight=amount(criterion["weight"]),
            anchor_0=criterion["zero"],
            anchor_50=criterion["fifty"],
            anchor_100=criterion["hundred"],
        )
        for criterion in tables.criteria(full=full)
    )
    return DecisionModel(objectives=objectives, criteria=criteria, limits=money.limits(tables))
