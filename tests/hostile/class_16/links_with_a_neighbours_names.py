"""class: 16
tries: links that have the names of a neighbour's files, to be left out for the neighbour too
outcome: rejected
form: builder
"""


def make(folder, lab, notebook):
    (folder / f"{lab}.ipynb").symlink_to(NEIGHBOUR)
    (folder / "timestamp.txt").symlink_to(NEIGHBOUR)
