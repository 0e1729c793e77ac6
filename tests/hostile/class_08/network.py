"""class: 8
tries: send the inputs away: TCP, UDP, Unix sockets, DNS
outcome: failed
"""

import socket


def attempt(function):
    try:
        function()
    except OSError:
        pass


def sigmoid(x):
    here = ("127.0.0.1", PORT)
    attempt(lambda: socket.create_connection(here, 1).sendall(str(x).encode()))
    attempt(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", here))
    attempt(lambda: socket.socket(socket.AF_UNIX).connect("\0autograder"))
    attempt(lambda: socket.socketpair())
    attempt(lambda: socket.getaddrinfo("localhost", PORT))
    return 0.0
