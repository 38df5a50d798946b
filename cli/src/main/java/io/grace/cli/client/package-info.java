/// Talks to GRACE's REST API and reads its JSON; the only place that knows HTTP and Jackson.
@NullMarked
package io.grace.cli.client;

import org.jspecify.annotations.NullMarked;
