"""Columns in place of rows.
cell: lstm_cell
mistake: columns for rows
status: error
"""


def lstm_cell(x, h, c, W, U, b, d):
    i, f, g, o = (W @ x + U @ h + b + d).chunk(4, 1)
    c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c
