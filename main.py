"""Where a phone begins: Flet's packager starts this file, and nothing else does."""

import flet as ft

from field_app.phone import main

if __name__ == "__main__":
    # Without a screen Flet serves browsers instead: to every network unless told a host, with parts from a CDN.
    ft.run(main, assets_dir="assets", host="127.0.0.1", no_cdn=True)
