/// What a node measures of itself and of the machine.
@NullMarked
package io.legion.benchmarks.cluster.measurement;

import org.jspecify.annotations.NullMarked;
