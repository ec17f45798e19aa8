"""What is meant to stand in a report beside its own words."""

# the claims of PDF/A-3a and of PDF/UA-1, where the validator knows PDF/A-3b alone; and empty lists
MEANT = (
    "pdfaid:conformance is 'A'", "pdfuaid:part", "pdfaExtension", "pdfaSchema", "pdfaProperty",
    "patterns are not supported", "shadings are not supported",
)  # fmt: skip
