/// What sources push: read, authenticated, and told in GRACE's own words; knows core, configuration
/// and secrets.
@NullMarked
package io.grace.runtime.ingest;

import org.jspecify.annotations.NullMarked;
