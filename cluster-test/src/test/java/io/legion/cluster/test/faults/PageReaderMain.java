package io.legion.cluster.test.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/// Has a Chromium show a page, in the network of this process, and prints the causes of the problems that the page
/// lists,
/// in one line, whenever the list has changed. It ends with its input.
///
/// Arguments: the browser, the address of the page, a directory for the browser's files.
final class PageReaderMain {
    private static final Pattern LISTENS = Pattern.compile("DevTools listening on ws://([^/]+)/");
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Runs in the page before any other script: the browser tells what `tell` is given.
    private static final String TELLS = """
            addEventListener('DOMContentLoaded', () => {
              const problems = document.getElementById('problems');
              const told = () => tell([...problems.querySelectorAll('li[data-key]')]
                .map(li => li.dataset.key.match(/^[A-Z_]+/)[0]).join(' '));
              new MutationObserver(told).observe(problems, {subtree: true, childList: true, attributes: true});
              told();
            });
            """;

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
                        "about:blank"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(browser)));
        Thread.ofVirtual().start(PageReaderMain::endWithInput);
        var errors = browser.errorReader(StandardCharsets.UTF_8);
        var tools = address(errors);
        Thread.ofVirtual().start(() -> errors.lines().forEach(_ -> {}));
        try (var http = HttpClient.newHttpClient()) {
            print(http, page(http, tools), arguments[1]);
        }
    }

    /// Whoever started this process and is gone lets go of its input.
    private static void endWithInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException broken) {
            // As good as ended.
        }
        System.exit(0);
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

    private static void print(HttpClient http, URI page, String address) throws Exception {
        BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        var socket = http.newWebSocketBuilder()
                .buildAsync(page, new Messages(messages))
                .get(10, TimeUnit.SECONDS);
        order(socket, 1, "Runtime.enable", Map.of());
        order(socket, 2, "Page.enable", Map.of());
        order(socket, 3, "Runtime.addBinding", Map.of("name", "tell"));
        order(socket, 4, "Page.addScriptToEvaluateOnNewDocument", Map.of("source", TELLS));
        order(socket, 5, "Page.navigate", Map.of("url", address));
        while (true) {
            var message = JSON.readTree(messages.take());
            if (message.path("method").asString("").equals("Runtime.bindingCalled")) {
                System.out.println(message.path("params").path("payload").asString(""));
            }
        }
    }

    private static void order(WebSocket socket, int number, String method, Map<String, String> parameters)
            throws Exception {
        var order = JSON.createObjectNode().put("id", number).put("method", method);
        var given = order.putObject("params");
        parameters.forEach(given::put);
        socket.sendText(order.toString(), true).get(10, TimeUnit.SECONDS);
    }

    /// Collects the texts that come.
    private static final class Messages implements WebSocket.Listener {
        private final BlockingQueue<String> whole;
        private final StringBuilder part = new StringBuilder();

        Messages(BlockingQueue<String> whole) {
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
