/// Tests of the server, over HTTP wherever people use it that way.
@NullMarked
package io.grace.app;

import org.jspecify.annotations.NullMarked;
