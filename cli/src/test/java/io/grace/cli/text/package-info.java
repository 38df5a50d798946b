/// Tests of the layout.
@NullMarked
package io.grace.cli.text;

import org.jspecify.annotations.NullMarked;
