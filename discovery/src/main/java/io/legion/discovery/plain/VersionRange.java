package io.legion.discovery.plain;

import io.legion.discovery.registry.Instance;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.semver4j.Semver;
import org.semver4j.range.RangeList;
import org.semver4j.range.RangeListFactory;

/// A range of semantic versions: `>=1.2 <2`, `^1.2`, `~1.2.3`, `1.x`, `1.2 - 1.4`, alternatives with `||`.
///
/// A version that lacks parts has zeros for them (`1.2` is `1.2.0`); what is no version, or is longer than any
/// that a person would write, is in no range but [#ANY].
final class VersionRange {
    /// Every version, and what is none.
    static final VersionRange ANY = new VersionRange(null);

    /// A longer text is no range that a person would write, and no version.
    private static final int MAX_LENGTH = Instance.MAX_NAME;

    private final @Nullable RangeList ranges;

    private VersionRange(@Nullable RangeList ranges) {
        this.ranges = ranges;
    }

    /// Reads a range.
    ///
    /// @throws IllegalArgumentException if it is none
    static VersionRange parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a version range has at most " + MAX_LENGTH + " characters");
        }
        if (text.isBlank() || text.strip().equals("*")) {
            return ANY;
        }
        var ranges = ranges(text);
        if (ranges.get().isEmpty() || ranges.get().stream().anyMatch(List::isEmpty)) {
            throw refused(text);
        }
        return new VersionRange(ranges);
    }

    private static RangeList ranges(String text) {
        try {
            return RangeListFactory.create(text);
        } catch (RuntimeException malformed) {
            throw refused(text);
        }
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException(
                "\"" + text + "\" is no version range: write one like >=1.2 <2, ^1.2, ~1.2.3 or 1.x");
    }

    /// True if the version is in the range.
    boolean contains(String version) {
        if (ranges == null) {
            return true;
        }
        var semantic = semantic(version);
        return semantic != null && semantic.satisfies(ranges);
    }

    private static @Nullable Semver semantic(String version) {
        if (version.isEmpty()
                || version.length() > MAX_LENGTH
                || !Character.isDigit(version.charAt(version.startsWith("v") && version.length() > 1 ? 1 : 0))) {
            return null;
        }
        try {
            var exact = Semver.parse(version);
            return exact != null ? exact : Semver.coerce(version);
        } catch (RuntimeException unreadable) {
            return null;
        }
    }
}
