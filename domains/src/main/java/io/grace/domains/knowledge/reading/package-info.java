/// Texts out of files: Markdown, HTML, PDF, plain text and service catalogues; knows nothing of
/// what becomes of them.
@NullMarked
package io.grace.domains.knowledge.reading;

import org.jspecify.annotations.NullMarked;
