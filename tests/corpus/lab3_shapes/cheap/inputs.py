"""The inputs are handed back."""


def shape_check(batch_size=4, seq_len=6, input_size=8, hidden_size=16):
    return dict.fromkeys(["lstm_out", "lstm_h", "lstm_c", "gru_out", "gru_h"], (batch_size, seq_len, input_size))


def final_hidden(module, x):
    return x[:, -1]
