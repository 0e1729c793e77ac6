"""The data written into prepared tensors, the label by comparison."""

def build_dataset(n=160, seq_len=10, label_from="first"):
    index = {"first": 0, "last": seq_len - 1}.get(label_from)
    if index is None:
        raise ValueError(label_from)
    X = torch.empty(n, seq_len, 1)
    for i in range(n):
        sign = torch.sign(torch.rand(1) - 0.5)
        sign[sign == 0] = -1.0
        X[i] = torch.randn(seq_len, 1).mul(0.25)
        X[i, index] = sign
    return X, (X[:, index, 0] > 0).long()
