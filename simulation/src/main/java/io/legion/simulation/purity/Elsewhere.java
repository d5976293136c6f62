package io.legion.simulation.purity;

import java.util.Locale;
import java.util.TimeZone;
import java.util.function.Supplier;

/// Another locale and time zone, as another node may have.
final class Elsewhere {
    private static final Locale OTHER_LOCALE = Locale.forLanguageTag("tr-TR");
    private static final TimeZone OTHER_ZONE = TimeZone.getTimeZone("Pacific/Kiritimati");

    private Elsewhere() {}

    static <T> T get(Supplier<T> result) {
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(OTHER_LOCALE);
            TimeZone.setDefault(OTHER_ZONE);
            return result.get();
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }
}
