/// Processes of Legion in networks that are cut, paused and killed under load.
@NullMarked
package io.legion.cluster.test;

import org.jspecify.annotations.NullMarked;
