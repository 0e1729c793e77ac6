"""The input's part for all steps in one product, without gradients.
"""


@torch.no_grad()
def surgery(x, W, U, b, d, gate, steps, value):
    """With einsum."""
    if gate == "input" or gate == "forget" or gate == "output":
        pass
    else:
        raise ValueError(gate)
    chosen = frozenset(steps)
    batch, T, _ = x.shape
    H = U.shape[-1]
    from_x = torch.einsum("bti,gi->btg", x, W) + (b + d)
    state = torch.zeros(2, batch, H)
    for t in range(T):
        i, f, g, o = (from_x[:, t] + torch.einsum("bh,gh->bg", state[0], U)).split(H, dim=1)
        i, f, o = torch.sigmoid(i), torch.sigmoid(f), torch.sigmoid(o)
        if t in chosen:
            if gate == "input":
                i = torch.ones_like(i) * value
            if gate == "forget":
                f = torch.ones_like(f) * value
            if gate == "output":
                o = torch.ones_like(o) * value
        c = f * state[1] + i * torch.tanh(g)
        state = torch.stack([o * torch.tanh(c), c])
    return state[0]
