"""class: 15
tries: a sparse file of 100,000 pieces, each looked for among all
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
    records = b"".join((b"22 GNU.sparse.major=1\n", b"22 GNU.sparse.minor=0\n", b"31 GNU.sparse.realsize=200000\n"))
    lines = b"100000\n" + b"".join(b"%d\n1\n" % place for place in range(0, 200_000, 2))
    body = lines + bytes(-len(lines) % 512) + b"x" * 100_000
    data = header("x", b"x", len(records)) + records + bytes(-len(records) % 512)
    data += header(f"{lab}.ipynb", b"0", len(body)) + body + bytes(-len(body) % 512 + 1024)
    (folder / "work.tar").write_bytes(data)
