"""class: 15
tries: have 900,000 cells made and searched
outcome: rejected
message: is made of more than 500,000 parts
form: builder
"""


def make(folder, lab, notebook):
    cells = ",".join(['{"cell_type":"code"}'] * 900_000)
    (folder / f"{lab}.ipynb").write_text('{"cells":[' + cells + '],"metadata":{},"nbformat":4,"nbformat_minor":5}')
