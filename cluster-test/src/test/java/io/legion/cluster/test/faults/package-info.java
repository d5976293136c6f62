/// Each fault that can be caused on purpose, at real processes, and what `doctor` says of it.
@NullMarked
package io.legion.cluster.test.faults;

import org.jspecify.annotations.NullMarked;
