"""Files as cameras, scanners and office programs make them, and as nobody should: each a function without arguments."""
import io
import random
import struct
import subprocess
import sys
import tempfile
import zlib
from collections import namedtuple
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, TiffImagePlugin

# A small program of its own, since a child begins with the memory of who starts it.
MEASURED = """
import os, resource, subprocess, sys, time
file = os.memfd_create("scan")
while piece := sys.stdin.buffer.read(65536):
    os.write(file, piece)
os.lseek(file, 0, os.SEEK_SET)
began = time.monotonic()
answer = subprocess.run(sys.argv[1:], stdin=file, capture_output=True, env={}).stdout
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_maxrss // 1024, round((time.monotonic() - began) * 1000), answer.decode().strip() or "nothing")
"""
Measured = namedtuple("Measured", "memory_mb ms answer")
LIMITS = ["120000000", "50", "768", "10"]

WORDS = "The household register of Wang Xiaoming, Beijing, 3 March 2015"


@cache
def sheet(width=1240, height=1754):
    """A page of text, as a scanner sees it."""
    image = Image.new("RGB", (620, 877), (250, 248, 240))
    pen = ImageDraw.Draw(image)
    for line in range(40):
        pen.text((60, 40 + line * 20), f"{line:02} {WORDS}", fill=(30, 30, 30))
    return image.resize((width, height), Image.NEAREST)


def jpeg(image=None, **options):
    out = io.BytesIO()
    (image or sheet()).save(out, "JPEG", **{"quality": 85, **options})
    return out.getvalue()


def png(image=None, **options):
    out = io.BytesIO()
    (image or sheet()).save(out, "PNG", **options)
    return out.getvalue()


def orientation(number):
    exif = Image.Exif()
    exif[0x0112] = number
    exif[0x010F] = "Maker"
    exif[0x8825] = {1: "N", 2: (39.0, 54.0, 0.0)}
    return exif.tobytes()


# PNG by hand: what no program writes.

def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def raw_png(width, height, *chunks, depth=8, colours=2, interlaced=0):
    header = struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, interlaced)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + b"".join(chunks) + chunk(b"IEND", b"")


def data_of(rows):
    return chunk(b"IDAT", zlib.compress(rows, 9))


def animated_png():
    out = io.BytesIO()
    sheet().save(out, "PNG", save_all=True, append_images=[sheet().rotate(180)], duration=200)
    return out.getvalue()


def png16():
    values = random.Random(1)
    rows = b"".join(b"\0" + values.randbytes(900 * 2) for _ in range(900))
    return raw_png(900, 900, data_of(rows), depth=16, colours=0)


# PDF by hand.

def pdf(objects, trailer=b""):
    """With a true cross-reference table; the first object is the catalogue."""
    out, offsets = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"trailer\n<< /Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)


def stream(data, entries=b""):
    return b"<< /Length %d %s>>\nstream\n" % (len(data), entries) + data + b"\nendstream"


def one_page(content, resources, *more):
    """`more` are objects from number 5 on."""
    return pdf([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources << " + resources + b" >> >>",
        content, *more])


def pages(count):
    kids = b" ".join(b"%d 0 R" % (3 + page) for page in range(count))
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % count,
                *[b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>"] * count])


def chinese_pdf(ordering=b"GB1", encoding=b"UniGB-UCS2-H"):
    """Text in SimSun, which is not in the file."""
    words = "户口簿王小明".encode("utf-16-be").hex().encode()
    return one_page(
        stream(b"BT /F1 24 Tf 20 100 Td <" + words + b"> Tj ET"), b"/Font << /F1 5 0 R >>",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /" + encoding + b" /DescendantFonts [6 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (" + ordering
        + b") /Supplement 4 >> /FontDescriptor 7 0 R >>",
        b"<< /Type /FontDescriptor /FontName /SimSun /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 859 "
        b"/Descent -141 /CapHeight 700 /StemV 80 >>")


@cache
def scanned_pdf():
    out = io.BytesIO()
    sheet().save(out, "PDF", resolution=150)
    return out.getvalue()


def produced(name):
    """A file of tests/api/producers, whose README says where it comes from."""
    return (Path(__file__).parents[1] / "producers" / (name + ".pdf")).read_bytes()


def by_qpdf(*options, source=None):
    with tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder, "before.pdf"), Path(folder, "after.pdf")
        before.write_bytes(source or scanned_pdf())
        options = [str(before) if option == "IN" else str(after) if option == "OUT" else option for option in options]
        subprocess.run(["qpdf", *options], check=True)
        return after.read_bytes()


def protected(user, owner):
    return by_qpdf("--encrypt", user, owner, "256", "--", "IN", "OUT")


def picture_pdf(data, filters, width=1000, height=1000, colours=b"/DeviceRGB", bits=8, more=b"", objects=()):
    """`objects`: from number 6 on, of what `more` refers to."""
    return one_page(stream(b"q 200 0 0 200 0 0 cm /X Do Q"), b"/XObject << /X 5 0 R >>", stream(
        data, b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace %s /BitsPerComponent %d /Filter %s %s "
        % (width, height, colours, bits, filters, more)), *objects)


def image_pdf(width, height, data):
    return picture_pdf(data, b"/FlateDecode", width, height)


def square():
    return sheet(1000, 1000)


@cache
def pixels():
    return zlib.compress(square().tobytes())


def jpeg2000():
    out = io.BytesIO()
    square().save(out, "JPEG2000")
    return out.getvalue()


def group4():
    """As fax machines write: no colours, no file around it."""
    out = io.BytesIO()
    before, TiffImagePlugin.STRIP_SIZE = TiffImagePlugin.STRIP_SIZE, 1_000_000
    square().convert("1").save(out, "TIFF", compression="group4")
    TiffImagePlugin.STRIP_SIZE = before
    tags = Image.open(out).tag_v2
    start, length = tags[TiffImagePlugin.STRIPOFFSETS][0], tags[TiffImagePlugin.STRIPBYTECOUNTS][0]
    return out.getvalue()[start:start + length]


def fax_pdf(data):
    return picture_pdf(data, b"/CCITTFaxDecode", colours=b"/DeviceGray", bits=1, more=b"/DecodeParms << /K -1 /Columns 1000 /Rows 1000 >>")


def masked_pdf(mask):
    entries = b"/Type /XObject /Subtype /Image /Width 1000 /Height 1000 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode "
    return picture_pdf(pixels(), b"/FlateDecode", more=b"/SMask 6 0 R", objects=[stream(mask, entries)])


def inline_pdf(data):
    return one_page(stream(b"q 200 0 0 200 0 0 cm BI /W 1000 /H 1000 /CS /RGB /BPC 8 /F /Fl ID " + data + b"\nEI Q"), b"")


HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
WRITTEN = b"BT /F1 24 Tf 20 100 Td (Register) Tj ET\n"


def written_pdf(content=None, resources=b"/Font << /F1 5 0 R >>", font=HELVETICA):
    return one_page(content or stream(WRITTEN), resources, font)


@cache
def much_written():
    values = random.Random(8)
    return zlib.compress(b"".join(b"BT /F1 24 Tf %d %d Td (Register) Tj ET\n" % (values.randrange(200), values.randrange(200)) for _ in range(200)))


def packed(data, entries=b""):
    return stream(data, b"/Filter /FlateDecode " + entries)


def flushed():
    """As programs end a stream that add notes to a PDF: all of it is there, its end is not told."""
    packer = zlib.compressobj()
    return packer.compress(WRITTEN * 20) + packer.flush(zlib.Z_SYNC_FLUSH)


def form_pdf(data):
    entries = b"/Type /XObject /Subtype /Form /BBox [0 0 200 200] /Resources << /Font << /F1 6 0 R >> >> "
    return one_page(stream(b"/X Do"), b"/XObject << /X 5 0 R >>", packed(data, entries), HELVETICA)


def letter_nobody_has_pdf():
    """In Helvetica, which is not in the file, and whose replacement has no hieroglyphs."""
    font = HELVETICA.replace(b">>", b"/Encoding << /Type /Encoding /Differences [65 /u13000] >> >>")
    return written_pdf(stream(b"BT /F1 24 Tf 20 100 Td (A) Tj ET"), font=font)


def broken_font_pdf():
    font = b"<< /Type /Font /Subtype /TrueType /BaseFont /ABCDEF+Ours /FontDescriptor 6 0 R >>"
    descriptor = b"<< /Type /FontDescriptor /FontName /ABCDEF+Ours /Flags 32 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 /FontFile2 7 0 R >>"
    return one_page(stream(WRITTEN), b"/Font << /F1 5 0 R >>", font, descriptor, stream(random.Random(4).randbytes(2000)))


SQUARE = b"0 0 200 200 re f"
BLUE = b"/Function << /FunctionType 2 /Domain [0 1] /C0 [1 1 1] /C1 [0 0 1] /N 1 >> "
# Three corners: a flag, two coordinates of 16 bits, three colours of 8.
CORNERS = b"\0\0\0\0\0\xff\0\0" b"\0\xff\xff\0\0\0\xff\0" b"\0\0\0\xff\xff\0\0\xff"


def shading(function=BLUE):
    return b"<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 200 200] " + function + b">>"


def shaded_pdf(*objects):
    """By `sh`; the shading is the first of `objects`."""
    return one_page(stream(b"/S sh"), b"/Shading << /S 5 0 R >>", *objects)


def mesh_pdf(data):
    return shaded_pdf(stream(data, b"/ShadingType 4 /ColorSpace /DeviceRGB /BitsPerCoordinate 16 /BitsPerComponent 8 /BitsPerFlag 8 "
                                   b"/Decode [0 200 0 200 0 1 0 1 0 1] "))


def pattern_pdf(*objects, content=b"/Pattern cs /P scn " + SQUARE):
    return one_page(stream(content), b"/Pattern << /P 5 0 R >>", *objects)


def tiles(as_stream=True, content=b"0 0 1 rg 0 0 9 9 re f", resources=b""):
    entries = b"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 20 20] /XStep 20 /YStep 20 /Resources << " + resources + b" >> "
    return stream(content, entries) if as_stream else b"<< " + entries + b">>"


def drawn_font_pdf(letter=b"6 0 R", text=b"ab", shape=b"100 0 0 0 90 90 d1 0 0 90 90 re f", resources=b""):
    """A font whose letters the file draws itself: of `a` it is `letter`, of `b` number 6, of a blank nothing."""
    font = (b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 100 100] /FontMatrix [.01 0 0 .01 0 0] /FirstChar 97 /LastChar 98 /Widths [100 100] "
            b"/Encoding << /Type /Encoding /Differences [97 /a /b] >> /CharProcs << /a " + letter + b" /b 6 0 R >> /Resources << " + resources + b" >> >>")
    return one_page(stream(b"BT /F1 24 Tf 20 100 Td (" + text + b") Tj ET"), b"/Font << /F1 5 0 R >>", font,
                    stream(shape))


def stamp_pdf(appearance=b"6 0 R"):
    stamp = b"<< /Type /Annot /Subtype /Stamp /Rect [20 20 120 120] /F 4 /AP << /N " + appearance + b" >> >>"
    form = stream(b"1 0 0 rg 0 0 9 9 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] ")
    return one_page(stream(SQUARE), b">> /Annots [5 0 R] /X <<", stamp, form)


def colours_pdf(content, space=b"9 0 R"):
    return one_page(stream(content), b"/ColorSpace << /C " + space + b" >>")


def hidden_pattern_pdf(state=b"OFF"):
    """On a layer that is shown or not."""
    return one_page(stream(b"/OC /L BDC /Pattern cs /P scn " + SQUARE + b" EMC"), b"/Pattern << /P 9 0 R >> /Properties << /L 5 0 R >>",
                    b"<< /Type /OCG /Name (Layer) >>").replace(b"/Type /Catalog", b"/Type /Catalog /OCProperties << /OCGs [5 0 R] /D << /" + state + b" [5 0 R] >> >>")


def groups_pdf(count):
    """So many transparent sheets over one another, of which each takes its time to draw, and more the larger it is shown."""
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Group << /S /Transparency /CS /DeviceGray /I true >> "
    return one_page(stream(b"/G gs /X Do\n" * count), b"/XObject << /X 5 0 R >> /ExtGState << /G << /SMask << /S /Luminosity /G 6 0 R >> /BM /Luminosity /ca .5 >> >>",
                    stream(b"1 0 0 rg 0 0 595 842 re f", form), stream(b".5 g 0 0 595 842 re f", form)).replace(b"[0 0 200 200]", b"[0 0 595 842]", 1)


def long_table_pdf(entries=450_000):
    plain = pages(1)
    begin = plain.index(b"xref\n")
    table = b"xref\n0 %d\n0000000000 65535 f \n" % entries + plain[begin:].split(b"f \n", 1)[1].split(b"trailer")[0]
    table += b"0000000009 00000 n \n" * (entries - 4)
    return plain[:begin] + table + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (entries, begin)


def self_drawing_pdf():
    form = stream(b"/X Do /X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> ")
    return one_page(stream(b"/X Do"), b"/XObject << /X 5 0 R >>", form)


def parents_of_themselves_pdf():
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"])


def bomb(times, layers):
    data = b"\0" * times
    for _ in range(layers):
        data = zlib.compress(data, 9)
    return one_page(stream(data, b"/Filter [" + b"/FlateDecode " * layers + b"] "), b"")


def slow_pdf():
    """Its page draws the same 150 MB of nothing eight times."""
    return bomb(150_000_000, 2).replace(b"/Contents 4 0 R", b"/Contents [" + b"4 0 R " * 8 + b"]")


def half(data):
    return data[:len(data) // 2]


def measured(data, renderer):
    """What xueji-render alone needs to take it, within the limits of the configuration as it comes."""
    form = "png" if data.startswith(b"\x89PNG") else "jpeg" if data.startswith(b"\xff\xd8") else "pdf"
    words = [sys.executable, "-c", MEASURED, str(renderer), "examine", form, *LIMITS]
    memory, ms, answer = subprocess.run(words, input=data, capture_output=True, check=True).stdout.decode().strip().split(" ", 2)
    return Measured(int(memory), int(ms), answer)


# Name, file, what is expected: "JPEG", "PNG" or "PDF" where it is taken, with the codes of its warnings; else the cause
# of the refusal, or 415.
TABLE = [
    ("camera, zeros behind", lambda: jpeg() + bytes(44_758), "JPEG"),
    ("camera, maker's data behind", lambda: jpeg() + random.Random(2).randbytes(100_000), "JPEG"),
    ("camera, a film behind", lambda: jpeg() + b"\0\0\0\x18ftypmp42" + random.Random(3).randbytes(300_000), "JPEG"),
    ("MPO, a second picture behind", lambda: jpeg() + jpeg(sheet().rotate(180)), "JPEG"),
    ("JPEG, EXIF with a position", lambda: jpeg(exif=orientation(6)), "JPEG"),
    ("JPEG, progressive", lambda: jpeg(progressive=True), "JPEG"),
    ("JPEG, grey", lambda: jpeg(sheet().convert("L")), "JPEG"),
    ("JPEG, CMYK", lambda: jpeg(sheet().convert("CMYK")), "JPEG"),
    ("JPEG, 48 million pixels", lambda: jpeg(Image.effect_noise((100, 75), 90).resize((8000, 6000))), "JPEG"),
    ("JPEG, 120 by 167", lambda: jpeg(sheet().resize((120, 167))), "JPEG small"),
    ("JPEG, 1 by 65,500", lambda: jpeg(Image.new("L", (1, 65_500), 200)), "JPEG small"),
    ("JPEG, out of focus", lambda: jpeg(sheet().filter(ImageFilter.GaussianBlur(9))), "JPEG blurred"),
    ("JPEG, an empty sheet", lambda: jpeg(Image.new("RGB", (1240, 1754), "white")), "JPEG"),
    ("JPEG, half of it", lambda: half(jpeg()), "damaged"),
    ("JPEG, half of it and an end mark", lambda: half(jpeg()) + b"\xff\xd9", "damaged"),
    ("JPEG, progressive, half of it", lambda: half(jpeg(progressive=True)), "damaged"),
    ("JPEG, without its end mark", lambda: jpeg()[:-2], "damaged"),
    ("JPEG of four bytes", lambda: b"\xff\xd8\xff\xd9", "damaged"),
    ("JPEG that begins only", lambda: b"\xff\xd8\xff", "damaged"),
    ("PNG", png, "PNG"),
    ("PNG, something behind", lambda: png() + b"behind" * 500, "PNG"),
    ("PNG, 16 bits", png16, "PNG"),
    ("PNG, animated", animated_png, "PNG"),
    ("PNG, palette", lambda: png(sheet().convert("P")), "PNG"),
    ("PNG, transparent", lambda: png(sheet().convert("RGBA")), "PNG"),
    ("PNG, two colours", lambda: png(sheet().convert("1")), "PNG"),
    ("PNG, half of it", lambda: half(png()), "damaged"),
    ("PNG, without its end", lambda: png()[:-12], "damaged"),
    ("PNG without pixels", lambda: raw_png(10, 10), "damaged"),
    ("PNG with too few pixels", lambda: raw_png(900, 900, data_of(bytes(2701 * 400))), "damaged"),
    ("PNG of 0 by 0", lambda: raw_png(0, 0, data_of(b"")), "damaged"),
    ("PNG of 60,000 by 60,000", lambda: raw_png(60_000, 60_000, data_of(bytes(1000))), "too-many-pixels"),
    ("PNG that lies about 10,000 by 10,000", lambda: raw_png(10_000, 10_000, data_of(bytes(30_001))), "damaged"),
    ("PNG with a text of 200 MB", lambda: raw_png(900, 900, chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(200_000_000), 9)),
                                                  data_of(bytes(2701 * 900))), "PNG"),
    ("PDF", scanned_pdf, "PDF"),
    ("PDF by LibreOffice", lambda: produced("libreoffice-7.4"), "PDF"),
    ("PDF by Chromium", lambda: produced("chromium-156"), "PDF"),
    ("PDF by Ghostscript", lambda: produced("ghostscript-10"), "PDF"),
    ("PDF by Cairo", lambda: produced("cairo-1.16"), "PDF"),
    ("PDF by ReportLab", lambda: produced("reportlab-3.6"), "PDF"),
    ("PDF by img2pdf", lambda: produced("img2pdf-0.4"), "PDF"),
    ("PDF, byte-order mark in front", lambda: b"\xef\xbb\xbf" + scanned_pdf(), "PDF"),
    ("PDF, line breaks in front", lambda: b"\r\n\r\n" + scanned_pdf(), "PDF"),
    ("PDF, a printer's commands around", lambda: b"\x1b%-12345X@PJL JOB\r\n@PJL SET COPIES=1\r\n" + scanned_pdf()
     + b"\x1b%-12345X@PJL EOJ\r\n", "PDF"),
    ("PDF, 5 kB behind", lambda: scanned_pdf() + b"z" * 5000, "PDF"),
    ("PDF, 50 kB of zeros behind", lambda: scanned_pdf() + bytes(50_000), "PDF"),
    ("PDF, linearised", lambda: by_qpdf("--linearize", "IN", "OUT"), "PDF"),
    ("PDF, compressed objects", lambda: by_qpdf("--object-streams=generate", "IN", "OUT"), "PDF"),
    ("PDF, password of the owner only", lambda: protected("", "owner"), "PDF"),
    ("PDF, password", lambda: protected("user", "owner"), "password"),
    ("PDF in Chinese without its font", chinese_pdf, "PDF"),
    ("PDF in Chinese whose font nobody knows", lambda: chinese_pdf(b"Identity", b"Identity-H"), "PDF missing-fonts"),
    ("PDF, 50 pages", lambda: pages(50), "PDF"),
    ("PDF, 51 pages", lambda: pages(51), "too-many-pages"),
    ("PDF that boasts of a million pages", lambda: pages(1).replace(b"/Count 1 ", b"/Count 1000000 "), "too-many-pages"),
    ("PDF, half of it", lambda: half(scanned_pdf()), "damaged"),
    ("PDF, linearised, half of it", lambda: half(by_qpdf("--linearize", "IN", "OUT")), "damaged"),
    ("PDF without pages", lambda: pdf([b"<< /Type /Catalog >>"]), "damaged"),
    ("PDF, a picture cut off", lambda: image_pdf(1000, 1000, zlib.compress(sheet(1000, 1000).tobytes())[:9000]), "damaged"),
    ("PDF, a picture", lambda: image_pdf(1000, 1000, pixels()), "PDF"),
    ("PDF, a picture, half of its rows", lambda: image_pdf(1000, 1000, zlib.compress(square().tobytes()[:1_500_000])), "damaged"),
    ("PDF, a picture, nothing of it", lambda: image_pdf(1000, 1000, b""), "damaged"),
    ("PDF, a JPEG", lambda: picture_pdf(jpeg(square()), b"/DCTDecode"), "PDF"),
    ("PDF, a JPEG in two layers", lambda: picture_pdf(zlib.compress(jpeg(square())), b"[/FlateDecode /DCTDecode]"), "PDF"),
    ("PDF, half a JPEG", lambda: picture_pdf(half(jpeg(square())), b"/DCTDecode"), "damaged"),
    ("PDF, half a progressive JPEG", lambda: picture_pdf(half(jpeg(square(), progressive=True)), b"/DCTDecode"), "damaged"),
    ("PDF, half a JPEG in two layers", lambda: picture_pdf(zlib.compress(half(jpeg(square()))), b"[/FlateDecode /DCTDecode]"), "damaged"),
    ("PDF, nonsense for a JPEG", lambda: picture_pdf(random.Random(6).randbytes(9000), b"/DCTDecode"), "damaged"),
    ("PDF, a JPEG lower than it says", lambda: picture_pdf(jpeg(square()), b"/DCTDecode", height=1500), "damaged"),
    ("PDF, a JPEG 2000", lambda: picture_pdf(jpeg2000(), b"/JPXDecode"), "PDF"),
    ("PDF, half a JPEG 2000", lambda: picture_pdf(half(jpeg2000()), b"/JPXDecode"), "damaged"),
    ("PDF, nonsense for a JPEG 2000", lambda: picture_pdf(random.Random(7).randbytes(9000), b"/JPXDecode"), "damaged"),
    ("PDF, a fax", lambda: fax_pdf(group4()), "PDF"),
    ("PDF, half a fax", lambda: fax_pdf(half(group4())), "damaged"),
    ("PDF, a picture with a mask", lambda: masked_pdf(zlib.compress(bytes([255]) * 1_000_000)), "PDF"),
    ("PDF, a picture with half a mask", lambda: masked_pdf(zlib.compress(bytes([255]) * 500_000)), "damaged"),
    ("PDF, a picture among the operators", lambda: inline_pdf(pixels()), "PDF"),
    ("PDF, half a picture among the operators", lambda: inline_pdf(half(pixels())), "damaged"),
    ("PDF, a picture that is missing", lambda: one_page(stream(b"/X Do"), b"/XObject << /X 9 0 R >>"), "damaged"),
    ("PDF, a shading that is missing", lambda: one_page(stream(b"/Sh1 sh"), b"/Shading << /Sh1 9 0 R >>"), "damaged"),
    ("PDF, a graphics state that is missing", lambda: one_page(stream(b"/Sh1 gs 0 0 200 200 re f"), b"/ExtGState << /Sh1 9 0 R >>"), "PDF"),
    ("PDF, a pattern that is missing", lambda: one_page(stream(b"/Pattern cs /P scn 0 0 200 200 re f"), b"/Pattern << /P 9 0 R >>"), "damaged"),
    ("PDF, a pattern that is missing and set, not painted with", lambda: one_page(stream(b"q /Pattern cs /P scn Q " + SQUARE), b"/Pattern << /P 9 0 R >>"), "PDF"),
    ("PDF, a pattern that is missing after one that is there", lambda: one_page(
        stream(b"/Pattern cs /P scn 0 0 9 9 re f /Q scn " + SQUARE), b"/Pattern << /P 5 0 R /Q 9 0 R >>", tiles()), "damaged"),
    ("PDF, a pattern that is missing, on a hidden layer", hidden_pattern_pdf, "PDF"),
    ("PDF, a pattern that is missing, on a layer", lambda: hidden_pattern_pdf(b"ON"), "damaged"),
    ("PDF, a pattern that is missing, letters drawn with it", lambda: written_pdf(
        stream(b"/Pattern cs /P scn " + WRITTEN), b"/Font << /F1 5 0 R >> /Pattern << /P 9 0 R >>"), "damaged"),
    ("PDF, a shaded pattern", lambda: pattern_pdf(b"<< /PatternType 2 /Shading 6 0 R >>", shading()), "PDF blurred"),
    ("PDF, a shaded pattern whose shading is missing", lambda: pattern_pdf(b"<< /PatternType 2 /Shading 9 0 R >>"), "damaged"),
    ("PDF, lines in a pattern whose shading is missing", lambda: pattern_pdf(
        b"<< /PatternType 2 /Shading 9 0 R >>", content=b"/Pattern CS /P SCN 9 w 0 0 m 200 200 l S"), "damaged"),
    ("PDF, tiles", lambda: pattern_pdf(tiles()), "PDF"),
    ("PDF, tiles without contents", lambda: pattern_pdf(tiles(as_stream=False)), "damaged"),
    ("PDF, tiles that draw a shading that is missing", lambda: pattern_pdf(tiles(content=b"/S sh", resources=b"/Shading << /S 9 0 R >>")), "damaged"),
    ("PDF, a shading", lambda: shaded_pdf(shading()), "PDF blurred"),
    ("PDF, a shading without a function", lambda: shaded_pdf(shading(b"")), "damaged"),
    ("PDF, a shading whose function is missing", lambda: shaded_pdf(shading(b"/Function 9 0 R ")), "damaged"),
    ("PDF, a mesh", lambda: mesh_pdf(CORNERS), "PDF"),
    ("PDF, a mesh cut off", lambda: mesh_pdf(CORNERS[:10]), "damaged"),
    ("PDF, a mesh cut off between points", lambda: mesh_pdf(CORNERS[:16]), "damaged"),
    ("PDF, a mesh without data", lambda: mesh_pdf(b""), "damaged"),
    ("PDF, a drawn font", drawn_font_pdf, "PDF"),
    ("PDF, a drawn font with a letter that is missing", lambda: drawn_font_pdf(b"9 0 R"), "damaged"),
    ("PDF, a drawn font with a letter that is missing and not used", lambda: drawn_font_pdf(b"9 0 R", b"bb"), "PDF"),
    ("PDF, a drawn font without a letter for blanks", lambda: drawn_font_pdf(text=b"a b"), "PDF"),
    ("PDF, a drawn font with a shading that is missing", lambda: drawn_font_pdf(
        shape=b"100 0 d0 /S sh", resources=b"/Shading << /S 9 0 R >>"), "damaged"),
    ("PDF, a stamp", stamp_pdf, "PDF"),
    ("PDF, a stamp whose picture is missing", lambda: stamp_pdf(b"9 0 R"), "damaged"),
    ("PDF, a colour space that is missing", lambda: colours_pdf(b"/C cs .5 scn " + SQUARE), "damaged"),
    ("PDF, a colour space that is missing and not painted with", lambda: colours_pdf(b"q /C cs .5 scn Q " + SQUARE), "PDF"),
    ("PDF, a colour space", lambda: colours_pdf(b"/C cs .5 .5 .5 scn " + SQUARE, b"[/CalRGB << /WhitePoint [1 1 1] >>]"), "PDF"),
    ("PDF, a picture that is missing and not drawn", lambda: written_pdf(resources=b"/Font << /F1 5 0 R >> /XObject << /X 9 0 R >>"), "PDF"),
    ("PDF, written", written_pdf, "PDF"),
    ("PDF, written, packed", lambda: written_pdf(packed(much_written())), "PDF"),
    ("PDF, written, half of it", lambda: written_pdf(packed(half(much_written()))), "damaged"),
    ("PDF, written, as notes are added", lambda: written_pdf(packed(flushed())), "PDF"),
    ("PDF, its contents missing", lambda: written_pdf().replace(b"/Contents 4 0 R", b"/Contents 9 0 R"), "damaged"),
    ("PDF, its contents in another file", lambda: written_pdf(stream(b"", b"/F (/etc/passwd) ")), "damaged"),
    ("PDF, a part of its contents missing", lambda: written_pdf().replace(b"/Contents 4 0 R", b"/Contents [4 0 R 9 0 R]"), "damaged"),
    ("PDF, its font missing", lambda: written_pdf(resources=b"/Font << /F1 9 0 R >>"), "damaged"),
    ("PDF, a form", lambda: form_pdf(much_written()), "PDF"),
    ("PDF, half a form", lambda: form_pdf(half(much_written())), "damaged"),
    ("PDF, a letter that no font here has", letter_nobody_has_pdf, "PDF missing-fonts"),
    ("PDF, a broken font within", broken_font_pdf, "PDF missing-fonts"),
    ("PDF, a page that is missing", lambda: pages(2).replace(b"/Kids [3 0 R 4 0 R]", b"/Kids [3 0 R 9 0 R]"), "damaged"),
    ("PDF, two pages of which one is counted", lambda: pages(2).replace(b"/Count 2", b"/Count 1"), "damaged"),
    ("PDF, a page of 0.0001 by 0.0001 points", lambda: pages(1).replace(b"200 200", b".0001 .0001"), "PDF small"),
    ("PDF, a page of one point", lambda: pages(1).replace(b"200 200", b"1 1"), "PDF small"),
    ("PDF, a page of 1 by 14,400 points", lambda: pages(1).replace(b"200 200", b"1 14400"), "PDF small"),
    ("PDF whose pages hold themselves", parents_of_themselves_pdf, "damaged"),
    ("PDF that draws itself", self_drawing_pdf, "PDF"),
    ("HTML, then a PDF", lambda: b"<!doctype html><script>1</script>\n" + scanned_pdf(), 415),
    ("a PDF's header too far behind", lambda: b"\n" * 1024 + scanned_pdf(), 415),
    ("GIF", lambda: b"GIF89a\x01\0\x01\0\0\0\0;", 415),
    ("words", lambda: b"plain words", 415),
]

# Name, file: whatever is answered, it is answered soon, by a process that stays within its memory.
HOSTILE = [
    ("PNG, 100 million pixels in 300 kB", lambda: raw_png(10_000, 10_000, data_of(bytes(30_001 * 10_000)))),
    ("PNG, interlaced, 100 million pixels", lambda: raw_png(10_000, 10_000, data_of(bytes(30_010 * 10_000)), interlaced=1)),
    ("PDF, a table of 450,000 entries", long_table_pdf),
    ("PDF, a table that says 99,999,999", lambda: long_table_pdf(1000).replace(b"xref\n0 1000\n", b"xref\n0 99999999\n")),
    ("PDF, 500 MB of nothing in two layers", lambda: bomb(500_000_000, 2)),
    ("PDF, a picture of 60,000 by 60,000", lambda: image_pdf(60_000, 60_000, zlib.compress(bytes(1000)))),
    ("PDF, arrays in arrays", lambda: one_page(stream(b""), b"/X " + b"[" * 200_000 + b"]" * 200_000)),
    ("PDF, 150 MB of nothing eight times", slow_pdf),
    ("PDF, a JPEG of 60,000 by 60,000 within", lambda: picture_pdf(jpeg(Image.new("L", (60_000, 600), 128)), b"/DCTDecode", 60_000, 60_000, b"/DeviceGray")),
    ("PDF, a thousand times the same picture", lambda: one_page(
        stream(b"q 200 0 0 200 0 0 cm /X Do Q\n" * 1000), b"/XObject << /X 5 0 R >>",
        stream(jpeg(Image.new("L", (4000, 4000), 128)), b"/Type /XObject /Subtype /Image /Width 4000 /Height 4000 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode "))),
    ("PDF, thirty transparent sheets", lambda: groups_pdf(30)),
    ("PDF, a hundred transparent sheets", lambda: groups_pdf(100)),
    ("PDF, 100 million operators", lambda: one_page(stream(zlib.compress(b"q " * 100_000_000, 9), b"/Filter /FlateDecode "), b"")),
]
