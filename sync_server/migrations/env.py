"""Alembic's way in: it runs the steps on the connection it is handed, and on nothing else."""

from alembic import context

from sync_server.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
