package org.tonekeep.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.After;
import org.junit.ClassRule;
import org.junit.Test;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticator;
import org.tonekeep.itests.Patience;

/** The pages of the account as a person uses them, in Chromium. */
public class AccountPagesIT {
  @ClassRule public static final Pages pages = new Pages();

  private final Browser browser = pages.browser();

  @After
  public void leave() throws IOException {
    pages.leave("demo", "letters");
  }

  @Test
  public void shouldSignInWithAPasskeyThatWasAdded() throws Exception {
    VirtualAuthenticator fingerprint = browser.addFingerprint();
    try {
      pages.signUp();
      pages.open("demo", "/account/security");
      browser.press("button", "Add a passkey");
      browser.fill("name", "Studio laptop");
      browser.press("button[type='submit']", "Continue");
      browser.see(".line-title", "Studio laptop");
      browser.picture("20-passkey");
      pages.signOut();

      browser.press("button", "Sign in with a passkey");

      browser.see("h2", "Your library is empty");
      pages.open("demo", "/account/security");
      browser.press(".line button", "Remove");
      browser.press(".dialog button", "Remove");
      browser.see(".toast", "The passkey is removed");
      pages.signOut();
      browser.press("button", "Sign in with a passkey");
      browser.see("[role='alert']", "opens no account here");
      browser.picture("21-passkey-unknown");
      browser.assertNoComplaintBut("status of 401");
    } finally {
      browser.remove(fingerprint);
    }
  }

  @Test
  public void shouldAskForTheCodeOfTheAppOnceItIsSetUp() throws Exception {
    String email = pages.signUp();
    pages.open("demo", "/account/security");
    browser.press("button", "Set up");
    browser.awaitThat(
        "the QR code is drawn", () -> browser.number(".totp-qr", "naturalWidth") > 20);
    AuthenticatorApp app = new AuthenticatorApp(browser.see(".totp-key code").getText());
    browser.picture("22-totp-set-up");
    browser.fill("code", app.code());
    browser.press("button[type='submit']", "Turn on");
    browser.see(".recovery-codes li:nth-child(10)");
    browser.picture("23-recovery-codes");
    String recovery = browser.see(".recovery-codes code").getText();
    browser.press("button", "I have kept them");
    browser.see("p", "10 recovery codes are left");
    assertThat(browser.everything()).as("codes are shown once").doesNotContain(recovery);
    browser.assertNoComplaintBut();
    pages.signOut();

    pages.signIn(email, Musician.PASSWORD);
    browser.see("h1", "One more step");
    browser.fill("totp", "12");
    browser.press("button[type='submit']", "Continue");
    browser.see(".field-error", "not right");
    browser.picture("24-wrong-code");
    browser.fill("totp", app.nextCode());
    browser.press("button[type='submit']", "Continue");
    browser.see("h2", "Your library is empty");
    pages.signOut();

    pages.signIn(email, Musician.PASSWORD);
    browser.fill("totp", recovery);
    browser.press("button[type='submit']", "Continue");
    browser.see("h2", "Your library is empty");
    pages.open("demo", "/account/security");
    browser.see("p", "9 recovery codes are left");
    browser.press("button", "Turn off");
    browser.press(".dialog button", "Turn off");
    browser.see("button", "Set up");
    browser.assertNoComplaintBut("status of 401");
  }

  @Test
  public void shouldChangeTheAddressByTheLinkInTheMail() throws Exception {
    String old = pages.signUp();
    String next = UUID.randomUUID() + "@example.org";
    pages.open("demo", "/account");
    browser.press("button", "Change e-mail address");
    browser.fill("email", "no address");
    browser.press("button[type='submit']", "Send the link");
    browser.see(".field-error", "does not look like an e-mail address");
    browser.fill("email", next);
    browser.press("button[type='submit']", "Send the link");
    browser.see("[role='status']", next);
    browser.see(".email-now", old);
    browser.picture("25-address-asked-for");

    pages.open("demo", new Outbox(pages.platform(), "demo").linkTo("/email", next));
    browser.see("h1", "Confirm your new address");
    assertThat(browser.address()).as("the token leaves the address").doesNotContain("token");
    browser.picture("26-address-to-confirm");
    browser.press("button[type='submit']", "Confirm your new address");
    browser.press("a", "Sign in");
    pages.signIn(next, Musician.PASSWORD);
    browser.see("h2", "Your library is empty");

    pages.open("demo", new Outbox(pages.platform(), "demo").linkTo("/email-undo", old));
    browser.press("button[type='submit']", "Restore your old address");
    browser.see("[role='status']", "Your old address is back");
    browser.press("a", "Choose a new password");
    browser.see("h1", "Forgot your password?");
    browser.assertNoComplaintBut();
  }

  @Test
  public void shouldChooseANewPasswordByTheLinkInTheMail() throws Exception {
    String email = pages.signUp();
    pages.signOut();
    browser.press("a", "Forgot your password?");
    browser.fill("email", email);
    browser.press("button[type='submit']", "Send the link");
    browser.see("h1", "Check your mail");
    String link = new Outbox(pages.platform(), "demo").linkTo("/reset", email);
    pages.open("demo", link);
    browser.fill("password", "short");
    browser.press("button[type='submit']", "Change password");
    browser.see(".field-error", "At least 8 characters");
    browser.fill("password", "quite another phrase");
    browser.press("button[type='submit']", "Change password");
    browser.see("[role='status']", "Your password is changed");
    browser.picture("27-new-password");
    browser.press("a", "Sign in");
    pages.signIn(email, "quite another phrase");
    browser.see("h2", "Your library is empty");

    pages.open("demo", "/");
    pages.open("demo", link);
    browser.fill("password", "a third phrase for it");
    browser.press("button[type='submit']", "Change password");
    browser.see("[role='status']", "This link does not work");
    browser.assertNoComplaintBut("status of 400");
  }

  @Test
  public void shouldShowTheImageThatWasChosen() throws Exception {
    pages.signUp();
    pages.open("demo", "/account");
    browser.see("button", "Choose an image");
    choose(Files.writeString(pages.file("no.png"), "this is no image"));
    browser.see(".panel [role='alert']", "JPEG");
    browser.assertNoComplaintBut("status of 415");
    choose(drawing(1400, 900));
    awaitPortrait();
    browser.picture("28-portrait");
    browser.reload();
    awaitPortrait();
    browser.press("button", "Remove");
    browser.press(".dialog button", "Remove");
    browser.see("button", "Choose an image");
    browser.seeNo("img.portrait");
    browser.assertNoComplaintBut();
  }

  private void awaitPortrait() {
    browser.awaitThat(
        "the image is shown", () -> browser.number("img.portrait", "naturalWidth") > 500);
  }

  private void choose(Path image) {
    browser.chooseIn(".panel input[type='file']", image);
  }

  private static Path drawing(int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(Color.ORANGE);
    pen.fillRect(0, 0, width, height);
    pen.setColor(Color.BLUE);
    pen.fillOval(width / 4, height / 4, width / 2, height / 2);
    pen.dispose();
    Path file = pages.file("drawing.png");
    assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
    return file;
  }

  @Test
  public void shouldShowAnAppKeyOnce() throws Exception {
    pages.signUp();
    pages.open("demo", "/account/apps");
    browser.see("p", "You have no app keys");
    browser.press("button", "Make a key");
    browser.press("button[type='submit']", "Make a key");
    browser.see(".field-error", "Give the key a name");
    browser.fill("name", "Player in the kitchen");
    browser.press("button[type='submit']", "Make a key");
    String secret = browser.see("input.secret").getDomProperty("value");
    assertThat(secret).startsWith("tk_");
    browser.size(375, 812);
    assertThat(
            browser.run(
                "const page = document.documentElement;"
                    + " return page.scrollWidth - page.clientWidth"))
        .as("what runs out of a phone")
        .isEqualTo(0L);
    browser.picture("29-app-key-on-a-phone");
    browser.size(1280, 860);

    browser.press("button", "Done");
    browser.seeNo("input.secret");
    browser.reload();
    browser.see(".line-title", "Player in the kitchen");
    assertThat(browser.everything()).doesNotContain(secret);
    browser.press(".line button", "Remove");
    browser.press(".dialog button", "Remove");
    browser.see("p", "You have no app keys");
    browser.assertNoComplaintBut();
  }

  @Test
  public void shouldAskForThePasswordAgainWhereTheServerWantsAProof() throws Exception {
    pages.signUp();
    pages.open("demo", "/account/apps");
    browser.see("p", "You have no app keys");
    // As after ten minutes, without waiting for them.
    browser.run(
        """
        const real = window.fetch;
        const refusal = JSON.stringify({ type: 'urn:tonekeep:problem:step-up-required' });
        let proven = false;
        window.fetch = async (address, options) => {
          const path = new URL(address, location.origin).pathname;
          if (path === '/api/auth/keys' && options.method === 'POST' && !proven) {
            return new Response(refusal, { status: 403 });
          }
          const answer = await real(address, options);
          if (path === '/api/auth/step-up' && answer.ok) proven = true;
          return answer;
        };
        """);
    browser.press("button", "Make a key");
    browser.fill("name", "Script");
    browser.press("button[type='submit']", "Make a key");
    browser.see(".dialog h2", "Confirm that it is you");
    browser.fillIn(".dialog input[name='password']", "not the right one");
    browser.press(".dialog button[type='submit']", "Continue");
    browser.see(".dialog .field-error", "not your current password");
    browser.picture("32-proof");
    browser.fillIn(".dialog input[name='password']", Musician.PASSWORD);
    browser.press(".dialog button[type='submit']", "Continue");
    browser.see("input.secret");
    browser.see(".line-title", "Script");
    browser.assertNoComplaintBut("status of 401");
  }

  @Test
  public void shouldSignAnotherDeviceOut() throws Exception {
    String email = pages.signUp();
    Musician elsewhere =
        Musician.stranger(pages.platform(), "demo").seenAs("203.0.113.9", "Firefox/140.0");
    assertThat(elsewhere.signIn(email, Musician.PASSWORD).statusCode()).isEqualTo(200);
    pages.open("demo", "/account/security");
    browser.see(".badge", "This device");
    browser.picture("30-sessions");

    browser.press(".line button", "Sign out");

    browser.see(".toast", "That device is signed out");
    browser.seeNo(".line:nth-child(2)");
    Patience.until(
        "the other session is over", () -> elsewhere.get("/api/account").statusCode() == 401);
    browser.reload();
    browser.see(".badge", "This device");
    browser.assertNoComplaintBut();
  }

  @Test
  public void shouldSaveTheProfileAndSayWhatIsWrongBesideItsField() throws Exception {
    pages.signUp();
    pages.open("demo", "/account");
    browser.fill("username", "admin");
    browser.fill("artistName", "Wintergarten");
    browser.press("button[type='submit']", "Save");
    browser.see(".field-error", "reserved");
    browser.assertNoComplaintBut("status of 422");
    String name = "maja" + UUID.randomUUID().toString().substring(0, 8);
    browser.fill("username", name);
    browser.fill("socials/instagram", "@wintergarten");
    browser.press("button[type='submit']", "Save");
    browser.see(".toast", "Saved");
    browser.see(".account-name", name);

    browser.press(".account-nav a", "Security");
    browser.see("h1", "Security");
    browser.back();
    browser.see("h1", "Profile");
    assertThat(browser.everything())
        .contains("Wintergarten", "https://www.instagram.com/wintergarten");
    browser.assertNoComplaintBut();
  }

  @Test
  public void shouldConfirmTheAddressOfANewAccount() throws Exception {
    Files.writeString(
        pages.platform().data().resolve("tenants/org.tonekeep.tenant~letters.cfg"),
        """
        title = Letters
        hosts = letters.localhost
        features = auth, profile, retention
        accounts.confirm = required
        limits.signup.network = 1000/PT1H
        """);
    Patience.until(
        "the tenant is there",
        () ->
            Musician.stranger(pages.platform(), "letters").get("/api/tracks").statusCode() == 401);
    String email = UUID.randomUUID() + "@example.org";
    pages.open("letters", "/signup");
    browser.fill("email", email);
    browser.fill("password", Musician.PASSWORD);
    browser.press("button[type='submit']", "Create account");
    browser.see("h1", "Check your mail");
    browser.picture("31-check-your-mail");

    pages.open("letters", new Outbox(pages.platform(), "letters").linkTo("/confirm", email));
    browser.see("h1", "Confirm your address");
    if (browser.shows("input[name='password']")) {
      browser.fill("password", Musician.PASSWORD);
    }
    browser.press("button[type='submit']", "Confirm your address");
    browser.see("[role='status']", "Your address is confirmed");
    browser.press("a", "Sign in");
    pages.signIn(email, Musician.PASSWORD);
    browser.see("h2", "Your library is empty");
    browser.assertNoComplaintBut();
  }
}
