"""What others offer for the same work; each is installed by whoever measures, into the folder named by `--peers`."""
