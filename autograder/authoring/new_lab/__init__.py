"""`autograder new`: a lab of one function, one check and three hints that verifies as it is, to be written over."""
