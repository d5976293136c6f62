/// The figures of all nodes, and the report of them.
@NullMarked
package io.legion.benchmarks.cluster.report;

import org.jspecify.annotations.NullMarked;
