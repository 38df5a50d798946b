/// Reads `grace.yaml` and playbooks into values, or into a list of everything that is wrong with
/// them; knows the policy and the model of core.
@NullMarked
package io.grace.runtime.config;

import org.jspecify.annotations.NullMarked;
