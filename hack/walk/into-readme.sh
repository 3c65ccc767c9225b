#!/usr/bin/env bash
# Puts the walk's output (a file) into README.md between its marks:  hack/walk/walk.sh > walk.md && hack/walk/into-readme.sh walk.md
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
walk=$(realpath "$1")
awk -v walk="$walk" '
	/<!-- walk:end -->/ { print ""; skip = 0 }
	!skip { print }
	/<!-- walk:begin -->/ { while ((getline line < walk) > 0) print line; skip = 1 }
' README.md > README.md.new
mv README.md.new README.md
