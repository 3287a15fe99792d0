"""SHA-256 alone: `hashlib` brings OpenSSL, and with it a quarter of bare Python's start to each saved incident."""

from __future__ import annotations

try:
    from _sha2 import sha256  # from Python 3.12 on
except ImportError:
    try:
        from _sha256 import sha256
    except ImportError:  # not CPython
        from hashlib import sha256

__all__ = ["sha256"]
