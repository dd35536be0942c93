"""Is it still up? A watch over a post that somebody was asked to remove, with each look on record."""
