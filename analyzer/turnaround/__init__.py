"""The packet for a 1:1 about a performance plan: gaps, proof, promises, the talk and its clock, and a tracker."""

from analyzer.turnaround.clock import wrong_times
from analyzer.turnaround.packet import WINDOW_DAYS, draft_packet, papers_for
from analyzer.turnaround.plan import PlanFile, read_plan

__all__ = ["WINDOW_DAYS", "PlanFile", "draft_packet", "papers_for", "read_plan", "wrong_times"]
