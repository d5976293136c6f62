/// Internal: what the rest of the core is made of. Times and epochs are single numbers, and an invariant is checked
/// where it must hold.
package io.legion.core.primitive;
