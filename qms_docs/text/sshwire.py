"""The values of which SSH keys and signatures consist: RFC 4251, section 5, and base64 around them.

Of a value with two spellings only the one that OpenSSH writes is read.
"""

import base64


class Reader:
    """Takes values from the front of bytes; raises ValueError where there is none."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, count: int) -> bytes:
        """Return so many bytes."""
        taken = self._data[self._at : self._at + count]
        if len(taken) != count:
            raise ValueError("too short")
        self._at += count
        return taken

    def string(self) -> bytes:
        """Return a `string`: bytes after their number."""
        return self.take(int.from_bytes(self.take(4)))

    def number(self) -> int:
        """Return an `mpint` above zero, without a needless zero byte before it."""
        data = self.string()
        number = int.from_bytes(data)
        if not number or len(data) != number.bit_length() // 8 + 1:
            raise ValueError("not a number")
        return number

    def rest(self) -> bytes:
        """Return everything that is left."""
        return self.take(len(self._data) - self._at)

    def end(self) -> None:
        """Make sure that nothing is left."""
        if self.rest():
            raise ValueError("too long")


def string(data: bytes) -> bytes:
    """Return bytes as a `string`."""
    return len(data).to_bytes(4) + data


def decoded(text: str) -> bytes:
    """Return the bytes of base64 without line ends; raises ValueError for a second spelling."""
    data = base64.b64decode(text, validate=True)
    if encoded(data) != text:
        raise ValueError("not canonical")
    return data


def encoded(data: bytes) -> str:
    """Return bytes as base64 in one line."""
    return base64.b64encode(data).decode("ascii")
