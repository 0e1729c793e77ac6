"""`autograder mutants`: solutions changed in every small way, to see which changes a suite lets pass."""
