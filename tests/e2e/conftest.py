"""What the stories of real processes share."""

from tests.outer import own_home

__all__ = ["own_home"]
