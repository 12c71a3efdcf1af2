"""Forms that a review is pasted into: read strictly, answered from the drafts' sentences, packed to the limit."""

from analyzer.forms.checking import wrong_answers
from analyzer.forms.filling import draft_form
from analyzer.forms.form import Form, form_text, list_forms, read_form, shipped_forms

__all__ = ["Form", "draft_form", "form_text", "list_forms", "read_form", "shipped_forms", "wrong_answers"]
