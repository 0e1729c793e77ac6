"""class: 15
tries: a header of 100,000 digits, which tarfile searches from each of them (CVE-2024-6232)
outcome: rejected
message: it holds sparse files
form: builder
"""

import tarfile


def header(name, kind, size, **fields):
    entry = tarfile.TarInfo(name)
    entry.type, entry.size = kind, size
    raw = bytearray(entry.tobuf(tarfile.GNU_FORMAT))
    for place, value in fields.get("at", {}).items():
        raw[place : place + len(value)] = value
    raw[148:156] = b" " * 8
    raw[148:156] = b"%06o\0 " % sum(raw)
    return bytes(raw)


def make(folder, lab, notebook):
    records = b"100017 comment=" + b"1" * 100_001 + b"\n" + b"22 GNU.sparse.size=50\n"
    records += bytes(-len(records) % 512)
    data = header("x", b"x", 100_017 + 22) + records + header(f"{lab}.ipynb", b"0", 2) + b"{}" + bytes(510 + 1024)
    (folder / "work.tar").write_bytes(data)
