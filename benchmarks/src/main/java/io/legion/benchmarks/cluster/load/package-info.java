/// A node under load, in a process of its own, whichever system it belongs to.
@NullMarked
package io.legion.benchmarks.cluster.load;

import org.jspecify.annotations.NullMarked;
