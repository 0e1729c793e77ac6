"""tanh where the sigmoid should be.

cell: sigmoid
mistake: tanh for sigmoid
"""
sigmoid = np.tanh
