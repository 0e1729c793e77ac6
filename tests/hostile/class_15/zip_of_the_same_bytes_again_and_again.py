"""class: 15
tries: have the same ten megabytes, which come to nothing, inflated for each of 900 names
outcome: rejected
message: it can't be unpacked
form: builder
"""

import io
import struct
import zipfile


def make(folder, lab, notebook):
    nothing = b"\0\0\0\xff\xff" * 2_000_000 + b"\1\0\0\xff\xff"
    name = f"{lab}.ipynb".encode()
    local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 0, 0, len(nothing), 0, len(name), 0) + name
    entry = struct.pack(
        "<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 0, 0, len(nothing), 0, len(name), 0, 0, 0, 0, 0, 0
    )
    entries = (entry + name) * 900
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 900, 900, len(entries), len(local) + len(nothing), 0)
    (folder / "work.zip").write_bytes(local + nothing + entries + end)
