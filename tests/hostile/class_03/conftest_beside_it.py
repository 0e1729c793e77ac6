"""class: 3
tries: bring a conftest.py and a pytest.ini that make every test pass
outcome: failed
form: builder
"""

import json


def make(folder, lab, notebook):
    (folder / f"{lab}.ipynb").write_text(json.dumps(notebook))
    (folder / "conftest.py").write_text("import os\ndef pytest_runtest_makereport(item, call):\n    call.excinfo = None\n")
    (folder / "pytest.ini").write_text("[pytest]\naddopts = --collect-only\n")
