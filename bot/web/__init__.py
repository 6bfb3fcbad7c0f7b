"""What is reached by HTTP: where it listens, and the public addresses put together."""
