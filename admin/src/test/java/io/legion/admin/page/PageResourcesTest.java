package io.legion.admin.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What holds for the page's files as they are.
class PageResourcesTest {
    private static final Path SOURCES = Path.of("src/main/resources/io/legion/admin/page");
    private static final int LIMIT = 300 * 1_024;
    private static final Pattern USED = Pattern.compile("(?:src|href)=\"/page/([^\"]+)\"|from '\\./([^']+)'");
    private static final String NAMESPACE = "http://www.w3.org/2000/svg";

    @Test
    void theListNamesEveryFile() throws Exception {
        try (var files = Files.list(SOURCES)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("files")))
                    .containsExactlyInAnyOrderElementsOf(PageResources.names());
        }
    }

    @Test
    void togetherTheyAreSmall() throws Exception {
        int size = 0;
        for (var name : PageResources.names()) {
            size += PageResources.read(name).length;
        }
        assertThat(size).isLessThan(LIMIT);
    }

    @Test
    void everyFileThatOneNamesIsThere() throws Exception {
        for (var name : PageResources.names()) {
            var used = USED.matcher(PageResources.text(name))
                    .results()
                    .map(match -> match.group(1) == null ? match.group(2) : match.group(1));
            assertThat(PageResources.names()).as(name).containsAll(used.toList());
        }
    }

    @Test
    void thePageHasNoScriptAndNoStyleOfItsOwn() throws Exception {
        assertThat(PageResources.text("index.html"))
                .doesNotContain("<style", " style=", "javascript:")
                .doesNotContainPattern("<script(?![^>]* src=)")
                .doesNotContainPattern(" on[a-z]+=");
    }

    @Test
    void ourScriptsMakeNoHtmlOfTextAndAskNobodyElse() throws Exception {
        for (var name : ours()) {
            assertThat(PageResources.text(name).replace(NAMESPACE, ""))
                    .as(name)
                    .doesNotContain(
                            "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function")
                    .doesNotContain("http:", "https:", "\"//", "'//");
        }
    }

    private static List<String> ours() throws Exception {
        return PageResources.names().stream()
                .filter(name -> !name.startsWith("uPlot"))
                .toList();
    }
}
