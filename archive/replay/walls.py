"""The headers of everything that leaves the replay origin: each wall holds without the others."""

from __future__ import annotations

_OFF = (
    "accelerometer autoplay browsing-topics camera "
    "clipboard-read clipboard-write compute-pressure display-capture encrypted-media fullscreen gamepad geolocation "
    "gyroscope hid identity-credentials-get idle-detection keyboard-map local-fonts magnetometer microphone midi "
    "payment picture-in-picture publickey-credentials-create publickey-credentials-get screen-wake-lock serial "
    "storage-access sync-xhr unload usb window-management xr-spatial-tracking"
).split()

_SOURCES = (
    "default-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; font-src 'self' data:; "
    "media-src 'self' data:; script-src 'none'; connect-src 'none'; worker-src 'none'; object-src 'none'; "
    "frame-src 'none'; form-action 'none'; base-uri 'none'"
)


def walls(room: str = "", *, for_companion: bool = False) -> dict[str, str]:
    """Headers for a page that `room` may frame (nobody where it is empty), or for a picture, style or font."""
    framed_by = room or "'none'"
    headers = {
        # the sandbox gives the page an origin that nothing is the same as, and no script
        "Content-Security-Policy": f"{_SOURCES}; frame-ancestors {framed_by}; sandbox",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        # the sandboxed page itself is of another origin than its pictures, and fonts are asked for with CORS
        "Cross-Origin-Resource-Policy": "cross-origin" if for_companion else "same-origin",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _OFF),
        "X-DNS-Prefetch-Control": "off",
        "X-Robots-Tag": "noindex, nofollow, noarchive",
        "Cache-Control": "private, max-age=300" if for_companion else "private, no-store",
    }
    if for_companion:
        headers["Access-Control-Allow-Origin"] = "*"
    if not room:
        headers["X-Frame-Options"] = "DENY"
    return headers
