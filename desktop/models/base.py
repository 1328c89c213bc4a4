"""What all mapped classes share."""

from sqlalchemy import MetaData, Text, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The root of the mapped classes; its constraints have names that migrations can rely on."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


DISPUTED = text("conflicts <> ''")
"""What the partial index on readings in conflict is made for; spelled alike in a query, so that the
database sees that the index serves it. Few are in conflict, and every page asks which."""


class ReadingRow:
    """A table that is a reading: one row per subject and round, one column per field.

    Its rows can be rebuilt from the journal at any time. ``conflicts`` is canonical JSON
    ``{field: [value, …]}``, empty where all agree; a field in conflict has no value.
    """

    subject: Mapped[str] = mapped_column(Text, primary_key=True)
    round: Mapped[str] = mapped_column(Text, primary_key=True, default="")
    conflicts: Mapped[str] = mapped_column(Text, default="")
