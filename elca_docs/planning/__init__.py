"""What is due, unchanged, refused, and why; references; file names. Pure: values in, a plan out."""

from elca_docs.planning.drafts import Choice, Disk, DraftPlan, DraftStep, Filters, chosen, plan_drafts
from elca_docs.planning.issues import IssueStep, plan_issues
from elca_docs.planning.names import archive_name, draft_name, slug, without_accents
from elca_docs.planning.references import References

__all__ = [
    "Choice",
    "Disk",
    "DraftPlan",
    "DraftStep",
    "Filters",
    "IssueStep",
    "References",
    "archive_name",
    "chosen",
    "draft_name",
    "plan_drafts",
    "plan_issues",
    "slug",
    "without_accents",
]
