"""What can be wrong with a template: each rule is one small function from the study of it to flaws.

A new rule is a new function in `RULES`. What only docxtpl alone would get wrong is a warning that says so; an error
breaks the document, loses text or is refused by rendering, and a test proves it rule by rule.
"""

from collections.abc import Callable, Iterator
from typing import Final

from elca_docs.authoring.rules import (
    containers,
    crossing,
    living,
    loops,
    names,
    parts,
    placing,
    safety,
    styles,
    tracking,
    writing,
)
from elca_docs.authoring.spots import Flaw
from elca_docs.authoring.study import Study

Rule = Callable[[Study], Iterator[Flaw]]

RULES: Final[tuple[Rule, ...]] = (
    safety.threats,
    safety.forbidden,
    safety.marked_characters,
    safety.attached_template,
    writing.unreadable_tags,
    writing.half_tags,
    writing.tag_letters,
    writing.single_braces,
    placing.tags_across,
    placing.outside_tables,
    placing.beside_tags,
    placing.dashes,
    placing.loose_text,
    crossing.tags_over_borders,
    crossing.tags_not_joined,
    crossing.mixed_formatting,
    containers.blocks_across,
    containers.empty_cells,
    containers.lonely_tags,
    tracking.tracked_changes,
    tracking.deleted_tags,
    tracking.inserted_tags,
    living.tags_in_fields,
    living.bound_controls,
    living.settings_in_text_boxes,
    parts.unfilled_parts,
    parts.unfilled_by_docxtpl,
    parts.notes_of_sections,
    parts.entities,
    parts.tables_without_grid,
    parts.controls_around_cells,
    loops.repeated_marks,
    loops.numbered_paragraphs,
    loops.long_ranges,
    names.unknown_fields,
    names.printed_groups,
    names.loops_over_text,
    names.unprinted_mandatory,
    styles.missing_styles,
)
"""All rules."""
