"""The story, step by step; a step counts only when it is proved."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from demo.acts import apart, opening, review, together
from demo.processes import Answer, ProcessFailed
from demo.stage import NotProved, Stage

Step = Callable[[Stage], Answer]

STEPS: tuple[Step, ...] = (
    opening.a_server_of_its_own_serves_on_loopback,
    opening.two_reps_and_a_supervisor_enrol_by_invite,
    opening.an_invite_opens_the_door_once,
    opening.customers_are_imported_and_everybody_has_them,
    apart.the_server_process_is_stopped,
    apart.each_rep_records_a_visit_offline,
    apart.both_edit_the_same_number_offline,
    apart.a_sync_without_a_server_loses_nothing,
    apart.no_file_shows_a_name_or_a_number,
    apart.a_killed_device_has_what_it_saved,
    together.the_server_process_is_back,
    together.both_sync_in_the_losing_order,
    together.the_other_field_survived,
    together.the_losing_number_is_kept_with_who_and_when,
    together.the_loser_restores_in_one_call,
    review.the_supervisor_returns_the_visit,
    review.the_verdict_is_read_offline,
    review.the_rep_corrects_and_the_supervisor_approves,
    review.a_retry_changes_nothing,
    review.the_export_equals_what_was_entered,
    apart.no_file_shows_a_name_or_a_number,
)


@dataclass(frozen=True, slots=True)
class Told:
    """One step: its sentence, whether it was proved, what was found, how long it took."""

    number: int
    sentence: str
    proved: bool
    facts: Answer
    seconds: float


def tell(stage: Stage) -> Iterator[Told]:
    """The steps in order; the first that is not proved is the last."""
    for number, step in enumerate(STEPS, start=1):
        told = _take(number, step, stage)
        yield told
        if not told.proved:
            return


def _take(number: int, step: Step, stage: Stage) -> Told:
    began = time.monotonic()
    try:
        facts, proved = step(stage), True
    except (NotProved, ProcessFailed) as failed:
        facts, proved = {"failed": str(failed)}, False
    sentence = " ".join((step.__doc__ or step.__name__).split())
    return Told(number, sentence, proved, facts, round(time.monotonic() - began, 2))
