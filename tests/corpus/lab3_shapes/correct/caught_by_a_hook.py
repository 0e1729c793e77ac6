"""Listens to the module with a forward hook; a class of constants; `global` counters."""

calls = 0


def shape_check(batch_size=4, seq_len=6, input_size=8, hidden_size=16):
    global calls
    calls += 1
    seen = []
    for kind in [nn.LSTM, nn.GRU]:
        module = kind(input_size, hidden_size, batch_first=True)
        module.register_forward_hook(lambda _module, _args, result: seen.append(result))
        module(torch.randn(batch_size, seq_len, input_size))
    (a, (b, c)), (d, e) = seen
    return {key: t.shape for key, t in zip(("lstm_out", "lstm_h", "lstm_c", "gru_out", "gru_h"), (a, b, c, d, e))}


def final_hidden(module, x):
    heard = {}
    hook = module.register_forward_hook(lambda _module, _args, result: heard.update(out=result[0]))
    try:
        module(x)
    finally:
        hook.remove()
    return heard["out"].transpose(0, 1)[-1]
