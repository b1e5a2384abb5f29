"""Text in, values out: front matter, schemas, the Markdown profile, messages."""
