package io.legion.benchmarks.cluster.watch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Asks an admin service over HTTP. Any answer but 200 is a failure: who gets none does not watch, and what
/// watching costs would not be measured.
///
/// **Threads.** Any.
final class Asking {
    private final HttpClient http;
    private final URI admin;
    private final String accepted;
    private final Duration patience;
    private final AtomicLong answers = new AtomicLong();

    /// @param admin where the service listens
    /// @param accepted the media type of the answers
    /// @param patience how long to wait for each
    Asking(HttpClient http, URI admin, String accepted, Duration patience) {
        this.http = http;
        this.admin = admin;
        this.accepted = accepted;
        this.patience = patience;
    }

    /// The body of the answer.
    ///
    /// @param path with its query
    /// @throws IllegalStateException if there is none, or one with another status than 200
    String ask(String path) throws InterruptedException {
        var answer = answer(admin.resolve(path));
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.uri() + " gave the status " + answer.statusCode() + ", not 200");
        }
        answers.incrementAndGet();
        return answer.body();
    }

    private HttpResponse<String> answer(URI address) throws InterruptedException {
        var question = HttpRequest.newBuilder(address)
                .header("Accept", accepted)
                .timeout(patience)
                .build();
        try {
            return http.send(question, BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new IllegalStateException(address + " gave no answer: " + failure, failure);
        }
    }

    /// How many answers there were.
    long answers() {
        return answers.get();
    }
}
