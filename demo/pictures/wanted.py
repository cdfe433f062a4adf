"""All pictures, in the order in which they are taken."""

from demo.pictures.of_a_customer import customer_pictures, form_pictures
from demo.pictures.of_tables import table_pictures
from demo.pictures.of_the_beginning import first_pictures
from demo.pictures.of_the_day import day_pictures, leaving_pictures
from demo.pictures.of_the_office import admin_pictures, supervisor_pictures
from demo.pictures.picture import Picture


def every_picture() -> tuple[Picture, ...]:
    """What changes something for those that come after stands last."""
    return (
        *first_pictures(),
        *day_pictures(),
        *customer_pictures(),
        *form_pictures(),
        *supervisor_pictures(),
        *table_pictures(),
        *admin_pictures(),
        *leaving_pictures(),
    )
