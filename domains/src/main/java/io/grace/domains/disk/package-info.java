/// Files that are whole or known not to be; knows bytes and no domain.
@NullMarked
package io.grace.domains.disk;

import org.jspecify.annotations.NullMarked;
