package io.legion.http.jetty;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/// Fetches [LargeReplies] from the server of its first argument, as often as its second one says, some at a time.
/// Prints what came short; its last line says how many were whole.
public final class LargeFetchesMain {
    private static final int AT_ONCE = 4;

    /// A reply that is short may leave its client waiting.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int PIECE = 64 * 1024;

    /// One in so many reads slowly.
    private static final int SLOW = 3;

    private final URI server;
    private final byte[] expected = LargeReplies.body();

    private LargeFetchesMain(URI server) {
        this.server = server;
    }

    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        var main = new LargeFetchesMain(URI.create(arguments[0]));
        int count = Integer.parseInt(arguments[1]);
        int whole = 0;
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var fetches = IntStream.range(0, count)
                    .mapToObj(number -> (Callable<String>) () -> main.fetch(number))
                    .toList();
            for (var fetch : threads.invokeAll(fetches)) {
                System.out.print(fetch.get());
                whole += fetch.get().isEmpty() ? 1 : 0;
            }
        }
        System.out.println(whole + " of " + count + " whole");
    }

    /// @return what is wrong with the reply; empty if nothing is
    private String fetch(int number) throws InterruptedException {
        var path = number % 2 == 0 ? "/large" : "/stream";
        var compressed = number / 2 % 2 == 0;
        long read = 0;
        try {
            var reply = (HttpURLConnection) server.resolve(path).toURL().openConnection();
            reply.setReadTimeout((int) PATIENCE.toMillis());
            if (compressed) {
                reply.setRequestProperty("Accept-Encoding", "gzip");
            }
            try (var in = decoded(reply, compressed)) {
                for (var piece = in.readNBytes(PIECE); piece.length > 0; piece = in.readNBytes(PIECE)) {
                    if (!isExpected(piece, (int) read)) {
                        return number + " " + path + ": other bytes after " + read + "\n";
                    }
                    read += piece.length;
                    pace(number);
                }
            }
        } catch (IOException failure) {
            return number + " " + path + ": " + failure + " after " + read + "\n";
        }
        return read == expected.length ? "" : number + " " + path + ": ended after " + read + "\n";
    }

    private static InputStream decoded(HttpURLConnection reply, boolean compressed) throws IOException {
        var in = reply.getInputStream();
        if (compressed != "gzip".equals(reply.getContentEncoding())) {
            throw new IOException("not compressed as the client asked");
        }
        return compressed ? new GZIPInputStream(in, PIECE) : in;
    }

    private boolean isExpected(byte[] piece, int from) {
        int end = from + piece.length;
        return end <= expected.length && Arrays.equals(piece, 0, piece.length, expected, from, end);
    }

    /// A slow reader waits for more than fits into the buffers.
    private static void pace(int number) throws InterruptedException {
        if (number % SLOW == 0) {
            Thread.sleep(2); // the pace of this client, which is what is tested
        }
    }
}
