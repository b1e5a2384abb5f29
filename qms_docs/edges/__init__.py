"""The outside world, one thing a module: Git, files, the PDF engine, processes."""
