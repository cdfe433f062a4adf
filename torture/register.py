"""The register of campaigns: one file each, one line here."""

from torture import web
from torture.campaign import Campaign

CAMPAIGNS: tuple[Campaign, ...] = (
    Campaign("web", "web [--loads N]", "Load the app anew N times in a browser with nothing kept.", web.run),
)
