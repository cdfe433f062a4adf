"""What runs in the hand: actions over an encrypted local store, and the sync with the server."""
