package io.legion.cluster.test.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/// Has a Chromium show a page, in the network of this process, and prints twice a second the causes of the problems
/// that
/// the page lists, in one line. It ends when nobody reads them any more.
///
/// Arguments: the browser, the address of the page, a directory for the browser's files.
final class PageReaderMain {
    private static final Pattern LISTENS = Pattern.compile("DevTools listening on ws://([^/]+)/");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CAUSES =
            "[...document.querySelectorAll('#problems li[data-key]')].map(li => li.dataset.key.match(/^[A-Z_]+/)[0]).join(' ')";

    private PageReaderMain() {}

    public static void main(String[] arguments) throws Exception {
        var browser = new ProcessBuilder(List.of(
                        arguments[0],
                        "--headless=new",
                        "--no-sandbox", // root cannot have it; only this page is shown
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + Files.createDirectories(Path.of(arguments[2])),
                        arguments[1]))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(browser)));
        var errors = browser.errorReader(StandardCharsets.UTF_8);
        var tools = address(errors);
        Thread.ofVirtual().start(() -> errors.lines().forEach(_ -> {}));
        try (var http = HttpClient.newHttpClient()) {
            print(http, page(http, tools));
        }
    }

    private static void end(Process browser) {
        browser.descendants().forEach(ProcessHandle::destroyForcibly);
        browser.destroyForcibly();
    }

    private static String address(BufferedReader errors) throws IOException {
        for (var line = errors.readLine(); line != null; line = errors.readLine()) {
            Matcher listens = LISTENS.matcher(line);
            if (listens.find()) {
                return listens.group(1);
            }
        }
        throw new IOException("the browser has ended");
    }

    private static URI page(HttpClient http, String tools) throws IOException, InterruptedException {
        var asked = HttpRequest.newBuilder(URI.create("http://" + tools + "/json/list"))
                .build();
        var targets = JSON.readTree(
                http.send(asked, HttpResponse.BodyHandlers.ofString()).body());
        return targets.valueStream()
                .filter(target -> target.get("type").asString().equals("page"))
                .map(target -> URI.create(target.get("webSocketDebuggerUrl").asString()))
                .findFirst()
                .orElseThrow();
    }

    private static void print(HttpClient http, URI page) throws Exception {
        BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        var socket = http.newWebSocketBuilder()
                .buildAsync(page, new Answers(answers))
                .get(10, TimeUnit.SECONDS);
        while (!System.out.checkError()) {
            var question = JSON.createObjectNode().put("id", 1).put("method", "Runtime.evaluate");
            question.putObject("params").put("expression", CAUSES);
            socket.sendText(question.toString(), true).get(10, TimeUnit.SECONDS);
            var answer = JSON.readTree(answers.take());
            System.out.println(
                    answer.path("result").path("result").path("value").asString(""));
            Thread.sleep(500);
        }
    }

    /// Collects the texts that come.
    private static final class Answers implements WebSocket.Listener {
        private final BlockingQueue<String> whole;
        private final StringBuilder part = new StringBuilder();

        Answers(BlockingQueue<String> whole) {
            this.whole = whole;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            part.append(text);
            if (last) {
                whole.add(part.toString());
                part.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }
}
