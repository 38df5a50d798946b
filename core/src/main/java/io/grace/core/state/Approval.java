package io.grace.core.state;

import io.grace.core.event.Event.ApprovalScope;
import io.grace.core.model.Hash;
import java.time.Instant;

/// One person's agreement to exactly the plan with this hash. *Immutable.*
public record Approval(String by, Hash hash, ApprovalScope scope, Instant at) {}
