"""Help for authors of Word templates: what is wrong, where, and how to mend it; which fields there are; a trial.

Bytes and values go in, bytes and values come out. A template is read as its author wrote it (`reading`, `tagging`,
`asking`), judged rule by rule (`rules`, `checking`), marked and mended as copies (`marking`, `mending`), compared
(`differences`, `variants`), explained (`guide`), filled in with specimens (`specimens`), and made out of a file with
blanks (`blanks`, `proposing`, `adopting`). One layer above the stages, because it may try what rendering does.
"""

from elca_docs.authoring.checking import check_template
from elca_docs.authoring.differences import TemplateChanges, template_changes
from elca_docs.authoring.marking import marked_copy, unmarked_copy
from elca_docs.authoring.mending import Mended, mended_copy
from elca_docs.authoring.reading import read_template
from elca_docs.authoring.spots import Flaw, Spot
from elca_docs.authoring.variants import variant_flaws

__all__ = [
    "Flaw",
    "Mended",
    "Spot",
    "TemplateChanges",
    "check_template",
    "marked_copy",
    "mended_copy",
    "read_template",
    "template_changes",
    "unmarked_copy",
    "variant_flaws",
]
