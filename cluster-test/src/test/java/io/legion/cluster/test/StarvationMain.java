package io.legion.cluster.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// A process that has no certificate and keeps the ports of nodes busy: to each it holds connections that say
/// nothing, and connections that say the beginning of a handshake, a byte every 350 ms. When one is closed, another
/// one comes.
///
/// Arguments: how many of each kind, and the addresses. It ends when its input does.
final class StarvationMain {
    private static final int BETWEEN_MILLIS = 350;

    /// How a `ClientHello` of 512 bytes begins.
    private static final byte[] HELLO = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3};

    private StarvationMain() {}

    /// Starts it.
    ///
    /// @param network how the command begins that puts the process into its network
    static Process start(List<String> network, int silent, int slow, List<String> addresses) {
        var command = new ArrayList<>(network);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of("-Xmx64m", "-cp", System.getProperty("java.class.path"), StarvationMain.class.getName()));
        command.addAll(List.of(String.valueOf(silent), String.valueOf(slow)));
        command.addAll(addresses);
        try {
            var process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return process;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public static void main(String[] arguments) throws IOException {
        int silent = Integer.parseInt(arguments[0]);
        int slow = Integer.parseInt(arguments[1]);
        for (var address : List.of(arguments).subList(2, arguments.length)) {
            int colon = address.indexOf(':');
            var target =
                    new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
            for (int i = 0; i < silent + slow; i++) {
                boolean speaks = i >= silent;
                Thread.startVirtualThread(() -> repeat(target, speaks));
            }
        }
        System.in.transferTo(java.io.OutputStream.nullOutputStream());
    }

    @SuppressWarnings("InfiniteLoopStatement")
    private static void repeat(InetSocketAddress target, boolean speaks) {
        while (true) {
            try (var socket = new Socket()) {
                socket.connect(target, 5_000);
                socket.setSoTimeout(BETWEEN_MILLIS);
                hold(socket, speaks);
            } catch (IOException closed) {
                LockSupport.parkNanos(BETWEEN_MILLIS * 1_000_000L);
            }
        }
    }

    /// Returns when the other side has closed.
    private static void hold(Socket socket, boolean speaks) throws IOException {
        for (int said = 0; ; said++) {
            if (speaks) {
                socket.getOutputStream().write(said < HELLO.length ? HELLO[said] : 0);
            }
            try {
                if (socket.getInputStream().read() < 0) {
                    return;
                }
            } catch (SocketTimeoutException open) {
                // Still open: go on.
            }
        }
    }
}
