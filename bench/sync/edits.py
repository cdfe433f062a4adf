"""Half of the documents edited by two devices that did not know of each other: what merging costs."""

from bench.sync.documents import documents
from bench.sync.ours import OurDevice
from bench.sync.workloads import Site, Size, Told


async def of_two(site: Site, size: Size, told: Told) -> None:
    """Both pull all, both set the same field of the same half, one after the other; each loss is a conflict."""
    made = documents(size.documents)
    half = [visit["id"] for visit in made[: size.documents // 2]]
    one, other = [device for _ in "12" if isinstance(device := await site.device(site.address), OurDevice)]
    await one.takes(made)
    await one.push()
    await one.pull()
    await other.pull()
    await one.edits(half, {"need_summary": "更换滤芯三支"})
    await other.edits(half, {"need_summary": "a visit on Sunday"})
    async with told.timed(site, "edit of two", 2 * len(half)):
        await one.push()
        await other.push()
    async with told.timed(site, "pull of edits", 2 * len(half)):
        await one.pull()
        await other.pull()
    shown = {id: (one.records[id]["need_summary"], other.records[id]["need_summary"]) for id in half}
    assert all(mine == its for mine, its in shown.values())
    told.figures["conflicts"] = one.conflicts
    await one.close()
    await other.close()
