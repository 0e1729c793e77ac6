"""class: 13
tries: a tar whose sparse map has an offset of 2**80
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
    huge = b"\x80\0" + bytes([255]) * 10
    data = header(f"{lab}.ipynb", b"S", 0, at={386: huge, 398: b"%011o\0" % 1, 483: huge})
    (folder / "work.tar").write_bytes(data + bytes(1024))
