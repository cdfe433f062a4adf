"""The register of screens: one file each, one line here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import flet as ft

from field_app.actions import (
    care,
    chances,
    conflict_cards,
    customer_list,
    customer_page,
    duplicates,
    forms_here,
    labels,
    mine,
    overseeing,
    own_field_form,
    own_fields,
    own_records,
    photographs,
    quick,
    record_form,
    reminders,
    returned,
    review_queue,
    sync_centre,
    tables_here,
    taking_over,
    today,
    visit_page,
    visiting,
)
from field_app.actions.cleaning import looking
from field_app.local_store import LocalStore
from field_app.screens.care import care_screen
from field_app.screens.chances import chances_screen
from field_app.screens.cleaning.one import cleaning_one_screen
from field_app.screens.cleaning.screen import cleaning_screen
from field_app.screens.conflicts.one import conflict_screen
from field_app.screens.conflicts.screen import conflicts_screen
from field_app.screens.customer import customer_screen
from field_app.screens.customers import customers_screen
from field_app.screens.devices import devices_screen
from field_app.screens.duplicates import duplicates_screen
from field_app.screens.form_version import form_version_screen
from field_app.screens.forms_list import forms_screen
from field_app.screens.labels import labels_screen
from field_app.screens.look import Look
from field_app.screens.merging import merging_screen
from field_app.screens.mine import mine_screen
from field_app.screens.new_visit import new_visit_screen
from field_app.screens.own_fields.form import own_field_screen
from field_app.screens.own_fields.screen import own_fields_screen
from field_app.screens.own_table import own_table_screen
from field_app.screens.own_tables import own_tables_screen
from field_app.screens.photo import photo_screen
from field_app.screens.quick import quick_screen
from field_app.screens.record_form import record_form_screen
from field_app.screens.reminders import reminders_screen
from field_app.screens.returned import returned_screen
from field_app.screens.review.one import review_one_screen
from field_app.screens.review.screen import review_screen
from field_app.screens.sync_centre import sync_centre_screen
from field_app.screens.tables.coming_in import coming_in_screen
from field_app.screens.tables.going_out import going_out_screen
from field_app.screens.tables.hub import tables_screen
from field_app.screens.taking_over import taking_over_screen
from field_app.screens.today import today_screen
from field_app.screens.visit import visit_screen
from field_app.screens.visit_page import visit_page_screen


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen. `load` reads what it shows, on the store's thread; `draw` is a component of that."""

    name: str
    load: Callable[[LocalStore, str], Any]
    draw: Callable[[Any, Any, Look], ft.Control]


SCREENS: tuple[Screen, ...] = (
    Screen("today", today.load, today_screen),
    Screen("visit", visiting.load, visit_screen),
    Screen("quick", quick.load, quick_screen),
    Screen("not_home", quick.load_not_home, quick_screen),
    Screen("rescheduled", quick.load_rescheduled, quick_screen),
    Screen("new_visit", customer_list.load, new_visit_screen),
    Screen("reminders", reminders.load, reminders_screen),
    Screen("customers", customer_list.load, customers_screen),
    Screen("customer", customer_page.load, customer_screen),
    Screen("chances", chances.load, chances_screen),
    Screen("care", care.load, care_screen),
    Screen("visit_page", visit_page.load, visit_page_screen),
    Screen("photo", photographs.load, photo_screen),
    Screen("form", record_form.load, record_form_screen),
    Screen("sync", sync_centre.load, sync_centre_screen),
    Screen("tables", tables_here.load, tables_screen),
    Screen("table_in", tables_here.load_in, coming_in_screen),
    Screen("table_out", tables_here.load_out, going_out_screen),
    Screen("cleaning", looking.load, cleaning_screen),
    Screen("cleaning_one", looking.load_one, cleaning_one_screen),
    Screen("mine", mine.load, mine_screen),
    Screen("devices", overseeing.load, devices_screen),
    Screen("review", review_queue.load, review_screen),
    Screen("review_one", review_queue.load_one, review_one_screen),
    Screen("returned", returned.load, returned_screen),
    Screen("conflicts", conflict_cards.load, conflicts_screen),
    Screen("conflict", conflict_cards.load_one, conflict_screen),
    Screen("duplicates", duplicates.load, duplicates_screen),
    Screen("merge", duplicates.load_pair, merging_screen),
    Screen("fields", own_fields.load, own_fields_screen),
    Screen("own_tables", own_records.load_all, own_tables_screen),
    Screen("own_table", own_records.load, own_table_screen),
    Screen("labels", labels.load, labels_screen),
    Screen("taking_over", taking_over.load, taking_over_screen),
    Screen("forms", forms_here.load, forms_screen),
    Screen("form_version", forms_here.load_version, form_version_screen),
    Screen("own_field", own_field_form.load, own_field_screen),
)

BY_NAME = {screen.name: screen for screen in SCREENS}
