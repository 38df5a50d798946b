/// Commands that need no running server: they read files and a journal, and change nothing.
@NullMarked
package io.grace.app.offline;

import org.jspecify.annotations.NullMarked;
