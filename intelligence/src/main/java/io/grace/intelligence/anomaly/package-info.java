/// How strange the newest reading of a series is, told as it streams by; numbers in, numbers out.
@NullMarked
package io.grace.intelligence.anomaly;

import org.jspecify.annotations.NullMarked;
