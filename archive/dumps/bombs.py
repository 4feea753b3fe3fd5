"""How much a packed stream may stand for. Pages are capped one by one; this is for what is read only to get past it."""

RATIO = 200
WHATEVER_ITS_LENGTH = 2**30

BOMB = f"it unpacks to more than {RATIO} times its length"


def most_unpacked(packed: int) -> int:
    """Bytes that so many packed ones may stand for: text seldom packs to less than a twentieth."""
    return WHATEVER_ITS_LENGTH + RATIO * packed


def code_of(damage: object) -> str:
    """The code of what ended the reading of a container."""
    return "too-large" if BOMB in str(damage) else "broken-container"
