"""Rules of the business: pure functions with the same answer on phone and server."""
