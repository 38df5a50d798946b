/// What a command may see of the machine, and how it says that it failed; knows nothing else.
@NullMarked
package io.grace.cli.host;

import org.jspecify.annotations.NullMarked;
