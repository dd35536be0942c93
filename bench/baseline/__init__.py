"""What Værn is measured beside: the least that does the same kind of work. Nothing here checks or protects anything."""
