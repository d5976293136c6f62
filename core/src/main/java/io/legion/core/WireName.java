package io.legion.core;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The name by which bytes know a component of a record, an alternative of a sealed interface or a constant of
/// an enum, where it differs from the name in the program. Put the *old* name here when renaming: old bytes
/// stay readable.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE, ElementType.FIELD})
public @interface WireName {
    /// The name in the bytes.
    ///
    /// @return any text that no sibling has
    String value();
}
