"""What leaves the house for another system: one folder per channel, one closed table, one way through."""
