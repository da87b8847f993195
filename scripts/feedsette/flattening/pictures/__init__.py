"""Which of a picture's many addresses is meant, and what is said about it."""
