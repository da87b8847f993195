"""What WordPress's exports hold as it was typed, as its pages show it."""
