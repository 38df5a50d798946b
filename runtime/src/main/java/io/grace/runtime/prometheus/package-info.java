/// Questions to Prometheus-compatible stores: signals, objectives, calls; knows core,
/// configuration, secrets and HTTP.
@NullMarked
package io.grace.runtime.prometheus;

import org.jspecify.annotations.NullMarked;
