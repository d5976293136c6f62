package io.legion.store.rocksdb.files;

import io.legion.core.NodeId;
import io.legion.spi.Durability;
import io.legion.spi.StoreIdentity;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The content of `legion-store`: that the directory is a store, of which format, whose, and how it was left.
///
/// It is text: a first line with the format, which is all that a later format must keep, then `name=value`
/// lines, the last of them a checksum of the lines before.
///
/// @param boot empty after a clean close; else the boot of the machine in which the store was opened
/// @param weakest the weakest durability of a write since then
/// @param complete whether the store was complete when it was opened
/// @param damage what an opening found missing that was as durable as asked; empty if nothing
/// @param closedAt how far the files went at the clean close; empty while it is open
/// @param files where the engine is, and which of its tables are known to be damaged
public record Marker(
        String boot,
        Durability weakest,
        boolean complete,
        String damage,
        Optional<StoreExtent> closedAt,
        EngineFiles files,
        Optional<StoreIdentity> identity) {

    static final int FORMAT = 2;

    private static final String TITLE = "legion-store ";

    /// A store that nobody has used.
    static Marker fresh() {
        return new Marker("", Durability.FORCED, true, "", Optional.empty(), EngineFiles.FIRST, Optional.empty());
    }

    public boolean clean() {
        return boot.isEmpty();
    }

    /// True if everything that the store acknowledged is as durable as a stop in the boot before `now` asks
    /// for.
    public boolean isIntact(String now) {
        var intact = clean() ? Durability.MEMORY : boot.equals(now) ? Durability.HANDED_OVER : Durability.FORCED;
        return weakest.covers(intact);
    }

    /// The marker after an opening during the boot `now`.
    ///
    /// @param found what this opening found missing; empty if nothing
    public Marker opened(String now, String found) {
        return new Marker(
                now,
                Durability.FORCED,
                complete && isIntact(now) && found.isEmpty(),
                found.isEmpty() ? damage : found,
                Optional.empty(),
                files,
                identity);
    }

    public Marker closed(StoreExtent at) {
        return new Marker("", Durability.FORCED, complete, damage, Optional.of(at), files, identity);
    }

    public Marker weakened(Durability durability) {
        return new Marker(boot, durability, complete, damage, closedAt, files, identity);
    }

    /// A new node has said nothing yet, so nothing is missing.
    public Marker identified(StoreIdentity next) {
        NodeId before = identity.map(StoreIdentity::node).orElse(null);
        boolean same = next.node().equals(before);
        return new Marker(boot, weakest, complete || !same, same ? damage : "", closedAt, files, Optional.of(next));
    }

    /// Another engine, empty and open in the boot `now`, is in place, for another node.
    public Marker replaced(String now, EngineFiles engine, StoreIdentity next) {
        return new Marker(now, Durability.FORCED, true, "", Optional.empty(), engine, Optional.of(next));
    }

    public Marker withFiles(EngineFiles next) {
        return new Marker(boot, weakest, complete, damage, closedAt, next, identity);
    }

    byte[] toBytes() {
        return SealedText.seal(TITLE + FORMAT + "\nboot=" + boot + "\nweakest=" + weakest + "\ncomplete=" + complete
                + "\ndamage=" + damage + "\n"
                + files.toText()
                + closedAt.map(StoreExtent::toText).orElse("")
                + identity.map(StoreIdentity::toText).orElse(""));
    }

    /// Reads what [#toBytes()] wrote.
    ///
    /// @throws IllegalArgumentException if it is something else, with a sentence that says what
    static Marker parse(byte[] bytes) {
        requireFormat(new String(bytes, StandardCharsets.UTF_8));
        var text = SealedText.open(bytes);
        var values = SealedText.values(text);
        return new Marker(
                values.getOrDefault("boot", ""),
                Durability.valueOf(values.getOrDefault("weakest", "MEMORY")),
                "true".equals(values.get("complete")),
                values.getOrDefault("damage", ""),
                StoreExtent.parse(values),
                EngineFiles.parse(values),
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
}
