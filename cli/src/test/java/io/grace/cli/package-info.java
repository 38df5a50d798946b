/// Tests of the command against a fake that speaks exactly the documented API.
@NullMarked
package io.grace.cli;

import org.jspecify.annotations.NullMarked;
