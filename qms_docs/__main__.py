"""Entry point of the command `qms` and of `python -m qms_docs`."""

from qms_docs.cli.main import run

if __name__ == "__main__":
    run()
