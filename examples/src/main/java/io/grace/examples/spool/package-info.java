/// A domain of one's own: a folder of files that wait to be sent.
@NullMarked
package io.grace.examples.spool;

import org.jspecify.annotations.NullMarked;
