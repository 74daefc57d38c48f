"""LibreOffice, where it is installed: opens, calculates, saves."""

import shutil
import subprocess
from pathlib import Path

OFFICE = shutil.which("soffice")

ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""Settings of an office that recalculates whatever it loads."""


def saved_by_office(path: Path, folder: Path) -> Path:
    """Return a workbook as LibreOffice saves it, every formula computed anew.

    Where there is no LibreOffice the workbook comes back as it is.
    """
    if OFFICE is None:
        return path
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS, encoding="utf-8")
    command = [OFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    command += ["--convert-to", "xlsx", "--outdir", str(folder / "saved"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=3600)
    return folder / "saved" / path.name
