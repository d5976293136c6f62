/// What all commands share: whom they ask and how, the picture that they ask for, and how they exit.
@NullMarked
package io.legion.command.asking;

import org.jspecify.annotations.NullMarked;
