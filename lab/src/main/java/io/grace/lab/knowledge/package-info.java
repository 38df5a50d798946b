/// Measures how well the knowledge base finds what is asked for, on judged questions.
@NullMarked
package io.grace.lab.knowledge;

import org.jspecify.annotations.NullMarked;
