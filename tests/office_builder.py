"""Small DOCX and ODT files from the XML of their body, for tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
STYLES = """
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Meeting"><w:name w:val="Besprechung"/><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Author"><w:name w:val="Author"/><w:basedOn w:val="Titel"/></w:style>
<w:style w:type="paragraph" w:styleId="LB"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="LB2"><w:name w:val="List Bullet 2"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Quote"/></w:style>
<w:style w:type="character" w:styleId="Fett"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Kreis"><w:name w:val="A"/><w:basedOn w:val="Kreis2"/></w:style>
<w:style w:type="paragraph" w:styleId="Kreis2"><w:name w:val="B"/><w:basedOn w:val="Kreis"/></w:style>
"""
_GLYPHS = {1: "\u2022", 2: "\u2610", 3: "\uf0fe", 4: "\uf0a8", 5: "\uf0fc", 6: "\uf071", 7: " "}
NUMBERING = "".join(
    f'<w:abstractNum w:abstractNumId="{key}">'
    + "".join(
        f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="bullet"/><w:lvlText w:val="{glyph}"/></w:lvl>' for level in range(9)
    )
    + "</w:abstractNum>"
    for key, glyph in _GLYPHS.items()
) + "".join(f'<w:num w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>' for key in _GLYPHS)


def docx_of(
    body: str, *, notes: Mapping[str, str] | None = None, links: Mapping[str, str] | None = None, title: str = ""
) -> bytes:
    """Return a DOCX file.

    Args:
        body: the XML inside w:body.
        notes: XML inside other parts, by name: comments, footnotes, header, footer.
        links: targets of hyperlinks, by id.
        title: of the document's properties.
    """
    parts = {"styles": STYLES, "numbering": NUMBERING} | dict(notes or {})
    roots = {"header": "hdr", "footer": "ftr"}
    related = "".join(f'<Relationship Id="p{name}" Type="{_R}/{name}" Target="{name}.xml"/>' for name in parts)
    related += "".join(
        f'<Relationship Id="{key}" Type="{_R}/hyperlink" Target="{url}" TargetMode="External"/>'
        for key, url in (links or {}).items()
    )
    files = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relationships(f'<Relationship Id="d" Type="{_R}/officeDocument" Target="word/document.xml"/>'),
        "word/document.xml": f"<w:document {_SPACES}><w:body>{body}<w:sectPr/></w:body></w:document>",
        "word/_rels/document.xml.rels": _relationships(related),
        "docProps/core.xml": '<c:coreProperties xmlns:c="c" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title><dc:creator>Somebody Else</dc:creator></c:coreProperties>",
    }
    for name, inner in parts.items():
        root = roots.get(name, name)
        files[f"word/{name}.xml"] = f"<w:{root} {_SPACES}>{inner}</w:{root}>"
    return zipped(files)


def p(text: str = "", *, style: str = "", num: int = 0, level: int = 0, run: str = "", more: str = "") -> str:
    """Return a w:p: its text, style, list and level, the properties of its run, and XML that follows the run."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num:
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text, run)}{more}</w:p>"


def r(text: str, properties: str = "") -> str:
    """Return a w:r, "" for no text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""


def tbl(*rows: tuple[str, ...]) -> str:
    """Return a w:tbl of cells that are XML."""
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(f'<w:tc>{c}</w:tc>' for c in row)}</w:tr>" for row in rows) + "</w:tbl>"


def odt_of(text: str, *, styles: str = "", title: str = "", manifest: str = "") -> bytes:
    """Return an ODT file: the XML inside office:text, that inside its automatic styles, and inside its manifest."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
        for name, full in (
            ("office", "office"),
            ("text", "text"),
            ("table", "table"),
            ("style", "style"),
            ("draw", "drawing"),
            ("form", "form"),
            ("fo", "xsl-fo-compatible"),
        )
    )
    spaces += ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:loext="urn:loext"'
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
            "content.xml": f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:text>{text}</office:text></office:body></office:document-content>",
            "meta.xml": f"<office:document-meta {spaces}><office:meta><dc:title>{title}</dc:title></office:meta>"
            "</office:document-meta>",
        }
    )


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """Return a zip archive, the same bytes each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), content, _packing(name))
    return out.getvalue()


def _packing(name: str) -> int:
    """Return how a member is packed: what says that a file is OpenDocument stands there plainly."""
    return zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED


def _relationships(inner: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )
