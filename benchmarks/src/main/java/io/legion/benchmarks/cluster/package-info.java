/// Three nodes on this machine under load: what a request to a cluster costs, beside other systems.
@NullMarked
package io.legion.benchmarks.cluster;

import org.jspecify.annotations.NullMarked;
