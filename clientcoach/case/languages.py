"""The languages there are, each a module of clientcoach/wording/. Written by clientcoach/share/generate.py; do not edit."""

from __future__ import annotations

LANGS = ("en", "ru", "pl", "kk")
LANG_ALIASES = {
    "kz": "kk",
}
SCRIPTS = {
    "en": ("LATIN",),
    "ru": ("CYRILLIC",),
    "pl": ("LATIN",),
    "kk": ("CYRILLIC", "LATIN"),
}
DAYS = {
    "today": 0,
    "сегодня": 0,
    "dziś": 0,
    "dzisiaj": 0,
    "бүгін": 0,
    "tomorrow": 1,
    "завтра": 1,
    "jutro": 1,
    "ертең": 1,
}
