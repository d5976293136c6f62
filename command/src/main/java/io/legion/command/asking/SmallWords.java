package io.legion.command.asking;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/// The values of an enumeration as words of a command line, for completion.
public abstract class SmallWords implements Iterable<String> {
    private final List<String> words;

    public SmallWords(List<? extends Enum<?>> values) {
        this.words = values.stream()
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    @Override
    public Iterator<String> iterator() {
        return words.iterator();
    }
}
