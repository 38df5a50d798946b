/// The journal on disk: entries, their chain and signatures, the writer's lease; knows core's entry
/// format and SQL.
@NullMarked
package io.grace.runtime.journal;

import org.jspecify.annotations.NullMarked;
