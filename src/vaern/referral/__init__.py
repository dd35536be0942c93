"""An outside lawyer reads what was chosen of a case, through a link that ends."""
