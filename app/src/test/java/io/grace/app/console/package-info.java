/// What pages are made of.
@NullMarked
package io.grace.app.console;

import org.jspecify.annotations.NullMarked;
