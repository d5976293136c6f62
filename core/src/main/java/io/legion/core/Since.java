package io.legion.core;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The version of a [PartitionType] that brought a component of a record, an alternative of a sealed interface or a
/// constant of an enum. What bears no such mark was there from the beginning.
///
/// While an older version is active, bytes are as that version wrote them: components that it did not have are left
/// out, and it is an error to write an alternative or a constant that it did not know. So an older release can read
/// and compare everything.
///
/// A record inside the keys of a map or the elements of a set cannot have such components: its bytes give the order.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE, ElementType.FIELD})
public @interface Since {
    /// The version, at least 2.
    ///
    /// @return the number given to [PartitionType#version(int)] by the release that brought it
    int value();
}
