#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the autograder's image. The system's own python3 is Gradescope's
# harness's: it is used to make an environment where it is new enough, and left as it is.
set -euo pipefail
root="${1:-/autograder}"
venv="$root/source/venv"

make_venv() {
  local python
  for python in python3.11 python3.12 python3.13 python3.14; do
    if command -v "$python" >/dev/null && "$python" -m venv "$venv" 2>/dev/null; then return 0; fi
    rm -rf "$venv"
  done
  return 1
}

if ! make_venv; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq python3.11 python3.11-venv
  make_venv
fi

pip=("$venv/bin/pip" --disable-pip-version-check --quiet install)
torch="$(grep '^torch==' "$root/source/requirements.txt")"
# the processors' build of torch; the one on PyPI brings several GB for graphics cards
"${pip[@]}" "$torch" || "${pip[@]}" "$torch" --extra-index-url https://download.pytorch.org/whl/cpu
"${pip[@]}" --requirement "$root/source/requirements.txt"

# found from anywhere, and read by no submission: the sandbox leaves out what has this name
echo "$root/source" >"$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/autograder.pth"
chmod -R go-rwx "$root/source/solutions" "$root"/source/course.* "$root/source/autograder/suites"
"$venv/bin/python" -m compileall -q "$root/source/autograder"
"$venv/bin/python" -m autograder.export.gradescope.run --check "$root"
