"""What links cite: notes, lists of references, and what their entries say."""
