"""A function that makes the modules, in place of a class.
"""


from torch import nn


class Last(nn.Module):
    def forward(self, answer):
        return answer[0].select(1, -1)


class NoSuchKind(ValueError):
    pass


def RecallModel(kind="GRU", hidden_size=16):
    try:
        layer = {"RNN": nn.RNN, "GRU": nn.GRU, "LSTM": nn.LSTM}[kind]
    except KeyError:
        raise NoSuchKind(kind) from None
    return nn.Sequential(layer(2, hidden_size, batch_first=True), Last(), nn.Linear(hidden_size, 2))
