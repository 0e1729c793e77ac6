"""As `hint_tables`, for lab 4: mistakes of students, and what the check under the task then says.

Where a mistake takes several changes, both texts are tuples.
"""

SIGN, NOISE = "1.0 if torch.rand(1).item() > 0.5 else -1.0", "torch.randn(seq_len, 1) * 0.25"
DRAWS = f"signal = {SIGN}\n        row = {NOISE}"
START = "rows, labels = [], []"
PUT = "row[place] = signal"
SEEDED = "after torch.manual_seed(42) is"
GLUED = f"row = torch.cat([torch.tensor([[signal]]), {NOISE.replace('seq_len', 'seq_len - 1')}])"
DATASET = [
    ("* 0.25", "", f"X[0, 1, 0] {SEEDED} 1.3554"),
    ("* 0.25", "* 0.5", f"X[0, 1, 0] {SEEDED} 0.6777"),
    ("* 0.25", "* 0.25**2", f"X[0, 1, 0] {SEEDED} 0.0847"),
    (DRAWS, f"row = {NOISE}\n        signal = {SIGN}", f"X[0, 1, 0] {SEEDED} 0.0322"),
    (
        (START, "torch.rand(1).item()"),
        (f"{START}\n    draws = torch.rand(n).tolist()", "draws.pop(0)"),
        f"X[0, 1, 0] {SEEDED} 0.1716",
    ),
    (
        (START, NOISE),
        (f"{START}\n    noise = list(torch.randn(n, seq_len, 1) * 0.25)", "noise.pop(0)"),
        f"X[0, 1, 0] {SEEDED} 0.3718",
    ),
    (
        (START, "torch.rand(1).item()", NOISE),
        (
            f"{START}\n    draws, noise = torch.rand(n).tolist(), list(torch.randn(n, seq_len, 1) * 0.25)",
            "draws.pop(0)",
            "noise.pop(0)",
        ),
        f"X[0, 1, 0] {SEEDED} 0.0803",
    ),
    ("torch.randn(seq_len", "torch.rand(seq_len", f"X[0, 1, 0] {SEEDED} 0.0957"),
    (f"row = {NOISE}\n        {PUT}", GLUED, f"X[0, 1, 0] {SEEDED} -0.1595"),
    ("> 0.5 else", "<= 0.5 else", f"X[0, 0, 0] {SEEDED} -1.0000"),
    ("torch.rand(1).item() > 0.5", "torch.randint(2, (1,)).item()", f"X[0, 0, 0] {SEEDED} -1.0000"),
    ("rows, labels", "torch.manual_seed(0)\n    rows, labels", f"X[0, 0, 0] {SEEDED} -1.0000"),
    (PUT, "row[place] += signal", f"X[0, 0, 0] {SEEDED} 0.8405"),
    (PUT, "row[place + 1] = signal", f"X[0, 0, 0] {SEEDED} -0.1595"),
    ("else -1.0", "else 0.0", f"X[2, 0, 0] {SEEDED} 0.0000"),
    ("1 if signal > 0 else 0", "1 if torch.rand(1).item() > 0.5 else 0", f"X[2, 0, 0] {SEEDED} 1.0000"),
    ("torch.stack(rows)", "torch.stack(rows).squeeze(2)", "X has shape (40, 6)"),
    ("torch.stack", "torch.cat", "X has shape (240, 1)"),
    ("torch.tensor(labels)", "torch.tensor(labels).float()", "y is torch.float32"),
    ("torch.tensor(labels)", "torch.tensor(labels).int()", "y is torch.int32"),
    ("torch.tensor(labels)", "torch.tensor(labels).bool()", "y is torch.bool"),
    ("torch.tensor(labels)", "torch.tensor(labels)[:, None]", "y has shape (40, 1)"),
    ("1 if signal > 0 else 0", "1 if signal > 0 else -1", "holds [-1, 1]"),
    ('("first", "last")', '("first", "last", "middle")', 'label_from="middle" should raise ValueError'),
    ("raise ValueError", "raise AssertionError", "stopped with AssertionError"),
]

MADE = "self.gru = nn.GRU(1, hidden_size, batch_first=True)", "self.linear = nn.Linear(hidden_size, 2)"
READ, LOGITS = "_, h = self.gru(x)", "self.linear(h[-1])"
GRU = [
    (MADE[0], "self.gru = nn.GRU(10, hidden_size, batch_first=True)", "has other weights than one GRU(1, 8) and one"),
    (f"{MADE[0]}\n        {MADE[1]}", f"{MADE[1]}\n        {MADE[0]}", "makes the linear layer first"),
    (MADE[0], "self.gru = nn.GRU(1, 8, batch_first=True)", "the hidden size is not the one asked for"),
    (MADE[1], "self.linear = nn.Linear(8, 2)", "RuntimeError: mat1 and mat2 shapes cannot be multiplied"),
    (LOGITS, "self.linear(h)", "has shape (1, 3, 2)"),
    ((READ, LOGITS), ("out, _ = self.gru(x)", "self.linear(out)"), "has shape (3, 7, 2)"),
    (MADE[0], "self.gru = nn.GRU(1, hidden_size)", "has shape (7, 2)"),
    (LOGITS, f"{LOGITS}.argmax(dim=1)", "has shape (3,)"),
    (LOGITS, "self.linear(h.squeeze())", "has shape (2,)"),
    ((READ, LOGITS), ("out, _ = self.gru(x)", "self.linear(out[:, 0])"), "the first logit is 0.9239"),
    ((READ, LOGITS), ("out, _ = self.gru(x)", "self.linear(out.mean(dim=1))"), "the first logit is 0.7417"),
    (LOGITS, f"{LOGITS}.softmax(dim=1)", "the first logit is 0.6692"),
    (LOGITS, f"{LOGITS}.log_softmax(dim=1)", "the first logit is -0.4016"),
    (LOGITS, f"{LOGITS}.sigmoid()", "the first logit is 0.6554"),
    (LOGITS, "self.linear(h[-1].relu())", "the first logit is 0.8871"),
    (LOGITS, "self.linear(h[-1].tanh())", "the first logit is 0.6603"),
    (
        (MADE[0], READ, LOGITS),
        ("self.gru = nn.GRU(1, hidden_size)", "out, _ = self.gru(x)", "self.linear(out[:, -1])"),
        "the first logit is 0.7064",
    ),
    (LOGITS, f"{LOGITS}.relu()", "the last logit is 0.0000"),
    (READ, "_, (h, _) = self.gru(x)", "ValueError: not enough values to unpack (expected 2, got 1)"),
    ("def forward(", "def forwards(", "is missing the required"),
    (f"return {LOGITS}", LOGITS, "should be a tensor; it is a NoneType"),
    (f"return {LOGITS}", f"return {LOGITS}, h", "should be a tensor; it is a tuple"),
]

LSTM_MADE, LSTM_READ = "self.lstm = nn.LSTM(1, hidden_size, batch_first=True)", "_, (h, c) = self.lstm(x)"
LSTM = [
    (LSTM_READ, "_, h = self.lstm(x)", "has shape (1, 3, 2)"),
    (LOGITS, "self.linear(c[-1])", "the first logit is -1.1150"),
    ((LSTM_READ, LOGITS), ("out, _ = self.lstm(x)", "self.linear(out[:, 0])"), "the first logit is 0.5468"),
    ((LSTM_READ, LOGITS), ("out, _ = self.lstm(x)", "self.linear(out.mean(dim=1))"), "the first logit is 0.1105"),
    (
        (LSTM_MADE, LSTM_READ, LOGITS),
        ("self.lstm = nn.LSTM(1, hidden_size)", "out, _ = self.lstm(x)", "self.linear(out[:, -1])"),
        "the first logit is -0.2840",
    ),
    (LOGITS, f"{LOGITS}.softmax(dim=1)", "the first logit is 0.4045"),
    (LSTM_READ, "_, h, c = self.lstm(x)", "ValueError: not enough values to unpack (expected 3, got 2)"),
    (LSTM_MADE, LSTM_MADE.replace("LSTM", "GRU"), "has other weights than one LSTM(1, 8) and one Linear(8, 2)"),
    (LSTM_MADE, LSTM_MADE.replace("lstm", "rnn"), "AttributeError: 'LSTMClassifier' object has no attribute"),
    (LOGITS, "self.linear(torch.cat([h[-1], c[-1]], dim=1))", "mat1 and mat2 shapes cannot be multiplied"),
]

ADAM, LOSS, FORWARD = "torch.optim.Adam(model.parameters(), lr=lr)", "nn.CrossEntropyLoss()", "logits = model(X)"
AFTERWARDS = 'history[-1]["loss"] = loss_function(model(X), y).item()'
SQUARED = "lambda a, b: ((a.softmax(dim=1) - nn.functional.one_hot(b)) ** 2).mean()"
ROW_BY_ROW = """rows = []
        for a, b in zip(X, y):
            rows.append(loss_function(model(a[None]), b[None]))
            optimizer.zero_grad()
            rows[-1].backward()
            optimizer.step()
        logits, loss = model(X), torch.stack(rows).mean()"""
TRAIN = [
    ("optimizer.step()", f"optimizer.step()\n        {AFTERWARDS}", "the loss at epoch 1 is 0.6811"),
    (FORWARD, f"{FORWARD}.softmax(dim=1)", "the loss at epoch 1 is 0.7049"),
    (LOSS, SQUARED, "the loss at epoch 1 is 0.2631"),
    (LOSS, 'nn.CrossEntropyLoss(reduction="sum")', "the loss at epoch 1 is 5.7556"),
    (LOSS, "nn.NLLLoss()", "the loss at epoch 1 is -0.0598"),
    (
        ("loss.backward()\n        optimizer.step()", f"{FORWARD}\n        loss = loss_function(logits, y)"),
        ("pass", ROW_BY_ROW),
        "the loss at epoch 1 is 0.7791",
    ),
    (
        ("loss.backward()\n        optimizer.step()", f"{FORWARD}\n        loss = loss_function(logits, y)"),
        ("pass", ROW_BY_ROW.replace("torch.stack(rows).mean()", "rows[-1]")),
        "the loss at epoch 1 is 0.6226",
    ),
    ("optimizer.step()", "pass", "the loss at epoch 2 is 0.7195"),
    ("torch.optim.Adam", "torch.optim.SGD", "the loss at epoch 2 is 0.7124"),
    (ADAM, "torch.optim.Adam(model.parameters(), lr=0.03)", "the loss at epoch 2 is 0.7036"),
    (ADAM, "torch.optim.Adam(model.parameters())", "the loss at epoch 2 is 0.7189"),
    ("optimizer.zero_grad()", "pass", "the loss at epoch 3 is 0.6782"),
    (FORWARD, f"optimizer = {ADAM}\n        {FORWARD}", "the loss at epoch 3 is 0.6690"),
    ("acc.item()", "100 * acc.item()", "the accuracy at epoch 1 is 37.5000"),
    (".float().mean()", ".float().sum()", "the accuracy at epoch 1 is 3.0000"),
    ("logits.argmax(dim=1)", "(logits[:, 1] > 0)", "the accuracy at epoch 1 is 0.6250"),
    ("argmax(dim=1)", "argmax()", "the accuracy at epoch 1 is 0.0000"),
    ("argmax(dim=1)", "argmax(dim=0)", "RuntimeError: The size of tensor a (2) must match the size of tensor b (8)"),
    ("range(1, epochs + 1)", "range(epochs)", "the first entry's epoch is 0"),
    ("()\n    return history", "()\n        return history", "the list should have 4 entries; it has 1"),
    ("range(1, epochs + 1)", "range(1, epochs)", "the list should have 4 entries; it has 3"),
    ("range(1, epochs + 1)", "range(1, 81)", "the list should have 4 entries; it has 80"),
    (
        ("(logits, y)", "loss.item()"),
        ("(logits, y).item()", "loss"),
        "AttributeError: 'float' object has no attribute 'backward'",
    ),
    (FORWARD, f"with torch.no_grad():\n            {FORWARD}", "element 0 of tensors does not require grad"),
    ("optimizer = torch", "import copy\n    model = copy.deepcopy(model)\n    optimizer = torch", "have not moved"),
]

RIGHT = "(model(X).argmax(dim=1) == y).float().mean().item()"
ACCURACY = [
    (RIGHT, f"100 * {RIGHT}", "is 80.0000"),
    (".mean()", ".sum()", "is 4.0000"),
    (".mean().item()", ".sum().item() / 160", "is 0.0250"),
    ("==", "!=", "is 0.2000"),
    ("argmax", "argmin", "is 0.2000"),
    ("model(X).argmax(dim=1)", "(model(X)[:, 1] > 0)", "is 0.6000"),
    ("model(X).argmax(dim=1)", "(X[:, 0] > 0)", "is 0.6000"),
    (".mean().item()", ".sum().item() // len(y)", "the accuracy with four of five right is 0.0000"),
    (RIGHT, f"round({RIGHT})", "the accuracy with four of five right is 1.0000"),
    (".float()", "", "RuntimeError: mean(): could not infer output dtype"),
    ("dim=1", "dim=0", "RuntimeError: The size of tensor a (2) must match the size of tensor b (5)"),
    (".mean().item()", "", "should be a single number; it is a Tensor of shape (5,)"),
    ("with torch.no_grad", "model.weight.data.add_(0.01)\n    with torch.no_grad", "changed the model's weights"),
    ("with torch.no_grad", "model.zero_grad()\n    with torch.no_grad", "accuracy changed the model's gradients"),
]

LAB4 = {
    "build_dataset": DATASET,
    "GRUClassifier": GRU,
    "train": TRAIN,
    "accuracy": ACCURACY,
    "LSTMClassifier": LSTM,
}

OUT = "out, _ = self.gru(x)"
SCALE = "* 0.25"
# The task with the mistake, its texts as above, the line of the log (-1: the error in its place), what stands in it.
MEMORY_LAB = [
    ("GRUClassifier", f"{MADE[0]}\n        {MADE[1]}", f"{MADE[1]}\n        {MADE[0]}", 0, "loss=0.6823 acc=0.569"),
    ("GRUClassifier", (READ, LOGITS), (OUT, "self.linear(out[:, 0])"), 0, "loss=0.6408"),
    ("GRUClassifier", (READ, LOGITS), (OUT, "self.linear(out.mean(dim=1))"), 0, "loss=0.7236"),
    ("GRUClassifier", LOGITS, f"{LOGITS}.softmax(dim=1)", 0, "loss=0.7140"),
    ("GRUClassifier", LOGITS, f"{LOGITS}.softmax(dim=1)", 4, "loss=0.3133"),
    ("GRUClassifier", MADE[0], MADE[0].replace("GRU", "RNN"), 0, "loss=0.7475"),
    ("GRUClassifier", (MADE[0], READ), (MADE[0].replace("GRU", "LSTM"), "_, (h, _) = self.gru(x)"), 0, "loss=0.6886"),
    ("train", "optimizer.step()", f"optimizer.step()\n        {AFTERWARDS}", 0, "loss=0.7054"),
    ("train", "optimizer.step()", f"optimizer.step()\n        {AFTERWARDS}", 1, "loss=0.6640"),
    ("build_dataset", DRAWS, f"row = {NOISE}\n        signal = {SIGN}", 0, "loss=0.7110"),
    ("build_dataset", DATASET[6][0], DATASET[6][1], 0, "loss=0.7080"),
    ("build_dataset", SCALE, "", 0, "loss=0.7526"),
    ("build_dataset", SCALE, "* 0.5", 0, "loss=0.7488"),
    ("build_dataset", "> 0.5 else", "<= 0.5 else", 0, "loss=0.6835"),
    ("build_dataset", "place = 0 if", "place = -1 if", 0, "loss=0.6696"),
    ("train", "optimizer.zero_grad()", "pass", 1, "loss=0.7095"),
    ("train", "optimizer.step()", "pass", 1, "loss=0.7465"),
    ("train", "torch.optim.Adam", "torch.optim.SGD", 1, "loss=0.7054"),
    ("train", ADAM, "torch.optim.Adam(model.parameters())", 1, "loss=0.7178"),
    ("train", "torch.optim.Adam", "torch.optim.AdamW", 1, "loss=0.6695"),
    ("train", FORWARD, f"optimizer = {ADAM}\n        {FORWARD}", 1, "loss=0.0463"),
    ("GRUClassifier", GRU[16][0], GRU[16][1], 0, "loss=0.7456"),
    ("GRUClassifier", GRU[16][0], GRU[16][1], 4, "acc=0.669"),
    ("build_dataset", PUT, "row[place] += signal", 1, "loss=0.6688"),
    ("build_dataset", PUT, "row[place] += signal", 2, "acc=0.994"),
    (
        "build_dataset",
        "torch.tensor(labels)",
        "torch.tensor(labels).float()",
        -1,
        "expected target dtype to be Long or",
    ),
    (
        "build_dataset",
        "1 if signal > 0 else 0",
        "1 if signal > 0 else -1",
        -1,
        "IndexError: Target -1 is out of bounds",
    ),
    ("GRUClassifier", MADE[1], "self.linear = nn.Linear(hidden_size, 1)", -1, "Target 1 is out of bounds"),
    (
        "GRUClassifier",
        MADE[0],
        "self.gru = nn.GRU(1, hidden_size)",
        -1,
        "input batch_size (10) to match target batch_size",
    ),
    ("GRUClassifier", LOGITS, "self.linear(h)", -1, "input batch_size (1) to match target"),
]
