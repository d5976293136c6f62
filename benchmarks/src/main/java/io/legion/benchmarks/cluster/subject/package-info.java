/// What is measured: Legion in its modes, and the systems beside it.
@NullMarked
package io.legion.benchmarks.cluster.subject;

import org.jspecify.annotations.NullMarked;
