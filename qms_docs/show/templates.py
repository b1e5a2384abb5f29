"""The HTML templates; Jinja2 is imported when one is used."""

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment


def render(name: str, **values: Any) -> str:
    """Fill a template of data/templates; everything is escaped unless it is Markup."""
    return _environment().get_template(name).render(**values)


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    from qms_docs.text.messages import label

    environment = Environment(
        loader=PackageLoader("qms_docs", "data/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["label"] = label
    return environment
