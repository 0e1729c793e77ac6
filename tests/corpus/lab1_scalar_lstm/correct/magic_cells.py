"""Cells with magics and shell lines: %%time around an answer, %matplotlib, !pip, a question mark."""
# %% front
%matplotlib inline
!pip install numpy
files = !ls
np?
import numpy as np
# %% answer sigmoid
%%time
def sigmoid(x):
    return 1 / (1 + np.exp(-x))
# %% answer lstm_step
%load_ext autoreload
%autoreload 2
def lstm_step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):
    parts = [sigmoid(l) for l in (forget_logit, input_logit, output_logit)] + [np.tanh(candidate_logit)]
    c_t = parts[0] * c_prev + parts[1] * parts[3]
    names = ["forget_gate", "input_gate", "output_gate", "c_tilde", "c_t", "h_t"]
    return dict(zip(names, [*parts, c_t, parts[2] * np.tanh(c_t)]))
lstm_step?
# %% end
%%bash
rm -rf everything
# %% end
%%timeit -n 1 -r 1
sigmoid(1.0)
