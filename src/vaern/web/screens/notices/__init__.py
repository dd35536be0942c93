"""What is new for whoever is logged in."""
