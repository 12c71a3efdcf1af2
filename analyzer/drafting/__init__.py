"""From a review to sentences with citations: view models that `analyzer.rendering` lays out."""

from analyzer.drafting.agenda import draft_agenda
from analyzer.drafting.agenda_cadence import Cadence, cadence_of
from analyzer.drafting.effort_impact import draft_effort_impact
from analyzer.drafting.questions import ask
from analyzer.drafting.scan import draft_scan
from analyzer.drafting.scan_team import Row, Unread, draft_team, team_row
from analyzer.drafting.self_review import draft_self_review
from analyzer.drafts import Draft

__all__ = [
    "Cadence",
    "Draft",
    "Row",
    "Unread",
    "ask",
    "cadence_of",
    "draft_agenda",
    "draft_effort_impact",
    "draft_scan",
    "draft_self_review",
    "draft_team",
    "team_row",
]
