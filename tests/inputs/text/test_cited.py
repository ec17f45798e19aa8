"""Which sources a file refers to, and a noun."""

from valuations import LIBRARY

from sroi.inputs.text.cited import BY_EVIDENCE, cited


def test_references_are_found_however_deep():
    data = {
        "source": "een[p. 1]",
        "lines": [
            {"rate": {"value": "1", "source": "twee"}},
            {"source": {"nl": "Eigen", "en": ""}},
        ],
        "sources": [{"id": "drie"}],
        "variants": {"laag": {"outcomes.rust.rate": {"source": "vier[tabel 2]"}}},
    }
    found = [(one.key, one.place) for one in cited(data)]
    assert found == [("een", "p. 1"), ("twee", ""), ("vier", "tabel 2")]


def test_what_is_no_reference_is_passed_over():
    assert list(cited({"source": "Een Titel!"})) == []
    assert list(cited({"source": ["een"]})) == []
    assert list(cited(None)) == []


def test_a_noun_as_data_refers_to_the_same():
    """Of every price of the library."""
    for proxy in LIBRARY.proxies.values():
        assert proxy.source in list(cited(proxy.model_dump()))


def test_the_source_of_what_evidence_takes_off_is_known():
    assert BY_EVIDENCE in LIBRARY.sources
