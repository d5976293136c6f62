package io.legion.store.rocksdb;

import io.legion.core.NodeId;
import io.legion.spi.Durability;
import io.legion.spi.StoreIdentity;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/// The content of `legion-store`: that the directory is a store, of which format, whose, and how it was left.
///
/// It is text: a first line with the format, which is all that a later format must keep, then `name=value`
/// lines, the last of them a checksum of the lines before.
///
/// @param boot empty after a clean close; else the boot of the machine in which the store was opened
/// @param weakest the weakest durability of a write since then
/// @param complete whether the store was complete when it was opened
record Marker(String boot, Durability weakest, boolean complete, Optional<StoreIdentity> identity) {

    static final int FORMAT = 1;

    private static final String TITLE = "legion-store ";
    private static final String CHECKSUM = "checksum=";

    /// A store that nobody has used.
    static Marker fresh() {
        return new Marker("", Durability.FORCED, true, Optional.empty());
    }

    boolean clean() {
        return boot.isEmpty();
    }

    /// The marker after an opening during the boot `now`.
    Marker opened(String now) {
        var intact = clean() ? Durability.MEMORY : boot.equals(now) ? Durability.HANDED_OVER : Durability.FORCED;
        return new Marker(now, Durability.FORCED, complete && weakest.covers(intact), identity);
    }

    Marker closed() {
        return new Marker("", Durability.FORCED, complete, identity);
    }

    Marker weakened(Durability durability) {
        return new Marker(boot, durability, complete, identity);
    }

    Marker identified(StoreIdentity next) {
        NodeId before = identity.map(StoreIdentity::node).orElse(null);
        return new Marker(boot, weakest, complete || !next.node().equals(before), Optional.of(next));
    }

    byte[] toBytes() {
        var text = TITLE + FORMAT + "\nboot=" + boot + "\nweakest=" + weakest + "\ncomplete=" + complete + "\n"
                + identity.map(StoreIdentity::toText).orElse("");
        return (text + CHECKSUM + checksum(text) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /// Reads what [#toBytes()] wrote.
    ///
    /// @throws IllegalArgumentException if it is something else, with a sentence that says what
    static Marker parse(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        requireFormat(text);
        int end = text.lastIndexOf(CHECKSUM);
        if (end < 0 || !text.substring(end).equals(CHECKSUM + checksum(text.substring(0, end)) + "\n")) {
            throw new IllegalArgumentException("it is damaged (its checksum does not fit)");
        }
        return parseLines(text.substring(0, end));
    }

    private static Marker parseLines(String text) {
        var values = new TreeMap<String, String>();
        text.lines()
                .skip(1)
                .forEach(line ->
                        values.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        return new Marker(
                values.getOrDefault("boot", ""),
                Durability.valueOf(values.getOrDefault("weakest", "MEMORY")),
                "true".equals(values.get("complete")),
                values.containsKey("cluster") ? Optional.of(StoreIdentity.parse(text)) : Optional.empty());
    }

    private static void requireFormat(String text) {
        var line = text.lines().findFirst().orElse("");
        if (!line.matches(TITLE + "\\d{1,9}")) {
            throw new IllegalArgumentException("it does not begin with '" + TITLE + "' and a format");
        }
        int format = Integer.parseInt(line.substring(TITLE.length()));
        if (format != FORMAT) {
            throw new IllegalArgumentException(
                    "its format is " + format + ", and this version of Legion knows only format " + FORMAT
                            + (format > FORMAT ? ": a newer version wrote it" : ""));
        }
    }

    private static String checksum(String text) {
        var crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
