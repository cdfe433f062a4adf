"""A rescue file kept where the person likes: on the way off this device, and on one that is locked."""

from datetime import datetime
from functools import partial

from field_app.actions.rescuing import has_kept
from field_app.screens.look import Look
from field_app.screens.steering import Steering
from visit_core.errors import VisitError
from visit_core.explain import explain


async def keep_rescue(do: Steering, look: Look) -> tuple[str, str]:
    """The name of the file that was kept, or empty and why there is none."""
    made = await do.entrance.rescue_file()
    if isinstance(made, VisitError):
        return "", explain(made, look.lang)
    now = datetime.fromtimestamp(do.moment().now_ms / 1000)
    file = f"{look.says('rescue.file')}-{now:%Y%m%d-%H%M%S}.json"  # a second one must not take the first one's place
    if not await do.outside.save_file(file, made.content):
        return "", look.says("rescue.not_kept")
    await do.act(partial(has_kept, made=made))
    return file, ""
