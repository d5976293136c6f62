package io.legion.admin.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Answers the page as the admin service does: its files from the class path, and the JSON of a staged cluster.
final class PageServer implements AutoCloseable {
    static final String POLICY = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    private static final String PROBLEM = "application/problem+json";
    private static final JsonMapper JSON = new JsonMapper();

    private final StagedCluster cluster;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> acts = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable String token;
    private volatile boolean silent;
    private volatile boolean holdsOrders;
    private volatile @Nullable Refusal refusal;

    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;

        final int status;
        final String mediaType;

        Refusal(int status, String mediaType, String why) {
            super(why);
            this.status = status;
            this.mediaType = mediaType;
        }
    }

    private PageServer(StagedCluster cluster, int port) throws IOException {
        this.cluster = cluster;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    static PageServer open(StagedCluster cluster) throws IOException {
        return new PageServer(cluster, 0);
    }

    /// At the port where another one was.
    static PageServer open(StagedCluster cluster, int port) throws IOException {
        return new PageServer(cluster, port);
    }

    int port() {
        return server.getAddress().getPort();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port() + "/");
    }

    /// From now on only who shows this token is answered.
    void wants(String token) {
        this.token = token;
    }

    /// From now on it takes requests and answers none, as a process that is paused.
    void fallsSilent() {
        silent = true;
    }

    /// From now on it takes orders and does not answer them. Dry runs it does answer.
    void holdsOrders() {
        holdsOrders = true;
    }

    /// From now on it refuses orders so. Dry runs it does answer.
    void refusesOrders(int status, String why) {
        refusal = new Refusal(status, PROBLEM, why);
    }

    /// From now on something before it answers orders, in JSON of its own.
    void refusesOrdersAsAProxy(int status, String why) {
        refusal = new Refusal(status, "application/json", why);
    }

    /// The acts that were asked for, such as `POST /nodes/c3/eject?dryRun=true {}`.
    List<String> acts() {
        return List.copyOf(acts);
    }

    @Override
    public void close() {
        if (closed.getCount() == 0) {
            return; // a test has closed it
        }
        closed.countDown();
        server.stop(0);
        threads.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (silent) {
                closed.await();
                return;
            }
            var path = exchange.getRequestURI().getRawPath();
            if (path.equals("/")) {
                file(exchange, "index.html");
            } else if (path.startsWith("/page/")) {
                file(exchange, path.substring("/page/".length()));
            } else {
                json(exchange);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void file(HttpExchange exchange, String name) throws IOException {
        exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
        exchange.getResponseHeaders().set("Content-Type", PageResources.mediaType(name));
        send(exchange, 200, PageResources.read(name));
    }

    private void json(HttpExchange exchange) throws IOException, InterruptedException {
        var wanted = token;
        if (wanted != null
                && !("Bearer " + wanted).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            problem(exchange, 401, "The request shows no token that is valid. Nothing was shown or changed.");
            return;
        }
        try {
            var reply = exchange.getRequestMethod().equals("POST")
                    ? act(exchange)
                    : cluster.answer(Asked.of(exchange.getRequestURI()));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            send(exchange, 200, JSON.writeValueAsBytes(reply));
        } catch (Refusal refused) {
            refuse(exchange, refused.status, refused.mediaType, String.valueOf(refused.getMessage()));
        } catch (IllegalArgumentException unknown) {
            problem(exchange, 404, String.valueOf(unknown.getMessage()));
        }
    }

    private Object act(HttpExchange exchange) throws IOException, InterruptedException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (!"yes".equals(exchange.getRequestHeaders().getFirst("Legion-Act"))) {
            throw new IllegalArgumentException("an act without the header Legion-Act");
        }
        acts.add("POST " + exchange.getRequestURI() + " " + body);
        var asked = Asked.of(exchange.getRequestURI());
        if (!asked.query().containsKey("dryRun")) {
            beforeAnOrder();
        }
        return cluster.act(asked);
    }

    private void beforeAnOrder() throws IOException, InterruptedException {
        var no = refusal;
        if (no != null) {
            throw no;
        }
        if (holdsOrders) {
            closed.await();
            throw new IOException("the server was closed");
        }
    }

    private static void problem(HttpExchange exchange, int status, String detail) throws IOException {
        refuse(exchange, status, PROBLEM, detail);
    }

    private static void refuse(HttpExchange exchange, int status, String mediaType, String detail) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", mediaType);
        send(exchange, status, JSON.writeValueAsBytes(StagedCluster.object("status", status, "detail", detail)));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
