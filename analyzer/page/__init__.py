"""The report page: a person's year on one page that needs no server and no network, and no script but for filtering."""

from analyzer.page.report import render_report

__all__ = ["render_report"]
