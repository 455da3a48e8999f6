"""Office files as the same bytes whenever they are made: packs are published and must not vary."""

import io
import zipfile

_ALWAYS = (1980, 1, 1, 0, 0, 0)  # the earliest day a zip archive knows


def repack(content: bytes) -> bytes:
    """Pack the parts of an archive again, without the time and the system they were packed on."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(packed, "w") as after:
        for entry in before.infolist():
            fixed = zipfile.ZipInfo(entry.filename, _ALWAYS)
            fixed.create_system = 0  # else the system it was made on
            after.writestr(fixed, before.read(entry), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
