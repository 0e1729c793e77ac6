"""class: 15
tries: three million lists in UTF-16, behind a letter that has the byte of a quote in it
outcome: rejected
message: more than 500,000 parts
form: builder
"""

def make(folder, lab, notebook):
    text = '{"cells":["\u2202",' + "[]," * 3_000_000 + "[]]}"
    (folder / f"{lab}.ipynb").write_bytes(text.encode("utf-16"))
