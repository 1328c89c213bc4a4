"""Alembic's entry: it runs on the connection that the store hands it."""

from alembic import context

from desktop.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
context.run_migrations()
