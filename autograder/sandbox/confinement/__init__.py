"""Give up for good, before a student's code runs, what a process must not have: by Landlock, seccomp and limits."""
