package io.legion.http.jetty;

import java.io.File;

/// What this process holds; where the system does not say how many threads and file handles these are, these are 0.
///
/// @param heap bytes that a collection leaves
record Resources(long heap, int threads, int fileHandles) {
    private static final int COLLECTIONS = 3;

    static Resources now() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc(); // what one frees may hold what the next one frees
        }
        var runtime = Runtime.getRuntime();
        return new Resources(
                runtime.totalMemory() - runtime.freeMemory(), count("/proc/self/task"), count("/proc/self/fd"));
    }

    private static int count(String directory) {
        var names = new File(directory).list();
        return names == null ? 0 : names.length;
    }

    Resources minus(Resources other) {
        return new Resources(heap - other.heap, threads - other.threads, fileHandles - other.fileHandles);
    }

    boolean isWithin(Resources most) {
        return heap <= most.heap && threads <= most.threads && fileHandles <= most.fileHandles;
    }
}
