"""Lays a decision model over a case, and says in plain sentences what that replaced."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from choosebattles.case.bounds import SHARE, plain
from choosebattles.case.case import Case
from choosebattles.case.checks.shared_sentences import unknown
from choosebattles.case.decision_model import Criterion, DecisionModel
from choosebattles.case.limit import Limit, ScopeItem, ScopeKind
from choosebattles.case.number_path import fields
from choosebattles.case.service import Service
from choosebattles.errors import Fault, InputError
from choosebattles.spelling import closest, key
from choosebattles.translation import _
from choosebattles.workbook.column import CellKind
from choosebattles.workbook.decision_model_files import METHOD_SETTINGS, DecisionModelFile
from choosebattles.workbook.layout import INVESTMENTS
from choosebattles.workbook.settings import SETTINGS


def apply(case: Case, file: DecisionModelFile) -> tuple[Case, tuple[str, ...]]:
    """Return the case under a decision model, and what the model replaced.

    A criterion that the model leaves out keeps its scores and gets weight 0. What a score means
    in words stays as the workbook says, where it says so.

    Parameters
    ----------
    case
        Facts, and the decision model to be replaced.
    file
        The decision model to be used.

    Raises
    ------
    InputError
        Where the model names a criterion without scores, or something else that is not there.
    """
    faults = [*_without_scores(case, file), *_unknown_services(case, file)]
    if faults:
        raise InputError(faults)
    model = file.model.model_copy(
        update={
            "criteria": (*_weighted(case, file), *_left_out(case, file)),
            "limits": tuple(_spelt(case, limit) for limit in file.model.limits),
        }
    )
    goals = {key(objective.id): objective.id for objective in model.objectives}
    shocks = tuple(
        shock.model_copy(update={"objective": goals.get(key(shock.objective), shock.objective)})
        for shock in case.shocks
    )
    services = tuple(_holding(service, file) for service in case.services)
    facts = fields(case) | {"model": model, "services": services, "shocks": shocks}
    try:
        changed = Case.model_validate(facts)
    except InputError as error:
        raise InputError([_not_there(fault, file) for fault in error.faults]) from error
    return changed, tuple(_notes(case, changed, file))


def _not_there(fault: Fault, file: DecisionModelFile) -> Fault:
    """Add to a name that the model asks for in vain that it does not apply here."""
    if fault.code != "CB-L04" or not fault.file.endswith(".toml"):
        return fault
    more = _(
        "The model {title} does not apply to this workbook: use another model, or add to the "
        "workbook what this one asks for."
    ).format(title=file.title or file.name)
    return replace(fault, advice=" ".join(filter(None, (fault.advice, more))))


def without_scores(case: Case, file: DecisionModelFile) -> tuple[str, ...]:
    """Return the criteria that a decision model asks for and a case has no scores of."""
    return tuple(criterion.id for criterion in file.model.criteria if _own(case, criterion) is None)


def without_services(case: Case, file: DecisionModelFile) -> tuple[str, ...]:
    """Return the services that a decision model wants to hold and a case does not know."""
    names = {key(service.id) for service in case.services}
    return tuple(
        requirement.service
        for requirement in file.must_hold
        if key(requirement.service) not in names
    )


def _without_scores(case: Case, file: DecisionModelFile) -> Iterator[Fault]:
    mine = [criterion.id for criterion in case.model.criteria]
    for criterion in file.model.criteria:
        if _own(case, criterion) is None:
            near = closest(criterion.id, mine)
            heading = INVESTMENTS.column("score").heading(criterion.id)
            advice = (
                _("Did you mean {name}?").format(name=near)
                if near
                else _("Add the criterion to Criteria and a column {heading}.").format(
                    heading=heading
                )
            )
            yield criterion.at("id").fault(
                "CB-S05",
                _("the criterion {name}, for which {case} has no scores").format(
                    name=criterion.id, case=case.name or _("the case")
                ),
                _("a criterion of the workbook"),
                advice,
            )


def _own(case: Case, criterion: Criterion) -> Criterion | None:
    """Return the criterion of the case that has the name of one of the model."""
    return next(
        (candidate for candidate in case.model.criteria if key(candidate.id) == key(criterion.id)),
        None,
    )


def _unknown_services(case: Case, file: DecisionModelFile) -> Iterator[Fault]:
    names = [service.id for service in case.services]
    for requirement in file.must_hold:
        if key(requirement.service) not in map(key, names):
            yield unknown(
                requirement.at("service"), requirement.service, _("the id of a service"), names
            )


def _weighted(case: Case, file: DecisionModelFile) -> Iterator[Criterion]:
    for criterion in file.model.criteria:
        own = _own(case, criterion)
        if own is not None:
            texts = ("title", "anchor_0", "anchor_50", "anchor_100")
            wording = {name: getattr(own, name) or getattr(criterion, name) for name in texts}
            yield criterion.model_copy(update={"id": own.id, **wording})


def _left_out(case: Case, file: DecisionModelFile) -> Iterator[Criterion]:
    """Yield the criteria that the model does not use, with weight 0."""
    used = {key(criterion.id) for criterion in file.model.criteria}
    scored = [criterion.objective for criterion in file.model.criteria]
    homes = scored or [objective.id for objective in file.model.objectives]
    for criterion in case.model.criteria:
        if key(criterion.id) not in used and homes:
            home = criterion.objective if criterion.objective in homes else homes[0]
            yield criterion.model_copy(
                update={"weight": type(criterion.weight)(0), "objective": home}
            )


def _spelt(case: Case, limit: Limit) -> Limit:
    """Return a limit of the model with its names spelt as in the case."""
    names: dict[tuple[ScopeKind, str], str] = {}
    for option in case.options.values():
        owner = case.investment_of[option.id]
        for kind, name in (
            (ScopeKind.ID, owner.id),
            (ScopeKind.ID, option.id),
            (ScopeKind.PILLAR, owner.pillar),
            (ScopeKind.LAYER, owner.layer),
            (ScopeKind.OWNER, owner.owner),
            *((ScopeKind.EXPOSURE, tag) for tag in option.exposures),
        ):
            names.setdefault((kind, key(name)), name)
    scope = tuple(
        ScopeItem(kind=item.kind, name=names.get((item.kind, key(item.name)), item.name))
        for item in limit.scope
    )
    own = [criterion.id for criterion in case.model.criteria]
    criterion = next((name for name in own if key(name) == key(limit.criterion or "")), None)
    return limit.model_copy(update={"scope": scope, "criterion": criterion or limit.criterion})


def _holding(service: Service, file: DecisionModelFile) -> Service:
    for requirement in file.must_hold:
        if key(requirement.service) == key(service.id):
            return service.model_copy(
                update={"must_hold": requirement.floor, "against": requirement.against}
            )
    return service.model_copy(update={"must_hold": None, "against": ()})


# --- what was replaced ------------------------------------------------------------------------


def _notes(before: Case, after: Case, file: DecisionModelFile) -> Iterator[str]:
    yield _("The decision model {title} was used.").format(title=file.title or file.name)
    yield from _changed(_("Objectives and weights"), _weights(before.model), _weights(after.model))
    yield from _changed(_("Criteria and weights"), _criteria(before.model), _criteria(after.model))
    for name in METHOD_SETTINGS:
        label, kind = next(
            (setting.label, setting.kind) for setting in SETTINGS if setting.name == name
        )
        old, new = getattr(before.model, name), getattr(after.model, name)
        yield from _changed(label, _shown(kind, old), _shown(kind, new))
    if before.model.limits != after.model.limits:
        yield _("Limits: {new} of the model, in place of {old} of the workbook.").format(
            old=len(before.model.limits), new=len(after.model.limits)
        )
    for old_one, new_one in zip(before.services, after.services, strict=True):
        label = _("Must hold of {name}").format(name=old_one.id)
        yield from _changed(label, _floor(old_one), _floor(new_one))


def _changed(label: str, old: str, new: str) -> Iterator[str]:
    if old != new:
        text = _("{label}: {new}, in place of {old} of the workbook.")
        yield text.format(label=label, old=old, new=new)


def _weights(model: DecisionModel) -> str:
    return _listed(
        f"{objective.id} {plain(objective.weight)}"
        + (
            _(" (at least {floor})").format(floor=plain(objective.floor))
            if objective.floor is not None
            else ""
        )
        for objective in model.objectives
    )


def _criteria(model: DecisionModel) -> str:
    return _listed(f"{criterion.id} {plain(criterion.weight)}" for criterion in model.criteria)


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(texts) or _("nothing")


def _shown(kind: CellKind, value: Any) -> str:
    if kind is CellKind.SHARE:
        return SHARE.show(value)
    return str(value) if isinstance(value, str) else plain(value)


def _floor(service: Service) -> str:
    if service.must_hold is None:
        return _("no floor")
    return SHARE.show(service.must_hold)
