"""Decodes each document of a file, says what it understood, and encodes it again: peer.py IN OUT. See ForeignPeer.cs for the files."""
import math
import struct
import sys

import msgpack


def describe(value):
    if value is None:
        return "n"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, int):
        return f"i{value}"
    if isinstance(value, float):
        return "dnan" if math.isnan(value) else "d" + struct.pack(">d", value).hex()
    if isinstance(value, str):
        return "s" + value.encode().hex()
    if isinstance(value, bytes):
        return "b" + value.hex()
    if isinstance(value, msgpack.Timestamp):
        return f"m{value.seconds}.{value.nanoseconds}"
    if isinstance(value, msgpack.ExtType):
        return f"x{value.code}:{value.data.hex()}"
    if isinstance(value, list):
        return "[" + ",".join(map(describe, value)) + "]"
    return "{" + ",".join(sorted(f"{describe(key)}={describe(item)}" for key, item in value.items())) + "}"


def frame(data):
    return struct.pack("<I", len(data)) + data


with open(sys.argv[1], "rb") as source, open(sys.argv[2], "wb") as target:
    while head := source.read(4):
        value = msgpack.unpackb(source.read(struct.unpack("<I", head)[0]), strict_map_key=False)
        target.write(frame(describe(value).encode()))
        target.write(frame(msgpack.packb(value)))
