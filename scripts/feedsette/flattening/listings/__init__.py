"""Code listings: which elements are one, what it says, and in which language."""
