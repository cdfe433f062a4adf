"""The central store in SQL: an encrypted SQLite file, or PostgreSQL. Which of them, the URL says."""
