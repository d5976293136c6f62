package io.legion.store.postgres.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The programs of PostgreSQL on this machine, and how they run, which they refuse to do as root.
///
/// @param asAnother what to put before a command; empty if this process is not root
/// @param owner to whom the server's files are given; empty if they stay this process's own
record ServerPrograms(Path directory, List<String> asAnother, Optional<String> owner) {

    private static final List<String> USERS = List.of("postgres", "nobody");

    /// Nobody for the programs, and still the owner of its files.
    private static final List<String> NAMESPACE = List.of("unshare", "--user");

    /// Where packages put them: a directory for each version.
    private static final List<Path> PLACES = List.of(
            Path.of("/usr/lib/postgresql"), Path.of("/usr"), Path.of("/opt/homebrew/opt"), Path.of("/usr/local"));

    /// Out of the reach of Ctrl-C, which goes to all processes of a terminal: those who use the server close before it.
    /// Where there is no such program (macOS), it stops at the same time as they do.
    private static final String OWN_SESSION = "setsid";

    /// Passes on the end of the standard input, which is a pipe from this process, as an order to stop.
    private static final String GUARD = "\"$@\" & pid=$!; cat >/dev/null; kill -INT $pid 2>/dev/null; wait $pid";

    private static final long STOP_SECONDS = 60;
    private static final int LAST_LINES = 20;

    /// @param given null to look for them
    /// @throws IOException if they are not there
    static ServerPrograms find(@Nullable Path given) throws IOException {
        var directory = given == null ? search() : Optional.of(given).filter(ServerPrograms::has);
        return as(directory.orElseThrow(() -> new IOException("No PostgreSQL was found"
                + (given == null ? " on this machine" : " in " + given)
                + ". Install it (the package postgresql), or give the URL of a database.")));
    }

    private static ServerPrograms as(Path directory) throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return new ServerPrograms(directory, List.of(), Optional.empty());
        }
        if (succeeds("unshare", "--user", "true")) {
            return new ServerPrograms(directory, NAMESPACE, Optional.empty());
        }
        var user = user();
        return new ServerPrograms(directory, List.of("runuser", "-u", user, "--"), Optional.of(user));
    }

    private static Optional<Path> search() {
        var onPath = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of);
        var installed = PLACES.stream().flatMap(ServerPrograms::versions);
        return Stream.concat(installed, onPath).filter(ServerPrograms::has).findFirst();
    }

    /// The newest first.
    private static Stream<Path> versions(Path place) {
        try (var entries = Files.list(place)) {
            return entries
                    .filter(entry -> {
                        var name = String.valueOf(entry.getFileName());
                        return name.matches("\\d+") || name.startsWith("postgres") || name.startsWith("pgsql");
                    })
                    .sorted(Comparator.comparingInt(ServerPrograms::version).reversed())
                    .map(entry -> entry.resolve("bin"))
                    .toList()
                    .stream();
        } catch (IOException none) {
            return Stream.empty();
        }
    }

    private static int version(Path entry) {
        var digits = String.valueOf(entry.getFileName()).replaceAll("\\D", "");
        return digits.isEmpty() || digits.length() > 4 ? 0 : Integer.parseInt(digits);
    }

    private static boolean has(Path directory) {
        return Files.isExecutable(directory.resolve("initdb")) && Files.isExecutable(directory.resolve("postgres"));
    }

    private static String user() throws IOException {
        for (var name : USERS) {
            if (succeeds("id", name)) {
                return name;
            }
        }
        throw new IOException("PostgreSQL does not run as root, and this machine has no user " + USERS.getFirst()
                + " or " + USERS.getLast() + ". Run as another user, or give the URL of a database.");
    }

    String program(String name) {
        return directory.resolve(name).toString();
    }

    /// Gives a directory, with all that is in it, to whom the programs run as.
    void give(Path place) throws IOException {
        if (owner.isPresent() && !succeeds("chown", "-R", owner.get(), place.toString())) {
            throw new IOException("The directory " + place + " cannot be given to the user " + owner.get() + ".");
        }
    }

    /// Runs a program to its end.
    ///
    /// @throws IOException if it fails
    void run(Path home, String program, String... arguments) throws IOException {
        var command = new ArrayList<>(asAnother);
        command.add(program(program));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log(home).toFile())
                .start();
        if (exit(process) != 0) {
            throw new IOException(program + " failed in " + home + ", whose directories the user "
                    + owner.orElse("of this process") + " must be able to enter. It said:\n" + lastLines(home));
        }
    }

    /// Starts a server, which stops when this process ends.
    Process serve(Path home, List<String> server) throws IOException {
        var command = new ArrayList<>(asAnother);
        if (succeeds("sh", "-c", "command -v " + OWN_SESSION)) {
            command.add(OWN_SESSION);
        }
        command.addAll(List.of("sh", "-c", GUARD, "legion-postgres"));
        command.addAll(server);
        return new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(home).toFile()))
                .start();
    }

    /// Asks a server to stop, and waits for it.
    static void end(Process server) {
        try {
            server.getOutputStream().close();
        } catch (IOException gone) {
            // It has stopped already.
        }
        try {
            if (!server.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// The end of what the programs said.
    static String lastLines(Path home) throws IOException {
        try (var lines = Files.lines(log(home))) {
            var all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - LAST_LINES), all.size()));
        }
    }

    private static Path log(Path home) {
        return home.resolve("log");
    }

    private static boolean succeeds(String... command) throws IOException {
        return exit(new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start())
                == 0;
    }

    private static int exit(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a program of PostgreSQL ran", interrupted);
        }
    }
}
