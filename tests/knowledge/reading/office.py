"""Office files of an invented bureau, made by the libraries that people's programs are like."""

import datetime as dt
import io
import zipfile

TITLE = "云港新区春季签约情况"
LINES = (
    TITLE,
    "2024年2月18日，云港新区举行春季签约仪式，澜舟机器人有限公司等四家企业签约，总投资18.6亿元。",
    "企业\t项目\t投资额",
    "澜舟机器人有限公司\t深海机器人项目\t5.2亿元",
    "绿源氢能有限公司\t制氢站项目\t3亿元",
    "签约项目由新区投资促进局派专人跟进，力争年内全部开工。",
)
"""What each file holds, as its lines come out."""


def word_file(title: str = TITLE, created: dt.datetime = dt.datetime(2024, 2, 20, 9, 0)) -> bytes:
    import docx

    document = docx.Document()
    document.core_properties.title = title
    document.core_properties.created = created
    document.add_heading(LINES[0], 1)
    document.add_paragraph(LINES[1])
    table = document.add_table(rows=0, cols=3)
    for line in LINES[2:5]:
        for cell, text in zip(table.add_row().cells, line.split("\t"), strict=True):
            cell.text = text
    document.add_paragraph(LINES[5])
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def sheet_file() -> bytes:
    import openpyxl

    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for line in LINES:
        sheet.append(line.split("\t"))
    held = io.BytesIO()
    workbook.save(held)
    return held.getvalue()


def comma_file(encoding: str = "utf-8-sig") -> bytes:
    return "\r\n".join(line.replace("\t", ",") for line in LINES).encode(encoding)


def printed_file(
    lines: tuple[str, ...] = LINES, pages: int = 1, width: int = 34, password: str = ""
) -> bytes:
    """A PDF whose lines break after so many characters, with page numbers; a tab is a wide gap."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    held = io.BytesIO()
    canvas = Canvas(held, encrypt=password or None, invariant=1)
    for number in range(pages):
        canvas.setFont("STSong-Light", 13)
        height = 780
        for line in lines:
            text = line.replace("\t", "   ")
            # The first line of a paragraph is indented by two characters.
            parts = [text[:width], *(text[at : at + width + 2] for at in range(width, len(text), width + 2))]
            for place, part in enumerate(parts):
                canvas.drawString(98 if place == 0 else 72, height, part)
                height -= 20
        canvas.drawString(290, 30, f"- {number + 1} -")
        canvas.showPage()
    canvas.save()
    return held.getvalue()


def scanned_file() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    held = io.BytesIO()
    canvas = Canvas(held, invariant=1)
    canvas.rect(50, 50, 400, 600, fill=1)
    canvas.showPage()
    canvas.save()
    return held.getvalue()


def with_part(office: bytes, name: str, content: bytes) -> bytes:
    """An office file with one of its parts replaced."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(office)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return held.getvalue()


def entity_bomb(root: str) -> bytes:
    """Ten entities, each ten of the one before: a thousand million words in five hundred bytes."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "云">{entities}]>{root.replace("@", "&e9;")}'.encode()
    )
