"""What a page may do, as its content-security policy says it to the browser."""

import base64
from hashlib import sha256

NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'"
"""What every page forbids: all requests, frames, forms."""


def policy(style: str) -> str:
    """Return the policy of a page that has one style and nothing else."""
    return f"{NOTHING}; style-src '{digest(style)}'"


def digest(text: str) -> str:
    """Return the checksum by which a policy allows a style or a script."""
    return f"sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}"
