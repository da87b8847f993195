"""What a feed or a platform puts around an article that is not the article."""
