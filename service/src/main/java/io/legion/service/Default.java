package io.legion.service;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The value of a configuration record's component when its key is not in the file, written as it would be
/// there: `@Default("30s") Duration timeout`. See [Configuration].
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {

    /// The value as text.
    String value();
}
