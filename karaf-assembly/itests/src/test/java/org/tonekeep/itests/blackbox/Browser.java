package org.tonekeep.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.ElementClickInterceptedException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticator;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions;

/** Somebody in front of Chromium; notes everything that the pages complain about or fetch. */
final class Browser implements AutoCloseable {
  static final File CHROMIUM = new File("/usr/bin/chromium");
  static final File DRIVER = new File("/usr/bin/chromedriver");

  private static final ObjectMapper JSON = new ObjectMapper();
  private final ChromeDriver driver;
  private final ChromeDriverService service;
  private final List<String> complaints = new ArrayList<>();
  private final Set<String> hosts = new TreeSet<>();

  /** Status and address of each answer, for the message of a failure. */
  private final List<String> answers = new ArrayList<>();

  Browser(Path profile) {
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, java.util.logging.Level.ALL);
    logs.enable(LogType.PERFORMANCE, java.util.logging.Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM);
    options.setCapability("goog:loggingPrefs", logs);
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--mute-audio",
        "--user-data-dir=" + profile);
    service = new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).build();
    driver = new ChromeDriver(service, options);
    size(1280, 860);
  }

  void size(int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
  }

  void open(String address) {
    driver.get(address);
  }

  String address() {
    return driver.getCurrentUrl();
  }

  /** Forgets who was here, and what was noted of it. */
  void forget() throws IOException {
    driver.manage().deleteAllCookies();
    read();
    complaints.clear();
  }

  /** The element, as soon as it is shown. */
  WebElement see(String css) {
    return waiting(
        css + " is shown",
        () ->
            driver.findElements(By.cssSelector(css)).stream()
                .filter(WebElement::isDisplayed)
                .findFirst()
                .orElse(null));
  }

  /** The element with the words, as soon as it is shown. */
  WebElement see(String css, String words) {
    return waiting(
        css + " says '" + words + "'",
        () ->
            driver.findElements(By.cssSelector(css)).stream()
                .filter(element -> element.isDisplayed() && element.getText().contains(words))
                .findFirst()
                .orElse(null));
  }

  /** Clicks the element with the words, as soon as it is shown and nothing lies over it. */
  void press(String css, String words) {
    Boolean unused =
        waiting(
            css + " with '" + words + "' can be pressed",
            () -> {
              try {
                see(css, words).click();
                return Boolean.TRUE;
              } catch (ElementClickInterceptedException underSomething) {
                return null;
              }
            });
  }

  /** From now on this machine has a reader of fingerprints, and its owner's finger on it. */
  VirtualAuthenticator addFingerprint() {
    return driver.addVirtualAuthenticator(
        new VirtualAuthenticatorOptions()
            .setProtocol(VirtualAuthenticatorOptions.Protocol.CTAP2)
            .setTransport(VirtualAuthenticatorOptions.Transport.INTERNAL)
            .setHasResidentKey(true)
            .setHasUserVerification(true)
            .setIsUserVerified(true));
  }

  void remove(VirtualAuthenticator authenticator) {
    driver.removeVirtualAuthenticator(authenticator);
  }

  /** Presses keys, wherever the focus is. */
  void type(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /**
   * Presses the Tab key until the focus is on the element with the words; it can be seen on the
   * way.
   */
  void tabTo(String css, String words) {
    for (int presses = 0; presses < 60; presses++) {
      type(Keys.TAB);
      WebElement focused = driver.switchTo().activeElement();
      // Behind the last control the focus leaves the page, and comes back to the first.
      if (focused.getTagName().equals("body")) {
        continue;
      }
      assertThat(focused.getCssValue("outline-style"))
          .as("how the focus shows on " + focused.getDomProperty("outerHTML"))
          .isNotEqualTo("none");
      if (focusIsOn(css, words)) {
        return;
      }
    }
    throw new AssertionError("The Tab key does not reach " + css + " with '" + words + "'");
  }

  /** Whether the focus is there. */
  boolean focusIsOn(String css, String words) {
    WebElement focused = driver.switchTo().activeElement();
    return Boolean.TRUE.equals(
            driver.executeScript("return arguments[0].matches(arguments[1])", focused, css))
        && focused.getText().contains(words);
  }

  /** As the browser's own button does. */
  void back() {
    driver.navigate().back();
  }

  void reload() {
    driver.navigate().refresh();
  }

  /** All that is to be read, and what stands in the fields. */
  String everything() {
    return text()
        + driver.executeScript(
            "return [...document.querySelectorAll('input')].map(field => field.value).join(' ')");
  }

  /** Whether such an element is shown now. */
  boolean shows(String css) {
    return driver.findElements(By.cssSelector(css)).stream().anyMatch(WebElement::isDisplayed);
  }

  /** Waits until no such element is shown. */
  void seeNo(String css) {
    Boolean unused =
        waiting(
            css + " is gone",
            () ->
                driver.findElements(By.cssSelector(css)).stream().noneMatch(WebElement::isDisplayed)
                    ? Boolean.TRUE
                    : null);
  }

  void awaitThat(String what, java.util.function.BooleanSupplier condition) {
    Boolean unused = waiting(what, () -> condition.getAsBoolean() ? Boolean.TRUE : null);
  }

  private <T> T waiting(String what, java.util.function.Supplier<T> look) {
    return new WebDriverWait(driver, Duration.ofMinutes(1), Duration.ofMillis(50))
        .ignoring(StaleElementReferenceException.class)
        .withMessage(() -> what + "; the page says: " + text() + "; it was told " + lastAnswers())
        .until(ignored -> look.get());
  }

  private List<String> lastAnswers() {
    try {
      read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return answers.subList(Math.max(0, answers.size() - 20), answers.size());
  }

  private String text() {
    return driver.findElement(By.tagName("body")).getText();
  }

  /** Types into the field that has this name. */
  void fill(String name, String value) {
    fillIn("input[name='" + name + "']", value);
  }

  /** Types into a field. */
  void fillIn(String css, String value) {
    WebElement field = see(css);
    field.clear();
    field.sendKeys(value);
  }

  /** Gives files to the page's file picker, as choosing them does. */
  void choose(Path... files) {
    chooseIn("input[type='file']", files);
  }

  /** Gives files to a file picker of several. */
  void chooseIn(String css, Path... files) {
    WebElement picker = driver.findElement(By.cssSelector(css));
    picker.sendKeys(
        String.join("\n", List.of(files).stream().map(Path::toString).toArray(String[]::new)));
  }

  double number(String css, String property) {
    return Double.parseDouble(String.valueOf(see(css).getDomProperty(property)));
  }

  Object run(String script) {
    return driver.executeScript(script);
  }

  /** Makes the connection slow, so that what is under way can be seen. */
  void slowUploads(int bytesPerSecond) {
    driver.executeCdpCommand("Network.enable", Map.of());
    driver.executeCdpCommand(
        "Network.emulateNetworkConditions",
        Map.of(
            "offline",
            false,
            "latency",
            0,
            "downloadThroughput",
            -1,
            "uploadThroughput",
            bytesPerSecond));
  }

  void fullSpeed() {
    slowUploads(-1);
  }

  /** Writes what is to be seen to {@code target/screenshots}. */
  void picture(String name) throws IOException {
    Path folder =
        Files.createDirectories(Path.of(System.getProperty("tonekeep.work"), "../screenshots"));
    Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
  }

  private void read() throws IOException {
    for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
      if (entry.getLevel().intValue() >= java.util.logging.Level.WARNING.intValue()) {
        complaints.add(entry.getMessage());
      }
    }
    for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
      JsonNode message = JSON.readTree(entry.getMessage()).path("message");
      if (message.path("method").asText().equals("Network.requestWillBeSent")) {
        URI asked = URI.create(message.path("params").path("request").path("url").asText());
        if (asked.getScheme().startsWith("http")) {
          hosts.add(asked.getAuthority());
        }
      }
      if (message.path("method").asText().equals("Network.responseReceived")) {
        JsonNode answer = message.path("params").path("response");
        answers.add(answer.path("status").asText() + " " + answer.path("url").asText());
      }
    }
  }

  /** Nothing was complained about since the last time, but what contains one of the words. */
  void assertNoComplaintBut(String... expected) throws IOException {
    read();
    List<String> unexpected =
        complaints.stream().filter(c -> List.of(expected).stream().noneMatch(c::contains)).toList();
    assertThat(unexpected).as("the console").isEmpty();
    complaints.clear();
  }

  /** All requests went to these hosts. */
  void assertAskedOnly(String... allowed) throws IOException {
    read();
    assertThat(hosts).as("hosts that the pages asked").isNotEmpty().isSubsetOf(allowed);
    hosts.clear();
  }

  @Override
  public void close() {
    try {
      driver.quit();
    } finally {
      service.stop();
    }
  }
}
