/// Turns answers of the server into pages for people; pure, so the same answer always reads the
/// same.
@NullMarked
package io.grace.cli.view;

import org.jspecify.annotations.NullMarked;
