package org.tonekeep.itests.blackbox;

import java.io.IOException;
import org.junit.After;
import org.junit.ClassRule;
import org.junit.Test;
import org.openqa.selenium.Keys;

/** The pages without a mouse: the focus shows, follows what happens, and comes back. */
public class KeyboardIT {
  @ClassRule public static final Pages pages = new Pages();

  private final Browser browser = pages.browser();

  @After
  public void leave() throws IOException {
    pages.leave("demo");
  }

  @Test
  public void shouldReachEverythingWithTheKeyboard() throws Exception {
    String email = pages.signUp();
    pages.signOut();
    pages.open("demo", "/signin");
    browser.see("h1", "Sign in");
    browser.tabTo("input[name='email']", "");
    browser.type(email, Keys.TAB, Musician.PASSWORD, Keys.ENTER);
    browser.see("h2", "Your library is empty");

    browser.tabTo(".account-link", "");
    browser.type(Keys.ENTER);
    browser.see("h1", "Profile");
    browser.tabTo(".account-nav a", "Security");
    browser.type(Keys.ENTER);
    browser.see("h1", "Security");
    browser.tabTo("button", "Change password");
    browser.type(Keys.ENTER);
    browser.awaitThat(
        "the focus goes into the form", () -> browser.focusIsOn("input[name='current']", ""));
    browser.type("wrong", Keys.ENTER);
    browser.see(".field-error", "Choose a password");
    browser.awaitThat(
        "the focus goes to what is wrong", () -> browser.focusIsOn("input[name='new']", ""));
    browser.tabTo("button", "Cancel");
    browser.type(Keys.ENTER);
    browser.awaitThat("the focus comes back", () -> browser.focusIsOn("button", "Change password"));

    browser.tabTo("button", "Set up");
    browser.type(Keys.ENTER);
    browser.awaitThat(
        "the focus goes to the code", () -> browser.focusIsOn("input[name='code']", ""));
    browser.assertNoComplaintBut();
  }
}
