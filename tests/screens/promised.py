"""Customers to whom something was promised, on a phone that a test holds."""

from datetime import datetime, timedelta

from field_app.actions import records


def day(do, ahead=0):
    return (do.store.moment().today + timedelta(days=ahead)).isoformat()


def at(do, hour, ahead=0):
    on = do.store.moment().today + timedelta(days=ahead)
    return datetime(on.year, on.month, on.day, hour).astimezone().isoformat()


def a_customer(do, name, **more):
    return records.add(do.store, "customer", {"name": name, "mobile": "13800000000", **more})


def promised(do, name="张三", ahead=0, **more):
    """A customer to whom something was promised; gives the customer's id."""
    customer = a_customer(do, name, address_detail="幸福路 12 号")
    due = {"customer_id": customer, "title": "回访", "due_date": day(do, ahead)}
    records.add(do.store, "followup", {**due, **more})
    return customer
