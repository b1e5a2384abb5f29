"""What the tests of the outer rooms share, and the small manual printed once for all."""

from pathlib import Path

import pytest

from tests.outer import manual, own_home, repo, shared, small

__all__ = ["own_home", "printed", "repo", "small"]


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with `manual/repo`, the small manual with a long procedure in it, and
    `out`, the whole preview of it.
    """

    def make(folder: Path) -> None:
        repo = manual(folder / "manual")
        steps = "".join(f"{n}. Step {n} of many.\n" for n in range(1, 90))
        repo.replace("procedures/CSC-QP-01.md", "## Records\n", f"{steps}\n## Records\n")
        steps = "".join(f"{n}. 许多步骤中的第{n}步。\n" for n in range(1, 90))
        repo.replace("procedures/CSC-QP-01.zh-CN.md", "## 记录\n", f"{steps}\n## 记录\n")
        answer = repo.qms("preview", "--output", str(folder / "out"))
        assert (answer.code, answer.err) == (0, "")

    return shared(tmp_path_factory, "preview", make)
