package io.legion.discovery.registry;

import java.util.Arrays;
import java.util.List;

/// What an instance said when it registered: all of it as bytes, and beside them what events and index need.
///
/// @param key which instance it is
/// @param instance the whole
/// @param vips the virtual addresses, separated by commas
/// @param secureVips the secure virtual addresses, separated by commas
/// @param dirtyMillis the client's own time of its last change, which tells whether it or the registry is newer;
///     0 if it does not say, in an event only: a lease has the time of the event then
/// @param leaseMillis how long the lease holds after a renewal
public record Announcement(
        InstanceKey key, Encoded instance, String vips, String secureVips, long dirtyMillis, long leaseMillis) {
    /// The most bytes of an instance.
    public static final int MAX_BYTES = 64 * 1024;

    /// What a client hears whose instance is larger.
    public static final String TOO_LARGE =
            "with its metadata the instance would have more than " + MAX_BYTES + " bytes: shorten them";

    /// What the objects around the texts take in memory, measured: for the only instance of an application.
    private static final int OBJECTS = 750;

    /// The announcement of this instance.
    public static Announcement of(Instance instance, long dirtyMillis) {
        return new Announcement(
                instance.key(),
                Encoded.of(instance),
                instance.text("vipAddress"),
                instance.text("secureVipAddress"),
                dirtyMillis,
                instance.lease().toMillis());
    }

    /// How many bytes of memory an instance takes that announced this, about.
    public long memory() {
        return (long) OBJECTS
                + instance.bytes().length
                + key.application().length()
                + key.id().length()
                + vips.length()
                + secureVips.length();
    }

    /// The virtual addresses one by one.
    public List<String> vipList() {
        return split(vips);
    }

    /// The secure virtual addresses one by one.
    public List<String> secureVipList() {
        return split(secureVips);
    }

    /// The same, said at this time if it does not say when.
    Announcement saidAt(long now) {
        return isDated() ? this : at(now);
    }

    /// True if its client says that it is older. What has no time is as new as the event that brings it.
    boolean isOlderThan(Announcement other) {
        return isDated() && dirtyMillis < other.dirtyMillis;
    }

    /// True if it has more than [#MAX_BYTES]: the registry does not take it.
    public boolean isTooLarge() {
        return instance.bytes().length > MAX_BYTES;
    }

    private boolean isDated() {
        return dirtyMillis > 0;
    }

    Announcement newerOf(long dirty) {
        return dirty <= dirtyMillis ? this : at(dirty);
    }

    private Announcement at(long dirty) {
        return new Announcement(key, instance, vips, secureVips, dirty, leaseMillis);
    }

    private static List<String> split(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(vip -> !vip.isEmpty())
                .distinct()
                .toList();
    }
}
