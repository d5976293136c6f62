package io.legion.discovery.registry;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What an instance says of itself.
///
/// @param id unique in its application
/// @param application the application's name, in upper case
/// @param host its host name
/// @param address its IP address
/// @param port where it speaks plain HTTP
/// @param securePort where it speaks TLS
/// @param dataCenter where it runs
/// @param countryId Eureka's country, 1 where nobody cares
/// @param renewal how often it means to renew its lease
/// @param lease how long its lease holds after a renewal
/// @param texts the other texts that Eureka knows, by Eureka's names ([#TEXTS])
/// @param metadata what it wants others to know
public record Instance(
        String id,
        String application,
        String host,
        String address,
        Port port,
        Port securePort,
        DataCenter dataCenter,
        int countryId,
        Duration renewal,
        Duration lease,
        SortedMap<String, String> texts,
        SortedMap<String, String> metadata) {
    /// The names that `texts` may have, as the Eureka API spells them.
    public static final List<String> TEXTS = List.of(
            "appGroupName",
            "sid",
            "homePageUrl",
            "statusPageUrl",
            "healthCheckUrl",
            "secureHealthCheckUrl",
            "vipAddress",
            "secureVipAddress",
            "asgName");

    /// The longest id, application name, virtual address or version, in characters.
    public static final int MAX_NAME = 250;

    /// The longest name of metadata, in characters.
    public static final int MAX_METADATA_NAME = 160;

    /// The longest lease, and the longest time between two renewals.
    public static final Duration MAX_LEASE = Duration.ofDays(1);

    /// The metadata key under which an instance tells its version.
    public static final String VERSION = "version";

    /// Where clients in Java name the class of a map. It is no metadata.
    public static final String CLASS = "@class";

    /// Checks and copies.
    ///
    /// @throws IllegalArgumentException if a required text is missing, a text is no Unicode or something is outside
    ///     its bounds
    public Instance {
        id = checked("instanceId", id);
        application = new InstanceKey(checked("app", application), id).application();
        required("hostName", host);
        required("ipAddr", address);
        bounded("a lease lasts", lease);
        bounded("the time between two renewals is", renewal);
        texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
        optional("vipAddress", texts);
        optional("secureVipAddress", texts);
        checkMetadata(metadata);
        whole(Stream.of(id, application, host, address));
        whole(texts);
        whole(dataCenter.metadata());
    }

    /// Checks metadata alone.
    ///
    /// @throws IllegalArgumentException if no instance can have them
    static void checkMetadata(SortedMap<String, String> metadata) {
        checkNames(metadata);
        if (metadata.containsKey(CLASS)) {
            throw new IllegalArgumentException(
                    "no metadata can be named " + CLASS + ": Java clients name a class there, and do not read it back");
        }
        optional(VERSION, metadata);
        whole(metadata);
    }

    /// In XML each name is that of an element, where some characters take six; Java's readers of XML take no name of
    /// more than 1,000.
    static void checkNames(SortedMap<String, String> metadata) {
        for (String name : metadata.keySet()) {
            if (name.length() > MAX_METADATA_NAME) {
                throw new IllegalArgumentException("a name in the metadata has " + name.length()
                        + " characters, more than the " + MAX_METADATA_NAME + " allowed");
            }
        }
    }

    /// Its place in the registry.
    public InstanceKey key() {
        return new InstanceKey(application, id);
    }

    /// The text of this Eureka name, or an empty one.
    public String text(String name) {
        return texts.getOrDefault(name, "");
    }

    /// The version in the metadata.
    public Optional<String> version() {
        return Optional.ofNullable(metadata.get(VERSION));
    }

    /// The same instance with these metadata added; they replace those of the same keys.
    public Instance with(SortedMap<String, String> added) {
        var merged = new TreeMap<>(metadata);
        merged.putAll(added);
        return new Instance(
                id, application, host, address, port, securePort, dataCenter, countryId, renewal, lease, texts, merged);
    }

    private static String checked(String name, String text) {
        required(name, text);
        bounded(name, text);
        return text;
    }

    private static void required(String name, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("missing " + name);
        }
    }

    private static void bounded(String what, Duration time) {
        if (time.compareTo(Duration.ofSeconds(1)) < 0 || time.compareTo(MAX_LEASE) > 0) {
            throw new IllegalArgumentException(what + " 1 second to 1 day, not " + time.toSeconds() + " s");
        }
    }

    private static void whole(SortedMap<String, String> texts) {
        whole(texts.keySet().stream());
        whole(texts.values().stream());
    }

    /// No UTF-8 stands for half of a surrogate pair, so nobody could read it.
    private static void whole(Stream<String> texts) {
        var encoder = StandardCharsets.UTF_8.newEncoder();
        texts.filter(text -> !encoder.canEncode(text)).findFirst().ifPresent(text -> {
            throw new IllegalArgumentException("the text \"" + text.replaceAll("\\p{Cs}", "?")
                    + "\" has half of a surrogate pair, here a question mark: send whole characters");
        });
    }

    private static void optional(String name, SortedMap<String, String> texts) {
        bounded(name, texts.getOrDefault(name, ""));
    }

    private static void bounded(String name, String text) {
        if (text.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    name + " has " + text.length() + " characters, more than the " + MAX_NAME + " allowed");
        }
    }
}
