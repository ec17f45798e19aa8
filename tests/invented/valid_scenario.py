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
  ranges_cover: 100%
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
    returning: 0
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


CARE = """\
scenario: voorbeeldstad-kanteling
title: {nl: De kanteling naar voren, en: Support that moves forward}
organisation: Voorbeeldwelzijn (fictief)
commissioner: gemeente Voorbeeldstad (fictief)
programme: wijk-en-buurt
kind: forecast
null_alternative: {nl: Alleen het gewone aanbod., en: Only what is there anyway.}
conditions: [De gemeente koopt minder in als er minder nodig is.]
basis:
  first_year: 2026
  years: 4
  price_year: 2024
  ranges_cover: 100%
  discounting: nl-2021
  draws: 1024
  optimism_bias: by_evidence
stakeholders:
  - {id: inwoners, name: Inwoners}
sources:
  - {id: eigen-meting, type: report, title: Meting onder deelnemers}
investment:
  - {id: inzet, what: Inzet, payer: gemeente, per_year: 400000}
activities:
  - {id: traject, what: Traject, unit: traject, volume: [100, 150, 200, 200]}
enabling_conditions:
  - id: toegang
    what: De toegang verwijst door
    who: gemeente
    action: Afspraken over verwijzen.
    criticality: 60%
    moves_along: {chance: 75%, because: Gesprek met de toegang.}
  - id: netwerk
    what: Inwoners nemen nabije hulp aan
    who: inwoners
    criticality: {low: 20%, best: 40%, high: 60%, because: Schatting.}
    moves_along: {low: 40%, best: 60%, high: 80%, because: Schatting.}
care_ladder:
  - id: volwassenen
    what: Zorg voor volwassenen
    stakeholder: inwoners
    of: traject
    tiers:
      - id: buurt
        what: Eigen netwerk en buurt
        level: 0
        cost: 150
        cost_concept: marginal
        payers: {gemeente: 100%}
      - id: sociaal-werk
        what: Sociaal werk
        level: 1
        cost: 1200
        price_year: 2023
        cost_concept: marginal
        payers: {gemeente: 100%}
      - id: ambulant
        what: Ambulante zorg
        level: 2
        cost: {gamma: {mean: 6500, cv: 20%}, because: Contract.}
        cost_concept: marginal
        payers: {gemeente: 93%, zorgverzekeraar: 5%, inwoner: 2%}
        overlap: ambulante-zorg
        paid_per_unit: 70%
        backfill: {beta: {yes: 6, no: 9}, because: Telling van de wachtlijst.}
        capacity_step: 20
        waiting_list: 40
        not_cashable: pm
      - id: verblijf
        what: Verblijf
        level: 4
        proxy: verblijf-voorbeeldstad
        units: 365
        paid_per_unit: 100%
        backfill: 40%
    inflow: {buurt: 600, sociaal-werk: 450, ambulant: 520, verblijf: 30}
    moves:
      buurt: {sociaal-werk: 0.06, ambulant: 0.02, exit: 0.10}
      sociaal-werk: {buurt: 0.55, ambulant: 0.14, exit: 0.20}
      ambulant: {buurt: 0.35, sociaal-werk: 0.10, verblijf: 0.012, exit: 0.20}
      verblijf: {ambulant: 0.10, exit: 0.21}
    relapse: 15%
    start: {buurt: 9000, sociaal-werk: 1300, ambulant: 1400, verblijf: 160, recently-closed: 100}
    intervention:
      effect_basis: causal
      hazard_ratio_up: {claim: {found: 0.70, bias_sd: 0.35}, because: Nameting., evidence: 5}
      hazard_ratio_down: {lognormal: {median: 1.03, sd_log: 0.06}, because: Schatting., evidence: 6}
      diversion: {value: 3%, evidence: 6}
      net_widening: {low: 0, best: 2%, high: 14%, because: CPB., source: "cpb-wijkteams-2019[p. 1]"}
      needs_heavy_care: 15%
      ramp: {logistic: {midpoint: 1.5, steepness: 2.5}}
      lag: 0.5
      capacity: {demand: [100, 150, 200, 200], possible: 180}
      reference: expected
    contracts: {lag: 0.25, renewal: 3, friction: 20%}
  - id: jeugd
    what: Jeugdhulp
    stakeholder: inwoners
    tiers:
      - {id: wijkteam, what: Wijkteam, level: 1, cost: 1500, cost_concept: marginal,
         payers: {gemeente: 100%}}
      - {id: jeugdhulp, what: Jeugdhulp, level: 2, cost: 9000, cost_concept: marginal,
         payers: {gemeente: 100%}, capacity_step: 20}
    register:
      period: 0.5
      tiers:
        wijkteam: {begin: 470, inflow: 147, outflow: 171, end: 446}
        jeugdhulp: {begin: 1770, inflow: 927, outflow: 672, end: 2025}
      split: {wijkteam: {jeugdhulp: 20%, exit: 80%}}
      split_counts: {jeugdhulp: {wijkteam: 10, exit: 90}}
      because: Dossieronderzoek.
    start: observed
    intervention:
      starting_point: sceptisch
      effect_basis: causal
      counted_elsewhere: 0
      ramp: {linear: {years: 2}}
      reference: 0.4
      capacity: {demand: 100, fte: 3, hours: 1500, direct_share: 60%, absent: 8%, hours_each: 9}
    contracts: {renewal: 2}
direct_shift:
  - id: minder-wijkverpleging
    what: Minder wijkverpleging
    stakeholder: inwoners
    of: traject
    substitution: {low: -10%, best: 5%, high: 25%, because: Schatting., evidence: 6}
    duration: 1.5
    counted_elsewhere: {low: 0, best: 10%, high: 20%, because: Schatting., evidence: 6}
    cost: 5000
    cost_concept: marginal
    payers: {zorgverzekeraar: 100%}
    paid_per_unit: 70%
    backfill: 50%
    capacity_step: 10
    effect_basis: gross
    deadweight: 20%
    attribution_to_others: {value: 0%, because: Niemand anders doet dit.}
    reference: ideal
    ramp: {bass: {innovation: 0.03, imitation: 0.4}}
    contracts: {lag: 0.5}
cohorts:
  - id: ziekte
    what: Ziekte en sterfte
    stakeholder: inwoners
    states:
      - {id: gezond, what: Gezond}
      - {id: ziek, what: Ziek}
      - {id: dood, what: Overleden}
    start: {gezond: 100}
    inflow: {gezond: 10}
    cycles: 8
    cycles_per_year: 2
    moves:
      gezond: {ziek: {beta: {yes: 15, no: 85}, because: Onderzoek.}, dood: 0.01}
    counts:
      ziek: {ziek: 350, gezond: 120, dood: 30}
    programme:
      relative_risk: {lognormal: {median: 0.8, sd_log: 0.1}, because: Onderzoek.}
      on: {gezond: [ziek, dood]}
      first_cycles: 4
    counting: half_cycle
    costs:
      - {id: zorg, what: Zorg, payers: {zorgverzekeraar: 100%}, cash: soft, price_year: 2023,
         per_cycle: {ziek: 1000}, with_programme: {gezond: 50, ziek: 1000}, first_cycles: 4}
    effects:
      - {id: leven, what: Levensjaren, unit: jaar, per_cycle: {gezond: 0.5, ziek: 0.4},
         discount_rate: 1.5%}
proxies:
  - id: verblijf-voorbeeldstad
    name: Verblijf in Voorbeeldstad
    value: 165
    tariff: 160
    unit: EUR/etmaal
    price_year: 2024
    payers: {gemeente: 100%}
    cash: hard
    cost_concept: marginal
    source: "eigen-meting[bijlage]"
correlations:
  - of: [care_ladder.volwassenen.intervention.hazard_ratio_up,
         care_ladder.volwassenen.intervention.hazard_ratio_down]
    rho: -0.3
variants:
  alles-beweegt-mee:
    enabling_conditions.toegang.moves_along: 100%
    care_ladder.volwassenen.moves.ambulant.exit: 0.25
    care_ladder.volwassenen.tiers.ambulant.paid_per_unit: 100%
"""
