"""Whether what is sent costs somebody by the byte, in the system's own words."""

import flet as ft

from field_app.window import is_wifi


def test_what_the_system_says_of_networks_tells_wifi_from_a_bill():
    kinds = ft.ConnectivityType
    said = [[kinds.WIFI, kinds.VPN], [kinds.ETHERNET], [kinds.MOBILE, kinds.VPN], [kinds.VPN], [kinds.NONE]]
    assert [is_wifi(networks) for networks in said] == [True, True, False, None, None]
