"""A colon is missing.

cell: sigmoid
mistake: none
message: not valid Python
"""
# %% answer sigmoid
def sigmoid(x)
    return 1 / (1 + np.exp(-x))
