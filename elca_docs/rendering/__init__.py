"""Word templates and what is made from them: documents from records, and blocks as Word.

Bytes and values go in, bytes come out; nothing here knows a path, a clock or another stage. A template is opened
within limits (`package`), judged (`threats`), compiled part by part (`parts`, `syntax`, `environment`) and filled in
from plain copies (`values`, `standins`) within a budget (`run`, `budget`); what comes out is looked at once more
(`trees`, `placeholders`), and every refusal says where (`places`, `refusals`). `compiled` ties it together. Blocks
become Word in `word` and its neighbours; `document_text` reads a finished document back as paragraphs.
"""

from elca_docs.rendering.compiled import CompiledTemplate, Mode, Rendered, compile_template
from elca_docs.rendering.document_text import document_text, text_changes
from elca_docs.rendering.word import compile_document
from elca_docs.rendering.word_marks import anchored, bookmarks_of

__all__ = [
    "CompiledTemplate",
    "Mode",
    "Rendered",
    "anchored",
    "bookmarks_of",
    "compile_document",
    "compile_template",
    "document_text",
    "text_changes",
]
