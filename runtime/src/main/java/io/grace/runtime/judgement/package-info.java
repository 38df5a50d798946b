/// Asks `intelligence` where trouble comes from, which playbook helps, and what follows what; its
/// answers are reports, or choices among what the gate allows.
@NullMarked
package io.grace.runtime.judgement;

import org.jspecify.annotations.NullMarked;
