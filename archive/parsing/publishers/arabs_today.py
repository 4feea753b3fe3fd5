"""The Arabs Today network (العرب اليوم): Almaghrib Today and its sisters share one design.

Classes as on the network's home pages of March 2018; the order of an article page's parts after saved pages.
"""

from ..publisher import Layout, Network, Publisher

LAYOUTS = (
    Layout(
        name="arabs-today",
        headline="h1.page-title, h2.housemaintitle, h3.entermaintitle, h3.womenmaintitle",
        credit="h4.coring, h6.coring, .corsi, .cor, .corlove, div.cauthorboy > h5",
        order="place-first",
        date="div.gmt",
        caption="h3.caption, h6.caption",
        teaser_credit=".corsi, .coring",
        drop="div.readmoregmttimeband, span.sitename",
    ),
)

NETWORK = Network(marks=(b"Arabs Today Group",), layouts=LAYOUTS)

PUBLISHERS = (
    Publisher("almaghribtoday", "المغرب اليوم", ("almaghribtoday.net",), LAYOUTS, also=("almaghribtoday", "almaghrib")),
    Publisher("arabstoday", "العرب اليوم", ("arabstoday.net",), LAYOUTS, also=("arabstoday",)),
    Publisher("egypt-today", "مصر اليوم", ("egypt-today.com",), LAYOUTS, also=("egypttoday",)),
)
