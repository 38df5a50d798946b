package io.grace.runtime.foresight;

import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;

/// The newest values of one metric, for whoever compares it with others. Its arrays belong to
/// whoever asked.
///
/// @param seconds since 1970, rising
/// @param values one a second
@SuppressWarnings("ArrayRecordComponent") // Handed over, never compared.
public record Recent(ServiceId service, MetricId metric, double[] seconds, double[] values) {}
