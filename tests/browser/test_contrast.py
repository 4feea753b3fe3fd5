"""Every text against its ground, computed here: ready-made checkers take joined Arabic letters for icons."""

import pytest

from archive.taste import Taste, remember

from .conftest import OpenPage

pytestmark = pytest.mark.browser

# WCAG 2.2, 1.4.3. Gives each text that is too faint: [ratio, needed, text].
FAINT = """() => {
  const pen = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const rgba = (color) => {
    pen.clearRect(0, 0, 1, 1); pen.fillStyle = color; pen.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => {
    const a = top[3] + below[3] * (1 - top[3]);
    if (!a) return [0, 0, 0, 0];
    return [0, 1, 2].map(i => (top[i] * top[3] + below[i] * below[3] * (1 - top[3])) / a).concat(a);
  };
  const luminance = (c) => c.slice(0, 3).map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const canvas = matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18, 1] : [255, 255, 255, 1];
  const ground = (element) => {
    let color = [0, 0, 0, 0];
    for (let e = element; e; e = e.parentElement) color = over(color, rgba(getComputedStyle(e).backgroundColor));
    return over(color, canvas);
  };
  const seen = (element) => {
    const box = element.getBoundingClientRect(), style = getComputedStyle(element);
    return box.width > 1 && box.height > 1 && style.visibility === "visible" && !element.closest(".visually-hidden");
  };
  const faint = [];
  let looked = 0;
  const look = (element, text, style) => {
    const below = ground(element);
    let opacity = 1;
    for (let e = element; e; e = e.parentElement) opacity *= +getComputedStyle(e).opacity;
    const color = rgba(element.closest("svg") ? style.fill : style.color);
    color[3] *= opacity;
    const [light, dark] = [luminance(over(color, below)), luminance(below)].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05), size = parseFloat(style.fontSize);
    const needed = size >= 24 || size >= 18.66 && +style.fontWeight >= 700 ? 3 : 4.5;
    looked += 1;
    if (ratio < needed) faint.push([Math.round(ratio * 100) / 100, needed, text]);
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement, text = texts.currentNode.data.trim();
    if (!text || element.closest("script, style, title") || !seen(element)) continue;
    look(element, text, getComputedStyle(element));
  }
  for (const input of document.querySelectorAll("input:not([type=hidden]), textarea, select")) {
    const style = getComputedStyle(input);
    look(input, "input " + input.name, style);
    const {fontSize, fontWeight} = style, {color} = getComputedStyle(input, "::placeholder");
    if (input.placeholder) look(input, input.placeholder, {fontSize, fontWeight, color});
  }
  return {faint, looked};
}"""

PLANT = """([family, color]) => {
  const text = document.createElement("p");
  text.textContent = "كلام لا يكاد يُقرأ";
  document.querySelector("main").append(text);
  text.style.fontFamily = family;
  text.style.color = color;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(library: dict[str, str], open_page: OpenPage, scheme: str) -> None:
    page = open_page(scheme=scheme)
    faint = {}
    for name, address in library.items():
        page.goto(address)
        for summary in page.locator("summary").all():
            summary.click()
        result = page.evaluate(FAINT)
        assert result["looked"] > 10, name
        if result["faint"]:
            faint[name] = result["faint"]
    assert not faint


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("accent", ["#706a62", "#0b5d3b"])
def test_an_archives_own_colour_does_too(
    library: dict[str, str], open_page: OpenPage, scheme: str, accent: str
) -> None:
    remember(Taste(accent=accent))
    page = open_page(scheme=scheme)
    faint = {}
    for name in ("front", "search", "story", "day", "batch questions"):
        page.goto(library[name])
        if found := page.evaluate(FAINT)["faint"]:
            faint[name] = found
        shown = page.evaluate("getComputedStyle(document.querySelector('.nav [aria-current], .kicker')).color")
        assert shown == rgb(Taste(accent=accent).accents[scheme == "dark"])
    assert not faint


def rgb(colour: str) -> str:
    return "rgb({}, {}, {})".format(*bytes.fromhex(colour[1:]))


@pytest.mark.parametrize(
    ("scheme", "color"), [("light", "#b9b4ab"), ("dark", "#57534d"), ("light", "rgb(0 0 0 / 30%)")]
)
@pytest.mark.parametrize("family", ["Plex", "Naskh"])
def test_a_planted_faint_text_is_found(
    library: dict[str, str], open_page: OpenPage, scheme: str, color: str, family: str
) -> None:
    page = open_page(scheme=scheme, bypass_csp=True)
    page.goto(library["story"])
    page.evaluate(PLANT, [family, color])
    assert [text for _, _, text in page.evaluate(FAINT)["faint"]] == ["كلام لا يكاد يُقرأ"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_text_of_an_error_stands_out_too(library: dict[str, str], open_page: OpenPage, scheme: str) -> None:
    page = open_page(scheme=scheme, watched=False)
    page.goto("/nothing/")
    assert page.inner_text("h1") == "لم نجد هذه الصفحة"
    assert page.evaluate(FAINT)["faint"] == []
