"""A full and valid scenario as text, to break on purpose; it shows most of what a file may hold."""

SCENARIO = """\
scenario: voorbeeldstad-ouderen
title: {nl: Langer thuis in Voorbeeldstad, en: Living at home for longer in Voorbeeldstad}
question: Wat levert het huisbezoek op?
organisation: Voorbeeldwelzijn (fictief)
commissioner: gemeente Voorbeeldstad (fictief)
programme: gezond-en-gelukkig-oud
kind: forecast
language: nl
date: 2026-03-01
null_alternative: {nl: Alleen het gewone aanbod., en: Only what is there anyway.}
conditions: [Er zijn genoeg vrijwilligers.]
limitations:
  - De effecten zijn geschat.
basis:
  first_year: 2026
  years: 5
  price_year: 2024
  discounting: nl-2021
  draws: 4096
  seed: 1
payers:
  - {id: buurtfonds, name: Buurtfonds Voorbeeldstad, public: false}
stakeholders:
  - {id: ouderen, name: {nl: Ouderen, en: Older people}}
  - {id: mantelzorgers, name: {nl: Mantelzorgers, en: Informal carers}}
sources:
  - {id: eigen-meting, type: report, title: Meting onder deelnemers, issued: {date-parts: [[2025]]}}
investment:
  - id: inzet
    what: Inzet van beroepskrachten
    payers: {gemeente: 80%, buurtfonds: 20%}
    per_year: {low: 240000, best: 260_000, high: 300000, because: Begroting.}
    price_year: 2024
  - {id: vrijwilligers, what: Vrijwilligers, payer: inwoner, in_kind: true, volume: 3000, unit: uur,
     proxy: vrijwilligersuur}
activities:
  - id: huisbezoek
    what: {nl: Huisbezoek, en: Home visit}
    unit: huishouden
    volume: [200, 320, {low: 350, best: 400, high: 420, because: Groei.}, 400, 400]
outcomes:
  - id: minder-seh
    what: {nl: Minder bezoek aan de spoedeisende hulp, en: Fewer emergency visits}
    stakeholder: ouderen
    of: huisbezoek
    rate: {low: 1%, best: 3%, high: 6%, because: Meting., source: "eigen-meting[p. 3]", evidence: 4}
    unit: bezoek
    proxy: seh-bezoek
    effect_basis: gross
    deadweight: {low: 20%, best: 40%, high: 70%, because: Vergelijking.}
    displacement: {value: 0%, because: Er wordt niets verdrongen.}
    attribution_to_others: {beta: {yes: 14, no: 98}, because: Telling.}
    starts: 1
    lasts: 3
    drop_off: 30%
  - id: meer-begeleiding
    what: Meer begeleiding
    stakeholder: ouderen
    of: huisbezoek
    rate: {uniform: [-4%, -1%], because: Meer mensen komen in beeld.}
    proxy: begeleiding-voorbeeldstad
    effect_basis: causal
    lasts: 1
  - id: mantelzorg
    what: Minder belasting van mantelzorgers
    stakeholder: mantelzorgers
    of: huisbezoek
    rate: {normal: {p5: 0.5, p95: 1.5}, because: Vragenlijst.}
    value: none
    because: Hiervoor is geen prijs.
proxies:
  - id: begeleiding-voorbeeldstad
    name: Begeleiding in Voorbeeldstad
    value: {lognormal: {median: 62, p95: 80}, because: Contract.}
    unit: EUR/uur
    price_year: 2024
    payers: {gemeente: 100%}
    cash: hard
    source: "eigen-meting[bijlage]"
correlations:
  - of: [outcomes.minder-seh.deadweight, outcomes.minder-seh.rate]
    rho: 0.6
    because: Wie veel had, had het ook zonder ons.
variants:
  sceptisch:
    outcomes.minder-seh.rate: {low: 0.1%, best: 0.5%, high: 2%, because: Voorzichtig.}
    activities.huisbezoek.volume.2026: 100
  kort:
    outcomes.minder-seh.lasts: 1
"""


def with_change(old: str, new: str, text: str = SCENARIO) -> bytes:
    """The scenario in which one piece of text, which must be there once, is another."""
    assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
    return text.replace(old, new).encode()
