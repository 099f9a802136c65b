# SPDX-License-Identifier: Apache-2.0
"""Pictures by axvm-lint: no two texts overlap, and each label is at its address."""

import os
import random
import re
import xml.etree.ElementTree as ElementTree
from itertools import pairwise
from pathlib import Path

import pages
from linting import GOOD, SRCDIR, changed, lint, run_tests, write
from tap import done, is_, ok

SPREADS = 2000
MACHINES = 60

MEMORY = "[[0x4000_0000, 0x1000_0000, 0x7, 2]]"
UART = '["uart", 0x900_0000, 0x900_0000, 0x1000, 33]'
WIDE = "\u4e2d\u6587" * 20
LONG = "-".join(["name"] * 60)


def images(**places: int) -> str:
    return "".join(f"{kind}_load_addr = {place:#x}\n" for kind, place in places.items())


# Each is a file or several of one machine.
HARD = {
    "one address": [changed("kernel_path", images(
        dtb=0x4020_0000, ramdisk=0x4020_0000, bios=0x4020_0001) + "kernel_path")],
    "the end of a band": [changed("kernel_path", images(
        dtb=0x4fff_ffff, ramdisk=0x4fff_fffe, bios=0x900_0fff) + "kernel_path")],
    "in a hole": [changed("kernel_path", images(dtb=0xb00_0000, ramdisk=0xc00_0000) + "kernel_path")],
    "outside": [changed("kernel_path", images(dtb=0x100, ramdisk=0x5000_0000) + "kernel_path")],
    "long names": [changed('"uart"', f'"{LONG}"', changed('"gicd"', f'"{LONG}"', changed(
        '"guest"', f'"{LONG}"')))],
    "wide names": [changed('"uart"', f'"{WIDE}"')],
    "touching": [changed(MEMORY, "[" + ", ".join(
        f"[{0x4000_0000 + i * 0x1000:#x}, 0x1000, 7, 0]" for i in range(30)) + "]")],
    "tiny beside huge": [changed(MEMORY, "[[0x4000_0000, 0x1000, 7, 0], [0x4000_1000, 0xff_ffff_f000,"
                                 " 7, 0], [0x7fff_ffff_f000, 0x1000, 7, 0]]")],
    "deep": [changed(MEMORY, "[" + ", ".join(
        f"[{0x4000_0000 + i * 0x1000:#x}, 0x1000_0000, 7, 0]" for i in range(9)) + "]")],
    "elsewhere": [changed(UART, ", ".join(
        f'["d{i}", {0x900_0000 + i % 5 * 0x1000:#x}, {0xfe00_0000 + i * 0x1000:#x}, 0x3000, 0]'
        for i in range(12)))],
    "the last addresses": [changed(UART, '["top", 0xffff_ffff_ffff_0000, 0xffff_0000, 0xf000, 1]')],
    "six": [changed('"guest"', f'"guest{i}"', changed("id = 7", f"id = {i}")) for i in range(6)],
    "many devices": [changed(UART, ", ".join(
        f'["d{i}", {0x1000_0000 + i * 0x3000:#x}, {0x1000_0000 + i * 0x3000:#x}, 0x1000, 0]'
        for i in range(150)))],
    "many CPUs": [changed("cpu_num = 2", "cpu_num = 80", changed(
        "[0x100, 0x200]", str([*range(80)])))],
    "nothing": ["[base]\n"],
}


def page(*files: str, more: tuple[str, ...] = ()) -> ElementTree.Element:
    """The picture of these files; what is printed does not matter."""
    run = lint("-q", *more, "--svg", "page.svg", *files)
    is_(run.stderr, "", "nothing on standard error")
    return ElementTree.parse("page.svg").getroot()


def check(root: ElementTree.Element, about: str) -> int:
    """All that must be so on a page; how many labels it has."""
    cells = pages.cells(root)
    texts = [text for cell in cells for text in cell.texts]
    width, height = float(root.get("width")), float(root.get("height"))
    clashes = [(texts[one].content, texts[other].content) for one, other in pages.overlapping(
        [text.box for text in texts])]
    is_(clashes, [], f"{about}: no text is on another one")
    outside = [text.content for text in texts
               if text.box[0] < 0 or text.box[1] < 0 or text.box[2] > width or text.box[3] > height]
    is_(outside, [], f"{about}: all texts are on the page")
    ok(width <= 1920, f"{about}: the page is no wider than a screen", str(width))
    labels = 0
    for cell in cells:
        for text in cell.texts:
            # Of the boxes, those of entries; what is on their edge is not in them.
            crossed = [entry.about for entry in cell.entries if "entry" in entry.classes
                       and entry.box[0] < text.box[2] and text.box[0] < entry.box[2]
                       and entry.box[1] < text.box[3] and text.box[1] < entry.box[3]
                       and not inside(text.box, entry.box)]
            is_(crossed, [], f"{about}: {text.content} is in its box")
        for leader in cell.leaders:
            labels += 1
            y = height_of(cell, leader)
            ok(y is not None and abs(leader.start[1] - y) <= 1,
               f"{about}: the leader of {leader.content} begins at its address", f"{leader} {y}")
            text = next(text for text in cell.texts if text.content == leader.content
                        and text.y == leader.end[1] + 4)
            ok(0 < text.box[0] - leader.end[0] < 6, f"{about}: and ends at the label", str(text))
        for before, after in pairwise(sorted(cell.leaders, key=lambda one: one.end[1])):
            ok(before.start[1] <= after.start[1], f"{about}: leaders do not cross",
               f"{before} {after}")
    return labels


def inside(box: pages.Box, other: pages.Box) -> bool:
    return (other[0] <= box[0] and other[1] <= box[1] and box[2] <= other[2] and box[3] <= other[3])


def height_of(cell: pages.Cell, leader: pages.Leader) -> float | None:
    """Where the thing of a label is, by the addresses on the left and the boxes."""
    if "overlap" in leader.classes:
        return next((leader.start[1] for entry in cell.entries if "overlap" in entry.classes
                     and entry.box[1] < leader.start[1] < entry.box[3]
                     and entry.box[2] == leader.start[0]), None)
    if "elsewhere" in leader.classes:
        return next((entry.box[1] for entry in cell.entries
                     if entry.about.startswith(f"{leader.about}, 0x")
                     and abs(entry.box[1] - leader.start[1]) <= 1), None)
    address = int(re.search("0x[0-9a-f]+", leader.content)[0], 16)
    for ticks in cell.ticks:
        for (first, top), (last, bottom) in pairwise(sorted(ticks.items())):
            if first <= address < last:
                return top + (bottom - top) * (address - first) / (last - first)
    return None


def hard() -> None:
    """What made texts overlap, or could."""
    for about, contents in HARD.items():
        root = page(*(write(f"{i}.toml", content) for i, content in enumerate(contents)))
        labels = check(root, about)
        named = len(re.findall("outside of all that is drawn", pages.text_of(root)))
        if about not in ("nothing", "deep", "elsewhere", "six", "touching"):
            wanted = sum(content.count("_load_addr") + 1 for content in contents)
            ok(labels + named >= wanted, f"{about}: each image is there", f"{labels} and {named}")
    is_(named, 2, "what is outside of all is named: entry point and kernel of the last one")


def samples() -> None:
    """The samples of the release and, where there are some, configurations of boards."""
    files = [(str(SRCDIR / "examples" / name), arch) for name, arch in (
        ("linux-aarch64.toml", "aarch64"), ("rtos-aarch64.toml", "aarch64"),
        ("linux-x86_64.toml", "x86_64"), ("old/linux-aarch64.toml", "aarch64"))]
    for variable in ("AXVM_VMS_DIR", "AXVM_VMS_0_7_3_DIR"):
        if variable in os.environ:
            files += [(str(path), "aarch64") for path in
                      sorted(Path(os.environ[variable]).rglob("*.toml"))]
    total = sum(check(page(file, more=("--arch", arch)), Path(file).name) for file, arch in files)
    ok(total >= 10, "with labels", str(total))
    names = [name for name, arch in files[:2]]
    check(page(*names, more=("--arch", "aarch64")), "two samples")


def machine(random_: random.Random) -> str:
    """A VM with much at few addresses, good or not."""
    edges = [0x4000_0000 + random_.choice([0, 1, 2, 3, 0x10, 0x4000, 0x10_0000]) * 0x1000 * i
             for i in range(random_.randint(1, 9))]

    def size() -> int:
        return 0x1000 << random_.choice([0, 0, 0, 1, 5, 10, 16, 24])

    memory = ", ".join(f"[{edge:#x}, {size():#x}, 7, {random_.randint(0, 2)}]" for edge in edges)
    devices = ", ".join(
        f'["{"d" * random_.choice([1, 8, 70])}{i}", {random_.choice(edges):#x}, '
        f"{random_.choice(edges):#x}, {size():#x}, {i}]" for i in range(random_.randint(0, 6)))
    places = {kind: random_.choice(edges) + random_.choice([0, 0, 1, 0x8000, 0x123_4567])
              for kind in ("dtb", "ramdisk", "bios")}
    return changed(UART, devices or UART, changed(MEMORY, f"[{memory}]", changed(
        "kernel_path", images(**places) + "kernel_path")))


def machines() -> None:
    source = random.Random(27)
    labels = 0
    for number in range(MACHINES):
        contents = [machine(source) for _ in range(source.choice([1, 1, 1, 2, 4]))]
        files = [write(f"m{i}.toml", content) for i, content in enumerate(contents)]
        labels += check(page(*files), f"machine {number}")
    ok(labels > 5 * MACHINES, "with labels", str(labels))


def places() -> None:
    """Labels that are too near move, and no more than they must."""
    from axvm_lint.showing.labels import spread, wrap

    is_(spread([], 15, 0, 100), [], "none")
    is_(spread([10, 40, 80], 15, 0, 100), [10, 40, 80], "with room none moves")
    is_(spread([50, 50, 50], 10, 0, 100), [40, 50, 60], "those of one place are around it")
    is_(spread([0, 0, 0], 10, 0, 100), [0, 10, 20], "none is above the least")
    is_(spread([100, 100], 10, 0, 100), [90, 100], "nor below the highest")
    is_(spread([5] * 20, 10, 0, 100), [*range(0, 200, 10)], "where there is room for all")
    source = random.Random(1)
    for _ in range(SPREADS):
        wanted = sorted(source.randint(0, 300) for _ in range(source.randint(1, 12)))
        found = spread(wanted, 15, 0, 300)
        if any(after - before < 15 for before, after in pairwise(found)) or found[0] < 0:
            ok(False, "apart and in order", f"{wanted} {found}")
        # None could be nearer to its own without another one in its way.
        for index, (place, own) in enumerate(zip(found, wanted)):
            step = (own > place) - (own < place)
            near = found[index + step] if step and 0 <= index + step < len(found) else None
            if abs(place - own) > 1 and (near is None or abs(near - place) > 16):
                edge = 300 - 15 * (len(found) - 1 - index) if step > 0 else 15 * index
                ok(abs(place - edge) <= 1, "as near as may be", f"{wanted} {found}")
    is_(wrap("one two three", 7, 3), ["one two", "three"], "between words")
    is_(wrap("one two three", 7, 1), ["one ..."], "in one line what fits")
    is_(wrap("one twothreefour", 7, 3), ["one", "twot..."], "a long word is cut")


def again() -> None:
    """The same files give the same picture, byte for byte."""
    files = [write(f"{i}.toml", content) for i, content in enumerate(HARD["six"])]
    texts = []
    for seed in ("1", "2"):
        run = lint("-q", "--svg", f"{seed}.svg", *files, env={**os.environ, "PYTHONHASHSEED": seed})
        is_(run.stderr, "", "it runs")
        texts.append(Path(f"{seed}.svg").read_text())
    ok(texts[0] == texts[1], "the same")


def titles() -> None:
    """A picture has the names of its files, and says in words what is in it."""
    from axvm_lint.showing.svg import short_names

    is_(short_names(["a/b/vm.toml", "c/b/vm.toml", "c/d/vm.toml", "x.toml", "-"]),
        ["a/b/vm.toml", "c/b/vm.toml", "d/vm.toml", "x.toml", "-"], "as short as they differ")
    is_(short_names(["vm.toml", "vm.toml", "/vm.toml"]), ["vm.toml", "vm.toml", "/vm.toml"],
        "some have no more folders")
    os.makedirs("folder", exist_ok=True)
    root = page(write("folder/vm.toml", GOOD))
    parts = {part: root.find(f"{pages.NAMESPACE}{part}").text for part in ("title", "desc")}
    is_(parts["title"], "vm.toml: address spaces", "the title")
    is_(parts["desc"], 'VM 7 "guest": guest addresses 0x8000000 to 0x50000000 with 5 ranges, '
                       "0 overlaps.", "and the description")
    labels = {root.get("aria-labelledby"), root.get("aria-describedby")}
    is_({element.get("id") for element in root.iter()} & labels, labels, "both are named")
    ok("user-select" not in Path("page.svg").read_text(), "texts can be selected")


def extents() -> None:
    """How far an image goes, with its file."""
    os.makedirs("root/guest", exist_ok=True)
    Path("root/guest/kernel").write_bytes(bytes(0x80_0000))
    root = page(write("vm.toml", GOOD), more=("--root", "root"))
    ok("kernel 0x40000000, 8 MiB" in pages.text_of(root), "its size", pages.text_of(root)[-900:])
    bars = [element for element in root.iter() if element.get("class") == "extent"]
    is_([element.find(f"{pages.NAMESPACE}title").text for element in bars], ["kernel, 8 MiB"], "a bar")
    cell = pages.cells(root)[-1]
    ticks = cell.ticks[-1]
    bar = bars[0].find(f"{pages.NAMESPACE}rect")
    high = (ticks[0x5000_0000] - ticks[0x4000_0000]) * 0x80_0000 / 0x1000_0000
    ok(abs(float(bar.get("height")) - high) <= 2, "as high as it is large", f"{bar.attrib} {high}")
    text = lint("--map", "--root", "root", "vm.toml").stdout
    ok("> kernel, 8 MiB, moved" in text, "as text, too", text)


run_tests(hard, samples, machines, places, again, titles, extents)
done()
