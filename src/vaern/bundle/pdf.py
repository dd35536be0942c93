"""A program of its own: HTML on its input, PDF/A-3a on its output. `python -m vaern.bundle.pdf`

A process apart, so that the renderer and its memory never become part of a worker or of the web server, and so that a
page which makes it run wild can be stopped. It fetches nothing: a picture is in the page itself or nowhere.
"""

from __future__ import annotations

import io
import resource
import sys

import pikepdf
import weasyprint
from weasyprint.urls import URLFetcher

MEMORY = 3 * 1024**3
# PDF/A and PDF/UA both: the renderer writes one of the two marks, and PDF/A wants the other's described (ISO 19005-3,
# 6.6.2.3: a property of a schema that PDF/A does not know needs an extension schema).
UA_MARK = """
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
  xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>Part of PDF/UA standard</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""


def rendered(html: str) -> bytes:
    fetcher = URLFetcher(allowed_protocols=["data"], fail_on_errors=False)
    document = weasyprint.HTML(string=html, url_fetcher=fetcher)
    made = document.write_pdf(pdf_variant="pdf/a-3a", pdf_tags=True)
    assert made is not None
    return _marked(made)


def _marked(made: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(made)) as pdf:
        told = pdf.Root.Metadata.read_bytes().decode()
        pdf.Root.Metadata.write(told.replace("</rdf:RDF>", UA_MARK, 1).encode())
        for one in pdf.objects:
            # The renderer asks viewers to smooth pictures, which PDF/A forbids (ISO 19005-3, 6.2.8.1).
            if isinstance(one, pikepdf.Stream) and "/Interpolate" in one:
                one.Interpolate = False
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        out = io.BytesIO()
        pdf.save(out, linearize=False, deterministic_id=True)
    return out.getvalue()


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.stdout.buffer.write(rendered(sys.stdin.buffer.read().decode()))


if __name__ == "__main__":
    main()
