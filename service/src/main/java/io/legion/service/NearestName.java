package io.legion.service;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds the name that was probably meant by one that does not exist.
public final class NearestName {

    private NearestName() {}

    /// The known name with the fewest differences from `name`, if they are few enough for it to be meant; of
    /// equally near names the first.
    public static Optional<String> among(Collection<String> known, String name) {
        int limit = Math.max(2, name.length() / 3);
        return known.stream()
                .filter(candidate -> distance(candidate, name) <= limit)
                .min(Comparator.comparingInt(candidate -> distance(candidate, name)));
    }

    /// The number of letters to insert, delete or replace (the distance of Levenshtein), upper and lower case
    /// being the same.
    private static int distance(String left, String right) {
        var a = left.toLowerCase(Locale.ROOT);
        var b = right.toLowerCase(Locale.ROOT);
        var row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
