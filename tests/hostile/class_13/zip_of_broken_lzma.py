"""class: 13
tries: a zip whose LZMA stream is broken, which raises an error of its own
outcome: rejected
message: by another method than deflate
form: builder
"""

import io
import zipfile


def make(folder, lab, notebook):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr(f"{lab}.ipynb", bytes(2**20))
    data = bytearray(out.getvalue())
    start = data.index(b".ipynb") + 46
    data[start : start + 40] = bytes(byte ^ 0x5A for byte in data[start : start + 40])
    (folder / "work.zip").write_bytes(bytes(data))
