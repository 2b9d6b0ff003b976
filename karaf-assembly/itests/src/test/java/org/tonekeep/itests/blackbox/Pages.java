package org.tonekeep.itests.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.Assume;
import org.junit.rules.ExternalResource;

/** A browser before the pages of the shared platform, for a whole class of tests. */
final class Pages extends ExternalResource {
  private Distribution platform;
  private Browser browser;
  private Path files;

  @Override
  protected void before() throws Exception {
    boolean there = Browser.CHROMIUM.canExecute() && Browser.DRIVER.canExecute();
    Assume.assumeTrue("Chromium and chromedriver are installed", there);
    platform = Booted.shared();
    files = Files.createTempDirectory("tonekeep-pages");
    browser = new Browser(files.resolve("profile"));
  }

  @Override
  protected void after() {
    if (browser != null) {
      browser.close();
      try {
        Distribution.delete(files);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  Distribution platform() {
    return platform;
  }

  Browser browser() {
    return browser;
  }

  /** Where a test may put what somebody uploads. */
  Path file(String name) {
    return files.resolve(name);
  }

  String host(String tenant) {
    return tenant + ".localhost:" + platform.port();
  }

  void open(String tenant, String path) {
    browser.open("http://" + host(tenant) + path);
  }

  /** Opens an account at {@code demo}; gives its address. */
  String signUp() {
    String email = UUID.randomUUID() + "@example.org";
    open("demo", "/signup");
    browser.fill("email", email);
    browser.fill("password", Musician.PASSWORD);
    browser.press("button[type='submit']", "Create account");
    browser.see("h2", "Your library is empty");
    return email;
  }

  void signOut() {
    open("demo", "/account");
    browser.press("button", "Sign out");
    browser.see("h1", "Sign in");
  }

  /** Fills in the page that is open. */
  void signIn(String email, String password) {
    browser.fill("email", email);
    browser.fill("password", password);
    browser.press("button[type='submit']", "Sign in");
  }

  /** Forgets who was here; nothing but the platform may have been asked. */
  void leave(String... tenants) throws IOException {
    browser.forget();
    browser.size(1280, 860);
    browser.assertAskedOnly(
        java.util.Arrays.stream(tenants).map(this::host).toArray(String[]::new));
  }
}
