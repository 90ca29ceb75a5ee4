"""The schema of a book as migrations: plain SQL, one function a step, fixed once released."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING

from medaldesk.book.schema_001 import FIRST_SCHEMA
from medaldesk.book.schema_002 import SECOND_SCHEMA

if TYPE_CHECKING:
    from sqlite_utils.db import Database

APPLICATION_ID = 0x4D44534B
"""`MDSK`: tells a book from any other SQLite file."""

SCHEMA_VERSION = 2
"""`PRAGMA user_version` of the books this program writes; one a migration."""

FACT_TABLES = (
    "book",
    "source",
    "nation",
    "nation_code",
    "population",
    "grouping_view",
    "nation_group",
    "nation_group_member",
    "series",
    "competition",
    "competition_nation",
    "venue",
    "discipline",
    "irm",
    "irm_order",
    "event_type",
    "event",
    "phase",
    "unit",
    "athlete",
    "entry",
    "entry_member",
    "result",
    "split",
    "decision",
    "decision_line",
    "record_kind",
    "record_list",
    "record_baseline",
    "record_ruling",
    "published_record",
)
"""What people enter, parents before children; each has an integer primary key `id`."""

DERIVED_TABLES = ("placing", "award", "record_mark", "best_mark")
"""What MedalDesk computes from the facts; deleting their rows loses nothing."""

TABLES = (*FACT_TABLES, *DERIVED_TABLES, "journal", "journal_row")
"""Every table of a book."""


def m001_first_schema(db: Database) -> None:
    """Facts, journal, derived tables and the views of MedalDesk 0.1."""
    _run(db, FIRST_SCHEMA)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def m002_rules_of_sport(db: Database) -> None:
    """Decisions, medals by day, grouping views, population, policies of record lists."""
    _run(db, SECOND_SCHEMA)


def _run(db: Database, statements: str) -> None:
    for statement in statements.split(";\n"):
        if statement.strip():
            db.execute(statement)


Migration = Callable[["Database"], None]
MIGRATIONS: tuple[Migration, ...] = (m001_first_schema, m002_rules_of_sport)
"""The first makes schema version 1, and so on; each runs in a transaction of its own.

One that renames a column or drops it must do so in the rows that the journal keeps as well.
"""


Complete = Callable[[sqlite3.Connection], None]


def migrate(connection: sqlite3.Connection, complete: Complete) -> None:
    """Bring a book to the schema of this program. Raises sqlite3.IntegrityError.

    `complete` fills what is new, and the derived tables, in the transaction of the last step.

    sqlite-utils is imported here, not above: opening a book of today's schema must not pay for it.
    Foreign keys are off meanwhile, for a table that is made anew is away for a moment; each step
    checks them before it is committed.
    """
    from sqlite_utils import Database, Migrations

    migrations = Migrations("medaldesk")
    for version, migration in enumerate(MIGRATIONS, start=1):
        last = version == len(MIGRATIONS)
        finish = complete if last else None
        migrations(name=migration.__name__)(_step(migration, version, finish))
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        migrations.apply(Database(connection, execute_plugins=False, recursive_triggers=False))
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _step(migration: Migration, version: int, complete: Complete | None) -> Migration:
    """A migration with what every migration ends with."""

    def step(db: Database) -> None:
        migration(db)
        if complete is not None:
            complete(db.conn)
        db.execute(f"PRAGMA user_version = {version}")
        if broken := db.execute("PRAGMA foreign_key_check").fetchone():
            raise sqlite3.IntegrityError(
                f"row {broken[1]} of {broken[0]} refers to a missing {broken[2]}"
            )

    return step
