package com.example.bank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.legion.Legion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/// The bank in memory, over HTTP.
final class BankServerTest {
    @Test
    void moneyComesAndGoes() throws Exception {
        try (var legion = Legion.open("bank", Account.TYPE);
                var server = BankServer.open(
                        legion.partitions(Account.TYPE), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                var client = HttpClient.newHttpClient()) {
            var bank = new Caller(client, server.port());
            assertEquals("200 500", bank.call("POST", "/alice/deposit?cents=500"));
            assertEquals("200 350", bank.call("POST", "/alice/withdraw?cents=150"));
            assertEquals(
                    "409 java.lang.IllegalStateException: not enough money: 350 cents",
                    bank.call("POST", "/alice/withdraw?cents=700"));
            assertEquals("200 350", bank.call("GET", "/alice"));
            assertEquals("200 20", bank.call("POST", "/bob/deposit?cents=20"));
            assertEquals("200 alice 350", bank.call("GET", "?from=100"));
            var usage = "400 POST /accounts/NAME/deposit?cents=N or withdraw, GET /accounts/NAME or ?from=N";
            assertEquals(usage, bank.call("POST", "/alice/deposit?cents=-1"));
            assertEquals(usage, bank.call("POST", "/alice/deposit"));
            assertEquals(usage, bank.call("GET", ""));
            assertEquals(usage, bank.call("GET", "/"));
            assertEquals(usage, bank.call("DELETE", "/alice"));
            assertEquals("200 350", bank.call("GET", "/alice"));
        }
    }

    @Test
    void aRequestUnderOneKeyCountsOnce() throws Exception {
        try (var legion = Legion.open("bank", Account.TYPE);
                var server = BankServer.open(
                        legion.partitions(Account.TYPE), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                var client = HttpClient.newHttpClient()) {
            var bank = new Caller(client, server.port());
            assertEquals("200 500", bank.call("POST", "/alice/deposit?cents=500", "key 1"));
            assertEquals("200 500", bank.call("POST", "/alice/deposit?cents=500", "key 1"));
            assertEquals("200 1000", bank.call("POST", "/alice/deposit?cents=500", "key 2"));
            var reused = bank.call("POST", "/alice/withdraw?cents=500", "key 1");
            assertTrue(reused.startsWith("422 the request id"), reused);
            assertEquals("200 1000", bank.call("GET", "/alice"));
        }
    }

    private record Caller(HttpClient client, int port) {
        String call(String method, String path) throws IOException, InterruptedException {
            return send(request(method, path).build());
        }

        String call(String method, String path, String key) throws IOException, InterruptedException {
            return send(request(method, path).header("Idempotency-Key", key).build());
        }

        private HttpRequest.Builder request(String method, String path) {
            return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/accounts" + path))
                    .method(method, HttpRequest.BodyPublishers.noBody());
        }

        private String send(HttpRequest request) throws IOException, InterruptedException {
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + " " + response.body().strip();
        }
    }
}
