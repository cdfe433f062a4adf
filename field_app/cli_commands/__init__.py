"""The commands of the scripted device, one file an area; each command is one small function."""

from field_app.cli_commands import cleaning, device, exchange, merging, photographs, records, review, why
from field_app.cli_commands.desk import Command

COMMANDS: tuple[Command, ...] = (
    *device.COMMANDS,
    *records.COMMANDS,
    *review.COMMANDS,
    *why.COMMANDS,
    *merging.COMMANDS,
    *exchange.COMMANDS,
    *cleaning.COMMANDS,
    *photographs.COMMANDS,
)
