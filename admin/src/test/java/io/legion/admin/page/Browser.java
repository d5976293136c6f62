package io.legion.admin.page;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/// A Chromium without a window, which shows the page and is used as a person uses it.
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    // It warns of a Chromium that it has no classes for. No test uses those.
    private static final Logger VERSIONS = Logger.getLogger("org.openqa.selenium.devtools.CdpVersionFinder");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /// Without Chromium the test is skipped, except where everything must be there.
    static Browser open() {
        require(CHROMIUM);
        require(DRIVER);
        VERSIONS.setLevel(Level.SEVERE);
        var options = new ChromeOptions();
        options.setBinary(CHROMIUM.toString());
        options.addArguments(
                "--headless=new",
                "--no-sandbox", // root cannot have it; only pages of the tests are shown
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--lang=en");
        var wanted = new LoggingPreferences();
        wanted.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", wanted);
        System.setProperty(
                ChromeDriverService.CHROME_DRIVER_EXE_PROPERTY, DRIVER.toString()); // asks nobody where it is
        return new Browser(new ChromeDriver(options));
    }

    /// Shows a page. A server of its own, at a port of its own, has a page that remembers nothing of others.
    void show(URI page) {
        driver.get(page.toString());
    }

    private static void require(Path program) {
        var missing = program + " is not there: run admin/install-browser to have this test run";
        if ("true".equals(System.getenv("CI"))) {
            assertTrue(Files.exists(program), missing);
        }
        assumeTrue(Files.exists(program), missing);
    }

    /// Pages as wide and as high as this, a telephone's width too, which a window cannot have.
    void sized(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    /// As if the system showed everything dark, or light.
    void prefers(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    void go(String fragment) {
        driver.executeScript("location.hash = arguments[0]", fragment);
    }

    void reload() {
        driver.navigate().refresh();
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    int count(String selector) {
        return driver.findElements(By.cssSelector(selector)).size();
    }

    /// The text that a person sees of an element; empty while it is not there.
    String text(String selector) {
        try {
            return driver.findElements(By.cssSelector(selector)).stream()
                    .map(WebElement::getText)
                    .findFirst()
                    .orElse("");
        } catch (StaleElementReferenceException replaced) {
            return "";
        }
    }

    /// What a piece of JavaScript returns.
    Object ask(String script) {
        return driver.executeScript("return " + script);
    }

    /// What the element that has the focus is called, for those who hear the page.
    String focused() {
        return driver.switchTo().activeElement().getAccessibleName();
    }

    /// Presses keys, wherever the focus is.
    void press(Keys... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    void until(String what, BooleanSupplier condition) {
        within(PATIENCE, what, condition);
    }

    void within(Duration patience, String what, BooleanSupplier condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + patience + ": " + what + "; the page says: " + text("body"));
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    /// What the page complained of since the last call: errors of scripts, and what its policy forbade.
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(Object::toString)
                .toList();
    }

    /// Keeps a picture of what is seen.
    void screenshot(String name) throws IOException {
        Files.createDirectories(SCREENSHOTS);
        Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
