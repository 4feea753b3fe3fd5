"""Numbers that run from left to right wherever they stand.

In Arabic text a dash or space parts a number into pieces that follow each other from right to left: of a date, a season
or a result that is how it is read («2015-2016», «3-1»), but a telephone number is turned round by it.
"""

import re
from collections.abc import Iterator

_DASH = "[-\u2010-\u2013]"
_NUMBER = re.compile(
    rf"""(?<![\d+/.,A-Za-z-])(?:
      \+\d+(?:[ \u00a0.]\d+|{_DASH}\d+)*      # +212 5 37 12 34 56
    | [0٠]\d*(?:{_DASH}\d+)+                    # 0537-123-456
    | [0٠]\d+(?:[ \u00a0]\d+)+                 # 05 37 12 34 56
    | \d{{4}}-\d\d-\d\d                        # a date as machines write it
    | \d+(?:{_DASH}\d+){{3,}}                   # an ISBN, an account
    )(?![\d/A-Za-z]|{_DASH}\d)""",
    re.VERBOSE,
)
_DATE = re.compile(r"\d{1,2}\D\d{1,2}\D\d{4}")
_FEWEST, _MOST = 7, 20
"""digits"""


def left_to_right(text: str) -> Iterator[tuple[int, int]]:
    """Where such numbers begin and end."""
    for found in _NUMBER.finditer(text):
        digits = sum(sign.isdigit() for sign in found[0])
        if _FEWEST <= digits <= _MOST and not _DATE.fullmatch(found[0]):
            yield found.span()
