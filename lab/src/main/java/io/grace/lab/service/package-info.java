/// The lab's services: one small program on nothing but the JDK, run as real processes that break
/// and heal in known ways, so that GRACE is tried on symptoms which nobody computed for it. It
/// knows nothing of GRACE.
///
/// `gateway → orders → inventory → cache` and `orders → payments`; each hop gives up after 2 s, and
/// a dependency that fails, refuses or is late makes its caller answer 502.
///
/// | fault (`POST /fault/…`) | where it shows | survives a restart | cure |
/// | --- | --- | --- | --- |
/// | `crash` | process gone (exit code 137); callers answer 502 at once | no | start it again |
/// | `hang` | every path but `/fault` accepts and never answers; callers answer 502 after 2 s; `inflight_requests` ↑ | no | restart |
/// | `latency?ms=` | `/work` and `/health` late here, `/work` late at every caller | no | restart |
/// | `errors?ratio=` | that share of `/work` answers 500 here and 502 at every caller | no | restart |
/// | `leak?mb_per_s=` | `jvm_heap_used_ratio` ↑, `/health` 503 above 0.92, then exit code 3 | no | restart |
/// | `bad-flag` | `feature_flag{flag="new_pricing"}` 1; four of five items throw: 500 here, 502 at callers | yes, `flags/<service>` | flag off |
/// | `cold-cache` (cache, inventory) | `cache_hit_ratio` 0 at cache and inventory; ≥ 1.2 s at inventory, orders, gateway; cache itself stays fast | yes, no `cache.warm` | warm |
/// | `breaker` (orders) | `breaker_open{target="payments"}` 1; orders answers 503 at once, gateway 502; payments is idle and healthy | yes, `breakers/orders` | reset |
/// | `slow-start?ms=` | the next start of this instance answers 503 `starting` for that long | until that start | wait |
///
/// `DELETE /fault` ends every fault that lives in memory; it is the experimenter's hand, not a
/// remedy. The cache is never filled by traffic: read-through is off and a job (`POST
/// /admin/cache/warm`) fills it, so a cold one stays cold. Errors of payments open the breaker of
/// orders as in any real system; such an opening ends by its own probe.
@NullMarked
package io.grace.lab.service;

import org.jspecify.annotations.NullMarked;
