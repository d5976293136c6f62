package io.legion.command.asking;

import io.legion.command.client.AdminClient;
import io.legion.command.client.ClientTls;
import io.legion.command.output.NodeNames;
import io.legion.command.output.Paint;
import io.legion.command.output.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Whom a command asks, as whom, and how it shows the answer: the options of all commands.
public final class AdminOptions {
    /// When a command shows colours.
    enum Colour {
        AUTO,
        ALWAYS,
        NEVER
    }

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PATIENCE_TO_ACT = Duration.ofSeconds(30);

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--admin",
            paramLabel = "URL",
            split = ",",
            defaultValue = "${env:LEGION_ADMIN:-http://127.0.0.1:9761}",
            description = "The admin service; of several, with commas between them, the first that answers. Default:"
                    + " the variable LEGION_ADMIN, or http://127.0.0.1:9761, the demo's first node.")
    private List<String> servers = List.of();

    @Option(names = "--token", paramLabel = "TOKEN", description = "The token; others on this machine can see it here.")
    private @Nullable String token;

    @Option(names = "--token-file", paramLabel = "FILE", description = "The file that holds the token.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "The certificates (PEM) that vouch for the server. Default: those that the JDK knows.")
    private @Nullable Path authorities;

    @Option(names = "--certificate", paramLabel = "FILE", description = "Your own certificate (PEM).")
    private @Nullable Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "Its key (PEM, PKCS 8, not encrypted).")
    private @Nullable Path key;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Timeout.class,
            description = "How long a server may take to answer, such as 500ms, 5s or 1m. Default: 5s, and 30s to act.")
    private @Nullable Duration timeout;

    @Option(names = "--json", description = "Show the server's answer as it is: one document of JSON.")
    private boolean json;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            defaultValue = "auto",
            completionCandidates = ColourWords.class,
            description = "auto (on a terminal, unless NO_COLOR is set), always or never. Default: ${DEFAULT-VALUE}.")
    private Colour colour = Colour.AUTO;

    /// The words for [Colour].
    static final class ColourWords extends SmallWords {
        ColourWords() {
            super(List.of(Colour.values()));
        }
    }

    /// Reads a time.
    static final class Timeout extends TimeConverter {
        Timeout() {
            super(Duration.ofNanos(1), Duration.ofHours(1), "such as 500ms, 5s or 1m, up to 60m");
        }
    }

    public boolean json() {
        return json;
    }

    public Paint paint(Terminal terminal) {
        return new Paint(
                switch (colour) {
                    case AUTO -> terminal.likesColours();
                    case ALWAYS -> true;
                    case NEVER -> false;
                });
    }

    /// Whom the server must be for this command to believe it.
    public ClientTls tls() {
        return new ClientTls(authorities, certificate, key);
    }

    /// What asks the servers.
    ///
    /// @throws ParameterException if the options do not fit together, or a file cannot be used
    public AdminClient open() {
        return open(timeout == null ? PATIENCE : timeout);
    }

    /// The same, with which no answer takes longer than this, whatever the options say.
    public AdminClient openFor(Duration longest) {
        return open(timeout == null || timeout.compareTo(longest) > 0 ? longest : timeout);
    }

    /// The same for what takes its time.
    ///
    /// @param longest how long an order may take
    public AdminClient openPatient(Duration longest) {
        return open(timeout == null ? PATIENCE_TO_ACT : timeout, longest);
    }

    private AdminClient open(Duration patience) {
        return open(patience, timeout == null ? PATIENCE_TO_ACT : timeout);
    }

    private AdminClient open(Duration patience, Duration toAct) {
        try {
            return AdminClient.open(AdminClient.Config.of(servers, secret(), tls(), patience, toAct));
        } catch (IllegalArgumentException wrong) {
            throw wrong(wrong.getMessage() + ".");
        }
    }

    /// A wrong command line.
    public ParameterException wrong(String message) {
        return new ParameterException(Objects.requireNonNull(command).commandLine(), message);
    }

    /// The id of the node that an argument means.
    ///
    /// @throws ParameterException if it means none, or may mean several
    public String node(NodeNames names, String argument) {
        try {
            return names.resolve(argument);
        } catch (IllegalArgumentException unclear) {
            throw wrong(unclear.getMessage() + ".");
        }
    }

    private @Nullable String secret() {
        if (tokenFile == null) {
            return token;
        }
        if (token != null) {
            throw new IllegalArgumentException("give either --token or --token-file");
        }
        try {
            return Files.readString(tokenFile).strip();
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("the file of the token cannot be read (" + unreadable + ")", unreadable);
        }
    }
}
