"""Facts about a history's form, and about a module's answers, for where no mistake is known."""

from __future__ import annotations

import re

from autograder.suite.answer_form import Fact

DRAWS = re.compile(
    r"[\w.]*\b(?:randperm|randn?(?:_like)?|randint|normal_?|uniform_?|bernoulli_?|dropout|shuffle|sample)(?=\()"
)
"""Calls that draw random numbers."""
RESETS = re.compile(r"\bnn\.init\.\w+|\breset_parameters\b|\b(?:uniform_|normal_)(?=\()")
"""What draws the weights of a layer anew."""
ONE_DICT = Fact(
    "one dict for all epochs",
    "All entries of your list are alike: one dict is appended again and again, and each round changes all of it.",
    "Make a new dict in each round: history.append({…}).",
)
TOO_FEW = Fact(
    "epochs missing from the list",
    "Your list has fewer entries than there are epochs.",
    "Append one dict in every round of the loop: under no `if`, and with return behind the loop.",
)
ONE_TOO_FEW = Fact(
    "epochs missing from the list",
    "Your list has one entry fewer than there are epochs.",
    "Let the loop run as often as epochs says: range(1, n) ends one round too early. And append in each round.",
)
STATE = Fact(
    "state kept between calls",
    "The same sequences give other answers when they are read once more: the model keeps a state between calls.",
    "Let each forward start from the beginning: keep no state in self.",
)
RANDOM = Fact(
    "random layer",
    "The same sequences with the same weights give other answers each time: a layer draws random numbers (Dropout?).",
    "Take out the layer that draws: between the layers that the task names nothing is asked for.",
)
RANDOM_START = Fact(
    "random first state",
    "The same sequences with the same weights give other answers each time: forward draws random numbers of its own.",
    "Take them out. Without a first state in its brackets a recurrent layer starts from zeros, as it should.",
)
CONSTANT = Fact(
    "constant logits",
    "Your module answers the same to every sequence.",
    "Hand the sequences on to the first layer, and its state to the next.",
)


def own_start(text: str) -> Fact | None:
    """Say what the text of a class does to its start weights beside making layers; None where it shows nothing."""
    step = "Take that line out: layers come with start weights of their own."
    if found := RESETS.search(text):
        says = f"Your start weights are set by `{found[0]}`, and are others than PyTorch's own."
        return Fact("other initialisation", says, step)
    if found := re.search(r"\bmanual_seed\b|\bseed(?=\()", text):
        says = f"Your class seeds the generator, by `{found[0]}`: its start weights are the same whatever seed was set."
        return Fact("seeds inside", says, "Take that line out: seeding is the caller's business.")
    return None
