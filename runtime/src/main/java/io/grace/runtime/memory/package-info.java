/// The memory broker and its embedded store: who asks is judged and recorded by the loop before
/// anything is handed out. Knows core, the loop's inbox, the journal's keys and the codec.
@NullMarked
package io.grace.runtime.memory;

import org.jspecify.annotations.NullMarked;
