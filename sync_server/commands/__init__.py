"""What the operator can do, one file an area. Each command takes parsed arguments and gives what to print."""
