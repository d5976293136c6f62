package io.legion.cluster.test.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Asks the admin service of a node, in the network of this process: for each line that comes it prints what `/cluster`
/// says, in one line, which is empty if nobody answers.
///
/// Argument: the address of the service.
final class AskerMain {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private AskerMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var asked = HttpRequest.newBuilder(URI.create(arguments[0] + "/cluster"))
                .timeout(PATIENCE)
                .build();
        try (var http = HttpClient.newHttpClient();
                var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            while (lines.readLine() != null) {
                System.out.println(answer(http, asked).replace('\n', ' '));
            }
        }
    }

    private static String answer(HttpClient http, HttpRequest asked) throws InterruptedException {
        try {
            var reply = http.send(asked, HttpResponse.BodyHandlers.ofString());
            return reply.statusCode() == 200 ? reply.body() : "";
        } catch (IOException silent) {
            return "";
        }
    }
}
