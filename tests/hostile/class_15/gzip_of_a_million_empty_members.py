"""class: 15
tries: a million gzips in one file, each with nothing in it
outcome: rejected
message: it can't be unpacked
form: builder
"""

import gzip


def make(folder, lab, notebook):
    (folder / f"{lab}.ipynb.gz").write_bytes(gzip.compress(b"", mtime=0) * 900_000)
