"""Two names bound to lambdas."""

shape_check = lambda b=4, t=6, i=8, h=16: dict(
    zip(
        ["lstm_out", "lstm_h", "lstm_c", "gru_out", "gru_h"],
        (lambda l, g: [l[0].shape, l[1][0].shape, l[1][1].shape, g[0].shape, g[1].shape])(
            nn.LSTM(i, h, batch_first=True)(torch.randn(b, t, i)), nn.GRU(i, h, batch_first=True)(torch.randn(b, t, i))
        ),
    )
)

final_hidden = lambda module, x: module(x)[0][:, -1, :]
