"""Every figure of a comparison, in the order in which they are printed."""

from __future__ import annotations

from polidiff.report.figures.charts import Chart, coded_charts
from polidiff.report.figures.plans import plan_charts
from polidiff.report.passages import ReportContext
from polidiff.report.themes import HeadView

__all__ = ["charts"]


def charts(bench: ReportContext, heads: tuple[HeadView, ...]) -> tuple[Chart, ...]:
    """Return every figure of the comparison that has something to show."""
    return (*coded_charts(bench, heads), *plan_charts(bench))
