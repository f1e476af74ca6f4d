"""Codes people copy by hand: Crockford's 32 characters, groups of four, a check character."""

import hmac
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32: no I, L, O, U, so nothing is read as something else."""

_LETTER_OF_BYTE = "".join(ALPHABET[byte % 32] for byte in range(256)).encode()
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
_CONFUSED = str.maketrans({"I": "1", "L": "1", "O": "0", "Đ": "D"})


def random_code(length: int) -> str:
    """A code nobody can guess the next of (5 bits a character)."""
    return random_codes(length, 1)[0]


def random_codes(length: int, count: int) -> list[str]:
    """As many codes as asked for, drawn in one go."""
    letters = secrets.token_bytes(length * count).translate(_LETTER_OF_BYTE).decode()
    return [letters[at : at + length] for at in range(0, length * count, length)]


def checked_code() -> str:
    """Ten characters for a door or a screen: 45 random bits and a check character."""
    return with_check(random_code(9))


def derived_code(key: str, message: str, length: int) -> str:
    """The code that belongs to `message` under `key`, the same every time, with a check character.

    `length` counts without the check character; at most 50 characters.
    """
    number = int.from_bytes(hmac.digest(key.encode(), message.encode(), "sha256"), "big")
    letters = []
    for _place in range(length):
        letters.append(ALPHABET[number % 32])
        number >>= 5
    return with_check("".join(letters))


def keyed_hash(key: str, code: str) -> str:
    """HMAC-SHA256 of a plain code, hexadecimal: what may be stored of a secret."""
    return hmac.digest(key.encode(), code.encode(), "sha256").hex()


def with_check(code: str) -> str:
    """The code with its check character: one wrong character is always noticed."""
    return code + ALPHABET[-_weigh(code) % len(ALPHABET)]


def is_well_copied(code: str) -> bool:
    """Whether the last character of a plain code agrees with the others."""
    return len(code) > 1 and set(code) <= set(ALPHABET) and with_check(code[:-1]) == code


def plain_code(typed: str) -> str:
    """What somebody typed in the form it is kept: capitals, no spaces, O as 0, I and L as 1."""
    return "".join(letter for letter in typed.upper().translate(_CONFUSED) if letter.isalnum())


def grouped_code(code: str) -> str:
    """The code as it is shown: 7K3M-9Q2X."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def _weigh(code: str) -> int:
    """Luhn's sum for 32 characters, counted from the place left of the check character."""
    total = 0
    for place, letter in enumerate(reversed(code)):
        value = _VALUES[letter] * (2 - place % 2)
        total += value // 32 + value % 32
    return total
