package org.tonekeep.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.After;
import org.junit.AfterClass;
import org.junit.Assume;
import org.junit.BeforeClass;
import org.junit.Test;
import org.tonekeep.itests.Patience;
import org.tonekeep.itests.Tone;

/** The main job as a person does it, in Chromium. */
public class BrowserIT {
  private static Distribution platform;
  private static Browser browser;
  private static Path files;

  @BeforeClass
  public static void boot() throws Exception {
    boolean there = Browser.CHROMIUM.canExecute() && Browser.DRIVER.canExecute();
    if (!there) {
      System.err.println(
          "!!! The pages are NOT tested: "
              + Browser.CHROMIUM
              + " or "
              + Browser.DRIVER
              + " is missing (.ci/run installs them)");
    }
    Assume.assumeTrue("Chromium and chromedriver are installed", there);
    platform = Booted.shared();
    files = Files.createTempDirectory("tonekeep-browser");
    browser = new Browser(files.resolve("profile"));
  }

  @AfterClass
  public static void close() throws IOException {
    if (browser != null) {
      browser.close();
      Distribution.delete(files);
    }
  }

  @After
  public void leave() throws IOException {
    browser.fullSpeed();
    browser.forget();
    browser.size(1280, 860);
    browser.assertAskedOnly(host("demo"), host("quiet"));
  }

  private static String host(String tenant) {
    return tenant + ".localhost:" + platform.port();
  }

  private static Path file(String name, byte[] bytes) throws IOException {
    return Files.write(files.resolve(name), bytes);
  }

  /** Opens an account and stands before an empty library. */
  private static void signUp(String tenant) {
    browser.open("http://" + host(tenant) + "/signup");
    browser.fill("email", UUID.randomUUID() + "@example.org");
    browser.fill("password", Musician.PASSWORD);
    browser.see("button[type='submit']").click();
    browser.see("h2", "Your library is empty");
  }

  @Test
  public void shouldDoTheMainJob() throws Exception {
    browser.open("http://" + host("demo") + "/");
    browser.see("h1", "Sign in");
    browser.picture("01-sign-in");
    browser.see("a[href='/signup']").click();
    browser.see("h1", "Create your account");
    browser.fill("email", UUID.randomUUID() + "@example.org");
    browser.fill("password", Musician.PASSWORD);
    browser.picture("02-sign-up");
    browser.see("button[type='submit']").click();
    browser.see("h2", "Your library is empty");
    assertThat(browser.run("return document.documentElement.scrollHeight - innerHeight"))
        .as("what an empty page can be scrolled by")
        .isEqualTo(0L);
    browser.picture("03-empty-library");

    browser.choose(file("tone.mp3", Corpus.bytes("tone.mp3")), file("Long.wav", Tone.wav(30, 440)));
    browser.see(".upload-panel");
    browser.picture("04-uploading");
    browser.see(".track[data-state='ready'] .row-title", "tone");
    browser.see(".track[data-state='ready'] .row-title", "Long");
    browser.picture("05-library");

    browser.see(".track .row-title", "Long").click();
    browser.see(".loudness", "LUFS");
    browser.see(".wave");
    browser.see(".track-head .button.primary", "Play").click();
    browser.awaitThat("it plays on", () -> browser.number(".seek", "value") > 0.5);
    double before = browser.number(".seek", "value");
    browser.awaitThat("it plays on", () -> browser.number(".seek", "value") > before + 0.5);
    browser.picture("06-playing");
    browser.see(".track-head .button.primary", "Pause").click();
    browser.size(390, 844);
    browser.picture("07-playing-on-a-phone");
    browser.size(1280, 860);

    browser.see(".track-head .icon-button").click();
    browser.see(".toast", "is in the trash");
    browser.picture("08-deleted");
    browser.see(".toast button", "Undo").click();
    browser.see(".track .row-title", "Long");
    browser.open("http://" + host("demo") + "/trash");
    browser.see("p", "The trash is empty");
    browser.assertNoComplaintBut();
  }

  @Test
  public void shouldTellTheWrongPassword() throws Exception {
    browser.open("http://" + host("demo") + "/signin");
    browser.fill("email", "nobody@example.org");
    browser.fill("password", "not the right one");
    browser.see("button[type='submit']").click();

    browser.see("[role='alert'], .form-error, .field-error", "do not match");
    browser.picture("10-wrong-password");
    browser.assertNoComplaintBut("status of 401");
  }

  @Test
  public void shouldSayWhyAFileWasNotTaken() throws Exception {
    signUp("demo");
    browser.choose(
        file(
            "page.mp3",
            "<!DOCTYPE html><html><body>no music</body></html>".getBytes(StandardCharsets.UTF_8)),
        file("broken.m4a", Corpus.bytes(Corpus.BROKEN)));

    browser.see(".upload[data-state='error'] .upload-state", "not an audio file");
    browser.see(".track[data-state='failed'] .row-title", "broken").click();
    browser.see(".failed-note", "Could not be analysed");
    browser.picture("11-refused-and-failed");
    browser.assertNoComplaintBut("status of 415");
  }

  @Test
  public void shouldCancelAnUpload() throws Exception {
    signUp("demo");
    browser.slowUploads(200_000);
    browser.choose(file("Slow.wav", Tone.wav(60, 440)));
    browser.awaitThat(
        "it is under way",
        () -> browser.number(".upload[data-state='sending'] progress", "value") > 1);
    browser.picture("12-sending");

    browser.see(".upload[data-state='sending'] button[aria-label^='Cancel']").click();

    browser.see(".upload[data-state='cancelled']");
    browser.see("h2", "Your library is empty");
    browser.picture("13-cancelled");
    browser.assertNoComplaintBut();
  }

  @Test
  public void shouldShowNothingOfAFeatureThatIsOff() throws Exception {
    Files.writeString(
        platform.data().resolve("tenants/org.tonekeep.tenant~quiet.cfg"),
        "title = Quiet\nhosts = quiet.localhost\nfeatures = auth, profile, retention\n");
    Patience.until(
        "the tenant is there",
        () -> Musician.stranger(platform, "quiet").get("/api/tracks").statusCode() == 401);
    signUp("quiet");

    browser.choose(file("Quiet.wav", Tone.wav(5, 440)));
    browser.see(".track[data-state='ready'] .row-title", "Quiet").click();
    browser.see(".track-head .button.primary", "Play").click();
    browser.awaitThat("it plays", () -> browser.number(".seek", "value") > 0.2);

    browser.seeNo(".loudness");
    browser.seeNo(".wave");
    browser.picture("14-analysis-is-off");
    browser.assertNoComplaintBut("status of 404");
  }

  @Test
  public void shouldGoOnAfterARestartDuringAnAnalysis() throws Exception {
    signUp("demo");
    browser.choose(file("Long.wav", Tone.wav(600, 440)));
    browser.see(".track .analysing");
    browser.picture("15-analysing");

    platform.killHard();
    platform.start();

    browser.see(".track[data-state='ready'] .row-title", "Long");
    browser.picture("16-ready-after-a-restart");
    // What a browser writes of requests that met no server, or one that starts.
    browser.assertNoComplaintBut("net::ERR_", "status of 503", "status of 404");
    assertThat(browser.address()).contains(host("demo"));
  }
}
