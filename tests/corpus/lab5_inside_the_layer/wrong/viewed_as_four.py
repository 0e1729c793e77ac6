"""The sum is viewed as (4, batch, hidden).
cell: lstm_cell
mistake: view for the cut
"""


def lstm_cell(x, h, c, W, U, b, d):
    B, H = h.shape
    gates = x @ W.T + b + h @ U.T + d
    gates = gates.view(4, B, H)
    i = gates[0].sigmoid()
    f = gates[1].sigmoid()
    g = gates[2].tanh()
    o = gates[3].sigmoid()
    c1 = f * c + i * g
    h1 = o * c1.tanh()
    return h1, c1
