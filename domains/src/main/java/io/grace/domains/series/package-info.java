/// What was measured, as evenly spaced series that models can learn from; knows readings and no
/// model.
@NullMarked
package io.grace.domains.series;

import org.jspecify.annotations.NullMarked;
