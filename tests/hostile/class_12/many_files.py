"""class: 12
tries: files without number
outcome: crashed
message: 1,000 files
"""

def sigmoid(x):
    place = 0
    while True:
        open(f"file{place}", "x").close()
        place += 1
