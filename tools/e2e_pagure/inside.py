"""Pagure itself: runs inside the chroot, where Debian's Pagure is, and nowhere else.

python3 inside.py people NAME…   makes accounts and prints {name: {"id": …, "token": …}}
python3 inside.py serve PORT     serves on the loopback interface
"""

import datetime
import json
import secrets
import sys
from collections.abc import Callable, Iterable
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIServer, make_server


def people(names: Iterable[str]) -> None:
    """Make accounts, each with a token that may do what a member of a project may do."""
    import pagure.config
    import pagure.lib.login
    import pagure.lib.model_base
    import pagure.lib.query

    config = pagure.config.reload_config()
    session = pagure.lib.model_base.create_session(config["DB_URL"])
    end = datetime.date.today() + datetime.timedelta(days=30)  # noqa: DTZ011  # as Pagure reckons
    made = {}
    for name in names:
        address = f"{name}@example.com"
        pagure.lib.query.set_up_user(session, name, f"Demo {name.title()}", address)
        session.commit()
        acls = config["USER_ACLS"]
        pagure.lib.query.add_token_to_user(session, None, acls, name, end)
        session.commit()
        user = pagure.lib.query.search_user(session, username=name)
        # Nobody knows it; but without one Pagure fails where it looks for a token.
        user.password = pagure.lib.login.generate_hashed_value(secrets.token_hex())
        session.commit()
        made[name] = {"id": user.id, "token": user.tokens[-1].id}
    print(json.dumps(made))


def serve(port: int) -> None:
    """Serve Pagure, with one mistake of Debian's build put right.

    What `git http-backend` answers passes through it as bytes, which that build hands on as
    `b'…'`: Git then sees no repository.
    """
    from pagure.flask_app import create_app

    app = create_app()

    def mended(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        def begin(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start(status, [(name, _fair(value)) for name, value in headers], *rest)

        return app(environ, begin)

    make_server("127.0.0.1", port, mended, _Server).serve_forever()


class _Server(ThreadingMixIn, WSGIServer):
    """A merge waits for the worker, whose push may ask the server something."""

    daemon_threads = True


def _fair(value: str) -> str:
    return value[2:-1] if value.startswith("b'") else value


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(int(sys.argv[2]))
    else:
        people(sys.argv[2:])
