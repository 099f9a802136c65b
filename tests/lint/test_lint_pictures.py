# SPDX-License-Identifier: Apache-2.0
"""axvm-lint --map and --svg: every entry is there once, and overlaps are shown."""

import os
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import linting
import pages
from linting import RTC, SRCDIR, lint, run_tests, write
from pages import NAMESPACE, text_of
from tap import done, is_, ok

# With a path of the device tree, which has no place.
GOOD = linting.changed(RTC, '["/"]')


def changed(old: str, new: str, base: str = GOOD) -> str:
    return linting.changed(old, new, base)


MEMORY = "[[0x4000_0000, 0x1000_0000, 0x7, 2]]"
# Eleven entries; three of them overlap, and four have no place.
CROWDED = changed(MEMORY, "[[0x4000_0000, 0x1000_0000, 7, 0], [0x4f00_0000, 0x200_0000, 7, 2]]",
                  changed('["/"]', '["/"], ["ghost", 0x4fff_f000, 0x4fff_f000, 0x2000, 0], '
                          '["none", 0x1000, 0x1000, 0, 0], '
                          '["high", 0xffff_ffff_ffff_f000, 0, 0x1000, 0]',
                          changed("[]]]", '[]], ["com", 0x3f8, 8, 0, 2, []], '
                                          '["x", 0, 0, 0, 0, []]]')))
# The same addresses passed through twice, which the hypervisor merges.
MERGED = changed("0xa00_0000, 0x200", "0x900_0800, 0x1000")
# Many more on each other than there are lanes.
DEEP = changed(MEMORY, "[" + ", ".join(
    f"[{0x4000_0000 + (i << 12):#x}, 0x1000_0000, 7, 0]" for i in range(50)) + "]")

GOOD_MAP = """\
map.toml: VM 7 "guest"
  vCPU 0: host id 0x100, CPUs 0,2-3
  vCPU 1: host id 0x200, CPUs 4
  guest addresses
   0x8000000 +-----------------------------------------------------------------+
             | "gicd" gic partial passthrough distributor, 64 KiB              |
   0x8010000 +-----------------------------------------------------------------+
             : hole, 15.94 MiB
   0x9000000 +-----------------------------------------------------------------+
             | "uart" passthrough device, 4 KiB                                |
   0x9001000 +-----------------------------------------------------------------+
             : hole, 16 MiB
   0xa000000 +-----------------------------------------------------------------+
             | passthrough addresses, 512 bytes                                |
   0xa000200 +-----------------------------------------------------------------+
             : hole, 864 MiB
  0x40000000 +-----------------------------------------------------------------+
             | memory, reserved, 256 MiB                                       |
  0x40000000 | > entry, moved with memory_regions[0] from 0x40200000           |
  0x40000000 | > kernel, moved with memory_regions[0] from 0x40200000          |
  0x50000000 +-----------------------------------------------------------------+
  not drawn, from the device tree: "/" passthrough device
"""
CROWDED_MAP = """\
  0x40000000 +----+
             |*   |           memory, alloc, 256 MiB
  0x40200000 |    |           > entry
  0x40200000 |    |           > kernel
  0x4f000000 |    +----+
             |####|*###|      memory, reserved, 32 MiB
  0x4ffff000 |    |    +----+
             |####|####|*###| "ghost" passthrough device, 8 KiB
  0x50000000 +----+    |    |
                  |####|####|
  0x50001000      |    +----+
                  |    |
  0x51000000      +----+
  I/O ports
  0x3f8 +----------------------------------------------------------------------+
        | "com" console, 8 bytes                                               |
  0x400 +----------------------------------------------------------------------+
  not drawn, occupies nothing: "x" meta device
  not drawn, from the device tree: "/" passthrough device
  not drawn, empty: "none" passthrough device
  not drawn, its end does not fit: "high" passthrough device
"""


def drawn(content: str, width: int) -> str:
    """The map of a configuration, without the findings after it."""
    run = lint("--map", write("map.toml", content), env={**os.environ, "COLUMNS": str(width)})
    is_(run.stderr, "", "nothing on standard error")
    return re.split(r"^(?:map\.toml:.* \w+\[|axvm-lint: )", run.stdout, flags=re.MULTILINE)[0]


def maps() -> None:
    is_(drawn(GOOD, 80), GOOD_MAP, "a map")
    text = drawn(CROWDED, 80)
    ok(text.endswith(CROWDED_MAP), "a map with overlaps", text)
    merged = drawn(MERGED, 80)
    ok('| "uart" passthrough device, 4...|' in merged, "merged ranges are side by side", merged)
    ok("#" not in merged, "and do not overlap", merged)
    is_(len(re.findall("memory, alloc", drawn(DEEP, 80))), 50, "also those without a lane")
    ok("guest addresses" not in drawn(changed(
        "[[0x4", "[] #[[0x4", re.sub(r"(emu|pass)(.*) = .*", r"\1\2 = []", GOOD)), 80), "nothing")


def entries(text: str) -> list[str]:
    return sorted(re.findall(r'"[\w/]+|memory, \w|passthrough addr', text))


def widths() -> None:
    wanted = entries(drawn(CROWDED, 200).partition("\n")[2])
    is_(len(wanted), 11, "each entry once")
    for width in (40, 41, 79, 80, 81, 132, 500):
        text = drawn(CROWDED, width)
        ok(all(len(line) <= width for line in text.splitlines()), f"{width} columns are enough")
        if width >= 79:
            is_(entries(text.partition("\n")[2]), wanted, f"each entry in {width} columns")
    for width in (1, 5, 20, 39):
        ok(all(len(line) <= width for line in drawn(GOOD, width).splitlines()),
           f"{width} columns are enough")
    wide = drawn(changed('"gicd"', '"\u4e2d\u6587\u4e2d\u6587\u4e2d\u6587e\u0301"'), 60)
    row = next(line for line in wide.splitlines() if "\u4e2d" in line)
    is_(len(row) + row.count("\u4e2d") + row.count("\u6587") - row.count("\u0301"), 60,
        "wide characters take two columns")


def picture(*contents: str) -> ElementTree.Element:
    """The picture of those configurations, as a document."""
    files = [write(f"{i}.toml", content) for i, content in enumerate(contents)]
    run = lint("-q", "--separate", "--svg", "out.svg", *files)
    is_(run.stderr, "", "nothing on standard error")
    return ElementTree.parse("out.svg").getroot()


def marked(root: ElementTree.Element, kind: str) -> list[ElementTree.Element]:
    """The elements of a class, without the legend's."""
    return [element for element in root.iter()
            if kind in (classes := element.get("class", "").split()) and "legend" not in classes]


def named(root: ElementTree.Element, kind: str) -> list[str]:
    """The texts of a class."""
    return [text_of(element) for element in marked(root, kind) if text_of(element)]


def pictures() -> None:
    root = picture(GOOD)
    is_(root.tag, f"{NAMESPACE}svg", "an SVG")
    is_((len(marked(root, "entry")), len(marked(root, "hole"))), (5, 3), "entries and holes")
    is_(marked(root, "overlap"), [], "no overlap")
    ok("overlap" not in text_of(root).partition("}\n")[2].rpartition("}\n")[2], "nor in the legend")
    root = picture(CROWDED)
    is_(len(marked(root, "entry")), 11, "each entry once")
    is_(named(root, "overlap"),
        ["overlap, 16 MiB", "overlap, 4 KiB", "overlap, 4 KiB"], "overlaps")
    is_(marked(picture(MERGED), "overlap"), [], "merged ranges do not overlap")
    deep = picture(DEEP)
    is_(len(marked(deep, "entry")), 54, "also those without a lane")
    identical = picture(changed("0x7, 2", "0x7, 1"))
    is_(len(marked(identical, "identical")), 1, "memory whose place is not known")
    is_(len(marked(picture(GOOD, CROWDED, MERGED), "title")), 3, "a panel for each VM")
    picture(changed('"uart"', r'"<&>\"]]>\u0085\u200b\ufffe' + '\U0010ffff"'))
    ok(len(marked(picture("[base]"), "title")) == 1, "a VM without anything")


def geometry() -> None:
    """Nothing is outside the picture, on another box, or is too small for its text."""
    many = changed(MEMORY, "[" + ", ".join(
        f"[{0x4000_0000 + (i << 20):#x}, {0x1000 << i % 9:#x}, 7, 0]" for i in range(60)) + "]")
    for content, count in ((GOOD, 4), (CROWDED, 7), (DEEP, 7), (many, 63)):
        root = picture(content)
        width, height = float(root.get("width")), float(root.get("height"))
        found = [entry.box for cell in pages.cells(root) for entry in cell.entries
                 if "entry" in entry.classes]
        is_(len(found), count, "boxes")
        for left, top, right, bottom in found:
            ok(0 <= left and right <= width and 0 <= top and bottom <= height, "inside")
            ok(right - left >= 120 and bottom - top >= 20, "room for a text")
        is_([*pages.overlapping(found)], [], "no box is on another one")


OTHER = changed("id = 7", "id = 8", changed('"guest"', '"other"', changed(
    "[0x4000_0000, 0x1000_0000, 0x7, 2]", "[0x4fff_f000, 0x2000, 7, 2], [0, 0x1000, 7, 0]")))


def host() -> None:
    """What the VMs of one machine take of it, with conflicts."""
    files = [write("a.toml", GOOD), write("b.toml", OTHER)]
    lint("-q", "--svg", "host.svg", *files)
    root = ElementTree.parse("host.svg").getroot()
    is_([text_of(title).partition(":")[0] for title in marked(root, "title")],
        ["The host", "a.toml", "b.toml"], "a panel of the host, and one for each VM")
    boxes = [element for element in marked(root, "entry") if element.get("class") != "entry"]
    is_([sum(f"vm{number}" in box.get("class") for box in boxes) for number in range(3)], [3, 3, 0],
        "reserved memory and what is passed through, by pages")
    is_(named(root, "overlap"), ["overlap, 4 KiB"] * 3,
        "what both take")
    text = lint("--map", *files, env={**os.environ, "COLUMNS": "100"}).stdout
    text = text[text.index("all files\n"):text.index("a.toml:", text.index("all files\n"))]
    is_([text.count(word) for word in ("host addresses", 'VM 7 "guest": ', 'VM 8 "other": ',
                                       "alloc", "emulated")], [1, 3, 3, 0, 0], "as text, too")
    ok(re.search(r"0x4ffff000 \|.*\n.*####.*\n *0x50000000 \+", text), "with the conflict", text)
    for arguments in (["a.toml"], ["--separate", *files]):
        lint("-q", "--svg", "host.svg", *arguments)
        ok("The host" not in Path("host.svg").read_text(), f"none for {arguments}")
        ok("host addresses" not in lint("--map", *arguments).stdout, "nor as text")


def marks() -> None:
    """Images and the entry point, where they are."""
    content = changed("kernel_path", "dtb_load_addr = 0x4fff_ffff\nramdisk_load_addr = 0x900_0000\n"
                      "bios_load_addr = 0x5000_0000\nkernel_path")
    root = picture(content)
    moved = "moved with memory_regions[0] from 0x40200000"
    is_([text_of(mark) for mark in marked(root, "mark")],
        ["ramdisk 0x9000000", f"{moved}entry 0x40000000", f"{moved}kernel 0x40000000",
         "dtb 0x4fffffff"], "each that is in an entry, with its title")
    root = picture(changed("0x7, 2", "0x7, 0", content))
    is_([text_of(mark) for mark in marked(root, "mark")],
        ["ramdisk 0x9000000", "entry 0x40200000", "kernel 0x40200000", "dtb 0x4fffffff"],
        "in memory of type alloc nothing is moved")
    places = [float(mark.find(f"{NAMESPACE}text").get("y")) for mark in marked(root, "mark")]
    ok(all(after - before >= 12 for before, after in zip(places, places[1:])),
       "their texts do not overlap", str(places))


NEW = """\
[base]
id = 7
name = "guest"
guest_type = "passthrough"
cpu_num = 2
[kernel]
memory_regions = [[0x4000_0000, 0x1000_0000, 7, 1], [0xb00_0000, 0x100_0000, 7, 2]]
[devices]
passthrough = [{ path = "/soc/a" }]
virtual = [{ id = "ch", model = "ivc-channel" }]
"""


def machines() -> None:
    """What a VM of today has that is in no file, where the architecture is known."""
    def drawn_for(*arguments: str) -> str:
        return lint("--map", *arguments, write("new.toml", NEW)).stdout

    text = drawn_for("--arch=aarch64")
    is_([text.count(each) for each in ('VM 7 "guest", passthrough', "gic-distributor of the machine",
                                       "console0 of the machine", "window for virtual devices")],
        [1] * 4, "each is there")
    ok("gic-redistributors of the machine, 256 KiB" in text, "as many as there are vCPUs", text)
    ok("#" not in text.partition("new.toml:")[2].partition("error")[0],
       "memory may be in the window", text)
    ok(": the host's addresses, " in text and ": hole" not in text, "passthrough has no holes")
    ok('chooses its place: "ch" ivc-channel' in text and '"/soc/a" passthrough device' in text,
       "what has no place is named")
    ok("window" not in lint("--map", "--arch=aarch64", write(
        "none.toml", NEW.replace("virtual = ", "#"))).stdout, "no window without virtual devices")
    text = lint("--map", "--arch=aarch64", write("virt.toml", NEW.replace(
        '"passthrough"', '"virtualized"').replace("0xb00_0000", "0x900_0000"))).stdout
    ok(re.search(r"console0 of the machine.*#", text), "memory on a device overlaps it", text)
    ok(": hole, " in text and 'guest", virtualized' in text, "and the type virtualized has holes")
    ok("machine" not in drawn_for().partition("not drawn")[0], "nothing for no architecture")
    lint("-q", "--arch=aarch64", "--svg", "new.svg", "new.toml")
    root = ElementTree.parse("new.svg").getroot()
    is_([len(marked(root, kind)) for kind in ("machine", "window", "overlap", "memory")], [3, 1, 0, 2],
        "the same as a picture")
    ok("device of the machine" in text_of(root), "with a legend")
    lint("-q", "--arch=aarch64", "--svg", "old.svg", write("good.toml", GOOD))
    is_(marked(ElementTree.parse("old.svg").getroot(), "machine"), [], "an old VM has its own devices")


def folding() -> None:
    devices = ", ".join(f'["{i}", {0x1000_0000 + i * 0x3000:#x}, 0, 0x1000, 0]' for i in range(40))
    root = picture(changed('["/"]', devices))
    cells = [cell for cell in pages.cells(root)[1:] if cell.entries]
    is_(len(cells), 3, "44 entries are in columns")
    is_(sum("entry" in entry.classes for cell in cells for entry in cell.entries), 44, "all of them")
    heights = [max(entry.box[3] for entry in cell.entries) - min(text.box[1] for text in cell.texts)
               for cell in cells]
    ok(max(heights) <= 1000, "no column is higher than a screen", str(heights))
    is_([text.split(":")[1] for text in named(root, "title")],
        [' VM 7 "guest"'] + [' VM 7 "guest", continued'] * 2, "each has its title")
    ok(float(root.get("width")) <= 1920, "the page is no wider than a screen", root.get("width"))


def dark() -> None:
    style = picture(CROWDED).find(f"{NAMESPACE}style").text
    light, _, night = style.partition("@media (prefers-color-scheme: dark) {")
    colours = [dict(re.findall(r"^(\S[^{]*) \{ ((?:fill|stroke): #\w+);", part, re.MULTILINE))
               for part in (light, night)]
    is_(colours[0].keys(), colours[1].keys(), "every colour has its counterpart")
    ok(len(colours[0]) > 10, "of which there are many", str(colours[0]))
    for kind, colour in colours[0].items():
        ok(colours[1][kind] != colour, f"{kind}: another one in the dark")


def fresh() -> None:
    """The picture of the README is that of its sample."""
    os.symlink(SRCDIR / "examples", "examples")
    run = lint("-q", "--arch=aarch64", "--svg", "fresh.svg", "examples/linux-aarch64.toml")
    is_(run.returncode, 0, "the sample")
    ok(Path("fresh.svg").read_text() == (SRCDIR / "doc/linux-aarch64.svg").read_text(),
       "doc/linux-aarch64.svg is as make picture makes it")
    ok("(doc/linux-aarch64.svg)" in (SRCDIR / "README.md").read_text(), "and README shows it")


def files() -> None:
    write("good.toml", GOOD)
    run = lint("--svg", "no/such.svg", "good.toml")
    is_((run.returncode, run.stderr), (2, "axvm-lint: no/such.svg: cannot be written: "
                                          "No such file or directory\n"), "nowhere to write")
    run = lint("--svg", "good.toml")
    ok(run.returncode == 2 and run.stderr.startswith("usage: "), "a picture, but of nothing")
    run = lint("--svg", "good.toml", "good.toml")
    is_((run.returncode, Path("good.toml").read_text()), (2, GOOD), "configurations stay")
    write("vm.conf", GOOD)
    os.symlink("vm.conf", "link.svg")
    for path in ("vm.conf", "link.svg", "./vm.conf"):
        run = lint("--svg", path, "vm.conf")
        is_((run.returncode, Path("vm.conf").read_text()), (2, GOOD), f"{path} is not replaced")
    is_(lint("--svg", "", "good.toml").returncode, 2, "a picture without a name")
    lint("-q", "--svg", "a.svg", "good.toml", "none.toml")
    ok(Path("a.svg").stat().st_size > 1000, "a picture of what can be read")


run_tests(maps, widths, pictures, geometry, host, marks, machines, folding, dark, fresh, files)
done()
