"""Every publisher that comes with Warraq. To add one: a TOML file, its name here, a pair of files in fixtures/pages."""

from importlib.resources import files

from ..publisher import Catalogue, read_catalogue

FILES = (
    "alarabiya",
    "alayam-bh",
    "albayan",
    "almasryalyoum",
    "alrai",
    "alwafd",
    "alwatannews",
    "arabs-today",
    "assabah",
    "assabeel",
    "azzaman",
    "elkhabar",
    "hespress",
    "lbcgroup",
    "masrawy",
    "youm7",
)


def _read(name: str) -> Catalogue:
    return read_catalogue(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


SHIPPED = sum(map(_read, FILES), Catalogue())
