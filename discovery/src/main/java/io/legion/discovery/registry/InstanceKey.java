package io.legion.discovery.registry;

import io.legion.core.PartitionKey;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Which instance: the name of its application and its id. It is the key of the instance's partition.
///
/// @param application in upper case, as in Eureka, whatever the case in which it came
/// @param id unique in the application; its case matters
public record InstanceKey(String application, String id) {
    /// The most bytes of both together, in UTF-8: they are a key and a tag.
    public static final int MAX_BYTES = 1000;

    /// Stands between the two in a partition's key. No application's name has it, so a key is cut at the first.
    private static final char SEPARATOR = 0;

    /// Makes the name upper case.
    ///
    /// @throws IllegalArgumentException if the two are no key
    public InstanceKey {
        application = canonical(application);
        if (application.indexOf(SEPARATOR) >= 0) {
            throw new IllegalArgumentException("the name of an application has no character 0");
        }
        int bytes = bytes(application) + bytes(id);
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException("the names of application and instance have " + bytes
                    + " bytes together in UTF-8, more than the " + MAX_BYTES + " allowed");
        }
    }

    /// The name of an application as it stands here.
    public static String canonical(String application) {
        return application.toUpperCase(Locale.ROOT);
    }

    /// The instance of this partition.
    public static InstanceKey of(PartitionKey key) {
        var text = key.text();
        int cut = text.indexOf(SEPARATOR);
        return new InstanceKey(text.substring(0, cut), text.substring(cut + 1));
    }

    /// The key of its partition.
    public PartitionKey partition() {
        return PartitionKey.of(application + SEPARATOR + id);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
