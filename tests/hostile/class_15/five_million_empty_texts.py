"""class: 15
tries: five million texts of nothing, each taken out before commas are counted
outcome: rejected
message: more than 500,000 parts
form: builder
"""

def make(folder, lab, notebook):
    (folder / f"{lab}.ipynb").write_text('{"cells":[' + '"",,' * 5_000_000 + "]}")
