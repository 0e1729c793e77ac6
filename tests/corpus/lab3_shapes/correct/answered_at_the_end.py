"""The stubs stay; the answers stand in new cells at the end, with magics and prints around them.
stub: shape_check, final_hidden
"""
# %% front
%matplotlib inline
!pip install torch
import warnings
# %% end
%%time
def shape_check(batch_size=4, seq_len=6, input_size=8, hidden_size=16):
    warnings.warn("still learning")
    x = torch.randn(batch_size, seq_len, input_size)
    print("x", x.shape)
    out1, (h1, c1) = nn.LSTM(input_size, hidden_size, batch_first=True)(x)
    out2, h2 = nn.GRU(input_size, hidden_size, batch_first=True)(x)
    return {"lstm_out": out1.shape, "lstm_h": h1.shape, "lstm_c": c1.shape, "gru_out": out2.shape, "gru_h": h2.shape}
# %% end
def final_hidden(module, x):
    print(module)
    out, rest = module(x)
    return out[:, out.shape[1] - 1]

display(final_hidden(nn.GRU(1, 2, batch_first=True), torch.zeros(1, 2, 1)))
