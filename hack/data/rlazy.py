"""Reads data sets from an R package's lazy-load database (Rdata.rdx and Rdata.rdb).

Only what data sets are made of is read: vectors, strings, factors, lists, attributes and
S4 objects. Functions, environments and byte code are refused with a ValueError.
"""

import bz2
import gzip
import lzma
import struct
import zlib
from dataclasses import dataclass, field
from pathlib import Path

NIL, SYMBOL, PAIRLIST, LANGUAGE, STRING = 0, 1, 2, 6, 9
LOGICAL, INTEGER, REAL, STRINGS, LIST, S4 = 10, 13, 14, 16, 19, 25
ALTREP, ENV_EMPTY, ENV_BASE, ENV_GLOBAL = 238, 242, 241, 253
NAMESPACE, PACKAGE, PERSISTENT, REFERENCE, NIL_VALUE = 249, 250, 247, 255, 254
NA_INTEGER = -(2**31)


@dataclass
class Value:
    """One R object: its data and its attributes by name."""

    data: object = None
    attributes: dict = field(default_factory=dict)

    def names(self):
        return self.attributes["names"].data


class Stream:
    """The XDR serialisation of one object, versions 2 and 3."""

    def __init__(self, raw):
        self.raw, self.at, self.references = raw, 0, []
        if self.take(2) != b"X\n":
            raise ValueError("not an XDR serialisation")
        version, _, _ = self.integer(), self.integer(), self.integer()
        if version == 3:
            self.take(self.integer())

    def take(self, count):
        self.at += count
        return self.raw[self.at - count : self.at]

    def integer(self):
        return struct.unpack(">i", self.take(4))[0]

    def array(self, code, size):
        count = self.integer()
        return list(struct.unpack(f">{count}{code}", self.take(count * size)))

    def value(self):
        """Reads the next object, whatever its type."""
        flags = self.integer()
        kind = flags & 0xFF
        if kind in (NIL, NIL_VALUE, ENV_EMPTY, ENV_BASE, ENV_GLOBAL):
            return Value()
        if kind == REFERENCE:
            return self.references[(flags >> 8) - 1 if flags >> 8 else self.integer() - 1]
        if kind in (SYMBOL, PERSISTENT, NAMESPACE, PACKAGE):
            return self.remember(kind)
        if kind in (PAIRLIST, LANGUAGE):
            return self.pairlist(flags)
        return self.vector(kind, flags)

    def remember(self, kind):
        if kind == SYMBOL:
            made = Value(self.value().data)
        else:
            self.integer()
            made = Value([self.value().data for _ in range(self.integer())])
        self.references.append(made)
        return made

    def pairlist(self, flags):
        attributes = self.attributes() if flags & 0x200 else {}
        pairs = []
        while True:
            tag = self.value().data if flags & 0x400 else None
            pairs.append((tag, self.value()))
            flags = self.integer()
            if flags & 0xFF not in (PAIRLIST, LANGUAGE):
                break
            if flags & 0x200:
                self.attributes()
        return Value(pairs, attributes)

    def attributes(self):
        return dict(self.value().data)

    def vector(self, kind, flags):
        if kind == STRING:
            size = self.integer()
            return Value(None if size < 0 else self.take(size).decode("utf-8", "replace"))
        if kind == ALTREP:
            return self.compact()
        if kind == S4:
            return Value(None, self.attributes())
        made = Value(self.elements(kind))
        if flags & 0x200:
            made.attributes = self.attributes()
        return made

    def elements(self, kind):
        if kind in (INTEGER, LOGICAL):
            return [None if n == NA_INTEGER else n for n in self.array("i", 4)]
        if kind == REAL:
            return self.array("d", 8)
        if kind == STRINGS:
            return [self.value().data for _ in range(self.integer())]
        if kind == LIST:
            return [self.value() for _ in range(self.integer())]
        raise ValueError(f"R type {kind} is not one that data sets are made of")

    def compact(self):
        """An ALTREP vector; the only ones in data sets are compact sequences and wrappers."""
        info, state = self.value(), self.value()
        attributes = self.value()
        name = info.data[0][1].data
        made = Value(attributes=dict(attributes.data or []))
        if name.startswith("compact_"):
            count, start, step = state.data
            made.data = [start + step * i for i in range(int(count))]
        elif name.startswith("wrap_"):
            inner = state.data[0]
            made.data = (inner[1] if isinstance(inner, tuple) else inner).data
        else:
            raise ValueError(f"ALTREP class {name} is not known")
        return made


def inflate(raw):
    """Undoes whichever of gzip, bzip2, xz or zlib the bytes were packed with."""
    for magic, unpack in ((b"\x1f\x8b", gzip.decompress), (b"BZ", bz2.decompress), (b"\xfd7z", lzma.decompress)):
        if raw.startswith(magic):
            return unpack(raw)
    return zlib.decompress(raw)


def unpack_block(raw):
    """One block of the .rdb file: its size, then for bzip2 and xz a letter, then the bytes."""
    size, body = struct.unpack(">I", raw[:4])[0], raw[4:]
    if body[:1] == b"2":
        return bz2.decompress(body[1:])
    if body[:1] == b"Z":
        filters = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME}]
        return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=filters).decompress(body[1:], size)
    return zlib.decompress(body)


def read(folder, name):
    """Reads data set `name` from the package's data folder."""
    index = Stream(inflate((Path(folder) / "Rdata.rdx").read_bytes())).value()
    variables = dict(zip(index.names(), index.data))["variables"]
    offset, length = dict(zip(variables.names(), variables.data))[name].data
    block = (Path(folder) / "Rdata.rdb").read_bytes()[offset : offset + length]
    return Stream(unpack_block(block)).value()


def columns(frame):
    """The columns of a data frame by name; factors become their labels."""
    return {name: labelled(column) for name, column in zip(frame.names(), frame.data)}


def labelled(column):
    if "levels" not in column.attributes:
        return column.data
    levels = column.attributes["levels"].data
    return [None if code is None else levels[code - 1] for code in column.data]
