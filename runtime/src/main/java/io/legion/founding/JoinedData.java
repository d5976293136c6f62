package io.legion.founding;

/// Two sources, one after the other.
record JoinedData(FoundingData first, FoundingData second) implements FoundingData {
    @Override
    public String title() {
        return first.title() + ", and " + second.title();
    }

    @Override
    public long read(long from, Recipient recipient) {
        long before = first.read(from, recipient);
        return before + second.read(Math.max(0, from - before), recipient);
    }
}
