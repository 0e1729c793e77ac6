"""class: 15
tries: have gigabytes made of a kilobyte of bzip2, before the first byte is counted
outcome: rejected
message: by another method than deflate
form: builder
"""

import io
import zipfile


def make(folder, lab, notebook):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as archive, archive.open(f"{lab}.ipynb", "w") as file:
        for _ in range(30):
            file.write(bytes(2**20))
    (folder / "work.zip").write_bytes(out.getvalue())
