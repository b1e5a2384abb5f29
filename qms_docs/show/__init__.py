"""Values in, text out: findings, tables, pages."""
