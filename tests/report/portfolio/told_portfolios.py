"""Portfolios told, of which the page is made once."""

from pathlib import Path
from typing import Any

from portfolios import PER_YEAR, VOLUME, areas, scenario, written

from sroi.analysis.portfolio.valued import value
from sroi.inputs.portfolio.portfolio_file import load_portfolio
from sroi.report.portfolio.portfolio_evidence import PortfolioAsked
from sroi.report.portfolio.portfolio_told import PortfolioTold, portfolio_told


def tell(path: Path, lang: str = "nl") -> PortfolioTold:
    """A portfolio, valued and told."""
    return portfolio_told(value(load_portfolio(path)), lang)


def page(path: Path, lang: str = "nl") -> tuple[PortfolioTold, dict[str, Any]]:
    """The same with what stands in its report."""
    told = tell(path, lang)
    return told, PortfolioAsked(lang, f"sroi portfolio run {path.name}", path.name).filled(told)


def one_programme(folder: Path, count: int, changes: dict[str, Any], **more: Any) -> Path:
    """One programme in so many areas."""
    columns = {"aantal": VOLUME, "inzet": PER_YEAR}
    programmes = [{"scenario": "een.yaml", "columns": columns}]
    return written(folder, programmes, areas(count), [scenario("een", **changes)], **more)
