/// Runs the protocol's model through the model checker TLC.
@NullMarked
package io.legion.model;

import org.jspecify.annotations.NullMarked;
