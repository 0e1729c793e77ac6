"""Computes both cells from the module's weights, layer by layer."""


def shape_check(batch_size=4, seq_len=6, input_size=8, hidden_size=16):
    def run(kind):
        return kind(input_size, hidden_size, batch_first=True)(torch.randn(batch_size, seq_len, input_size))

    out, pair = run(nn.LSTM)
    shapes = {"lstm_out": out.shape} | {f"lstm_{name}": part.shape for name, part in zip("hc", pair)}
    out, h = run(nn.GRU)
    return shapes | {"gru_out": out.shape, "gru_h": h.shape}


def final_hidden(module, x):
    below = x
    for layer in range(module.num_layers):
        w_ih, w_hh, b_ih, b_hh = (getattr(module, f"{n}_l{layer}") for n in ["weight_ih", "weight_hh", "bias_ih", "bias_hh"])
        h = torch.zeros(len(x), module.hidden_size)
        c = torch.zeros(len(x), module.hidden_size)
        shown = []
        for t in range(below.shape[1]):
            a = below[:, t] @ w_ih.T + b_ih
            r = h @ w_hh.T + b_hh
            if isinstance(module, nn.LSTM):
                i, f, g, o = (a + r).chunk(4, dim=1)
                c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
                h = torch.sigmoid(o) * torch.tanh(c)
            else:
                reset, update, new = a.chunk(3, dim=1)
                reset_h, update_h, new_h = r.chunk(3, dim=1)
                z = torch.sigmoid(update + update_h)
                n = torch.tanh(new + torch.sigmoid(reset + reset_h) * new_h)
                h = (1 - z) * n + z * h
            shown.append(h)
        below = torch.stack(shown, dim=1)
    return h
