"""Files that are no workbook that can be read, though they are called one: what they are."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from sroi.problems import Problem, Unusable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # an old .xls, or a workbook behind a password
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # MS-OFFCRYPTO 1.3: the stream it is in
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"
EXCEL, CALC = "~$", ".~lock."


def refuse_other_kinds(content: bytes, file: str) -> None:
    """workbook-password, workbook-kind. Raises `Unusable` with them."""
    if content.startswith(OLE):
        if ENCRYPTED in content:
            raise Unusable(Problem("workbook-password", file=file))
        raise Unusable(Problem("workbook-kind", file=file, facts={"suffix": ".xls"}))
    if _kind_inside(content).startswith(OPEN_DOCUMENT):
        raise Unusable(Problem("workbook-kind", file=file, facts={"suffix": ".ods"}))


def _kind_inside(content: bytes) -> bytes:
    """What an archive says that it is, in its first part, which is not packed."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            part = archive.infolist()[0]
            stored = part.compress_type == zipfile.ZIP_STORED and part.filename == "mimetype"
            with archive.open(part) as stream:
                return stream.read(100) if stored else b""
    except Exception:  # a damaged archive fails in many ways; that is told where it is read
        return b""


def refuse_lock_file(path: Path) -> None:
    """workbook-lock-file: what stands beside a workbook as long as it is open. Raises `Unusable`
    with it."""
    if path.name.startswith(EXCEL) or (path.name.startswith(CALC) and path.name.endswith("#")):
        name = path.name.removeprefix(EXCEL).removeprefix(CALC).removesuffix("#")
        raise Unusable(Problem("workbook-lock-file", file=str(path), facts={"name": name}))


def lock_beside(path: Path) -> Path | None:
    """The file that says that a workbook is open somewhere, if it is there."""
    beside = (path.with_name(EXCEL + path.name), path.with_name(f"{CALC}{path.name}#"))
    return next((one for one in beside if one.is_file()), None)
