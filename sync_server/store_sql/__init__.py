"""The central store in SQL: an encrypted SQLite file; PostgreSQL is a matter of the URL (not proven yet)."""
