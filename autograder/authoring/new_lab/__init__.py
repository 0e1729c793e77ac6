"""`autograder new`: a lab of one function, one check and one hint that verifies as it is, to be written over."""
