"""Valid scans, a different one at every call, so that no test meets another test's upload."""
import itertools
import os
import struct
import zlib

_serial = itertools.count()


def _unique():
    return f"{os.getpid()}-{next(_serial)}-{os.urandom(8).hex()}".encode()


def png(padding=0, comment=None):
    """A PNG of one pixel; `padding` bytes stand in an ancillary chunk, `comment` makes it the same one every time."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    text = b"Comment\0" + (comment or _unique())
    parts = [b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", header), chunk(b"tEXt", text)]
    if padding:
        parts.append(chunk(b"tEXt", b"Padding\0" + b"x" * padding))
    parts += [chunk(b"IDAT", zlib.compress(b"\0\xff\xff\xff")), chunk(b"IEND", b"")]
    return b"".join(parts)


# One grey pixel: tables, frame and scan as libjpeg writes them.
_JPEG_BODY = bytes.fromhex(
    "ffdb004300" + "01" * 64
    + "ffc0000b080001000101011100"
    + "ffc4001f0000010501010101010100000000000000000102030405060708090a0b"
    + "ffc400b5100002010303020403050504040000017d01020300041105122131410613516107227114328191a1082342b1c11552d1f0"
      "24336272820a0916171819 1a25262728292a3435363738393a434445464748494a535455565758595a636465666768696a737475"
      "767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4"
      "d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa".replace(" ", "")
    + "ffda0008010100003f00fbd0ffd9".replace(" ", "")
)


def jpeg():
    comment = _unique()
    jfif = bytes.fromhex("ffe000104a46494600010100000100010000")
    return b"\xff\xd8" + jfif + b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment + _JPEG_BODY


def pdf():
    """One empty page, with a true cross-reference table."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        b"<< /Title (" + _unique() + b") >>",
    ]
    out, offsets = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"trailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
