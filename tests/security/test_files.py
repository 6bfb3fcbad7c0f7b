"""Files as attackers make them: by the desk, by Telegram, as workbooks; and that nothing fetches anything."""

import io
import socket
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine

from knowledge.database import session
from knowledge.exchange import describe, export_workbook, plan_import
from knowledge.reading.load import DocumentError, load_bytes
from tests.bot.desk.visitor import TOKEN, Visitor, words
from tests.knowledge.exchange.books import change_cells
from tests.knowledge.reading import office
from tests.knowledge.reading.test_formats import WORD_BODY
from tests.security.conftest import Premises

TEXT = "云港新区举行{}推介会，签约项目{}个。\n"

NAMES = [
    "../../../etc/cron.d/x.txt",
    "/etc/passwd.txt",
    "..\\..\\windows\\x.txt",
    "C:\\x.txt",
    "a\0b.txt",
    "长" * 10_000 + ".txt",
    "\u202etxt.exe\u202c.txt",
    "a\r\nSet-Cookie: x=1.txt",
    "<img src=x onerror=alert(1)>.txt",
    "'; drop table document; --.txt",
    "CON.txt",
]


def upload(visitor: Visitor, name: str, content: bytes) -> str:
    """What the desk says of a file whose name is written by hand, as no browser would."""
    token = TOKEN.search(visitor.get("/documents").text)
    assert token
    mark = "----end"
    escaped = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    parts = (
        f'--{mark}\r\nContent-Disposition: form-data; name="csrftoken"\r\n\r\n{token[1]}\r\n'
        f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{escaped}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    )
    body = parts.encode() + content + f"\r\n--{mark}--\r\n".encode()
    kind = f"multipart/form-data; boundary={mark}"
    answer = visitor.client.post("/documents/add", content=body, headers={"Content-Type": kind})
    assert answer.status_code < 500
    return words(answer)


def files(home: Path) -> set[str]:
    return {str(path.relative_to(home)) for path in home.rglob("*") if ".index" not in str(path)}


def test_a_files_name_leads_nowhere_at_the_desk(premises: Premises, owner: Visitor) -> None:
    before, log = files(premises.home), premises.log
    for number, name in enumerate(NAMES, start=10):
        upload(owner, name, TEXT.format("桌面", number).encode())
    assert "Traceback" not in premises.log.removeprefix(log)
    held = [str(row[0]) for row in premises.rows("select file from document")]

    assert files(premises.home) == before
    assert len([name for name in held if name.endswith(".txt")]) > 5
    for name in held:
        assert "/" not in name
        assert "\\" not in name
        assert name.isprintable()
        assert len(name) <= 200


def test_a_files_name_leads_nowhere_on_telegram(premises: Premises) -> None:
    staff = premises.hire("何敬", "editor")
    before = files(premises.home)
    for number, name in enumerate(NAMES, start=40):
        sent = staff.send("document", name="plain.txt", text=TEXT.format("电报", number))
        assert "已收录" in (told := staff.reply().text) or "收" in told
        document = {**sent["message"]["document"], "file_name": name}
        update = premises.message(staff, "", document=document)
        del update["message"]["text"]
        assert premises.send(update).status_code == 200
        assert "抱歉" not in staff.reply().text, name

    assert files(premises.home) == before


def test_a_file_that_is_larger_than_it_says_is_not_fetched(premises: Premises) -> None:
    staff = premises.hire("何静", "editor")
    sent = staff.send("document", name="plain.txt", text=TEXT.format("大", 1))
    staff.reply()
    document = {**sent["message"]["document"], "file_size": 10**12}
    update = premises.message(staff, "", document=document)
    del update["message"]["text"]
    before = len(premises.server.log("getFile"))
    premises.send(update)

    assert "20" in staff.reply().text
    assert len(premises.server.log("getFile")) == before


def test_a_stranger_s_file_is_not_fetched(premises: Premises) -> None:
    stranger = premises.acquaintance()
    before = len(premises.server.log("getFile"))
    stranger.send("document", name="plain.txt", text=TEXT.format("外人", 1))
    stranger.reply()

    assert len(premises.server.log("getFile")) == before
    assert premises.rows("select file from document where original like '%外人%'") == []


@contextmanager
def listening() -> Iterator[tuple[str, list[bytes]]]:
    """An address that would hear of it if anything fetched what is there."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        ended = threading.Event()

        def listen() -> None:
            while not ended.is_set():
                try:
                    other, _ = server.accept()
                except TimeoutError:
                    continue
                heard.append(b"somebody came")
                other.close()

        thread = threading.Thread(target=listen)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}", heard
        finally:
            ended.set()
            thread.join()


def lures(address: str, secret: Path) -> dict[str, bytes]:
    """Files that name an address and a file of this machine wherever a format lets them."""
    entity = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "{secret.as_uri()}">'
        f'<!ENTITY % b SYSTEM "{address}/b.dtd"> %b;]>'
    )
    word, sheet = office.word_file(), office.sheet_file()
    relation = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId99" TargetMode="External" Target="{0}/{1}" Type="http://schemas.openxmlformats.org'
        '/officeDocument/2006/relationships/{1}"/></Relationships>'
    )
    page = (
        f"<html><head><link rel='stylesheet' href='{address}/a.css'><base href='{address}/'>"
        f"<link rel='canonical' href='{address}/here'><meta http-equiv='refresh' content='0;{address}/r'>"
        f"<script src='{address}/a.js'></script></head><body><p>{TEXT.format('网页', 3)}</p>"
        f"<img src='{address}/a.png'><iframe src='{address}/f'></iframe><object data='{address}/o'></object>"
        f"<xi:include href='{secret.as_uri()}' xmlns:xi='http://www.w3.org/2001/XInclude'/></body></html>"
    )
    body = WORD_BODY.replace("@", "&a;").encode()
    body = body[body.index(b"?>") + 2 :] if body.startswith(b"<?xml") else body
    with zipfile.ZipFile(io.BytesIO(sheet)) as archive:
        cells = archive.read("xl/worksheets/sheet1.xml")
    cells = cells[cells.index(b"?>") + 2 :] if cells.startswith(b"<?xml") else cells
    return {
        "entity.docx": office.with_part(word, "word/document.xml", entity.encode() + body),
        "template.docx": office.with_part(
            word, "word/_rels/settings.xml.rels", relation.format(address, "attachedTemplate").encode()
        ),
        "entity.xlsx": office.with_part(
            sheet,
            "xl/worksheets/sheet1.xml",
            entity.encode() + cells.replace(b"<row", b"<row>&a;</row><row", 1),
        ),
        "link.xlsx": office.with_part(
            sheet,
            "xl/worksheets/_rels/sheet1.xml.rels",
            relation.format(address, "externalLinkPath").encode(),
        ),
        "page.html": page.encode(),
        "entity.html": (entity + f"<p>{TEXT.format('实体', 4)}&a;</p>").encode(),
        "address.txt": f"{TEXT.format('文本', 5)}来源: {address}/notice.html\n".encode(),
    }


def test_nothing_fetches_what_a_document_names(premises: Premises, owner: Visitor, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密文件的内容")
    with listening() as (address, heard):
        before = len(premises.rows("select sha256 from document"))
        for name, content in lures(address, secret).items():
            upload(owner, name, content)
        for (sha256,) in premises.rows("select sha256 from document"):
            assert owner.get(f"/documents/{sha256}").status_code == 200
        assert premises.lives()
        assert heard == []
        # It would have been heard.
        socket.create_connection(("127.0.0.1", int(address.rsplit(":", 1)[1]))).close()
        end = time.monotonic() + 5
        while not heard and time.monotonic() < end:
            time.sleep(0.02)
        assert heard

    held = premises.rows("select original from document")
    assert len(held) >= before + 4
    assert not any("机密文件的内容" in str(row[0]) for row in held)


def test_a_document_s_address_is_only_ever_a_web_address(premises: Premises, owner: Visitor) -> None:
    page = "<html><head>{}</head><body><p>{}</p></body></html>"
    for number, address in enumerate(["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"], 70):
        head = f'<link rel="canonical" href="{address}"><meta name="url" content="{address}">'
        upload(owner, f"{number}.html", page.format(head, TEXT.format("地址", number)).encode())
    sha256 = premises.rows("select sha256 from document where original like '%地址%'")[0][0]
    title = "标题"
    for address in ("javascript:alert(1)", "data:text/html,x", "https:javascript:1", "http://", "vbscript:x"):
        fields = {"title": title, "date": "", "publisher": "", "address": address}
        seen = {f"seen-{key}": "" for key in fields}
        owner.post(f"/documents/{sha256}/correct", None, **fields, **seen)

    addresses = [str(row[0]) for row in premises.rows("select address from document where address <> ''")]
    assert all(address.startswith(("http://", "https://")) for address in addresses)


def test_archives_within_archives_are_not_opened() -> None:
    inner = b" " * 2**20
    for _ in range(4):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(8):
                archive.writestr(f"{number}.zip", inner)
        inner = held.getvalue()
    nested = office.with_part(office.word_file(), "word/embeddings/a.zip", inner)

    assert office.TITLE in load_bytes("a.docx", nested).text
    with pytest.raises(DocumentError):
        load_bytes("a.docx", inner)


def test_parts_with_names_that_lead_elsewhere_are_not_written(tmp_path: Path) -> None:
    wicked = office.word_file()
    for name in ("../../../tmp/wicked.txt", "/tmp/wicked.txt", "word/../../wicked.txt"):
        wicked = office.with_part(wicked, name, b"wicked")

    assert office.TITLE in load_bytes("a.docx", wicked).text
    assert not Path("/tmp/wicked.txt").exists()
    assert not (tmp_path.parent / "wicked.txt").exists()


def test_a_formula_in_a_workbook_is_never_worked_out(bureau: Engine) -> None:
    """What is exported is tested beside the export."""
    with session(bureau) as database:
        content = export_workbook(database)
    for formula in ("=1+1", "=cmd|'/c calc'!A0"):
        changed = change_cells(content, "企业", "company.haideng", 英文名称=formula, 关键词="改过")
        with session(bureau) as database:
            plan = plan_import(database, changed)
        told = describe(plan, "zh")
        assert "company.haideng" in told or "拒绝" in told
        assert f"英文名称: {formula}" not in told.replace("«", "") or "拒绝" in told
        assert "英文名称: 2" not in told


def test_excel_files_are_read_by_what_refuses_entities() -> None:
    from openpyxl.xml import DEFUSEDXML

    assert DEFUSEDXML
