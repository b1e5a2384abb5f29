"""What the tests of the outer rooms share."""

from tests.outer import own_home, repo, small

__all__ = ["own_home", "repo", "small"]
