/// Drafts playbooks from what people wrote down and what they did again and again, proves and tests
/// them, and leaves them to people.
@NullMarked
package io.grace.domains.transcendence;

import org.jspecify.annotations.NullMarked;
