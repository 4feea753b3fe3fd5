"""What of a saved page is written again. Anything that is not named here is not there."""

ELEMENTS = frozenset(
    "a abbr acronym address area article aside b bdi bdo big blink blockquote body br button caption center cite code "
    "col colgroup data dd del details dfn dir div dl dt em fieldset figcaption figure font footer h1 h2 h3 h4 h5 h6 "
    "header hgroup hr i img input ins kbd label legend li main map mark menu nav nobr ol optgroup option output p "
    "picture pre progress q rp rt ruby s samp search section select small span strike strong sub summary sup svg table "
    "tbody td textarea tfoot th thead time tr tt u ul var "
    "g path circle rect line polyline polygon ellipse text tspan defs lineargradient radialgradient stop clippath mask "
    "symbol use".split()
)
"""Elements that show something and do nothing."""

RENAMED = {"form": "div", "xmp": "pre", "plaintext": "pre", "listing": "pre", "marquee": "div", "noscript": "div"}
"""Elements whose content is worth more than what they do."""

DROPPED = frozenset(
    "script style template base link meta title head noframes noembed param dialog frame frameset applet "
    "portal math foreignobject animate animatemotion animatetransform set discard handler listener".split()
)
"""Elements of which nothing is left; style, link, meta and title are written by rules of their own."""

OPENED = frozenset("source track wbr embed keygen".split())
"""Elements without content, of which the parser does not know it: what follows lies inside them."""

BOXES = frozenset("iframe object embed video audio canvas fencedframe".split())
"""Elements whose place stays empty, at their size."""

VOID = frozenset("area br col hr img input".split())

ATTRIBUTES = frozenset(
    "id class lang dir title role width height align valign bgcolor color border cellpadding cellspacing colspan "
    "rowspan hspace vspace nowrap size face alt datetime start reversed type value checked selected open span scope "
    "headers abbr for rows cols clear noshade compact label text link vlink alink marginwidth marginheight "
    "topmargin leftmargin rightmargin bottommargin name max min high low optimum "
    "d cx cy r rx ry x y x1 y1 x2 y2 points viewbox preserveaspectratio transform fill-opacity fill-rule "
    "stroke-width stroke-linecap stroke-linejoin stroke-opacity stroke-dasharray opacity offset stop-color "
    "stop-opacity gradientunits gradienttransform text-anchor font-size font-family font-weight clip-rule xmlns".split()
)
"""Attributes that say how something looks. Those with addresses are written by rules of their own."""

PAINTS = frozenset(("fill", "stroke", "clip-path", "mask", "filter"))
"""Attributes of drawings that may hold `url()`."""

INPUTS = frozenset("text search email tel url number checkbox radio submit reset button password".split())
