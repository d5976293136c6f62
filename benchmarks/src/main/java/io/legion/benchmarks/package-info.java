/// Benchmarks with JMH.
@NullMarked
package io.legion.benchmarks;

import org.jspecify.annotations.NullMarked;
