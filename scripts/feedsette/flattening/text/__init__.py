"""Plain text in the making: which characters stay, and what stands apart."""
