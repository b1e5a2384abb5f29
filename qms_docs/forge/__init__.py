"""What forges tell, as values: one module a forge."""
