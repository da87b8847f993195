"""What the bench runs beside feedsette, each in the environment of its own."""
