"""Looking after the central store: sealed backups that were tried out, restoring one, doing so by itself, upgrading."""
