"""What a terminal may be sent: text that stays on its line and gives no orders."""

import re

# Control characters move the cursor or change colours, marks of direction turn a line round.
_ORDERS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def visible(line: str) -> str:
    """Return a line in which nothing that a file says can pass for the program's own words."""
    return _ORDERS.sub("\ufffd", line.replace("\n", " "))
