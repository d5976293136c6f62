package com.example.bank;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.legion.Partitions;
import io.legion.RequestException;
import io.legion.Search;
import io.legion.core.Consistency;
import io.legion.core.EventFailedException;
import io.legion.core.RequestId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/// The bank over HTTP, on the JDK's own server.
final class BankServer implements AutoCloseable {
    private final Partitions<Account> accounts;
    private final HttpServer http;

    private BankServer(Partitions<Account> accounts, HttpServer http) {
        this.accounts = accounts;
        this.http = http;
    }

    static BankServer open(Partitions<Account> accounts, InetSocketAddress address) throws IOException {
        var server = new BankServer(accounts, HttpServer.create(address, 0));
        server.http.createContext("/accounts", server::serve);
        server.http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.http.start();
        return server;
    }

    int port() {
        return http.getAddress().getPort();
    }

    // region: serve
    private void serve(HttpExchange exchange) throws IOException {
        try {
            reply(exchange, 200, answer(exchange));
        } catch (EventFailedException refused) {
            reply(exchange, 409, refused.reason());
        } catch (RequestException.RequestIdReused reused) {
            reply(exchange, 422, reused.getMessage());
        } catch (RequestException none) {
            reply(exchange, status(none.fate()), none.getMessage());
        } catch (IllegalArgumentException wrong) {
            reply(exchange, 400, "POST /accounts/NAME/deposit?cents=N or withdraw, GET /accounts/NAME or ?from=N");
        }
    }

    private static int status(RequestException.Fate fate) {
        return switch (fate) {
            case NOT_APPLIED -> 503;
            case UNKNOWN -> 504;
            case APPLIED -> 409; // before, so long ago that the answer is forgotten
        };
    }

    private Object answer(HttpExchange exchange) {
        var path = exchange.getRequestURI().getPath().split("/", -1);
        var what = exchange.getRequestMethod() + " " + (path.length == 4 ? path[3] : path.length);
        return switch (what) {
            case "GET 2" -> search(number(exchange, "from"));
            case "GET 3" -> accounts.of(path[2]).read(Consistency.FAST).cents();
            case "POST deposit" -> request(exchange, path[2], new AccountEvent.Deposit(number(exchange, "cents")));
            case "POST withdraw" -> request(exchange, path[2], new AccountEvent.Withdraw(number(exchange, "cents")));
            default -> throw new IllegalArgumentException(what);
        };
    }

    /// A caller that gives a key can send the same request again: the event counts once.
    private long request(HttpExchange exchange, String name, AccountEvent<Long> event) {
        var account = accounts.of(name);
        var key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        var id = key == null ? account.nextRequestId() : RequestId.of(key);
        return account.request(event, Consistency.DURABLE, id).output();
    }

    private String search(long cents) {
        return accounts.searchAll(Search.atLeast("cents", cents))
                .limit(1_000)
                .map(record -> record.key().text() + " " + record.tag().number())
                .collect(Collectors.joining("\n"));
    }
    // end: serve

    /// The positive number after `name=`, the only parameter.
    private static long number(HttpExchange exchange, String name) {
        var query = exchange.getRequestURI().getQuery();
        if (query == null || !query.matches(name + "=[1-9][0-9]{0,17}")) {
            throw new IllegalArgumentException(name);
        }
        return Long.parseLong(query.substring(name.length() + 1));
    }

    private static void reply(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] bytes = (body + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        http.stop(1);
    }
}
