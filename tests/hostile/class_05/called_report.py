"""class: 5
tries: be called as the class report is, so that the student's page stands in its place
student: report
outcome: failed
"""


def sigmoid(x):
    return 0.5
