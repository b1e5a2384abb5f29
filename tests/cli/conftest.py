"""What the tests of the outer rooms share."""

from tests.acting import life
from tests.outer import own_home, repo, small

__all__ = ["life", "own_home", "repo", "small"]
