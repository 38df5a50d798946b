/// The REST API: one class for each group of routes, and the records that it speaks in. Knows the
/// node by its [io.grace.app.Backend] only.
@NullMarked
package io.grace.app.web;

import org.jspecify.annotations.NullMarked;
