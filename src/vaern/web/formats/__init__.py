"""How dates are written and read, where the framework's own way does not fit a Danish workplace."""
