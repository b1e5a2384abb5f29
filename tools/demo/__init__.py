"""The life of a manual, played through with `qms` and `git` alone: people and keys are invented."""
