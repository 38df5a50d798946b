/// Who may read which memories: types, requests, and the policy that judges them. Knows the model
/// only.
@NullMarked
package io.grace.core.memory;

import org.jspecify.annotations.NullMarked;
