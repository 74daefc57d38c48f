"""A case with some decisions already taken: this must be in the plan, that must not."""

from collections.abc import Iterable, Iterator
from typing import Any

from choosebattles.case.case import Case
from choosebattles.case.investment import Decision, Investment, Option
from choosebattles.case.number_path import fields
from choosebattles.case.units import Id
from choosebattles.errors import Fault, InputError
from choosebattles.spelling import closest, key
from choosebattles.translation import _

UNKNOWN = "CB-R31"
REASON = _("decided in a scenario")


def decided(case: Case, must: Iterable[Id] = (), never: Iterable[Id] = ()) -> Case:
    """Return the case in which one of each id of ``must`` is taken, and none of ``never``.

    An id is that of an investment, which stands for any of its options, or of an option. What is
    under way stays so; an option that must be taken leaves no other of its investment a must.

    Raises
    ------
    InputError
        Where an id is unknown, stands in both lists, or is under way and shall not be; or where
        the case makes no sense with these decisions.
    """
    wanted, unwanted = [*must], [*never]
    faults = [*_faults(case, wanted, unwanted)]
    if faults:
        raise InputError(faults)
    decisions = {key(name): Decision.MUST for name in wanted}
    decisions |= {key(name): Decision.NEVER for name in unwanted}
    owners = tuple(_with(investment, decisions) for investment in case.investments)
    return Case.model_validate({**fields(case), "investments": owners})


def _with(owner: Investment, decisions: dict[str, Decision]) -> Investment:
    named = {key(option.id): option for option in owner.options}
    own = {name: decisions[name] for name in named if name in decisions}
    for_all = decisions.get(key(owner.id)) if key(owner.id) not in named else None
    if not own and for_all is None:
        return owner
    chosen = any(decision_made is Decision.MUST for decision_made in own.values())

    def decision(option: Option) -> Decision:
        if option.decision is Decision.ONGOING:
            return option.decision
        if key(option.id) in own:
            return own[key(option.id)]
        if chosen:
            return Decision.OPEN if option.decision is Decision.MUST else option.decision
        if for_all is Decision.MUST and option.decision is Decision.NEVER:
            return option.decision
        return for_all or option.decision

    def changed(option: Option) -> dict[str, Any]:
        new = decision(option)
        return {} if new is option.decision else {"decision": new, "reason": REASON}

    options = tuple(option.model_copy(update=changed(option)) for option in owner.options)
    return owner.model_copy(update={"options": options})


def _faults(case: Case, must: list[Id], never: list[Id]) -> Iterator[Fault]:
    ids = {key(name): name for name in (*(o.id for o in case.investments), *case.options)}
    both = {key(name) for name in must} & {key(name) for name in never}
    for name in (*must, *never):
        if key(name) not in ids:
            near = closest(name, ids.values())
            advice = _("Did you mean {name}?").format(name=near) if near else ""
            yield _fault(name, _("no such investment or option"), _("an id of this case"), advice)
        elif key(name) in both:
            yield _fault(name, _("both must and never"), _("one of the two"))
    for name in never:
        options = case.options_of(ids[key(name)]) if key(name) in ids else ()
        if any(option.decision is Decision.ONGOING for option in options):
            yield _fault(name, _("never, and under way"), _("what is not under way"))


def _fault(where: str, found: str, expected: str, advice: str = "") -> Fault:
    return Fault("", "", "", where, UNKNOWN, found, expected, advice)
