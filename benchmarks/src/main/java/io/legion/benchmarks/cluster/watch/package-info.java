/// Those who watch a cluster under load: an open dashboard, and Prometheus.
@NullMarked
package io.legion.benchmarks.cluster.watch;

import org.jspecify.annotations.NullMarked;
