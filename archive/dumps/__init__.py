"""Dumps of saved pages: a file, a folder, a container in; pages out. Pure: nothing is written, nothing is fetched."""

from .page import Locator, Page, Rejection, legible
from .read import read_dump

__all__ = ["Locator", "Page", "Rejection", "legible", "read_dump"]
