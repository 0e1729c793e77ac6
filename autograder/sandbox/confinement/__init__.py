"""What a process gives up for good before it meets a student's code, by Landlock, seccomp and limits."""
