"""What a loaded program holds beside the columns it was made with."""

from choosebattles.formulation.program import formulate
from choosebattles.solving.loaded_model import LoadedModel
from choosebattles.solving.resolver import Resolver
from choosebattles.solving.resolver_question import SolverQuestion
from small_cases import case, fund, option

THREE = case(
    option("A", 60, 70), option("B", 50, 60), option("C", 40, 20), funds=(fund(2027, 100),)
)
NAMES = [f"more {name}" for name in ["zebra", "apple", "mango", "pear", "fig", "kiwi", "plum"]]


def test_columns_are_added_in_the_order_in_which_a_goal_speaks_of_them() -> None:
    """Not in that of a set of texts, which is another in every process."""
    loaded = LoadedModel(formulate(THREE))
    q = loaded.program.quantities
    before = len(loaded.names)

    loaded.add_columns(q, [q.total(q.column(name, 0, 1) for name in NAMES)])

    assert loaded.names[before:] == NAMES


def test_a_fork_has_the_columns_of_its_origin_and_not_those_of_another_fork() -> None:
    loaded = LoadedModel(formulate(THREE))
    q = loaded.program.quantities
    before = len(loaded.names)
    loaded.add_columns(q, [q.column(NAMES[0], 0, 1)])
    first, second = loaded.fork(), loaded.fork()

    first.add_columns(q, [q.column(NAMES[1], 0, 1)])
    third = loaded.fork()

    assert first.names[before:] == NAMES[:2]
    assert second.names[before:] == third.names[before:] == NAMES[:1]


def test_what_was_answered_of_another_case_bounds_this_one() -> None:
    # 60 + 40 = 100 is worth 90; nothing is worth more than 90.4 in a case that was answered
    resolver = Resolver(THREE)
    found = resolver.ask(SolverQuestion(gap=0))
    other = Resolver(THREE)
    other.add_answer(THREE, found.choices, 90.4)

    reply = other.ask(SolverQuestion(gap=0.01))

    assert (reply.value, reply.how.name) == (90, "KNOWN")
    assert reply.bound == 90.4
