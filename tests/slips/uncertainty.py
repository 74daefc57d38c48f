"""Slips in studies: sweeps, draws, robustness, and who does the work."""

from slips.slip import Slip

SLIPS: tuple[Slip, ...] = (
    # Draws
    Slip(
        "what costs share moves none of them",
        "uncertainty/draw.py",
        "below = float(ndtr(sqrt(self.common) * shared + own))",
        "below = float(ndtr(own))",
        "tests/uncertainty/test_draw.py::test_costs_share_as_much_as_is_said",
    ),
    Slip(
        "all numbers share one random stream",
        "uncertainty/draw.py",
        "seeds = np.random.SeedSequence(seed, spawn_key=(0, key))",
        "seeds = np.random.SeedSequence(seed, spawn_key=(0, 0))",
        "tests/uncertainty/test_draw.py",
    ),
    Slip(
        "the likely value pulls a draw to the other side",
        "uncertainty/draw.py",
        "1 + 4 * (m - a) / (b - a), 1 + 4 * (b - m) / (b - a)",
        "1 + 4 * (b - m) / (b - a), 1 + 4 * (m - a) / (b - a)",
        "tests/uncertainty/test_draw.py::test_quantiles_are_those_of_the_distributions",
    ),
    Slip(
        "weights are drawn beyond their intervals",
        "uncertainty/draw.py",
        "found = low + (high - low) * random.random(len(low))",
        "found = low + high * random.random(len(low))",
        "tests/uncertainty/test_draw.py",
    ),
    # What draws come to
    Slip(
        "the high regret is exceeded in one draw out of ten",
        "uncertainty/simulate.py",
        "(float(np.quantile(low, 0.95)), float(np.quantile(high, 0.95))),",
        "(float(np.quantile(low, 0.9)), float(np.quantile(high, 0.9))),",
        "tests/uncertainty/test_simulate.py::test_regret_is_what_the_best_is_worth_more",
    ),
    Slip(
        "regret is that of the plan as things stand, whatever the plan",
        "uncertainty/simulate.py",
        "values = plan.values[compared]",
        "values = self.promised[:size][compared]",
        "tests/uncertainty/test_simulate.py::test_regret_is_what_the_best_is_worth_more",
    ),
    Slip(
        "draws that were given up are compared",
        "uncertainty/simulate.py",
        "good = (Stop.OPTIMAL.value, Stop.GAP.value)",
        "good = (Stop.OPTIMAL.value, Stop.GAP.value, Stop.WORK_LIMIT.value)",
        "tests/uncertainty/test_simulate.py::test_draws_that_were_given_up_are_left_out",
    ),
    Slip(
        "a million less is told as a gain",
        "uncertainty/money.py",
        "low, high = (then, now) if added < 0 else (now, then)",
        "low, high = (now, then) if added < 0 else (then, now)",
        "tests/uncertainty/test_money.py::test_what_a_million_buys",
    ),
    Slip(
        "base draws of which an answer is missing count",
        "uncertainty/sensitivity.py",
        "complete = np.flatnonzero(~np.isnan(by_base).any(axis=1))",
        "complete = np.flatnonzero(~np.isnan(by_base).all(axis=1))",
        "tests/uncertainty/test_sensitivity.py::test_base_draws_with_an_answer_missing_are_left_out",
    ),
    # Robustness
    Slip(
        "an option that no unbeaten plan has is called borderline",
        "uncertainty/robust.py",
        "if self.unbeaten.sound and 0 < index < 1:",
        "if self.unbeaten.sound and 0 <= index < 1:",
        "tests/uncertainty/test_robust.py::test_ties_are_listed_and_options_classed",
    ),
    # Sameness
    Slip(
        "an answer serves the next one of its stage",
        "uncertainty/piece_solver.py",
        "return Answering(self._root.fork(), self.recounting",
        "return Answering(self._root, self.recounting",
        "tests/uncertainty/test_sameness.py::test_two_workers_say_the_same_as_one",
    ),
    Slip(
        "a worker forgets the stages but the last",
        "execution/run.py",
        "known = (*known, rows)",
        "known = (rows,)",
        "tests/execution/test_run.py::test_pieces_know_of_the_stages_before_and_of_nothing_else",
    ),
    Slip(
        "a study that is taken up again begins with another plan",
        "uncertainty/nominal.py",
        "    if study.numbers(PART):\n        return _read(study, case)\n",
        "",
        "tests/uncertainty/test_recheck.py::test_what_all_answers_begin_with_is_solved_once",
    ),
    # Files of studies
    Slip(
        "a damaged piece is believed",
        "execution/study.py",
        "if self._sum(piece) == seal:",
        "if seal:",
        "tests/execution/test_run.py::test_a_damaged_piece_is_done_again",
    ),
    Slip(
        "pieces of every part are told as read from the file",
        "execution/study.py",
        "self.taken_over += not piece[0]",
        "self.taken_over += 1",
        "tests/uncertainty/test_recheck.py::test_a_simulation_that_says_what_is_not_so_is_refused",
    ),
    Slip(
        "plans of a file are not counted again",
        "uncertainty/recheck.py",
        "if not study.taken_over:",
        "if study.taken_over:",
        "tests/uncertainty/test_recheck.py::test_a_simulation_that_says_what_is_not_so_is_refused",
    ),
    Slip(
        "a lost worker is not told",
        "execution/executor.py",
        "self.lost += 1\n",
        "self.lost += 0\n",
        "tests/execution/test_run.py::test_a_lost_process_is_replaced",
    ),
)
