/// The commands that change something: each says first what would happen, and asks.
@NullMarked
package io.legion.command.order;

import org.jspecify.annotations.NullMarked;
