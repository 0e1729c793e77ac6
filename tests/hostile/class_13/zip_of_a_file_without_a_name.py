"""class: 13
tries: a zip with an entry whose name ends before it begins
outcome: rejected
message: it can't be unpacked
form: builder
"""

import io
import zipfile


def make(folder, lab, notebook):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("X", "x")
    (folder / "work.zip").write_bytes(out.getvalue().replace(b"X", b"\0"))
