"""The register of campaigns: one file each, one line here."""

from torture import tinydb, web, world
from torture.campaign import Campaign
from torture.store import run as store
from torture.wires import run as wires

CAMPAIGNS: tuple[Campaign, ...] = (
    Campaign("store", "store [--only TRIAL]", "Kill, cut, flip and starve the store on the device.", store.run),
    Campaign("tinydb", "tinydb", "Run TinyDB's own tests on our database.", tinydb.run),
    Campaign("web", "web [--loads N]", "Load the app anew N times in a browser with nothing kept.", web.run),
    Campaign("wires", "wires [--only TRIAL]", "Hurt the real server and its wires over real HTTP.", wires.run),
    Campaign("world", "world [--seeds N | --replay FILE]", "Sync in a simulated world, or a bug report.", world.run),
)
