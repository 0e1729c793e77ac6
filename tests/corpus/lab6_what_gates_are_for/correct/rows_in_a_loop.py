"""Drawn at once, written row by row.
"""


def recall_data(n=400, seq_len=30):
    bits = torch.randint(0, 2, (n, seq_len)) * 2 - 1
    labels = torch.randint(0, 2, (n,))
    places = torch.randint(0, int(seq_len / 2), (n,))
    X = torch.zeros((n, seq_len, 2))
    for i in range(n):
        X[i, :, 0] = bits[i]
        k = places[i].item()
        X[i, k, 0] = 1.0 if labels[i] == 1 else -1.0
        X[i, k, 1] = 1
    return X, labels
