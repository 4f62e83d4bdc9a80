"""Word templates and what is made from them: documents from records, and blocks as Word.

Bytes and values go in, bytes come out; nothing here knows a path, a clock or another stage. A template is opened
within limits (`package`), judged (`threats`), compiled part by part (`parts`, `syntax`, `environment`) and filled in
from plain copies (`values`, `standins`) within a budget (`run`, `budget`); what comes out is looked at once more
(`trees`, `placeholders`), and every refusal says where (`places`, `refusals`). `compiled` ties it together. Blocks
become Word in `word` and its neighbours.
"""

from elca_docs.rendering.compiled import CompiledTemplate, Mode, Rendered, compile_template
from elca_docs.rendering.word import compile_document

__all__ = ["CompiledTemplate", "Mode", "Rendered", "compile_document", "compile_template"]
