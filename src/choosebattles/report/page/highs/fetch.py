"""Take HiGHS for the browser from the npm package ``highs``: ``make highs`` after a new VERSION.

Its three files are kept beside this script with their checksums, so that nothing is fetched when
choosebattles is installed or a page is written.
"""

import subprocess
import sys
import tarfile
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
MEMBERS = ("package/build/highs.js", "package/build/highs.wasm", "package/LICENSE")
SUMS = HERE / "SHA256SUMS"


def fetch(version: str) -> None:
    """Fetch a version, and write its files and their checksums."""
    with TemporaryDirectory() as folder:
        subprocess.run(
            ["npm", "pack", "--silent", f"highs@{version}"], cwd=folder, check=True, timeout=300
        )
        (package,) = Path(folder).glob("highs-*.tgz")
        lines = []
        with tarfile.open(package) as archive:
            for member in MEMBERS:
                stream = archive.extractfile(member)
                if stream is None:
                    sys.exit(f"highs {version} has no {member}")
                content = stream.read()
                name = Path(member).name
                (HERE / name).write_bytes(content)
                lines.append(f"{sha256(content).hexdigest()}  {name}\n")
        SUMS.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    fetch((HERE / "VERSION").read_text("utf-8").strip())
