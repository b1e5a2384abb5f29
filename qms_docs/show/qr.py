"""QR codes (ISO/IEC 18004) as drawings."""

import io


def svg(text: str) -> bytes:
    """Return a text as a QR code, in SVG of one unit a module; the same bytes for the same text."""
    import segno

    stream = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        stream, kind="svg", xmldecl=False, svgclass=None, lineclass=None, border=2, nl=False
    )
    return stream.getvalue()
