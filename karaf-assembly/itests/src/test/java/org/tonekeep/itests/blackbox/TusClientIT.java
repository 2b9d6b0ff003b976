package org.tonekeep.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.After;
import org.junit.AfterClass;
import org.junit.Assume;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Test;
import org.tonekeep.itests.Tone;

/**
 * The client that everybody uses, tus-js-client of npm, and our own pages, against the platform.
 */
public class TusClientIT {
  /** Of {@code dist/tus.min.js} of tus-js-client 4.3.1, as npm has it. */
  private static final String PUBLISHED =
      "8cbb1b63fccc3bba0ae73ad1deb160ce046c3750851d0c3e94921ae3ef070eb8";

  private static final int MIB = 1 << 20;

  private static Distribution platform;
  private static Browser browser;
  private static Path files;

  @BeforeClass
  public static void boot() throws Exception {
    boolean there = Browser.CHROMIUM.canExecute() && Browser.DRIVER.canExecute();
    Assume.assumeTrue("Chromium and chromedriver are installed", there);
    platform = Booted.shared();
    files = Files.createTempDirectory("tonekeep-tus");
    browser = new Browser(files.resolve("profile"));
  }

  @AfterClass
  public static void close() throws IOException {
    if (browser != null) {
      browser.close();
      Distribution.delete(files);
    }
  }

  @Before
  public void signUp() {
    browser.open("http://demo.localhost:" + platform.port() + "/signup");
    browser.fill("email", UUID.randomUUID() + "@example.org");
    browser.fill("password", Musician.PASSWORD);
    browser.see("button[type='submit']").click();
    browser.see("h2", "Your library is empty");
  }

  @After
  public void leave() throws IOException {
    browser.fullSpeed();
    browser.forget();
  }

  /** Brings the client into the page, with a song of random samples and a note of what happens. */
  private static void bring(int bytes, String options) throws IOException {
    byte[] client;
    try (InputStream in = TusClientIT.class.getResourceAsStream("/tus/tus.min.js")) {
      client = in.readAllBytes();
    }
    assertThat(Corpus.sha256(client)).as("as published").isEqualTo(PUBLISHED);
    Object unused = browser.run(new String(client, StandardCharsets.UTF_8));
    unused =
        browser.run(
            """
            const bytes = new Uint8Array(%d);
            for (let i = 44, x = 7; i < bytes.length; i++) {
              x = (Math.imul(x, 1664525) + 1013904223) | 0;
              bytes[i] = x >>> 24;
            }
            const view = new DataView(bytes.buffer);
            const word = (at, text) => [...text].forEach((c, i) => view.setUint8(at + i, c.charCodeAt(0)));
            word(0, 'RIFF'); view.setUint32(4, bytes.length - 8, true); word(8, 'WAVEfmt ');
            view.setUint32(16, 16, true); view.setUint16(20, 1, true); view.setUint16(22, 2, true);
            view.setUint32(24, 44100, true); view.setUint32(28, 176400, true);
            view.setUint16(32, 4, true); view.setUint16(34, 16, true);
            word(36, 'data'); view.setUint32(40, bytes.length - 44, true);
            const note = window.note = { kept: 0, log: [], track: '', error: '', done: false };
            crypto.subtle.digest('SHA-256', bytes).then((hash) => {
              note.sha256 = [...new Uint8Array(hash)].map((b) => b.toString(16).padStart(2, '0')).join('');
            });
            const file = new File([bytes], 'From npm.wav', { type: 'audio/wav', lastModified: 1 });
            window.upload = new tus.Upload(file, {
              endpoint: location.origin + '/api/uploads',
              retryDelays: Array(240).fill(500),
              metadata: { filename: file.name, filetype: file.type, title: 'Äther' },
              onChunkComplete: (size, accepted) => { note.kept = accepted; },
              onAfterResponse: (request, response) => {
                note.log.push(request.getMethod() + ' ' + response.getStatus());
                note.track = response.getHeader('Upload-Track') || note.track;
              },
              onError: (error) => { note.error = String(error); },
              onSuccess: () => { note.done = true; },
              %s
            });
            """
                .formatted(bytes, options));
  }

  private static String note(String what) {
    return String.valueOf(browser.run("return String(window.note." + what + ")"));
  }

  private static void awaitKept(long bytes) {
    browser.awaitThat(
        bytes + " bytes are kept", () -> failed() || Long.parseLong(note("kept")) >= bytes);
    assertThat(note("error")).isEmpty();
  }

  private static boolean failed() {
    return !note("error").isEmpty();
  }

  private static void awaitDone() {
    browser.awaitThat("it is done", () -> failed() || note("done").equals("true"));
    assertThat(note("error")).isEmpty();
  }

  private static void assertWhole() {
    assertThat(note("track")).isNotEmpty();
    Object unused =
        browser.run(
            "fetch('/api/tracks/' + note.track).then((a) => a.json()).then((t) => { note.found = t; })");
    browser.awaitThat("the track is told", () -> !note("found").equals("undefined"));
    assertThat(note("found.sha256")).isEqualTo(note("sha256"));
    assertThat(note("found.title")).isEqualTo("Äther");
  }

  @Test
  public void shouldServeTheClientOfNpmThroughPauseAndRestart() throws Exception {
    bring(12 * MIB, "chunkSize: 1 << 20");
    browser.slowUploads(2 * MIB);
    Object unused = browser.run("upload.start()");
    awaitKept(2 * MIB);

    unused = browser.run("upload.abort()");
    String paused = note("kept");
    unused = browser.run("upload.start()");
    awaitKept(Long.parseLong(paused) + MIB);

    platform.killHard();
    platform.start();

    browser.fullSpeed();
    awaitDone();
    assertWhole();
    assertThat(note("log.filter((line) => line === 'POST 201').length"))
        .as("it was begun once, and never from the start again: " + note("log"))
        .isEqualTo("1");
  }

  @Test
  public void shouldGoOnAfterThePageWasLeft() throws Exception {
    bring(6 * MIB, "chunkSize: 1 << 20");
    browser.slowUploads(2 * MIB);
    Object unused = browser.run("upload.start()");
    awaitKept(2 * MIB);
    browser.fullSpeed();
    browser.reload();
    browser.see("h2", "Your library is empty");

    bring(6 * MIB, "");
    unused =
        browser.run(
            "upload.findPreviousUploads().then((found) => {"
                + " upload.resumeFromPreviousUpload(found[0]); upload.start(); })");

    awaitDone();
    assertWhole();
    assertThat(note("log[0]")).isEqualTo("HEAD 200");
    assertThat(note("log.length")).as(note("log")).isEqualTo("2");
  }

  @Test
  public void shouldTakeBytesWithTheCreationAndEndUploads() throws Exception {
    bring(3 * MIB, "chunkSize: 1 << 20, uploadDataDuringCreation: true");
    Object unused = browser.run("upload.start()");
    awaitDone();
    assertWhole();
    assertThat(note("log")).isEqualTo("POST 201,PATCH 204,PATCH 204");

    bring(3 * MIB, "chunkSize: 1 << 20");
    browser.slowUploads(MIB);
    unused = browser.run("upload.start()");
    awaitKept(MIB);
    unused = browser.run("upload.abort(true)");
    browser.awaitThat("it is ended", () -> note("log").endsWith("DELETE 204"));
  }

  @Test
  public void shouldPauseAndGoOnInThePages() throws Exception {
    browser.slowUploads(1_000_000);
    browser.choose(Files.write(files.resolve("Slow.wav"), Tone.wav(60, 440)));
    browser.awaitThat(
        "it is under way",
        () -> browser.number(".upload[data-state='sending'] progress", "value") > 5);
    browser.see(".upload[data-state='sending'] button[aria-label^='Pause']").click();
    browser.see(".upload[data-state='paused'] .upload-state", "Paused");
    browser.picture("17-paused");
    browser.see(".upload[data-state='paused'] button[aria-label^='Go on']").click();
    browser.see(".upload[data-state='sending']");

    platform.killHard();
    browser.see(".upload[data-state='waiting'] .upload-state", "goes on by itself");
    browser.picture("18-waiting-for-the-server");
    platform.start();

    browser.fullSpeed();
    browser.see(".track[data-state='ready'] .row-title", "Slow");
    browser.picture("19-gone-on");
  }

  @Test
  public void shouldGoOnWithTheSameFileAfterThePageWasLeft() throws Exception {
    browser.slowUploads(1_000_000);
    Path file = Files.write(files.resolve("Again.wav"), Tone.wav(60, 550));
    browser.choose(file);
    browser.awaitThat(
        "it is under way",
        () -> browser.number(".upload[data-state='sending'] progress", "value") > 20);
    browser.see(".upload[data-state='sending'] button[aria-label^='Pause']").click();
    browser.see(".upload[data-state='paused']");
    browser.fullSpeed();
    browser.reload();
    browser.see("h2", "Your library is empty");

    browser.choose(file);

    browser.see(".track[data-state='ready'] .row-title", "Again");
    Object unused =
        browser.run(
            "fetch('/api/uploads').then((a) => a.json()).then((u) => { window.note = { n: u.items.length }; })");
    browser.awaitThat(
        "it is told", () -> !String.valueOf(browser.run("return window.note?.n")).equals("null"));
    assertThat(note("n")).as("uploads that were begun").isEqualTo("1");
  }
}
