"""The position as the phone gives it. In a browser and on a desktop nobody is asked: a visit stays 未定位."""

import logging
from datetime import datetime

import flet as ft
from flet_geolocator import (
    Geolocator,
    GeolocatorConfiguration,
    GeolocatorPermissionStatus,
    GeolocatorPosition,
    GeolocatorPositionAccuracy,
)

from field_app.clock import DeviceClock
from field_app.position import Seen

PHONES = (ft.PagePlatform.ANDROID, ft.PagePlatform.IOS)
GRANTED = (GeolocatorPermissionStatus.WHILE_IN_USE, GeolocatorPermissionStatus.ALWAYS)
CONFIGURATION = GeolocatorConfiguration(accuracy=GeolocatorPositionAccuracy.HIGH)

log = logging.getLogger(__name__)


class PageLocator:
    """The phone under one window."""

    def __init__(self, page: ft.Page, clock: DeviceClock) -> None:
        self._page, self._clock = page, clock

    async def locate(self) -> Seen | None:
        """Where it is, asked while the app is used and no longer; None where that is not to be had."""
        if self._page.web or self._page.platform not in PHONES:
            return None
        try:
            service = Geolocator()
            return self._seen(await service.get_current_position(CONFIGURATION)) if await _may(service) else None
        except Exception as refused:  # whatever a phone's service lacks, no visit may suffer from it
            log.info("no position type=%s", type(refused).__name__)
            return None

    def _seen(self, position: GeolocatorPosition) -> Seen | None:
        if position.latitude is None or position.longitude is None:
            return None
        at = position.timestamp
        at_ms = int(at.timestamp() * 1000) if isinstance(at, datetime) else self._clock.wall_ms()
        return Seen(position.latitude, position.longitude, position.accuracy or 0.0, at_ms, bool(position.mocked))


async def _may(service: Geolocator) -> bool:
    """Whether the person lets the app know; asked once by the system itself."""
    status = await service.get_permission_status()
    if status == GeolocatorPermissionStatus.DENIED:
        status = await service.request_permission()
    return status in GRANTED
