"""Rounded to four digits.
cell: lstm_cell
mistake: none
message: has the right type, but the wrong value
"""


def lstm_cell(x, h, c, W, U, b, d):
    i, f, g, o = (x @ W.T + h @ U.T + b + d).chunk(4, 1)
    c2 = (f.sigmoid() * c + i.sigmoid() * g.tanh()).mul(1000).round().div(1000)
    return (o.sigmoid() * c2.tanh()).mul(1000).round().div(1000), c2
