/// Three nodes for each system, run by turns.
@NullMarked
package io.legion.benchmarks.cluster.run;

import org.jspecify.annotations.NullMarked;
