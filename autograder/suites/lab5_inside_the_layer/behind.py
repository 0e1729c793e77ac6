"""Questions that a plain call can't put: a layer's gradients, what a function leaves behind, how gates start.

The text of these functions stands behind the submission's last cell, in a child of its own, with a graded function's
name for `function`; as they are, they put the same questions to the solution here. The text is public: it holds no
input, no expected value, nothing of a solution.
"""

from typing import Any

import torch


def suite_slopes(function: Any, inputs: Any, weighting: Any) -> Any:
    """Return the gradients of a weighted sum of all that `function` returns; zeros where none leads to an input."""
    leaves = [tensor.detach().clone().requires_grad_() for tensor in inputs]
    parts = suite_flat(function(*leaves))
    total: Any = sum((weights * part).sum() for weights, part in zip(weighting, parts, strict=True))
    found = torch.autograd.grad(total, leaves, allow_unused=True) if total.requires_grad else [None] * len(leaves)
    return [torch.zeros_like(leaf) if slope is None else slope for slope, leaf in zip(found, leaves, strict=True)]


def suite_flat(returned: Any) -> Any:
    """Return the tensors of a nested tuple in a row."""
    several = isinstance(returned, (tuple, list))
    return [part for item in returned for part in suite_flat(item)] if several else [returned]


def suite_traces(function: Any, module: Any, x: Any) -> Any:
    """Return what a call of `function` does to x, weights and gradients: 1 leaves as it was, 0 clears, 2 changes."""
    module(x)[0].sum().backward()
    weights = list(module.parameters())
    before = [[x.clone()], [w.detach().clone() for w in weights], [w.grad.clone() for w in weights]]
    function(module, x)
    slopes = [torch.zeros_like(w) if w.grad is None else w.grad for w in weights]
    same = [all(map(torch.equal, *both)) for both in zip(before, [[x], weights, slopes], strict=True)]
    same[0] = same[0] and x.grad is None and not x.requires_grad
    gone = [False, False, not any(slope.any() for slope in slopes)]
    return [torch.tensor([1.0 if one else 0.0 if lost else 2.0]) for one, lost in zip(same, gone, strict=True)]


def suite_starts(function: Any, module: Any, longest: Any, seeds: Any) -> Any:
    """Return the biases that a call of `function` leaves in a module, and 1 for each of three other things that is so.

    They are: the weights stay as they were and can be trained; the module itself is returned (0 stands for None, 2 for
    something else); the same seed of torch's gives the same biases again (2: it does not) and another one others.
    """
    before = [module.weight_ih_l0.detach().clone(), module.weight_hh_l0.detach().clone()]
    biases, returned = [], []
    for seed in seeds:
        torch.manual_seed(seed)
        returned.append(function(module, longest))
        biases.append((module.bias_ih_l0 + module.bias_hh_l0).detach().clone())
    first, again, other = biases
    untouched = all(map(torch.equal, before, [module.weight_ih_l0, module.weight_hh_l0]))
    itself, nothing = [all(one is wanted for one in returned) for wanted in (module, None)]
    facts = [
        untouched and all(weight.requires_grad for weight in module.parameters()),
        1 if itself else 0 if nothing else 2,
        2 if not torch.equal(first, again) else 0 if torch.equal(first, other) else 1,
    ]
    return [first, *(torch.tensor([float(fact)]) for fact in facts)]
