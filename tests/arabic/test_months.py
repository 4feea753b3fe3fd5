from __future__ import annotations

import pytest
from babel import Locale

from archive.arabic import fold
from archive.arabic.months import MONTHS


@pytest.mark.parametrize("territory", "EG SA AE SY LB IQ JO PS DZ TN MA MR".split())
def test_every_month_name_of_the_countries_is_known(territory: str) -> None:
    for number, name in Locale("ar", territory).months["format"]["wide"].items():
        assert MONTHS[fold(name)] == number, name
