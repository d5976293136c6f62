package io.legion.command.client;

import io.legion.command.client.AdminException.Kind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Asks admin services. It follows no redirection, since the token would go there, and reads no more of an answer
/// than an admin service sends.
///
/// **Failure.** An [AdminException]. A read that failed changed nothing; of an act that failed the message says whether
/// it may have been done. **Threads.** Any.
public final class AdminClient implements AutoCloseable {
    /// Whom to ask, and how.
    ///
    /// @param servers the addresses of admin services of one cluster, in the order in which they are tried
    /// @param token what the client shows; null for nothing
    /// @param tls whom it believes
    /// @param timeout how long one server may take for one answer, all in all
    /// @param actTimeout how long it may take to act
    public record Config(
            List<URI> servers, @Nullable String token, ClientTls tls, Duration timeout, Duration actTimeout) {
        private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

        /// @throws IllegalArgumentException if the token cannot stand in a header, or would cross a network unencrypted
        public Config {
            servers = List.copyOf(servers);
            if (servers.isEmpty()) {
                throw new IllegalArgumentException("there is no address of an admin service");
            }
            if (token != null) {
                requireSafe(token, servers);
            }
        }

        /// One for addresses that are written as text.
        ///
        /// @throws IllegalArgumentException if one is none, or as the constructor
        public static Config of(
                List<String> servers, @Nullable String token, ClientTls tls, Duration timeout, Duration actTimeout) {
            return new Config(servers.stream().map(ServerAddress::parse).toList(), token, tls, timeout, actTimeout);
        }

        private static void requireSafe(String token, List<URI> servers) {
            if (!TOKEN.matcher(token).matches()) {
                throw new IllegalArgumentException(
                        "the token is empty, or has a space or another letter that no token has");
            }
            for (var server : servers) {
                if (!ServerAddress.isEncrypted(server) && !ServerAddress.isLoopback(server)) {
                    throw new IllegalArgumentException("the token would go to " + server
                            + " unencrypted, so nothing was sent: use https, or a tunnel to a loopback address");
                }
            }
        }

        /// Without the token.
        @Override
        public String toString() {
            return "Config[servers=" + servers + ", tls=" + tls + ", timeout=" + timeout + "]";
        }
    }

    /// What an admin service answers at most: 8 MiB.
    private static final long LONGEST_REPLY = 8L << 20;

    private final Config config;
    private final HttpClient http;

    private AdminClient(Config config, HttpClient http) {
        this.config = config;
        this.http = http;
    }

    /// Opens one, which connects only when it asks.
    ///
    /// @throws IllegalArgumentException if the files for TLS cannot be used
    public static AdminClient open(Config config) {
        var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(config.tls().context())
                .build();
        return new AdminClient(config, http);
    }

    public List<URI> servers() {
        return config.servers();
    }

    /// What the first server says that answers.
    public AdminReply get(Target target) {
        var silent = new ArrayList<AdminException>();
        for (var server : config.servers()) {
            try {
                return get(server, target);
            } catch (AdminException failure) {
                if (failure.kind() != Kind.UNANSWERED) {
                    throw failure;
                }
                silent.add(failure);
            }
        }
        throw new AdminException(
                Kind.UNANSWERED,
                silent.stream().map(AdminException::what).collect(Collectors.joining("\n")),
                silent.getLast().next());
    }

    /// What this server says.
    public AdminReply get(URI server, Target target) {
        return new AnswerReader(server, config.token() != null)
                .read(send(server, request(server, target).GET().build(), config.timeout()));
    }

    /// Lets this server act.
    public AdminReply act(URI server, Target target, String body) {
        var request = request(server, target)
                .header("Legion-Act", "yes")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        return new AnswerReader(server, config.token() != null)
                .read(send(server, request.build(), config.actTimeout()));
    }

    private HttpRequest.Builder request(URI server, Target target) {
        var request = HttpRequest.newBuilder(URI.create(server + target.text())).header("Accept", "application/json");
        return config.token() == null ? request : request.header("Authorization", "Bearer " + config.token());
    }

    /// The timeout of a request ends with the head of the answer; ours ends with its last byte.
    private HttpResponse<byte[]> send(URI server, HttpRequest request, Duration timeout) {
        var answer = http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_REPLY));
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw LinkFailure.of(server, failed.getCause() == null ? failed : failed.getCause());
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw LinkFailure.late(server, timeout);
        } catch (InterruptedException interrupted) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new AdminException(Kind.UNANSWERED, "Interrupted while waiting for " + server + ".", "Try again.");
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
