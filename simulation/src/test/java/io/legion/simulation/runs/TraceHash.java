package io.legion.simulation.runs;

import io.legion.simulation.scene.Plan;

/// Prints a hash over every line of the story of a seed.
final class TraceHash {
    private long hash;
    private long lines;

    public static void main(String[] arguments) {
        System.out.println(of(Long.parseLong(arguments[0])));
    }

    static String of(long seed) {
        var trace = new TraceHash();
        Runs.told(Plan.of(seed), trace::add, true);
        return trace.lines + " lines " + trace.hash;
    }

    private void add(String line) {
        lines++;
        for (int i = 0; i < line.length(); i++) {
            hash = hash * 1_000_003 + line.charAt(i);
        }
    }
}
