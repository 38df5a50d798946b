/// What the team has written down: read from its sources, found by words and meaning, joined in a
/// graph, and weighed by how far each source can be trusted.
@NullMarked
package io.grace.domains.knowledge;

import org.jspecify.annotations.NullMarked;
